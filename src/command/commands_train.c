/* The training loop over epochs: train. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "command/command.h"
#include "command/settings.h"
#include "session/emit.h"
#include "session/events.h"
#include "session/scope.h"
#include "session/timeline.h"
#include "session/training.h"
#include "show/epoch_report.h"
#include "show/stop_report.h"

/* One `train`. */
typedef struct Training {
    const Arguments *arguments;
    Motion motion;
    EpochReport report;
    double tol;      /* 0: none */
    double *old;     /* [parameters] when the epoch began, for tol; or NULL */
    long events;     /* of the run before it */
    long updates;    /* that were made before it */
    bool perceptron; /* its updates are made one by one, and watched: */
    Separation separation;
    const char *stop; /* in words, why it ended before all epochs; or NULL */
} Training;

static void check_tolerance(Session *session, Training *training)
{
    const double *now = session->pass->value;
    size_t parameters = session_net(session)->parameters;
    double largest = 0;
    for (size_t e = 0; e < parameters; e++)
        largest = fmax(largest, fabs(now[e] - training->old[e]));
    memory_copy_numbers(training->old, now, parameters);
    if (largest < training->tol)
        training->stop = arena_print(&session->arena,
                                     "converged: the largest |Δw| of the epoch "
                                     "was %.6g, below tol = %g",
                                     largest, training->tol);
}

static bool check_until(Session *session, Training *training, Error *err)
{
    const Word *until = arguments_word(training->arguments, "until");
    double truth;
    if (!until) return true;
    ArenaMark mark = arena_mark(&session->arena);
    session->epoch_over = true;
    bool ok = scope_value(session, until->text, until->column, &truth, err);
    session->epoch_over = false;
    if (!session->trainer.done) session_forget(session);
    arena_reset(&session->arena, mark);
    if (ok && truth != 0 && !isnan(truth))
        training->stop = arena_print(&session->arena, "%s is true", until->text);
    return ok;
}

/* After an epoch: whether that was enough. */
static bool look_up(Session *session, Training *training, Error *err)
{
    if (training->perceptron) training->stop = separation_look(session, &training->separation);
    if (training->tol > 0 && !training->stop) check_tolerance(session, training);
    return training->stop || check_until(session, training, err);
}

static bool use_plan(Session *session, const Arguments *arguments, Error *err)
{
    static const char *const names[] = {"mode", "batch", "shuffle"};
    for (int i = 0; i < 3; i++) {
        const Word *word = arguments_word(arguments, names[i]);
        if (word) trainer_rewind(&session->trainer); /* another plan is for whole updates */
        if (word && !setting_apply(session, names[i], word, err)) return false;
    }
    return true;
}

static void show_progress(const Session *session, const Training *training)
{
    const SessionOptions *options = &session->options;
    const Trainer *trainer = &session->trainer;
    double part = (double)trainer->course->next / (double)trainer->rows.count;
    Progress progress = {(double)training->report.ended + part, (double)training->report.asked,
                         training->report.last};
    if (options->progress) options->progress(options->progress_self, &progress);
}

/* Whether every epoch's end has to be looked at. */
static bool is_watched(const Training *training)
{
    return training->tol > 0 || training->perceptron || arguments_has(training->arguments, "until");
}

/* One of the perceptron's updates; returns whether something has stopped it. */
static bool update_perceptron(Session *session, Training *training)
{
    Motion *motion = &training->motion;
    const Course *course = &session->setup.course;
    long epoch = course->epoch;
    separation_before(session, &training->separation);
    motion->updates = course->updates + 1;
    motion_forward(motion);
    if (motion->reason == REASON_GOAL) separation_after(session, &training->separation);
    if (course->epoch > epoch) epoch_report_add(&training->report, course->average);
    return motion->reason != REASON_GOAL;
}

/* Some updates; returns whether something has stopped them. */
static bool train_some(Session *session, Training *training)
{
    Motion *motion = &training->motion;
    long epochs = is_watched(training) ? training->report.ended + 1 : training->report.asked;
    motion->epochs = training->report.before + epochs;
    if (training->perceptron) return update_perceptron(session, training);
    return motion_some(motion) && motion->reason != REASON_GOAL;
}

static bool train(Session *session, Training *training, Error *err)
{
    bool going = true, stopped = false;
    show_progress(session, training);
    while (going && !stopped && training->report.ended < training->report.asked &&
           !training->stop) {
        long ended = training->report.ended;
        stopped = train_some(session, training);
        if (training->report.ended > ended) going = look_up(session, training, err);
        show_progress(session, training);
    }
    if (session->options.progress) session->options.progress(session->options.progress_self, NULL);
    if (!stopped || training->motion.reason != REASON_BROKE) return going;
    training_fail(session, training->motion.broke, err);
    trainer_rewind(&session->trainer);
    return false;
}

