#include "session/emit.h"
#include "session/points.h"
#include "session/position.h"
#include "session/stop_report.h"

static void report_hit(Session *session, const Hit *hit)
{
    const Armed *armed = hit->armed;
    long number = armed->number;
    if (armed->kind == POINT_BREAK)
        emit_note(session, "breakpoint %d, %f", number, armed->text);
    else
        emit_note(session, "watchpoint %d, %f: %n → %n", number, armed->text, hit->old, hit->new);
    emit_integer(session, "number", number);
    if (armed->kind == POINT_BREAK) return;
    emit_number(session, "old", hit->old);
    emit_number(session, "new", hit->new);
}

static const char *reason_name(const Motion *motion)
{
    switch (motion->reason) {
    case REASON_GOAL: return "goal";
    case REASON_POINT: return motion->hit.armed->kind == POINT_BREAK ? "breakpoint" : "watchpoint";
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
    if (motion->reason == REASON_POINT) report_hit(session, &motion->hit);
    emit_string(session, "reason", reason_name(motion));
    stop_show_place(session);
}

static void show_display(Session *session, Probe *probe, const Point *display)
{
    Gauge gauge;
    ArenaMark mark = arena_mark(&session->arena);
    if (!display->disabled && gauge_compile(session, display->text, 1, &gauge, NULL)) {
        double value = gauge_value(&gauge, probe);
        emit_note(session, "%d: %e = %n", (long)display->number, gauge.expr, value);
    }
    arena_reset(&session->arena, mark);
}

void stop_show_display(Session *session, const Point *display)
{
    Probe *probe = probe_new(session);
    show_display(session, probe, display);
    probe_free(probe);
}

static void show_displays(Session *session)
{
    const Points *points = session->points;
    if (!points || !points->count) return;
    Probe *probe = probe_new(session);
    for (int i = 0; i < points->count; i++)
        if (points->items[i].kind == POINT_DISPLAY) show_display(session, probe, &points->items[i]);
    probe_free(probe);
}

void stop_show_place(Session *session)
{
    position_emit(session);
    show_displays(session);
}
