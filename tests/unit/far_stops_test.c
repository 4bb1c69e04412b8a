/* Breakpoints and watchpoints that are met seldom: found at full speed, at the very update at which
   plain training says so. */
#include "scenes.h"
#include "session/timeline.h"

enum { UPDATES = 60000, BEYOND = 4000, ALL = UPDATES + BEYOND, LENGTH = 256, NONE = -1 };

/* What plain training was when it began each of its updates. */
typedef struct Plain {
    double loss[ALL + 1], weight[ALL + 1], average[ALL + 1];
} Plain;

static const char *const nets[] = {
    "init 2-3:tanh-1 weights=normal seed=2\ndata n0\ndata scale standard\nset lr 0.01",
    "init 2-3:tanh-1 weights=normal seed=3\ndata n0\ndata scale standard\nset lr 0.001\n"
    "set optimizer momentum\nset shuffle on",
    "init 2-3:tanh+bn-1 weights=normal seed=4\ndata n0\ndata scale standard\nset lr 0.001\n"
    "set mode mini\nset batch 2\nset shuffle on\nset optimizer adam",
};
enum { NETS = sizeof nets / sizeof *nets };

static void keep(Plain *plain, long i, Session *session)
{
    double loss = 0;
    ck_assert(session_forward(session, NULL));
    loss = pass_loss(session->pass);
    plain->loss[i] = loss;
    plain->weight[i] = session->pass->value[0];
    plain->average[i] = session->setup.course.average;
}

static void train_plainly(Plain *plain, const char *lines)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, lines);
    for (long i = 0; i < ALL; i++) {
        bool ended;
        keep(plain, i, trial.session);
        ck_assert(trainer_update(&trial.session->trainer, &ended) == UPDATE_MADE);
    }
    keep(plain, ALL, trial.session);
    trial_free(&trial);
}

static bool is_below(const double *values, long i, double limit)
{
    return values[i] < limit;
}

/* The first update from FROM on at which VALUES are below LIMIT; or NONE. */
static long first_below(const double *values, long from, double limit)
{
    for (long i = from; i < UPDATES; i++)
        if (is_below(values, i, limit)) return i;
    return NONE;
}

static long last_below(const double *values, long before, double limit)
{
    while (--before >= 0)
        if (is_below(values, before, limit)) return before;
    return NONE;
}

/* The update, from FROM on, in which VALUES come to the other side of LIMIT. */
static long first_crossing(const double *values, long from, double limit)
{
    for (long i = from; i < UPDATES; i++)
        if (is_below(values, i, limit) != is_below(values, i + 1, limit)) return i;
    return NONE;
}

static long last_crossing(const double *values, long before, double limit)
{
    while (--before >= 0)
        if (is_below(values, before, limit) != is_below(values, before + 1, limit)) return before;
    return NONE;
}

static void start(Trial *trial, const char *lines)
{
    trial_start(trial);
    trial_do(trial, lines);
    trial_do(trial, "set epochs 1000000");
}

static void check_at(const Trial *trial, long update, const char *line)
{
    ck_assert_msg(timeline_update(trial->session) == update, "%s: in update %ld and not %ld", line,
                  timeline_update(trial->session), update);
}

/* A value that is met, but not often: of the lowest. */
static double seldom(const double *values, Random *random)
{
    double limit = values[random_below(random, UPDATES)];
    for (int i = 0; i < 12; i++) {
        double other = values[random_below(random, UPDATES)];
        if (other < limit) limit = other;
    }
    return limit;
}

static void check_breakpoints(const char *lines, const Plain *plain, Random *random)
{
    Trial trial;
    char line[LENGTH];
    double limit = seldom(plain->loss, random);
    start(&trial, lines);
    snprintf(line, LENGTH, "break update if L < %.17g", limit);
    trial_do(&trial, line);
    long at = NONE, before;
    for (int i = 0; i < 4; i++) {
        if ((at = first_below(plain->loss, at + 1, limit)) == NONE) break;
        trial_do(&trial, "continue");
        check_at(&trial, at, line);
        ck_assert_int_eq(trial.session->trainer.phase, PHASE_UPDATE);
    }
    trial_do(&trial, "disable\nstep 1000\nenable");
    for (int i = 0; i < 3; i++) {
        before = timeline_update(trial.session);
        if ((at = last_below(plain->loss, before, limit)) == NONE) break;
        trial_do(&trial, "reverse-continue");
        check_at(&trial, at, line);
    }
    trial_free(&trial);
}

static void check_watchpoints(const char *lines, const Plain *plain, Random *random)
{
    Trial trial;
    char line[LENGTH];
    double limit = plain->weight[random_below(random, UPDATES)];
    start(&trial, lines);
    snprintf(line, LENGTH, "watch w11^1 < %.17g", limit);
    trial_do(&trial, line);
    long at = NONE;
    for (int i = 0; i < 3; i++) {
        if ((at = first_crossing(plain->weight, at + 1, limit)) == NONE) break;
        trial_do(&trial, "continue");
        check_at(&trial, at, line);
    }
    trial_do(&trial, "disable\nstep 3000\nenable");
    for (int i = 0; i < 3; i++) {
        at = last_crossing(plain->weight, timeline_update(trial.session), limit);
        if (at == NONE) break;
        trial_do(&trial, "reverse-continue");
        check_at(&trial, at, line);
    }
    trial_free(&trial);
}

/* The average changes as an epoch ends: the update after that is the first that knows it. */
static void check_until(const char *lines, const Plain *plain, Random *random)
{
    Trial trial;
    char line[LENGTH];
    long at = 0, any = (long)random_below(random, UPDATES);
    double limit = plain->average[any] * (1 + 1e-9);
    while (at < UPDATES && !(plain->average[at] > 0 && plain->average[at] < limit)) at++;
    start(&trial, lines);
    snprintf(line, LENGTH, "until avgL > 0 && avgL < %.17g", limit);
    trial_do(&trial, line);
    check_at(&trial, at, line);
    trial_free(&trial);
}

START_TEST(they_stop_where_plain_training_says)
{
    static Plain plain;
    Random random;
    random_seed(&random, 31);
    for (int i = 0; i < NETS; i++) {
        train_plainly(&plain, nets[i]);
        for (int turn = 0; turn < 4; turn++) {
            check_breakpoints(nets[i], &plain, &random);
            check_watchpoints(nets[i], &plain, &random);
            check_until(nets[i], &plain, &random);
        }
    }
}
END_TEST

UNIT("far_stops", they_stop_where_plain_training_says)
