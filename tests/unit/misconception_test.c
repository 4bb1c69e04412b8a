/* Misconceptions: each known mistake, made in plain loops, must be named by what it comes to; and
   nothing is named that is not one. */
#include "quiz/judge.h"
#include "quiz/misconception.h"
#include "quiz/question.h"
#include "faults.h"
#include "trial.h"

static void give(Trial *trial, const char *format, int layer, int i, int j, double value)
{
    char line[96];
    if (i)
        snprintf(line, sizeof line, "set w%d%d^%d %.17g", i, j, layer, value);
    else
        snprintf(line, sizeof line, format, layer, j, value);
    trial_do(trial, line);
}

static void start(Trial *trial, const Plain *net)
{
    Text row = {0};
    char rate[64];
    trial_start(trial);
    trial_do(trial, net->init);
    text_add(&row, "input");
    for (int i = 0; i < net->sizes[0]; i++) text_print(&row, " %.17g", net->x[i]);
    text_add(&row, " ->");
    for (int i = 0; i < net->sizes[net->layers]; i++) text_print(&row, " %.17g", net->y[i]);
    trial_do(trial, text_string(&row));
    text_release(&row);
    for (int k = 1; k <= net->layers; k++)
        for (int j = 1; j <= net->sizes[k]; j++) {
            give(trial, "set b%d%d %.17g", k, 0, j, net->b[k - 1][j - 1]);
            for (int i = 1; i <= net->sizes[k - 1]; i++)
                give(trial, "", k, i, j, net->w[k - 1][i - 1][j - 1]);
        }
    snprintf(rate, sizeof rate, "set lr %.17g", net->rate);
    trial_do(trial, rate);
}

static bool same_digits(double a, double b)
{
    return fabs(a - b) <= 1e-3 * fabs(b);
}

/* What VALUE is taken for as the derivative by w_ij^k: NULL is right or nothing known. */
static const char *name_of(Trial *trial, int i, int j, int k, double value)
{
    char symbol[32], answer[64];
    Error err = {0};
    Verdict verdict;
    snprintf(symbol, sizeof symbol, "grad w%d%d^%d", i, j, k);
    snprintf(answer, sizeof answer, "%.17g", value);
    Question question = {.text = "?", .answer = symbol};
    bool read = question_judge(trial->session, &question, answer, &verdict, &err);
    ck_assert_msg(read, "%s: %s", symbol, err.message);
    return verdict.misconception;
}

/* Whether another mistake of this list comes to the same. */
static bool is_ambiguous(const Plain *net, int m, double value, int i, int j, int k)
{
    for (int other = 0; other < MISTAKES; other++) {
        double theirs = mistakes[other].value(net, i, j, k);
        if (strcmp(mistakes[other].name, mistakes[m].name) != 0 && same_digits(value, theirs))
            return true;
    }
    return false;
}

static int check_weight(Trial *trial, const Plain *net, int m, int i, int j, int k)
{
    double value = mistakes[m].value(net, i, j, k);
    if (isnan(value) || same_digits(value, right(net, i, j, k)) ||
        is_ambiguous(net, m, value, i, j, k))
        return 0;
    const char *found = name_of(trial, i, j, k, value);
    ck_assert_msg(found && !strcmp(found, mistakes[m].name), "%s, w%d%d^%d: %s, not %s", net->init,
                  i, j, k, found ? found : "nothing", mistakes[m].name);
    return 1;
}

START_TEST(every_mistake_is_named)
{
    Trial trials[NETS];
    for (int n = 0; n < NETS; n++) start(&trials[n], &nets[n]);
    for (int m = 0; m < MISTAKES; m++) {
        int seen = 0;
        for (int n = 0; n < NETS; n++)
            for (int k = 1; k <= nets[n].layers; k++)
                for (int i = 1; i <= nets[n].sizes[k - 1]; i++)
                    for (int j = 1; j <= nets[n].sizes[k]; j++)
                        seen += check_weight(&trials[n], &nets[n], m, i, j, k);
        ck_assert_msg(seen >= mistakes[m].seen, "%s: only %d times", mistakes[m].name, seen);
    }
    for (int n = 0; n < NETS; n++) trial_free(&trials[n]);
}
END_TEST

/* What is right, what is far from everything, and what two mistakes come to. */
START_TEST(nothing_else_is_named)
{
    static const double factors[] = {1, 1.00001, 1.3, -1.3, 0.77, 3, 10, 1e6};
    for (int n = 0; n < NETS; n++) {
        Trial trial;
        start(&trial, &nets[n]);
        for (size_t f = 0; f < sizeof factors / sizeof factors[0]; f++)
            for (int j = 1; j <= nets[n].sizes[1]; j++) {
                double value = factors[f] * right(&nets[n], 1, j, 1);
                const char *found = name_of(&trial, 1, j, 1, value);
                ck_assert_msg(!found, "%s, %g times: %s", nets[n].init, factors[f], found);
            }
        trial_free(&trial);
    }
}
END_TEST

/* With all weights 1 and no biases most mistakes change nothing, and then none is one. */
START_TEST(a_mistake_that_changes_nothing_is_none)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ninput 80 8 -> 3");
    ck_assert_ptr_null(name_of(&trial, 1, 1, 1, 27680));
    ck_assert_str_eq(name_of(&trial, 1, 2, 1, 2768), "indices-swapped");
    ck_assert_str_eq(name_of(&trial, 1, 1, 1, -27680), "sign");
    ck_assert_str_eq(name_of(&trial, 1, 1, 1, 13840), "factor-2-forgotten");
    ck_assert_ptr_null(name_of(&trial, 1, 1, 1, 346));
    trial_free(&trial);
}
END_TEST

