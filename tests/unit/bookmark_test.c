/* Bookmarks: after a return the session is what it was to the bit, and everything that is done
   again says what it said the first time. */
#include "base/memory.h"
#include "command/interpreter.h"
#include "portrait.h"
#include "session/bookmark.h"
#include "stage.h"

/* Whatever can be said at any time; some of it fails at times, which is as good. */
static const char *const lines[] = {
    "forward",
    "loss",
    "grad w11^1",
    "grad all",
    "grad layer 1",
    "print dL/dw11^1",
    "memo",
    "step",
    "step 7",
    "next",
    "next 5",
    "next 40",
    "back",
    "back 9",
    "finish",
    "reverse-step",
    "train 2",
    "train 30",
    "goto epoch 2",
    "continue",
    "until L < 0.01",
    "row 2",
    "input 0.5 -1 -> 1",
    "assume o11 = 0.5",
    "check",
    "nudge w11^1 0.01",
    "diagnose",
    "evaluate",
    "plot loss",
    "info",
    "where",
    "undo",
    "undo",
    "redo",
    "set lr 0.02",
    "set optimizer adam",
    "set optimizer momentum",
    "set mode mini",
    "set mode stochastic",
    "set shuffle on",
    "set batch 3",
    "set seed 5",
    "set memo off",
    "set memo on",
    "set w11^1 0.25",
    "set digits 9",
    "set width 60",
    "set prompt position",
    "set history memory 1M",
    "break epoch",
    "break w11^1 if L > 0.1",
    "watch w11^1",
    "tbreak update",
    "display L",
    "delete 1",
    "init 2-2:tanh-1 weights=normal",
    "data n0",
    "data scale standard",
    "show",
    "no such command",
};
enum { LINES = sizeof lines / sizeof *lines, COMMANDS = 60, RETURNS = 12 };

/* All that is looked at after a command. */
typedef struct View {
    Portrait portrait;
    char *said; /* by all that reports of what else there is */
} View;

typedef struct Walk {
    Stage stage;
    Random random;
    uint64_t seed;
    const char *line[COMMANDS];
    char *output[COMMANDS];
    View view[COMMANDS + 1];
    Bookmark *bookmark[COMMANDS + 1];
} Walk;

static char *said_by(Walk *walk, const char *line)
{
    Recorder *recorder = &walk->stage.recorder;
    Text both = {0};
    text_clear(&recorder->out);
    text_clear(&recorder->error);
    session_execute(walk->stage.session, line, strlen(line));
    text_print(&both, "%s%s", text_string(&recorder->out), text_string(&recorder->error));
    return both.bytes ? both.bytes : memory_copy("");
}

static View view_of(Walk *walk)
{
    Session *session = walk->stage.session;
    View view = {0};
    if (session->trainer.rows.count) view.portrait = portrait_of(session);
    Text said = {0};
    session_prompt(session, &said);
    const char *repeat = session_repeat(session);
    const Points *points = session->points;
    text_print(&said, "|%s|%d %d|%d|", repeat ? repeat : "", history_count(session->history.undo),
               history_count(session->history.redo), session->style.width);
    for (int i = 0; i < history_count(session->history.redo); i++)
        text_print(&said, "%s,", history_command(session->history.redo, i));
    for (int i = 0; points && i < points->count; i++)
        text_print(&said, "|%d %s %ld", points->items[i].number, points->items[i].text,
                   points->items[i].hits);
    text_print(&said, "|%d %ld", session->tape ? session->tape->count : 0,
               session->tape ? session->tape->end : 0);
    view.said = said.bytes;
    return view;
}

static void check_view(Walk *walk, int at, const char *when)
{
    View view = view_of(walk);
    const char *difference = portrait_difference(&view.portrait, &walk->view[at].portrait);
    ck_assert_msg(!*difference && !strcmp(view.said, walk->view[at].said),
                  "seed %d, %s %d (after `%s`):\n%s%s\nand not %s", (int)walk->seed, when, at,
                  at ? walk->line[at - 1] : "", difference, view.said, walk->view[at].said);
    free(view.said);
}

