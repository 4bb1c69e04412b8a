/* Long runs in little memory: what is kept of them fits, and every place that can still be gone to
   is what a run made straight there is. */
#include <malloc.h>

#include "reference.h"

typedef struct LongRun {
    Trial trial;
    Reference reference;
    Random random;
    const char *net;
    int over; /* how often what there must be was too much already */
} LongRun;

static void check_memory(LongRun *run, const char *line)
{
    const Session *session = run->trial.session;
    size_t bytes = history_bytes(session);
    if (bytes <= session->habits.memory) return;
    bool least = session->tape->count <= 2 && history_count(session->history.undo) <= 1;
    ck_assert_msg(least, "%s, %s: %zu bytes", run->net, line, bytes);
    run->over++;
}

/* Back to where what is known of the run begins, and no farther. */
static void check_beginning(LongRun *run)
{
    trial_do(&run->trial, "back 1000000000");
    const Session *session = run->trial.session;
    ck_assert_int_eq(timeline_now(session), timeline_beginning(session));
    trial_fails(&run->trial, "back", 0, "this is the beginning of the run");
    trial_fails(&run->trial, "reverse-step 3", 0, "this is the beginning of the run");
}

static void move(LongRun *run, long most)
{
    char line[LENGTH];
    Random *random = &run->random;
    const Session *session = run->trial.session;
    int count = random_between(random, 1, (int)most);
    switch (random_below(random, 9)) {
    case 0: snprintf(line, LENGTH, "back %d", 40 * count); break;
    case 1: snprintf(line, LENGTH, "reverse-step %d", count); break;
    case 2: snprintf(line, LENGTH, "next %d", count); break;
    case 3: snprintf(line, LENGTH, "goto epoch %ld", session->setup.course.epoch + 1); break;
    case 4: snprintf(line, LENGTH, "step %d", random_between(random, 1, 30)); break;
    case 5:
        snprintf(line, LENGTH, "set lr %.3g", random_uniform(random, 1e-4, 1e-3));
        reference_change(&run->reference, timeline_update(session), line);
        break;
    default: snprintf(line, LENGTH, "train %d", count);
    }
    Outcome outcome = trial_run(&run->trial, line);
    bool known = strstr(run->trial.message, "known") != NULL;
    ck_assert_msg(outcome == OUTCOME_OK || known, "%s: %s", line, run->trial.message);
    check_memory(run, line);
    reference_check(&run->reference, session, line);
}

/* Returns how often what there must be was more than the MEMORY. */
static int check_run(uint64_t seed, const char *net, const char *memory, long most)
{
    Text lines = {0};
    LongRun run = {.net = net};
    random_seed(&run.random, seed);
    text_print(&lines, "%s\nset lr 1e-3\nset history memory %s\n", net, memory);
    reference_begin(&run.reference, lines.bytes);
    trial_start(&run.trial);
    trial_do(&run.trial, lines.bytes);
    trial_do(&run.trial, "train 1");
    for (int i = 0; i < 12; i++) move(&run, most);
    check_beginning(&run);
    reference_check(&run.reference, run.trial.session, "back");
    trial_free(&run.trial);
    trial_free(&run.reference.trial);
    text_release(&lines);
    return run.over;
}

static const char long_net[] = "init 2-3:tanh-1 weights=normal\ndata n0\ndata scale standard";
static const char rich_net[] = "init 2-4:tanh+bn-1 weights=normal\ndata n0\ndata scale standard\n"
                               "set mode batch\nset optimizer adam";

START_TEST(small_networks_on_long_ways)
{
    ck_assert_int_eq(check_run(1, long_net, "1M", 3000), 0);
    ck_assert_int_eq(check_run(2, rich_net, "1M", 2000), 0);
}
END_TEST

static void write_rows(const char *path, int rows, int columns)
{
    Random random;
    random_seed(&random, 5);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    for (int i = 0; i < rows * columns; i++)
        fprintf(file, "%.3f%c", random_uniform(&random, -1, 1), (i + 1) % columns ? ',' : '\n');
    ck_assert_int_eq(fclose(file), 0);
}

static void spell_net(char *net, const char *sizes, const char *settings)
{
    snprintf(net, LENGTH,
             "init %s weights=xavier\ndata build/history-memory.csv header=no "
             "target=61,62,63,64,65,66,67,68,69,70%s",
             sizes, settings);
}

static int check_larger(uint64_t seed, const char *sizes, const char *settings, const char *memory,
                        long most)
{
    char net[LENGTH];
    spell_net(net, sizes, settings);
    write_rows("build/history-memory.csv", 20, 70);
    int over = check_run(seed, net, memory, most);
    ck_assert_int_eq(remove("build/history-memory.csv"), 0);
    return over;
}

/* A state of these takes some 23 kB, with adam 70. */
START_TEST(larger_networks)
{
    static const char sizes[] = "60-40:tanh-10";
    ck_assert_int_eq(check_larger(0, sizes, "", "1M", 60), 0);
    ck_assert_int_eq(check_larger(1, sizes, "\nset optimizer adam", "2M", 60), 0);
    ck_assert_int_eq(check_larger(2, sizes, "\nset mode mini\nset batch 7", "8M", 60), 0);
    ck_assert_int_eq(check_larger(3, sizes, "\nset optimizer adam\nset shuffle on", "1M", 60), 0);
}
END_TEST

/* Of one whose state takes more than the memory two are kept: where it is, and where it was. */
START_TEST(a_network_that_does_not_fit)
{
    ck_assert_int_gt(check_larger(4, "60-2000:tanh-10", "", "1M", 1), 5);
}
END_TEST

/* Of what the C library has handed out. */
static size_t heap_bytes(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/* What the history is said to take is taken: a block costs some bytes more. */
START_TEST(the_bytes_are_those_of_the_heap)
{
    Trial trial;
    char net[LENGTH];
    spell_net(net, "60-40:tanh-10", "\nset optimizer adam\nset history memory 16M\ntrain 2");
    write_rows("build/history-memory.csv", 20, 70);
    trial_start(&trial);
    trial_do(&trial, net);
    ck_assert_int_eq(remove("build/history-memory.csv"), 0);
    size_t heap = heap_bytes(), said = history_bytes(trial.session);
    for (int i = 0; i < 60; i++) {
        trial_do(&trial, i % 5 ? "train 7" : "goto epoch 3");
        double taken = (double)heap_bytes() - (double)heap;
        double added = (double)history_bytes(trial.session) - (double)said;
        if (!heap) break; /* a sanitizer has a heap of its own */
        ck_assert_msg(fabs(taken - added) < 0.02 * added + 65536, "%g bytes of %g", taken, added);
    }
    trial_free(&trial);
}
END_TEST

/* The loop has no place then, but the run has. */
START_TEST(memory_can_be_set_where_no_row_fits)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ndata n0\nset lr 1e-6\ntrain 2\ndata n0 target=2,3\n"
                     "set history memory 2M\nset lr 1e-5\nundo\nundo\nundo\nback 3\n"
                     "data n0 target=2,3");
    ck_assert_int_eq(timeline_now(trial.session), 7 * 23 + 1);
    trial_do(&trial, "undo");
    ck_assert_int_eq(trial.session->trainer.phase, PHASE_UPDATE);
    trial_free(&trial);
}
END_TEST

UNIT("history_memory", memory_can_be_set_where_no_row_fits, the_bytes_are_those_of_the_heap,
     small_networks_on_long_ways, larger_networks, a_network_that_does_not_fit)
