#include "base/lines.h"
#include "trial.h"

/* Executes SCRIPT line by line, as `source` would. */
static void execute_all(Trial *trial, const char *script)
{
    for (const char *line = script; *line;) {
        size_t length = strcspn(line, "\n");
        ck_assert_uint_le(length, LINE_LIMIT);
        Outcome outcome = session_execute(trial->session, line, length);
        ck_assert_msg(outcome == OUTCOME_OK, "%.*s: %s", (int)(length < 200 ? length : 200), line,
                      trial->message);
        line += length + (line[length] == '\n');
    }
}

static void check_same(const Trial *a, const Trial *b)
{
    char *first = trial_script(a), *second = trial_script(b);
    ck_assert_str_eq(first, second);
    free(first);
    free(second);
}

static void check_same_bits(const Trial *a, const Trial *b)
{
    size_t count = session_net(a->session)->parameters;
    ck_assert_uint_eq(session_net(b->session)->parameters, count);
    ck_assert_int_eq(
        memcmp(a->session->pass->value, b->session->pass->value, count * sizeof(double)), 0);
}

/* The session that LINES make is the same after save and source, and goes on the same. */
static void check_round_trip(const char *lines, const char *then)
{
    Trial original, restored;
    trial_start(&original);
    trial_start(&restored);
    trial_do(&original, lines);
    char *script = trial_script(&original);
    execute_all(&restored, script);
    free(script);
    check_same(&original, &restored);
    for (int i = 0; *then && i < 3; i++) {
        trial_do(&original, then);
        trial_do(&restored, then);
        check_same_bits(&original, &restored);
    }
    check_same(&original, &restored);
    trial_free(&original);
    trial_free(&restored);
}

START_TEST(networks_of_every_form)
{
    check_round_trip("init 2-2-1\ndata n0\nset lr 1e-5\nstep 2", "step");
    check_round_trip("init 1-1 biases=none weights=0.7\ndata n4\nstep 3", "step");
    check_round_trip("init 2-3:tanh-2:leaky-relu-1:sigmoid loss=bce weights=xavier seed=9\n"
                     "data xor\nstep 5",
                     "step 4");
    check_round_trip("init 4-5:relu-3:softmax loss=cce weights=he seed=1\n"
                     "data iris target=species:onehot\ndata scale standard\nstep 20",
                     "step 10");
    check_round_trip("init 4-5:relu-3:softmax loss=cce weights=normal biases=none\n"
                     "data iris target=species:onehot header=yes\nrow 77",
                     "step");
    check_round_trip("init 2-1 loss=hinge\ndata tests/data/answers.csv target=passed:signs\n"
                     "data scale minmax\nrow 2",
                     "step 5");
}
END_TEST

START_TEST(layers_that_make_long_lines)
{
    check_round_trip("init 30-30:sigmoid-30:elu-1 weights=uniform seed=3\n"
                     "input 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 "
                     "27 28 29 30 -> 1\nset optimizer adam\nset lr 0.01\nstep",
                     "step");
    check_round_trip("init 1-4000:tanh-1 weights=normal seed=4 biases=0.5\ninput 1 -> 2\n"
                     "set optimizer momentum\nset lr 1e-4\nstep",
                     "step");
}
END_TEST

START_TEST(what_optimizers_remember)
{
    static const char *const optimizers[] = {"sgd",      "momentum momentum=0.5",
                                             "nesterov", "rmsprop",
                                             "adagrad",  "adam beta1=0.8 beta2=0.9"};
    for (size_t i = 0; i < sizeof optimizers / sizeof optimizers[0]; i++) {
        char lines[256];
        snprintf(lines, sizeof lines,
                 "init 2-3:tanh-1 weights=xavier\ndata n0\ndata scale minmax\n"
                 "set optimizer %s\nset clip norm=1 value=0.3\nstep 7",
                 optimizers[i]);
        check_round_trip(lines, "step");
    }
}
END_TEST

START_TEST(rows_scaling_and_pins)
{
    check_round_trip("init 2-2-1\ninput 0.1 -8e-300 -> 3", "step");
    check_round_trip("init 2-2-1\ndata n0\nrow 3", "step");
    check_round_trip("init 2-2-1\ndata n0\nrow 3\ninput 1 2 -> 3", "row 4\nset lr 1e-6\nstep");
    check_round_trip("init 2-2-1\ndata n0\ndata scale standard\nrow 2", "step");
    check_round_trip("init 2-2:sigmoid-1\ninput 1 2 -> 3\nassume yhat = 18\nassume z11 = 0.5\n"
                     "assume o12 = -1",
                     "step");
    check_round_trip("init 3-2-2 loss=sse\ndata n0 target=lpa,2 header=yes\nset memo off", "");
    check_round_trip("init 2-1\ndata tests/data/spaced.csv target=\"body mass\"", "step");
}
END_TEST

START_TEST(a_session_without_a_network)
{
    check_round_trip("", "");
    check_round_trip("data n0\nrow 4\nset lr 0.25\nset seed 12\nset digits 3", "");
    check_round_trip("input 1 2 3 -> 4", "");
}
END_TEST

START_TEST(a_typed_row_that_does_not_fit)
{
    Trial trial;
    check_round_trip("input 1 2 3 -> 4\ninit 2-2-1", "");
    check_round_trip("data n0\nrow 3\ninput 1 2 3 -> 4\ninit 2-2-1", "");
    trial_start(&trial);
    trial_do(&trial, "data n0\ninput 1 2 3 -> 4\ninit 2-2-1");
    char *script = trial_script(&trial);
    ck_assert_ptr_nonnull(strstr(script, "input 1 2 3 -> 4\ninit 2-2-1"));
    execute_all(&trial, script); /* where there is a network that it does not fit either */
    free(script);
    trial_free(&trial);
}
END_TEST

START_TEST(random_numbers_go_on_where_they_were)
{
    check_round_trip("init 2-2-1 weights=normal seed=5", "");
    check_round_trip("set seed 5\nset random 1 2 3 ffffffffffffffff", "");
}
END_TEST

START_TEST(save_writes_what_source_reads)
{
    Trial trial, other;
    trial_start(&trial);
    trial_start(&other);
    trial_do(&trial, "init 2-2-1\ndata n0\nset lr 1e-5\nstep 3\nsave \"build/a session.bp\"");
    trial_do(&other, "source \"build/a session.bp\"");
    check_same(&trial, &other);
    ck_assert_int_eq(remove("build/a session.bp"), 0);
    trial_fails(&trial, "save no/such/folder/a.bp", 6, "no/such/folder/a.bp");
    trial_fails(&trial, "save", 0, "FILE");
    trial_free(&trial);
    trial_free(&other);
}
END_TEST

UNIT("save", networks_of_every_form, layers_that_make_long_lines, what_optimizers_remember,
     rows_scaling_and_pins, a_session_without_a_network, a_typed_row_that_does_not_fit,
     random_numbers_go_on_where_they_were, save_writes_what_source_reads)
