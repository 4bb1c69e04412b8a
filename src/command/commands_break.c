/* Breakpoints, watchpoints and displays: break, tbreak, watch, delete, enable, disable, ignore,
   condition, display, undisplay. */
#include <ctype.h>
#include <limits.h>

#include "base/number.h"
#include "command/command.h"
#include "command/kinds.h"
#include "session/emit.h"
#include "session/phase.h"
#include "session/scope.h"
#include "session/stops.h"
#include "session/symbol_word.h"
#include "show/listing.h"
#include "show/points_show.h"
#include "show/stop_report.h"

static bool read_line(const Word *word, Spot *spot, Error *err)
{
    long line;
    bool first;
    if (!number_read_integer(word->text, 0, 1000000, &line))
        return fail(err, word->column, "`%s` is no line of `list`", word->text);
    if (!listing_phase(line, &spot->phase, &first))
        return fail(err, word->column, "the loop is lines 2 to %d of `list`: it has no line %ld",
                    listing_line(PHASE_EPOCH), line);
    spot->kind = first ? SPOT_EPOCH : SPOT_PHASE;
    return true;
}

static bool read_symbol(Session *session, const Word *word, Spot *spot, Error *err)
{
    const char *name = symbol_word(word->text);
    size_t length = symbol_scan(name, &spot->symbol), element;
    spot->kind = name == word->text ? SPOT_SYMBOL : SPOT_DERIVATIVE;
    if (length && !name[length]) return scope_element(session, word, &element, err);
    return fail(err, word->column,
                "`%s` is no line of `list`, no event (row, forward, loss, backward, update, epoch) "
                "and no symbol%s",
                word->text, symbol_hint(name));
}

/* A line of `list`, the name of a phase, or a symbol; or `epoch N`. */
static bool read_spot(Session *session, const Arguments *arguments, Spot *spot, Error *err)
{
    const Word *word = arguments_word(arguments, "PLACE");
    *spot = (Spot){.kind = SPOT_EPOCH, .epoch = arguments_integer(arguments, "N", 0)};
    if (!word) return true;
    if (isdigit((unsigned char)*word->text)) return read_line(word, spot, err);
    spot->kind = SPOT_PHASE;
    return phase_named(word->text, &spot->phase) || read_symbol(session, word, spot, err);
}

static const char *spot_text(Session *session, const Arguments *arguments)
{
    const Word *word = arguments_word(arguments, "PLACE");
    Arena *arena = &session->arena;
    if (!word) return arena_print(arena, "epoch %ld", arguments_integer(arguments, "N", 0));
    bool line = isdigit((unsigned char)*word->text);
    return line ? arena_print(arena, "line %s", word->text) : word->text;
}

/* What follows `if`, tried once; NULL when there is none. */
static bool read_condition(Session *session, const Arguments *arguments, const char **condition,
                           Error *err)
{
    int column;
    Gauge gauge;
    *condition = NULL;
    if (!arguments_has(arguments, "CONDITION")) return true;
    *condition = arguments_raw(arguments, "CONDITION", &column);
    return gauge_compile(session, *condition, column, &gauge, err);
}

static bool add_break(Session *session, const Arguments *arguments, bool temporary, Error *err)
{
    const char *condition;
    Point point = {.kind = POINT_BREAK, .temporary = temporary};
    if (!read_spot(session, arguments, &point.spot, err) ||
        !read_condition(session, arguments, &condition, err))
        return false;
    const Word *word = arguments_word(arguments, "PLACE");
    point.text = spot_text(session, arguments);
    point.condition = condition;
    if (!stops_suit(session, &point, err)) return err->column = word ? word->column : 0, false;
    points_show(session, points_add(&session->points, &point));
    return true;
}

static bool run_break(Session *session, const Arguments *arguments, Error *err)
{
    return add_break(session, arguments, false, err);
}

static bool run_tbreak(Session *session, const Arguments *arguments, Error *err)
{
    return add_break(session, arguments, true, err);
}

