/* The training loop over epochs: train. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/emit.h"
#include "session/scope.h"
#include "session/settings.h"
#include "session/training.h"

/* Epochs that are trained without looking up, when nothing has to be looked at. */
enum { SPAN = 1000 };

/* What a slice of training may cost, in parameters times rows, before anyone looks at Ctrl-C. */
static const double SLICE = 4e6;

/* One `train`. */
typedef struct Training {
    long asked;        /* epochs */
    const char *until; /* an expression, or NULL */
    int until_column;
    double tol;     /* 0: none */
    double *before; /* [parameters] at the epoch's start, for tol; or NULL */
    double largest; /* |Δw| of the epoch that ended last */
    long ended, updates;
    long every;         /* people see each so manyth epoch */
    double first, last; /* average losses */
    bool shown;         /* the last epoch was shown */
    const char *stop;   /* why it ended before ASKED: in words, or NULL */
    bool interrupted;
    double averages[SPAN];
} Training;

/* About 20 lines, at round numbers. */
static long choose_every(long epochs)
{
    long unit = 1;
    while (epochs > 25 * unit * 10) unit *= 10;
    static const long steps[] = {1, 2, 5, 10};
    for (int i = 0; i < 4; i++)
        if (epochs <= 25 * unit * steps[i]) return unit * steps[i];
    return 10 * unit;
}

static void show_epoch(Session *session, Training *training, long epoch, double average)
{
    long last = training->ended > epoch ? training->ended : training->asked;
    int width = 1;
    for (long rest = epoch + last; rest >= 10; rest /= 10) width++;
    const char *number = arena_print(&session->arena, "%*ld", width, epoch);
    emit_note(session, "  epoch %s   average loss %n", number, average);
}

/* The epochs that have just ended; NUMBER is the last one's. */
static void report(Session *session, Training *training, const double *averages, long count,
                   long number)
{
    ArenaMark mark = arena_mark(&session->arena);
    if (!training->ended && count) training->first = averages[0];
    for (long i = 0; i < count; i++) {
        long epoch = number - count + 1 + i;
        emit_data_row(session, &CELL_OF_NUMBER(averages[i]));
        training->shown = ++training->ended == 1 || epoch % training->every == 0;
        if (training->shown) show_epoch(session, training, epoch, averages[i]);
        training->last = averages[i];
    }
    arena_reset(&session->arena, mark);
}

static bool parse_until(Session *session, Training *training, double *truth, Error *err)
{
    ArenaMark mark = arena_mark(&session->arena);
    bool ok = scope_value(session, training->until, training->until_column, truth, err);
    arena_reset(&session->arena, mark);
    session_forget(session);
    return ok;
}

static void measure_change(const Session *session, Training *training)
{
    const double *now = session->pass->value;
    size_t parameters = session_net(session)->parameters;
    training->largest = 0;
    for (size_t e = 0; e < parameters; e++)
        training->largest = fmax(training->largest, fabs(now[e] - training->before[e]));
    memory_copy_numbers(training->before, now, parameters);
}

/* After an epoch: whether that was enough. */
static bool enough(Session *session, Training *training, Error *err)
{
    Arena *arena = &session->arena;
    double truth = 0;
    if (training->tol > 0) {
        measure_change(session, training);
        if (training->largest < training->tol)
            training->stop = arena_print(arena,
                                         "converged: the largest |Δw| of an epoch is %.6g, "
                                         "below tol = %g",
                                         training->largest, training->tol);
    }
    if (training->until && !parse_until(session, training, &truth, err)) return false;
    if (truth != 0) training->stop = arena_print(arena, "%s is true", training->until);
    return true;
}