/* Of a batch of two rows the sum is twice the mean: so is a 2 too many. */
START_TEST(what_two_mistakes_come_to_is_not_named)
{
    static const char *const sets[][2] = {{"data n1", "batch-summed"},
                                          {"data xor", "batch-summed"}};
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        Trial trial;
        trial_start(&trial);
        trial_do(&trial, "init 2-2-1 weights=0.3 biases=0.1\nset mode batch");
        trial_do(&trial, sets[i][0]);
        trial_do(&trial, "set memo on");
        Session *session = trial.session;
        size_t element = net_weight(session_net(session), 2, 1, 1);
        ck_assert(session_forward(session, NULL));
        double mean = memo_adjoint(session->pass, element, "a test");
        const char *found = name_of(&trial, 1, 1, 2, mean * session->pass->rows);
        ck_assert_msg(found && !strcmp(found, sets[i][1]), "%s: %s", sets[i][0], found);
        trial_free(&trial);
    }
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1 weights=0.3\ndata n0\nset mode mini\nset batch 2");
    ck_assert(session_forward(trial.session, NULL));
    double mean = memo_adjoint(trial.session->pass, net_weight(session_net(trial.session), 2, 1, 1),
                               "a test");
    ck_assert_ptr_null(name_of(&trial, 1, 1, 2, 2 * mean));
    ck_assert_str_eq(name_of(&trial, 1, 1, 2, -mean), "sign");
    trial_free(&trial);
}
END_TEST

/* Mazur's page prints E = .291027924 after one update: his hidden derivatives were taken with the
   output weights already updated. With the old ones it is .291027774. */
START_TEST(mazurs_numbers_are_those_of_updated_weights)
{
    static const struct {
        bool updated;
        double error;
    } cases[] = {{true, 0.291027924}, {false, 0.291027774}};
    for (int c = 0; c < 2; c++) {
        Plain net = nets[0];
        for (int k = 1; k <= 2; k++)
            for (int i = 1; i <= 2; i++)
                for (int j = 1; j <= 2; j++)
                    net.w[k - 1][i - 1][j - 1] -=
                        0.5 * derivative(&nets[0], (Fault){.updated = cases[c].updated}, i, j, k);
        forward(&net, &(Fault){0});
        ck_assert_msg(fabs(loss(&net) - cases[c].error) < 5e-10, "%.10f", loss(&net));
    }
}
END_TEST

/* Formulas are compared on other networks, where even with weights of 1 no two are alike. */
START_TEST(formulas_give_their_mistakes_away)
{
    static const struct {
        const char *answer, *name;
    } answers[] = {
        {"2*(y - yhat)*yhat*(1 - yhat)*o11", "sign"},
        {"-(y - yhat)*yhat*(1 - yhat)*o11", "factor-2-forgotten"},
        {"-4*(y - yhat)*yhat*(1 - yhat)*o11", "factor-2-doubled"},
        {"-2*(y - yhat)*o11", "slope-forgotten"},
        {"-2*(y - yhat)*z21*(1 - z21)*o11", "slope-misplaced"},
        {"-2*(y - yhat)*sigmoid(yhat)*(1 - sigmoid(yhat))*o11", "slope-misplaced"},
        {"-2*(y - yhat)*yhat*(1 - yhat)*o12", NULL},
        {"-2*(y - yhat)*yhat*(1 - yhat)", NULL},
        {"0.01", NULL},
    };
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1 sigmoid\ninput 1 2 -> 0");
    Question question = {.text = "?", .answer = "grad w11^2", .symbolic = true};
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        Error err = {0};
        Verdict verdict;
        ck_assert(question_judge(trial.session, &question, answers[i].answer, &verdict, &err));
        const char *found = verdict.misconception, *name = answers[i].name;
        ck_assert_msg(!verdict.right && !found == !name && (!name || !strcmp(found, name)),
                      "%s: %s", answers[i].answer, found);
    }
    trial_free(&trial);
}
END_TEST

/* Networks of every kind: nothing breaks, and what is right is never a mistake. */
START_TEST(right_answers_are_never_mistakes)
{
    static const char *const others[] = {
        "init 2-3:relu-2:softmax loss=cce weights=normal seed=2\ninput 1 2 -> 0 1",
        "init 2-2:tanh+bn-2:tanh+skip-1 weights=normal seed=3\ndata n0\ndata scale standard\n"
        "set mode batch",
        "init 2-2:sigmoid-1:sigmoid loss=bce weights=normal seed=4\ninput 1 -1 -> 1",
        "init 2-1:step loss=hinge\ndata classification target=placed:signs\n"
        "set optimizer perceptron",
        "init 2-2:relu-1 weights=-1\ninput 1 1 -> 5\nset optimizer adam",
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        Trial trial;
        trial_start(&trial);
        trial_do(&trial, others[i]);
        const Net *net = session_net(trial.session);
        for (size_t p = 0; p < net->parameters; p++) {
            Error err;
            Key key = {.gradient = true, .element = net_parameter(net, p)};
            ck_assert(session_forward(trial.session, &err));
            key.value = memo_adjoint(trial.session->pass, key.element, "a test");
            ck_assert_ptr_null(misconception_of_number(trial.session, &key, key.value, 1e-9));
        }
        trial_free(&trial);
    }
}
END_TEST

UNIT("misconceptions", every_mistake_is_named, nothing_else_is_named,
     a_mistake_that_changes_nothing_is_none, what_two_mistakes_come_to_is_not_named,
     mazurs_numbers_are_those_of_updated_weights, formulas_give_their_mistakes_away,
     right_answers_are_never_mistakes)
