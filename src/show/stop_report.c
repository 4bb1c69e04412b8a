#include "session/emit.h"
#include "session/points.h"
#include "show/by_hand_show.h"
#include "show/position.h"
#include "show/stop_report.h"

static const char *truth(double value)
{
    return value != 0 ? "true" : "false";
}

static Hand judge_here(Session *session, const Armed *armed, bool back)
{
    return gauge_by_hand(session, &armed->watched, back ? armed->old : armed->new);
}

/* What changes, or has changed: BACK, the run stands before the event that does it. */
static void report_change(Session *session, const Armed *armed, bool back)
{
    const char *next = back ? " comes next" : "";
    Hand hand = judge_here(session, armed, back);
    if (expr_is_truth(armed->watched.expr))
        emit_heading(session, "watchpoint %d, %f: %s → %s%s", (long)armed->number, armed->text,
                     truth(armed->old), truth(armed->new), next);
    else
        emit_heading(session, "watchpoint %d, %f: %n → %n%s", (long)armed->number, armed->text,
                     armed->old, armed->new, next);
    if (hand.known) emit_note(session, "  %s", by_hand_words(session, "here ", hand));
}

static void report_hit(Session *session, const Armed *armed, bool back)
{
    if (armed->kind == POINT_WATCH)
        report_change(session, armed, back);
    else if (armed->conditional)
        emit_heading(session, "breakpoint %d, %f if %e", (long)armed->number, armed->text,
                     armed->condition.expr);
    else
        emit_heading(session, "breakpoint %d, %f", (long)armed->number, armed->text);
    if (!points_find(session->points, armed->number, false))
        emit_note(session, "it was there to stop once, and is deleted");
    emit_integer(session, "number", armed->number);
    if (armed->kind == POINT_BREAK) return;
    emit_number(session, "old", armed->old);
    emit_number(session, "new", armed->new);
    by_hand_emit(session, judge_here(session, armed, back));
}

static const char *reason_name(const Motion *motion)
{
    switch (motion->reason) {
    case REASON_GOAL: return "goal";
    case REASON_POINT: return motion->hit->kind == POINT_BREAK ? "breakpoint" : "watchpoint";
    case REASON_UNTIL: return "until";
    case REASON_BEGINNING: return "beginning";
    case REASON_BROKE: return "overflow";
    case REASON_INTERRUPTED: break;
    }
    return "interrupted";
}

void stop_report(const Motion *motion)
{
    Session *session = motion->session;
    if (motion->reason == REASON_POINT) report_hit(session, motion->hit, motion->back);
    if (motion->reason == REASON_INTERRUPTED && motion->again)
        emit_note(session, "interrupted; %c goes on from here", motion->again);
    emit_string(session, "reason", reason_name(motion));
    stop_show_place(session);
}

bool stop_at_start(Session *session, Error *err)
{
    snapshot_restore(session, session->before);
    emit_string(session, "reason", "interrupted");
    stop_show_place(session);
    session->outcome = OUTCOME_INTERRUPTED;
    return fail(err, 0, "interrupted: the run stays where it was");
}

enum { DISPLAY_COLUMNS = 3 };

static void show_display(Session *session, Probe *probe, const Point *display)
{
    Gauge gauge;
    long number = display->number;
    ArenaMark mark = arena_mark(&session->arena);
    if (!display->disabled && gauge_compile(session, display->text, 1, &gauge, NULL)) {
        double value = gauge_value(&gauge, probe);
        Hand hand = gauge_by_hand(session, &gauge, value);
        if (expr_is_truth(gauge.expr))
            emit_note(session, "%d: %e is %s", number, gauge.expr, truth(value));
        else
            emit_note(session, "%d: %e = %n%s", number, gauge.expr, value,
                      by_hand_words(session, "; ", hand));
        Cell cells[DISPLAY_COLUMNS + HAND_CELLS] = {
            CELL_OF_INTEGER(number), CELL_OF_FOREIGN(display->text), CELL_OF_NUMBER(value)};
        if (hand.known) by_hand_cells(session, hand, cells + DISPLAY_COLUMNS);
        emit_row(session, cells);
    }
    arena_reset(&session->arena, mark);
}

/* Display NUMBER; 0: all. */
static void show_displays(Session *session, int number)
{
    static const Column columns[DISPLAY_COLUMNS] = {
        {"number", NULL}, {"what", NULL}, {"value", NULL}};
    const Points *points = session->points;
    if (!points || !points->last_display) return;
    Probe *probe = probe_new(session);
    Table table = by_hand_table(session, columns, DISPLAY_COLUMNS);
    emit_table(session, "displays", FOR_PROGRAMS, &table);
    for (int i = 0; i < points->count; i++) {
        const Point *point = &points->items[i];
        bool asked = !number || point->number == number;
        if (asked && point->kind == POINT_DISPLAY) show_display(session, probe, point);
    }
    emit_table_end(session);
    probe_free(probe);
}

void stop_show_display(Session *session, const Point *display)
{
    show_displays(session, display->number);
}

void stop_show_displays(Session *session)
{
    show_displays(session, 0);
}

void stop_show_place(Session *session)
{
    position_emit(session);
    stop_show_displays(session);
}