static bool run_watch(Session *session, const Arguments *arguments, Error *err)
{
    int column;
    Gauge gauge;
    const char *condition, *text = arguments_raw(arguments, "EXPR", &column);
    if (!gauge_compile(session, text, column, &gauge, err) ||
        !read_condition(session, arguments, &condition, err))
        return false;
    if (!gauge.reads)
        return fail(err, column, "this never changes: name a parameter, a node, L, a derivative");
    Point point = {.kind = POINT_WATCH, .text = text, .condition = condition};
    points_show(session, points_add(&session->points, &point));
    return true;
}

static bool run_display(Session *session, const Arguments *arguments, Error *err)
{
    int column;
    Gauge gauge;
    const char *text = arguments_raw(arguments, "EXPR", &column);
    if (!gauge_compile(session, text, column, &gauge, err)) return false;
    Point point = {.kind = POINT_DISPLAY, .text = text};
    const Point *added = points_add(&session->points, &point);
    stop_show_display(session, added);
    emit_integer(session, "number", added->number);
    return true;
}

/* What a command does to a point. */
typedef void Treatment(Session *session, Point *point);

static int last_number(const Points *points, bool display)
{
    if (!points) return 0;
    return display ? points->last_display : points->last;
}

static bool is_named(const Words *words, int number)
{
    long wanted;
    for (int i = 0; i < words->count; i++)
        if (number_read_integer(words->items[i].text, 1, INT_MAX, &wanted) && wanted == number)
            return true;
    return !words->count;
}

static bool fail_number(const Word *word, bool display, Error *err)
{
    return fail(err, word->column, "there is no %s %s: `info %s` lists what there is",
                display ? "display" : "breakpoint or watchpoint", word->text,
                display ? "display" : "breakpoints");
}

/* All numbers must be points'. */
static bool check_numbers(const Session *session, const Words *words, bool display, Error *err)
{
    for (int i = 0; i < words->count; i++) {
        long number = 0;
        number_read_integer(words->items[i].text, 1, INT_MAX, &number);
        if (!points_find(session->points, (int)number, display))
            return fail_number(&words->items[i], display, err);
    }
    return true;
}

/* The points whose numbers are given; without any, every one. */
static bool treat(Session *session, const Arguments *arguments, bool display, Treatment *treatment,
                  Error *err)
{
    Words words = arguments_words(arguments, display ? "DISPLAY" : "POINT");
    int last = last_number(session->points, display);
    if (!check_numbers(session, &words, display, err)) return false;
    double *treated = arena_new(&session->arena, sizeof *treated * (size_t)last);
    size_t count = 0;
    for (int number = 1; number <= last; number++) {
        Point *point = points_find(session->points, number, display);
        if (!point || !is_named(&words, number)) continue;
        treatment(session, point);
        treated[count++] = number;
    }
    if (!count)
        return fail(err, 0, "there is no %s", display ? "display" : "breakpoint and no watchpoint");
    emit_numbers(session, "numbers", treated, count);
    return true;
}

static void delete_point(Session *session, Point *point)
{
    emit_note(session, "%s %d, %f, is deleted", point_kind_name(point->kind), (long)point->number,
              point->text);
    points_remove(session->points, point);
}

static void disable_point(Session *session, Point *point)
{
    point->disabled = true;
    emit_note(session, "%s %d, %f, is disabled", point_kind_name(point->kind), (long)point->number,
              point->text);
}

static void enable_point(Session *session, Point *point)
{
    Error why;
    const char *kind = point_kind_name(point->kind);
    if (session->pass && !stops_suit(session, point, &why)) {
        emit_note(session, "%s %d, %f, stays disabled: %f", kind, (long)point->number, point->text,
                  why.message);
        return;
    }
    point->disabled = false;
    emit_note(session, "%s %d, %f, is enabled", kind, (long)point->number, point->text);
}

static bool run_delete(Session *session, const Arguments *arguments, Error *err)
{
    return treat(session, arguments, false, delete_point, err);
}

static bool run_undisplay(Session *session, const Arguments *arguments, Error *err)
{
    return treat(session, arguments, true, delete_point, err);
}