static const char *draw_line(Walk *walk)
{
    return lines[random_below(&walk->random, LINES)];
}

static void walk_on(Walk *walk)
{
    walk->view[0] = view_of(walk);
    walk->bookmark[0] = bookmark_take(walk->stage.session);
    for (int i = 0; i < COMMANDS; i++) {
        walk->line[i] = draw_line(walk);
        walk->output[i] = said_by(walk, walk->line[i]);
        walk->view[i + 1] = view_of(walk);
        walk->bookmark[i + 1] = bookmark_take(walk->stage.session);
    }
}

/* To any of the bookmarks, and from there on as it was the first time. */
static void return_and_replay(Walk *walk)
{
    int at = (int)random_below(&walk->random, COMMANDS + 1);
    int end = at + (int)random_below(&walk->random, (uint64_t)(COMMANDS - at) + 1);
    bookmark_return(walk->stage.session, walk->bookmark[at]);
    check_view(walk, at, "back at");
    for (; at < end; at++) {
        char *output = said_by(walk, walk->line[at]);
        ck_assert_msg(!strcmp(output, walk->output[at]), "seed %d, %d: `%s` said\n%s\nand not\n%s",
                      (int)walk->seed, at, walk->line[at], output, walk->output[at]);
        free(output);
        check_view(walk, at + 1, "again at");
    }
    for (int i = (int)random_below(&walk->random, 7); i--;) free(said_by(walk, draw_line(walk)));
}

static void walk_release(Walk *walk)
{
    for (int i = 0; i <= COMMANDS; i++) {
        free(walk->view[i].said);
        bookmark_free(walk->bookmark[i]);
        if (i < COMMANDS) free(walk->output[i]);
    }
    stage_free(&walk->stage);
}

START_TEST(a_return_is_exact)
{
    for (uint64_t seed = 0; seed < 4 * LIVES; seed++) {
        Walk walk = {.seed = seed};
        random_seed(&walk.random, seed);
        stage_start(&walk.stage, lives[seed % LIVES]);
        walk_on(&walk);
        for (int i = 0; i < RETURNS; i++) return_and_replay(&walk);
        walk_release(&walk);
    }
}
END_TEST

/* Before there is anything, too. */
START_TEST(an_empty_session_is_returned_to)
{
    Stage stage;
    stage_start(&stage, "");
    Bookmark *empty = bookmark_take(stage.session);
    stage_do(&stage, "init 2-2-1\ninput 80 8 -> 3\nforward\nset lr 1");
    bookmark_return(stage.session, empty);
    ck_assert_ptr_null(stage.session->pass);
    ck_assert_int_eq(history_count(stage.session->history.undo), 0);
    ck_assert(stage.session->setup.descent.rate == 0.1);
    bookmark_free(empty);
    stage_free(&stage);
}
END_TEST

/* What the memo knew, by whom, and what it has saved. */
START_TEST(the_memo_is_as_it_was)
{
    Stage stage;
    stage_start(&stage, "init 2-2-1\ninput 80 8 -> 3\nforward\ngrad w11^2");
    Bookmark *bookmark = bookmark_take(stage.session);
    char *first = memory_copy(stage_do(&stage, "grad w11^1\nmemo"));
    ck_assert_ptr_nonnull(strstr(first, "memo, from `grad w11^2`"));
    stage_do(&stage, "step\nforward\ngrad b11");
    bookmark_return(stage.session, bookmark);
    ck_assert_str_eq(stage_do(&stage, "grad w11^1\nmemo"), first);
    free(first);
    bookmark_free(bookmark);
    stage_free(&stage);
}
END_TEST

UNIT("bookmark", a_return_is_exact, an_empty_session_is_returned_to, the_memo_is_as_it_was)
