/* Training that stops and goes on: by save and source, by Ctrl-C, by undo. */
#include <math.h>
#include <unistd.h>

#include "trial.h"

enum { EPOCHS = 50 };

/* `data n0` has four rows, so batches of three leave a short one. The line that the perceptron
   looks for is there to be found. */
static const char small_net[] = "init 2-3:tanh-1 weights=xavier seed=7\n"
                                "data n0\ndata scale standard\nset lr 0.02\nset batch 3";
static const char rich_net[] = "init 2-4:relu+bn-4:tanh+bn+skip-1 weights=he seed=8\n"
                               "data n0\ndata scale standard\nset lr 0.02\nset batch 2";

static const char line_net[] = "init 2-1:step loss=hinge weights=uniform seed=9\n"
                               "data tests/data/answers.csv target=passed:signs\nset batch 3";

static void train(Trial *trial, long epochs)
{
    char line[64];
    snprintf(line, sizeof line, "train %ld", epochs);
    trial_do(trial, line);
}

static void check_same(const Trial *a, const Trial *b)
{
    char *first = trial_script(a), *second = trial_script(b);
    ck_assert_str_eq(first, second);
    free(first);
    free(second);
}

/* What a run is made of. */
typedef struct Recipe {
    const char *net, *optimizer, *mode, *shuffle;
    int steps; /* into the epoch that the run is stopped in */
} Recipe;

static void begin(Trial *trial, const Recipe *recipe)
{
    char lines[128];
    trial_start(trial);
    trial_do(trial, recipe->net);
    snprintf(lines, sizeof lines, "set optimizer %s\nset mode %s\nset shuffle %s",
             recipe->optimizer, recipe->mode, recipe->shuffle);
    trial_do(trial, lines);
}

static void step(Trial *trial, int steps)
{
    for (; steps; steps--) trial_do(trial, "step");
}

/* Saved between two halves, and restored in a new session. */
static void check_resumed(const Recipe *recipe)
{
    Trial whole, resumed;
    begin(&whole, recipe);
    train(&whole, EPOCHS);
    step(&whole, recipe->steps);
    trial_do(&whole, "save build/resume.bp");
    train(&whole, EPOCHS);
    trial_start(&resumed);
    trial_do(&resumed, "source build/resume.bp");
    train(&resumed, EPOCHS);
    check_same(&whole, &resumed);
    trial_free(&whole);
    trial_free(&resumed);
}

static const char *const modes[] = {"stochastic", "batch", "mini"};
static const char *const on_off[] = {"off", "on"};

START_TEST(saved_and_restored_it_goes_on_the_same)
{
    for (size_t o = 0; optimizer_row(o); o++) {
        const char *net = optimizer_row(o)->trick ? line_net : small_net;
        for (int m = 0; m < 3; m++)
            for (int s = 0; s < 2; s++)
                for (int steps = 0; steps < 2; steps++)
                    check_resumed(&(Recipe){net, optimizer_row(o)->name, modes[m], on_off[s],
                                            steps + (steps && !m)});
    }
    ck_assert_int_eq(unlink("build/resume.bp"), 0);
}
END_TEST

START_TEST(so_it_does_with_batch_norms_and_skips)
{
    for (int s = 0; s < 2; s++)
        for (int steps = 0; steps < 2; steps++) {
            check_resumed(&(Recipe){rich_net, "adam", "mini", on_off[s], steps});
            check_resumed(&(Recipe){rich_net, "momentum", "batch", on_off[s], steps});
        }
    ck_assert_int_eq(unlink("build/resume.bp"), 0);
}
END_TEST

/* What the optimizer counts begins anew, but not the epoch's losses. */
START_TEST(saved_after_the_optimizer_was_changed)
{
    Trial whole, resumed;
    begin(&whole, &(Recipe){small_net, "sgd", "stochastic", "on", 0});
    trial_do(&whole, "step 2\nset optimizer adam\nsave build/resume.bp");
    trial_start(&resumed);
    trial_do(&resumed, "source build/resume.bp");
    train(&whole, 1);
    train(&resumed, 1);
    check_same(&whole, &resumed);
    ck_assert_int_eq(unlink("build/resume.bp"), 0);
    trial_free(&whole);
    trial_free(&resumed);
}
END_TEST

/* Each loss is finite, but not their sum. */
START_TEST(saved_after_the_sum_of_the_losses_overflowed)
{
    Trial whole, resumed;
    trial_start(&whole);
    trial_do(&whole, "init 1-1 loss=mae\ndata n4\nset losses inf 1 inf\nsave build/resume.bp");
    trial_start(&resumed);
    trial_do(&resumed, "source build/resume.bp\ntrain 1");
    trial_do(&whole, "train 1");
    check_same(&whole, &resumed);
    trial_fails(&whole, "set losses 1 2", 12, "the sum of the epoch's losses");
    trial_fails(&whole, "set losses 1 -2 3", 12, "the sum of the epoch's losses");
    ck_assert_int_eq(unlink("build/resume.bp"), 0);
    trial_free(&whole);
    trial_free(&resumed);
}
END_TEST

