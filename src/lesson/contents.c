#include <string.h>

#include "lesson/contents.h"
#include "session/emit.h"

static const char *spell_done(Arena *arena, const Standing *standing)
{
    bool underway = standing->steps && standing->steps < standing->total;
    if (underway)
        return arena_print(arena, "step %d of %d%s", standing->steps + 1, standing->total,
                           standing->finished ? ", again" : "");
    if (!standing->finished) return "";
    bool asked = standing_count(standing, RESULT_NONE) < standing->questions;
    if (!asked || !standing->steps) return "finished";
    int right = standing_count(standing, RESULT_RIGHT);
    return arena_print(arena, "finished, %d of %d right", right, standing->questions);
}

/* People know a lesson by the number that its name begins with. */
static void show_row(Session *session, const ContentsRow *row)
{
    const Standing *standing = &row->standing;
    ArenaMark mark = arena_mark(&session->arena);
    const Prose title = prose_print(session, "%w", row->title);
    const char *number =
        arena_print(&session->arena, "%.*s", (int)strcspn(row->name, "-"), row->name);
    emit_row(session, (Cell[]){CELL_OF_FOREIGN(row->name),
                               CELL_OF_FOREIGN(number),
                               CELL_OF_PROSE(title),
                               CELL_OF_TEXT(spell_done(&session->arena, standing)),
                               CELL_OF_INTEGER(standing->steps),
                               CELL_OF_INTEGER(standing->total),
                               CELL_OF_INTEGER(standing_count(standing, RESULT_RIGHT)),
                               CELL_OF_INTEGER(standing->questions),
                               {.kind = CELL_TRUTH, .integer = standing->finished}});
    arena_reset(&session->arena, mark);
}

static void show_none(Session *session, const char *folder)
{
    if (folder)
        emit_note(session, "There are no lessons in %f: their files are called as in %c.", folder,
                  "01-first-steps.md");
    else
        emit_note(session, "There are no lessons here: BACKPROP_LESSONS names their folder.");
}

void contents_show(Session *session, const char *folder, const ContentsRow *rows, int count)
{
    static const Column columns[] = {{"name", NULL},   {NULL, "lesson"},    {"title", "about"},
                                     {"done", "done"}, {"steps", NULL},     {"total", NULL},
                                     {"right", NULL},  {"questions", NULL}, {"finished", NULL}};
    if (!count) show_none(session, folder);
    emit_table(session, "lessons", count ? FOR_ALL : FOR_PROGRAMS,
               &(Table){.columns = columns, .count = sizeof columns / sizeof *columns});
    for (int i = 0; i < count; i++) show_row(session, &rows[i]);
    emit_table_end(session);
    if (count) emit_note(session, "%c plays one.", "lesson 1");
}

void contents_show_reset(Session *session, const char *name)
{
    emit_note(session, "%f begins anew", name);
    emit_string(session, "lesson", name);
}