/* What the run came to. */
static void conclude(Session *session, const Training *training, bool interrupted, double seconds)
{
    const Course *course = &session->setup.course;
    long updates = course->updates - training->updates;
    epoch_report_end(&training->report);
    if (training->stop) emit_note(session, "%w", training->stop);
    if (training->perceptron)
        separation_conclude(session, &training->separation,
                            training->report.ended == training->report.asked && !training->stop);
    if (interrupted)
        emit_note(session, "interrupted in epoch %d, before row %d; %c goes on from there",
                  course->epoch + 1, (long)session_row(session) + 1, "train");
    if (updates)
        emit_note(session, "%d epoch%s, %d update%s", training->report.ended,
                  plural(training->report.ended), updates, plural(updates));
    emit_integer(session, "epochs", training->report.ended);
    emit_integer(session, "updates", updates);
    emit_number(session, "seconds", seconds);
    emit_truth(session, "interrupted", interrupted);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* A batch size asked for in vain. */
static void note_batch(Session *session, const Arguments *arguments)
{
    const Plan *plan = &session->setup.plan;
    if (plan->mode != MODE_MINI && arguments_has(arguments, "batch"))
        emit_note(session, "note: without %c an update takes %s, whatever `batch` is", "mode=mini",
                  plan->mode == MODE_BATCH ? "all rows" : "one row");
}

/* Or, where it began in the midst of one and has not left that, there. */
static void stop_between_updates(Session *session, const Training *training)
{
    trainer_rewind(&session->trainer);
    long before = training->events - timeline_now(session);
    if (before > 0) events_repeat(session, (size_t)before);
}

/* Runs it with its losses streamed; what it did stays, whether it failed or not. */
static bool stream(Session *session, Training *training, Error *err)
{
    static const Column column = {"loss", NULL};
    Motion *motion = &training->motion;
    double begin = seconds_now();
    note_batch(session, training->arguments);
    emit_table(session, "losses", FOR_PROGRAMS,
               &(Table){.columns = &column, .count = 1, .list = true});
    bool ok = train(session, training, err);
    emit_table_end(session);
    epoch_report_emit_hands(&training->report);
    bool interrupted = motion->reason == REASON_INTERRUPTED;
    if (interrupted) stop_between_updates(session, training);
    conclude(session, training, interrupted, seconds_now() - begin);
    if (motion->reason == REASON_POINT)
        stop_report(motion);
    else
        stop_show_displays(session);
    session->partly = timeline_now(session) > training->events;
    if (interrupted) session->outcome = OUTCOME_INTERRUPTED;
    return ok;
}

static bool read_tolerance(Training *training, Error *err)
{
    const Word *word = arguments_word(training->arguments, "tol");
    training->tol = arguments_number(training->arguments, "tol", 0);
    return !word || training->tol > 0 || fail(err, word->column, "tol must be above 0");
}

/* The expression is tried once before anything is done. */
static bool begin(Session *session, Training *training, Error *err)
{
    if (!read_tolerance(training, err) || !use_plan(session, training->arguments, err))
        return false;
    if (!training_ready(session, err) || !check_until(session, training, err)) return false;
    training->stop = NULL;
    training->perceptron = session->pass->trick;
    training->report.before = session->habits.epochs = session->setup.course.epoch;
    session->habits.epochs += training->report.asked;
    training->updates = session->setup.course.updates;
    Motion *motion = &training->motion;
    *motion = motion_begin(session, true);
    training->events = timeline_now(session);
    motion->careful = training->perceptron;
    motion->epoch =
        training->perceptron ? NULL : epoch_report_add; /* after its last update is told */
    motion->self = &training->report;
    if (training->perceptron) {
        training->separation = separation_begin(session);
        training->report.separation = &training->separation;
    }
    if (training->tol <= 0) return true;
    size_t parameters = session_net(session)->parameters;
    training->old = memory_new(sizeof(double) * parameters);
    memory_copy_numbers(training->old, session->pass->value, parameters);
    return true;
}

static bool run_train(Session *session, const Arguments *arguments, Error *err)
{
    Training *training = arena_new(&session->arena, sizeof *training);
    *training = (Training){
        .arguments = arguments,
        .report = {.session = session, .asked = arguments_integer(arguments, "EPOCHS", 1)}};
    bool ok = begin(session, training, err);
    if (ok) {
        ok = stream(session, training, err);
        motion_end(&training->motion);
    }
    if (!ok && !session->partly) snapshot_restore(session, session->before);
    separation_release(&training->separation);
    free(training->old);
    epoch_report_release(&training->report);
    return ok;
}

static const Command commands[] = {
    {"train", "t",
     "EPOCHS [mode=stochastic|batch|mini] [batch=N] [shuffle=on|off] [until=CONDITION] [tol=TOL]",
     NEEDS_ROW | MOVES, "go through the data for a number of epochs",
     "Shows the average loss of some 20 epochs. mode, batch and shuffle are settings of the loop, "
     "so that `step` and a later `train` go on in the same way. It stops early when `until`, "
     "any expression, is true at the end of an epoch (until=avgL<0.01, until=\"epoch == 20\"), "
     "or when no parameter has changed by as much as `tol` in a whole epoch. Ctrl-C stops it "
     "between two updates; the next `train` goes on from there.",
     "data n0\ndata scale standard\ntrain 50\ntrain 100 mode=batch tol=1e-4", run_train},
};

const CommandGroup train_commands = {"training", commands, sizeof commands / sizeof commands[0]};
