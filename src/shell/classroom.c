#include "shell/classroom.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/words.h"
#include "lesson/contents.h"
#include "shell/interrupt.h"
#include "shell/places.h"
#include "shell/viewer.h"

/* A lesson that was asked for, and where it is from. */
typedef struct Chosen {
    char *name; /* that `lesson` knows it by */
    char *path;
    char *progress; /* the file that keeps it; or NULL */
    int number;     /* in the catalog; -1: it is not from there */
    Lesson lesson;
} Chosen;

/* Choosing. */

static bool is_path(const char *word)
{
    return strchr(word, '/') || file_ends_in(word, ".md") || file_ends_in(word, ".bp");
}

/* Files of the same name in several folders are told apart by these. */
static uint32_t hash_path(const char *path)
{
    char whole[PATH_MAX];
    uint32_t hash = UINT32_C(2166136261);
    const char *at = realpath(path, whole) ? whole : path;
    for (; *at; at++) hash = (hash ^ (unsigned char)*at) * UINT32_C(16777619); /* FNV-1a */
    return hash;
}

static char *progress_file(const Chosen *chosen)
{
    Text name = {0};
    char *base = catalog_name(chosen->path);
    text_add(&name, base);
    if (chosen->number < 0) text_print(&name, "-%08" PRIx32, hash_path(chosen->path));
    char *file = place_progress(text_string(&name));
    free(base);
    text_release(&name);
    return file;
}

static bool find_lesson(const Classroom *classroom, const LessonRequest *request, Chosen *chosen,
                        Error *err)
{
    const Catalog *catalog = &classroom->catalog;
    const char *word = request->name;
    bool path = is_path(word);
    int number =
        path ? catalog_of_file(catalog, word) : catalog_find(catalog, word, request->column, err);
    if (number < 0 && !path) return false;
    chosen->number = number;
    chosen->name = memory_copy(number < 0 ? word : catalog->entries[number].name);
    chosen->path = memory_copy(path ? word : catalog->entries[number].path);
    chosen->progress = progress_file(chosen);
    return true;
}

static void forget_chosen(Chosen *chosen)
{
    free(chosen->name);
    free(chosen->path);
    free(chosen->progress);
    lesson_release(&chosen->lesson);
}

static bool read_lesson(Lesson *lesson, const char *path, int column, Error *err)
{
    Text source = {0};
    long line;
    Error why;
    *lesson = (Lesson){0};
    bool ok = file_read(path, LESSON_BYTES, &source, column, err);
    if (ok && !lesson_read(lesson, path, text_string(&source), source.length, &line, &why))
        ok = line ? fail(err, column, "%s:%ld: %s", path, line, why.message)
                  : fail(err, column, "%s: %s", path, why.message);
    text_release(&source);
    return ok;
}

/* Playing. */

/* One that was finished begins anew. */
static bool find_standing(const Chosen *chosen, bool attended, const LessonRequest *request,
                          Standing *standing, Error *err)
{
    int total = chosen->lesson.step_count, questions = play_questions(&chosen->lesson);
    *standing = standing_new(total, questions);
    if (request->from > total)
        return fail(err, request->column, "%s has %d steps: there is no step %ld", chosen->name,
                    total, request->from);
    if (attended && chosen->progress) progress_load(chosen->progress, standing);
    if (standing->steps == total) {
        bool finished = standing->finished;
        *standing = standing_new(total, questions);
        standing->finished = finished;
    }
    if (request->from) standing->steps = (int)request->from - 1;
    return true;
}

/* What comes after CHOSEN, for the end of it. */
static void find_next(const Classroom *classroom, const Chosen *chosen, const char *program,
                      PlayOptions *options, Arena *arena)
{
    Lesson next;
    const Catalog *catalog = &classroom->catalog;
    if (chosen->number < 0 || chosen->number + 1 >= catalog->count) return;
    const CatalogEntry *entry = &catalog->entries[chosen->number + 1];
    if (!read_lesson(&next, entry->path, 0, NULL)) return;
    if (!program) options->next = arena_print(arena, "lesson %s", word_typed(entry->name, arena));
    options->next_title = arena_print(arena, "%s", next.title);
    lesson_release(&next);
}

/* How whoever plays it at the prompt (PROGRAM NULL) or in the shell comes back to it. */
static void spell_commands(const Chosen *chosen, const char *program, PlayOptions *options,
                           Arena *arena)
{
    if (program) {
        const char *path = word_typed_in_shell(chosen->path, arena);
        program = word_typed_in_shell(program, arena);
        options->resume = arena_print(arena, "%s %s", program, path);
        options->anew = arena_print(arena, "%s --from 1 %s", program, path);
    } else {
        const char *name = word_typed(chosen->name, arena);
        options->resume = arena_print(arena, "lesson %s", name);
        options->anew = arena_print(arena, "lesson reset %s", name);
    }
}

