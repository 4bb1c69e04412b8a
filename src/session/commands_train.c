/* The training loop over epochs: train. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/emit.h"
#include "session/scope.h"
#include "session/separation.h"
#include "session/settings.h"
#include "session/training.h"

/* Epochs that are trained in one go when nothing has to be looked at between them. */
enum { SPAN = 1024 };

/* What is trained in one go: some ten milliseconds, little enough for Ctrl-C to be felt. Counted
   in parameters times rows, and as if every network had some more than it has, for what an update
   costs besides. */
static const double SLICE = 2e7, BESIDES = 20;

/* One `train`. */
typedef struct Training {
    const Arguments *arguments;
    long asked;          /* epochs */
    double tol;          /* 0: none */
    double *old;         /* [parameters] when the epoch began, for tol; or NULL */
    long ended, updates; /* epochs, updates */
    double last;         /* average loss */
    bool last_shown;     /* the last epoch has been shown */
    bool perceptron;     /* its updates are made one by one, and watched: */
    Separation separation;
    const char *stop; /* in words, why it ended before ASKED; or NULL */
    bool interrupted;
    double averages[SPAN];
} Training;

/* Every so manyth epoch is shown: some 20 in all, at round numbers. */
static long interval(long epochs)
{
    static const int steps[] = {1, 2, 5};
    for (long unit = 1;; unit *= 10)
        for (int i = 0; i < 3; i++)
            if (epochs <= 25 * unit * steps[i]) return unit * steps[i];
}

static void show_epoch(Session *session, const Training *training, long epoch, double average)
{
    long largest = epoch - training->ended + training->asked;
    int width = snprintf(NULL, 0, "%ld", largest);
    const char *number = arena_print(&session->arena, "%*ld", width, epoch), *more = "";
    if (training->perceptron) {
        long mistakes = separation_mistakes(session, average);
        more = arena_print(&session->arena, "   %ld mistake%s", mistakes, plural(mistakes));
    }
    emit_note(session, "  epoch %s   average loss %n%s", number, average, more);
}

/* EPOCH has ended. */
static void report_epoch(Session *session, Training *training, long epoch, double average)
{
    ArenaMark mark = arena_mark(&session->arena);
    if (emit_to_programs(session)) emit_row(session, &CELL_OF_NUMBER(average));
    training->ended++;
    training->last = average;
    training->last_shown =
        training->ended == 1 || epoch % interval(training->asked) == 0 || training->separation.told;
    if (training->last_shown) show_epoch(session, training, epoch, average);
    arena_reset(&session->arena, mark);
}

/* Epochs, COUNT of them, have ended; the last of them perhaps where the loop now stands. */
static void record_epoch(Session *session, long count)
{
    const Course *course = &session->setup.course;
    if (count && !course->next) session_record(session, course->epoch, course->average);
}

/* COUNT epochs have ended, the last of them where the loop now stands. */
static void report(Session *session, Training *training, long count)
{
    const Course *course = &session->setup.course;
    for (long i = 0; i < count; i++)
        report_epoch(session, training, course->epoch - count + 1 + i, training->averages[i]);
}

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
    bool ok = scope_value(session, until->text, until->column, &truth, err);
    session_forget(session);
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

/* How many epochs may go by unseen: until the next that the record keeps. */
static long span_of(const Session *session, const Training *training)
{
    bool watched = training->tol > 0 || arguments_has(training->arguments, "until");
    if (watched || !session->record) return 1;
    long span = record_distance(session->record, session->setup.course.epoch);
    return span < SPAN ? span : SPAN;
}

static Run next_run(const Session *session, Training *training)
{
    const Pass *pass = session->pass;
    double slice = SLICE / (((double)pass->net->parameters + BESIDES) * pass->capacity);
    long left = training->asked - training->ended, span = span_of(session, training);
    return (Run){.updates = slice < 1 ? 1 : (long)slice,
                 .epochs = span < left ? span : left,
                 .averages = training->averages};
}

static bool use_plan(Session *session, const Arguments *arguments, Error *err)
{
    static const char *const names[] = {"mode", "batch", "shuffle"};
    for (int i = 0; i < 3; i++) {
        const Word *word = arguments_word(arguments, names[i]);
        if (word && !setting_apply(session, names[i], word, err)) return false;
    }
    return true;
}

/* A parameter broke somewhere in the last run, and the numbers are gone. The updates before it
   are made anew from where the command began, and then one by one up to the one that breaks.
   An interrupt leaves it where it is then. */
static bool retrace(Session *session, Training *training, Error *err)
{
    long good = training->updates;
    snapshot_restore(session, session->before);
    use_plan(session, training->arguments, err);
    pass_unpin(session->pass);
    training->updates = training->ended = 0;
    while (training->updates < good && !session_interrupted(session)) {
        Run run = next_run(session, training);
        if (run.updates > good - training->updates) run.updates = good - training->updates;
        trainer_run(&session->trainer, &run);
        training->updates += run.updates_made;
        training->ended += run.epochs_ended;
        record_epoch(session, run.epochs_ended);
    }
    while (!session_interrupted(session)) {
        bool ended;
        if (!training_update(session, &ended, err)) return false;
        training->updates++;
        training->averages[0] = session->setup.course.average;
        report(session, training, ended);
    }
    return true;
}