/* Ctrl-C, as it falls between two updates. */
typedef struct Interruption {
    volatile sig_atomic_t flag;
    int left; /* reports of progress until it comes */
} Interruption;

static void count_down(void *self, const Progress *progress)
{
    Interruption *interruption = self;
    if (progress && !--interruption->left) interruption->flag = 1;
}

/* Interrupted again and again, until TOTAL epochs have ended; returns how often that was within
   an epoch. */
static int train_interrupted(Trial *trial, const char *lines, long total)
{
    Interruption interruption = {0};
    int within = 0;
    trial_start_with(trial, (SessionOptions){.interrupted = &interruption.flag,
                                             .progress = count_down,
                                             .progress_self = &interruption});
    trial_do(trial, lines);
    for (int reports = 1; trial->session->setup.course.epoch < total; reports++) {
        char line[64];
        interruption.left = reports % 3 + 1;
        snprintf(line, sizeof line, "train %ld", total - trial->session->setup.course.epoch);
        Outcome outcome = trial_run(trial, line);
        bool over = trial->session->setup.course.epoch == total;
        ck_assert(outcome == (over ? OUTCOME_OK : OUTCOME_INTERRUPTED));
        within += trial->session->setup.course.next > 0;
        interruption.flag = 0;
    }
    trial->session->options.interrupted = NULL;
    trial->session->options.progress = NULL;
    return within;
}

/* The second is so large that a slice of the training is less than an epoch. */
START_TEST(interrupted_it_goes_on_the_same)
{
    static const char *const lines[] = {
        "init 2-3:tanh-1 weights=xavier seed=7\ndata n0\ndata scale standard\nset shuffle on\n"
        "set mode mini\nset batch 3\nset optimizer adam",
        "init 4-700:tanh-400:relu-3:softmax loss=cce weights=he seed=1\nset shuffle on\n"
        "data iris target=species:onehot\ndata scale standard\nset lr 0.01"};
    static const long totals[] = {40, 3};
    for (int n = 0; n < 2; n++) {
        Trial whole, broken;
        trial_start(&whole);
        trial_do(&whole, lines[n]);
        train(&whole, totals[n]);
        int within = train_interrupted(&broken, lines[n], totals[n]);
        if (n) ck_assert_int_ge(within, 2);
        check_same(&whole, &broken);
        trial_free(&whole);
        trial_free(&broken);
    }
}
END_TEST

START_TEST(undone_and_trained_again_it_is_the_same)
{
    Trial trial;
    begin(&trial, &(Recipe){small_net, "rmsprop", "mini", "on", 0});
    trial_do(&trial, "train 20\nstep");
    char *before = trial_script(&trial);
    trial_do(&trial, "train 30");
    char *after = trial_script(&trial);
    for (int i = 0; i < 2; i++) {
        trial_do(&trial, "undo");
        char *undone = trial_script(&trial);
        ck_assert_str_eq(undone, before);
        trial_do(&trial, i ? "redo" : "train 30");
        char *again = trial_script(&trial);
        ck_assert_str_eq(again, after);
        free(undone);
        free(again);
    }
    free(before);
    free(after);
    trial_free(&trial);
}
END_TEST

/* Where `train` with CONDITION stops, by a session that goes epoch by epoch. */
static void check_stop(const char *condition, bool (*stops)(const Session *, const double *old))
{
    Trial whole, single;
    Recipe recipe = {small_net, "sgd", "stochastic", "off", 0};
    char line[64];
    begin(&whole, &recipe);
    begin(&single, &recipe);
    snprintf(line, sizeof line, "train 800 %s", condition);
    trial_do(&whole, line);
    double old[13];
    do {
        memcpy(old, single.session->pass->value, sizeof old);
        train(&single, 1);
    } while (!stops(single.session, old));
    long epoch = single.session->setup.course.epoch;
    ck_assert_msg(epoch > 5 && epoch < 800, "%s: epoch %ld", condition, epoch);
    check_same(&whole, &single);
    trial_free(&whole);
    trial_free(&single);
}

static bool after_700(const Session *session, const double *old)
{
    (void)old;
    return session->setup.course.epoch == 700;
}

static bool low_loss(const Session *session, const double *old)
{
    (void)old;
    return session->setup.course.average < 0.1;
}

static bool hardly_moved(const Session *session, const double *old)
{
    double largest = 0;
    for (int i = 0; i < 13; i++) largest = fmax(largest, fabs(session->pass->value[i] - old[i]));
    return largest < 0.01;
}

START_TEST(until_and_tol_stop_after_the_first_epoch_that_fits)
{
    check_stop("until=\"epoch == 700\"", after_700);
    check_stop("until=avgL<0.1", low_loss);
    check_stop("tol=0.01", hardly_moved);
}
END_TEST

UNIT("resume", saved_and_restored_it_goes_on_the_same, so_it_does_with_batch_norms_and_skips,
     saved_after_the_optimizer_was_changed, saved_after_the_sum_of_the_losses_overflowed,
     interrupted_it_goes_on_the_same, undone_and_trained_again_it_is_the_same,
     until_and_tol_stop_after_the_first_epoch_that_fits)