static bool run_enable(Session *session, const Arguments *arguments, Error *err)
{
    return treat(session, arguments, false, enable_point, err);
}

static bool run_disable(Session *session, const Arguments *arguments, Error *err)
{
    return treat(session, arguments, false, disable_point, err);
}

static Point *find_point(Session *session, const Arguments *arguments, Error *err)
{
    long number = arguments_integer(arguments, "POINT", 0);
    Point *point = points_find(session->points, (int)number, false);
    if (!point) fail_number(arguments_word(arguments, "POINT"), false, err);
    return point;
}

static bool run_ignore(Session *session, const Arguments *arguments, Error *err)
{
    Point *point = find_point(session, arguments, err);
    if (!point) return false;
    point->ignore = arguments_integer(arguments, "COUNT", 0);
    points_show(session, point);
    return true;
}

static bool run_condition(Session *session, const Arguments *arguments, Error *err)
{
    const char *condition;
    Point *point = find_point(session, arguments, err);
    if (!point || !read_condition(session, arguments, &condition, err)) return false;
    point_set_condition(point, condition);
    points_show(session, point);
    return true;
}

static const Command commands[] = {
    {"break", "b", "epoch N [if CONDITION] | PLACE [if CONDITION]", NEEDS_NET | STAYS,
     "stop before a line of `list`, a phase, a symbol or an epoch",
     "PLACE is the number of a line, or its phase: row, forward, loss, backward, update, epoch. Or "
     "it is a symbol: `break o11` stops before o11 is computed, `break w11^1` before it is "
     "updated, `break dL/dw11^1` before that derivative is computed. With `if` it stops only when "
     "the condition is true there, as in `break loss if L > 1000 && epoch > 2` or `break row if "
     "row "
     "== 3`.",
     "break o11\nbreak 7\nbreak update if L > 1000\nbreak epoch 5\ninfo breakpoints", run_break},
    {"tbreak", NULL, "epoch N [if CONDITION] | PLACE [if CONDITION]", NEEDS_NET | STAYS,
     "set a breakpoint that stops once", "It is gone when it has.", "tbreak loss\ncontinue",
     run_tbreak},
    {"watch", NULL, "EXPR [if CONDITION]", NEEDS_NET | STAYS,
     "stop when the value of an expression changes",
     "A watchpoint stops after the event that changes the value, and prints the old and the new "
     "one; going backward, before that event. A comparison can be watched, too: `watch abs(w11^1) "
     "> 100` stops when it becomes true, or false.",
     "watch w11^1\ncontinue", run_watch},
    {"delete", "d", "[POINT...]", STAYS, "delete breakpoints and watchpoints (or all)",
     "They are numbered as `info breakpoints` lists them.",
     "break loss\nwatch b21\ndelete 1\ndelete", run_delete},
    {"enable", NULL, "[POINT...]", STAYS, "let disabled breakpoints stop again",
     "One that names what the network does not have stays disabled.",
     "break loss\ndisable 1\nenable 1", run_enable},
    {"disable", NULL, "[POINT...]", STAYS, "keep breakpoints, but do not stop there", "",
     "break loss\ndisable", run_disable},
    {"ignore", NULL, "POINT COUNT", STAYS, "pass a breakpoint the next COUNT times", "",
     "break loss\nignore 1 3\ncontinue", run_ignore},
    {"condition", NULL, "POINT [if] [CONDITION]", STAYS,
     "give a breakpoint another condition, or none", "",
     "break loss\ncondition 1 row == 1\ncondition 1", run_condition},
    {"display", NULL, "EXPR", NEEDS_ROW | STAYS, "print an expression at every stop",
     "Also after `step`, `train` and `where`, wherever the run stands.",
     "display w11^2\nstep\nback", run_display},
    {"undisplay", NULL, "[DISPLAY...]", STAYS, "no longer print a display (or any)", "",
     "display w11^2\nundisplay 1", run_undisplay},
};

const CommandGroup break_commands = {"the step debugger", commands,
                                     sizeof commands / sizeof commands[0]};