static void show_progress(const Session *session, const Training *training)
{
    const SessionOptions *options = &session->options;
    const Trainer *trainer = &session->trainer;
    double part = (double)trainer->course->next / (double)trainer->rows.count;
    Progress progress = {(double)training->ended + part, (double)training->asked, training->last};
    if (options->progress) options->progress(options->progress_self, &progress);
}

/* Some of the perceptron's updates, one by one and not beyond the epoch's end. */
static bool train_perceptron(Session *session, Training *training, Error *err)
{
    bool ended = false;
    for (long left = next_run(session, training).updates; left && !ended; left--) {
        if (!separation_update(session, &training->separation, &ended, err)) return false;
        training->updates++;
    }
    training->averages[0] = session->setup.course.average;
    report(session, training, ended);
    return !ended || look_up(session, training, err);
}

/* Some updates; false, and an error, when the next cannot be made. */
static bool train_some(Session *session, Training *training, Error *err)
{
    Run run = next_run(session, training);
    trainer_run(&session->trainer, &run);
    if (!run.sound) return retrace(session, training, err);
    training->updates += run.updates_made;
    record_epoch(session, run.epochs_ended);
    report(session, training, run.epochs_ended);
    bool ended;
    if (run.broke) return training_update(session, &ended, err);
    return !run.epochs_ended || look_up(session, training, err);
}

static bool train(Session *session, Training *training, Error *err)
{
    bool going = true;
    show_progress(session, training);
    while (going && training->ended < training->asked && !training->stop) {
        training->interrupted = session_interrupted(session);
        if (training->interrupted) break;
        going = training->perceptron ? train_perceptron(session, training, err)
                                     : train_some(session, training, err);
        show_progress(session, training);
    }
    session_forget(session);
    if (session->options.progress) session->options.progress(session->options.progress_self, NULL);
    return going;
}

/* What the run came to. */
static void conclude(Session *session, const Training *training, double seconds)
{
    const Course *course = &session->setup.course;
    if (training->ended && !training->last_shown)
        show_epoch(session, training, course->epoch, training->last);
    if (training->stop) emit_note(session, "%f", training->stop);
    if (training->perceptron)
        separation_conclude(session, &training->separation,
                            training->ended == training->asked && !training->stop);
    if (training->interrupted)
        emit_note(session, "interrupted in epoch %d, before row %d; %c goes on from there",
                  course->epoch + 1, (long)session_row(session) + 1, "train");
    if (training->updates)
        emit_note(session, "%d epoch%s, %d update%s", training->ended, plural(training->ended),
                  training->updates, plural(training->updates));
    emit_integer(session, "epochs", training->ended);
    emit_integer(session, "updates", training->updates);
    emit_number(session, "seconds", seconds);
    emit_truth(session, "interrupted", training->interrupted);
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

/* Runs it with its losses streamed; what it did stays, whether it failed or not. */
static bool stream(Session *session, Training *training, Error *err)
{
    static const Column column = {"loss", NULL};
    double begin = seconds_now();
    note_batch(session, training->arguments);
    emit_table(session, "losses", FOR_PROGRAMS,
               &(Table){.columns = &column, .count = 1, .list = true});
    bool ok = train(session, training, err);
    emit_table_end(session);
    conclude(session, training, seconds_now() - begin);
    session->partly = training->updates > 0;
    if (training->interrupted) session->outcome = OUTCOME_INTERRUPTED;
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
    session_release_pins(session);
    training->perceptron = session->pass->trick;
    if (training->perceptron) training->separation = separation_begin(session);
    if (training->tol <= 0) return true;
    size_t parameters = session_net(session)->parameters;
    training->old = memory_new(sizeof(double) * parameters);
    memory_copy_numbers(training->old, session->pass->value, parameters);
    return true;
}

static bool run_train(Session *session, const Arguments *arguments, Error *err)
{
    Training *training = arena_new(&session->arena, sizeof *training);
    *training =
        (Training){.arguments = arguments, .asked = arguments_integer(arguments, "EPOCHS", 1)};
    bool ok = begin(session, training, err);
    if (ok) ok = stream(session, training, err);
    if (!ok && !training->updates) snapshot_restore(session, session->before);
    separation_release(&training->separation);
    free(training->old);
    return ok;
}

static const Command commands[] = {
    {"train", "t",
     "EPOCHS [mode=stochastic|batch|mini] [batch=N] [shuffle=on|off] [until=CONDITION] [tol=TOL]",
     NEEDS_ROW | CHANGES, "go through the data for a number of epochs",
     "Shows the average loss of some 20 epochs. mode, batch and shuffle are settings of the loop, "
     "so that `step` and a later `train` go on in the same way. It stops early when `until`, "
     "any expression, is true at the end of an epoch (until=avgL<0.01, until=\"epoch == 20\"), "
     "or when no parameter has changed by as much as `tol` in a whole epoch. Ctrl-C stops it "
     "between two updates; the next `train` goes on from there.",
     "data n0\ndata scale standard\ntrain 50\ntrain 100 mode=batch tol=1e-4", run_train},
};

const Topic train_topic = {"training", commands, sizeof commands / sizeof commands[0]};
