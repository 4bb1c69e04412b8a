/* Ctrl-C at any moment of a motion: wherever it ends, the session is what the straight run was
   there, and a way back that is cut short has not begun. */
#include <signal.h>
#include <sys/time.h>

#include "session/timeline.h"
#include "straight.h"

enum { PARAMETERS = 60, EPOCHS = 16, COMMANDS = 60 };

static volatile sig_atomic_t interrupted;

static void interrupt(int signal)
{
    (void)signal;
    interrupted = 1;
}

/* In so many microseconds; 0: not at all. */
static void interrupt_in(int microseconds)
{
    struct itimerval timer = {.it_value.tv_usec = microseconds};
    ck_assert_int_eq(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

static const struct {
    const char *line;
    bool back;
} commands[] = {{"next 3000", false},
                {"next 19", false},
                {"step 40", false},
                {"step", false},
                {"train 3", false},
                {"continue", false},
                {"until L < -1", false},
                {"until avgL < -1", false},
                {"goto epoch 1", false},
                {"goto epoch 3", false},
                {"goto epoch 12", false},
                {"finish", false},
                {"back 7", true},
                {"back 2000", true},
                {"reverse-step", true},
                {"reverse-step 30", true},
                {"reverse-continue", true},
                {"undo", false},
                {"redo", false}};
enum { LINES = sizeof commands / sizeof *commands };

/* Points that nothing meets: each is looked at in another way. */
static const char *const points[] = {"break L if L < 0",
                                     "break update if norm(dL/dW^1) < 0",
                                     "watch norm(W^1) > 1e9",
                                     "watch L < -1",
                                     "break epoch if avgL < -1",
                                     "watch epoch > 1000",
                                     "break row if row > updates + 100"};
enum { POINTS = sizeof points / sizeof *points };

typedef struct Walk {
    Trial trial;
    Scene scene;
    Straight straight;
    Random random;
    uint64_t seed;
    int made; /* commands that made the scene */
    int cut;  /* commands that were interrupted */
} Walk;

static void walk_start(Walk *walk, uint64_t seed)
{
    *walk = (Walk){.seed = seed};
    random_seed(&walk->random, seed);
    walk->scene = scene_draw(&walk->random, PARAMETERS, 0.02);
    trial_start_with(&walk->trial, (SessionOptions){.interrupted = &interrupted});
    trial_do(&walk->trial, walk->scene.lines.bytes);
    trial_do(&walk->trial, "set epochs 16");
    walk->made = history_count(walk->trial.session->history.undo);
    straight_begin(&walk->straight, &walk->scene, NULL);
}

static void walk_release(Walk *walk)
{
    trial_free(&walk->trial);
    straight_release(&walk->straight);
    scene_release(&walk->scene);
}

static void check_place(Walk *walk, const char *line)
{
    const Session *session = walk->trial.session;
    long place = timeline_now(session);
    Portrait is = portrait_of(session);
    const Place *straight = straight_place(&walk->straight, place);
    ck_assert_msg(straight != NULL, "seed %d, %s: at %ld", (int)walk->seed, line, place);
    is.reused = straight->portrait.reused; /* a derivative that is cut short has used some others */
    const char *difference = portrait_difference(&is, &straight->portrait);
    ck_assert_msg(!*difference, "%sseed %d, %s: at %ld\n%s", difference, (int)walk->seed, line,
                  place, walk->scene.lines.bytes);
    ck_assert(!session->tape || session->tape->end >= place);
}

/* The scene is not undone, and no walk goes on for ever. */
static bool is_fit(const Walk *walk, const char *line, bool back)
{
    const Session *session = walk->trial.session;
    if (!strcmp(line, "undo")) return history_count(session->history.undo) > walk->made;
    return back || !strcmp(line, "redo") || session->setup.course.epoch < EPOCHS;
}

/* Runs one of the commands, and cuts it short at some moment. */
static void run_cut_short(Walk *walk)
{
    Random *random = &walk->random;
    size_t i = random_below(random, LINES);
    const char *line = commands[i].line;
    long before = timeline_now(walk->trial.session);
    if (!is_fit(walk, line, commands[i].back)) return;
    interrupt_in(
        random_below(random, 3) ? random_between(random, 1, 1 << random_between(random, 0, 9)) : 0);
    Outcome outcome = trial_run(&walk->trial, line);
    interrupt_in(0);
    interrupted = 0;
    long now = timeline_now(walk->trial.session);
    if (outcome == OUTCOME_INTERRUPTED) {
        walk->cut++;
        ck_assert_msg(commands[i].back ? now == before : now >= before,
                      "seed %d, %s: from %ld to %ld", (int)walk->seed, line, before, now);
    }
    check_place(walk, line);
}

static void change_points(Walk *walk)
{
    trial_run(&walk->trial, "delete");
    trial_do(&walk->trial, points[random_below(&walk->random, POINTS)]);
    check_place(walk, "delete, break");
}

START_TEST(every_place_is_that_of_the_straight_run)
{
    int cut = 0;
    signal(SIGALRM, interrupt);
    for (uint64_t seed = 0; seed < 40; seed++) {
        Walk walk;
        walk_start(&walk, seed);
        for (int i = 0; i < COMMANDS; i++) {
            if (!random_below(&walk.random, 8)) change_points(&walk);
            run_cut_short(&walk);
        }
        cut += walk.cut;
        walk_release(&walk);
    }
    ck_assert_int_gt(cut, 10);
}
END_TEST

UNIT("interrupted_walk", every_place_is_that_of_the_straight_run)