static PlayEnd play_chosen(const Classroom *classroom, const Chosen *chosen, double delay,
                           const char *program, Standing *standing)
{
    Station station;
    TerminalViewer viewer;
    Arena arena = {0};
    bool attended = classroom->seat->taken;
    char *folder = file_folder(chosen->path);
    if (attended) interrupt_install(true);
    station_open(
        &station, classroom->options, classroom->console,
        (SessionOptions){.lessons = classroom->lessons,
                         .folder = folder,
                         .access = classroom->options->allow_files ? ACCESS_ALL : ACCESS_READ,
                         .in_lesson = true});
    viewer_init(&viewer, &station, classroom->console, classroom->seat);
    viewer.progress = attended ? chosen->progress : NULL;
    viewer.delay = delay;
    if (delay >= 0) viewer.viewer.line = NULL;
    PlayOptions options = {.lesson = &chosen->lesson,
                           .session = station.session,
                           .viewer = &viewer.viewer,
                           .standing = standing,
                           .bare = classroom->options->json};
    if (attended) spell_commands(chosen, program, &options, &arena);
    find_next(classroom, chosen, program, &options, &arena);
    PlayEnd end = play(&options);
    arena_release(&arena);
    station_close(&station);
    free(folder);
    return end;
}

/* *NUMBER is its own in the catalog. */
static bool play_one(const Classroom *classroom, const LessonRequest *request, const char *program,
                     int *number, PlayEnd *end, Error *err)
{
    Chosen chosen = {0};
    Standing standing;
    bool ok = find_lesson(classroom, request, &chosen, err) &&
              read_lesson(&chosen.lesson, chosen.path, request->column, err) &&
              find_standing(&chosen, classroom->seat->taken, request, &standing, err);
    if (ok) *end = play_chosen(classroom, &chosen, request->delay, program, &standing);
    *number = chosen.number;
    forget_chosen(&chosen);
    return ok;
}

bool classroom_play(Classroom *classroom, const LessonRequest *request, const char *program,
                    PlayEnd *end, Error *err)
{
    int number;
    bool ok = play_one(classroom, request, program, &number, end, err);
    while (ok && *end == PLAY_NEXT) {
        const CatalogEntry *entry = &classroom->catalog.entries[number + 1];
        const LessonRequest next = {.name = program ? entry->path : entry->name,
                                    .column = request->column,
                                    .delay = request->delay};
        ok = play_one(classroom, &next, program, &number, end, err);
    }
    return ok;
}

/* Teaching: what `lesson` asks for. */

/* Of a file that is there, be it a lesson any more or not. */
static bool forget_progress(const Chosen *chosen, int column, Error *err)
{
    if (access(chosen->path, F_OK))
        return fail(err, column, "cannot read %s: %s", chosen->path, strerror(errno));
    return !chosen->progress || progress_reset(chosen->progress, err);
}

static bool reset(Classroom *classroom, Session *session, const LessonRequest *request, Error *err)
{
    Chosen chosen = {0};
    bool ok = find_lesson(classroom, request, &chosen, err) &&
              forget_progress(&chosen, request->column, err);
    if (ok) contents_show_reset(session, chosen.name);
    forget_chosen(&chosen);
    return ok;
}

/* A file that is no lesson is listed by its name. */
static ContentsRow describe(const CatalogEntry *entry, Arena *arena)
{
    Lesson lesson;
    ContentsRow row = {.name = entry->name, .title = ""};
    if (!read_lesson(&lesson, entry->path, 0, NULL)) return row;
    row.title = arena_print(arena, "%s", lesson.title);
    row.standing = standing_new(lesson.step_count, play_questions(&lesson));
    char *file = place_progress(entry->name);
    if (file) progress_load(file, &row.standing);
    free(file);
    lesson_release(&lesson);
    return row;
}

static void list(const Classroom *classroom, Session *session)
{
    Arena arena = {0};
    int count = classroom->catalog.count;
    ContentsRow *rows = memory_new((size_t)count * sizeof *rows);
    for (int i = 0; i < count; i++) rows[i] = describe(&classroom->catalog.entries[i], &arena);
    contents_show(session, classroom->folder, rows, count);
    free(rows);
    arena_release(&arena);
}

static bool teach(void *self, Session *session, const LessonRequest *request, Error *err)
{
    Classroom *classroom = self;
    Seat *seat = classroom->seat;
    PlayEnd end;
    if (!request->name) return list(classroom, session), true;
    if (request->reset) return reset(classroom, session, request, err);
    bool ok = classroom_play(classroom, request, NULL, &end, err);
    if (seat->input) input_serve(seat->input, session, true);
    return ok && (end != PLAY_FAILED ||
                  fail(err, request->column, "%s stopped at a command that failed", request->name));
}

static void name_lessons(void *self, void (*each)(void *each_self, const char *name),
                         void *each_self)
{
    const Classroom *classroom = self;
    for (int i = 0; i < classroom->catalog.count; i++)
        each(each_self, classroom->catalog.entries[i].name);
}

void classroom_init(Classroom *classroom, const Options *options, Console *console, Seat *seat,
                    const LessonFolders *lessons)
{
    const char *folder = lessons->own ? lessons->own : lessons->shipped;
    *classroom = (Classroom){.options = options,
                             .console = console,
                             .seat = seat,
                             .lessons = *lessons,
                             .folder = folder,
                             .catalog = catalog_new(folder),
                             .teacher = {teach, name_lessons, classroom}};
}

void classroom_release(Classroom *classroom)
{
    catalog_release(&classroom->catalog);
}
