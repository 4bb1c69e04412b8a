#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/emit.h"
#include "show/by_hand_show.h"
#include "show/epoch_report.h"

/* Every so manyth epoch is shown: some 20 in all, at round numbers. */
static long interval(long epochs)
{
    static const int steps[] = {1, 2, 5};
    for (long unit = 1;; unit *= 10)
        for (int i = 0; i < 3; i++)
            if (epochs <= 25 * unit * steps[i]) return unit * steps[i];
}

static void show_epoch(const EpochReport *report, long epoch, double average)
{
    Session *session = report->session;
    long largest = epoch - report->ended + report->asked;
    int width = snprintf(NULL, 0, "%ld", largest);
    const char *number = arena_print(&session->arena, "%*ld", width, epoch), *more = "";
    if (report->separation) {
        long mistakes = separation_mistakes(session, average);
        more = arena_print(&session->arena, "   %ld mistake%s", mistakes, plural(mistakes));
    }
    emit_note(session, "  epoch %s   average loss %n%s%s", number, average,
              by_hand_words(session, "   ", report->hand), more);
}

static void keep_hand(EpochReport *report)
{
    size_t count = (size_t)report->ended;
    report->hands = memory_resize(report->hands, count * sizeof *report->hands);
    report->hands[count - 1] = report->hand;
}

void epoch_report_emit_hands(const EpochReport *report)
{
    Session *session = report->session;
    Cell cells[HAND_CELLS];
    if (!report->hands) return;
    emit_table(session, "by_hand", FOR_PROGRAMS,
               &(Table){.columns = by_hand_columns, .count = HAND_CELLS});
    for (long i = 0; i < report->ended; i++) {
        ArenaMark mark = arena_mark(&session->arena);
        by_hand_cells(session, report->hands[i], cells);
        emit_row(session, cells);
        arena_reset(&session->arena, mark);
    }
    emit_table_end(session);
}

void epoch_report_add(void *self, double average)
{
    EpochReport *report = self;
    Session *session = report->session;
    long epoch = report->before + ++report->ended;
    ArenaMark mark = arena_mark(&session->arena);
    if (emit_to_programs(session)) emit_row(session, &CELL_OF_NUMBER(average));
    report->last = average;
    report->hand = by_hand_average(session);
    if (report->hand.known && emit_to_programs(session)) keep_hand(report);
    report->last_shown = report->ended == 1 || epoch % interval(report->asked) == 0 ||
                         (report->separation && report->separation->told);
    if (report->last_shown) show_epoch(report, epoch, average);
    arena_reset(&session->arena, mark);
}

void epoch_report_end(const EpochReport *report)
{
    if (report->ended && !report->last_shown)
        show_epoch(report, report->session->setup.course.epoch, report->last);
}

void epoch_report_release(EpochReport *report)
{
    free(report->hands);
}
