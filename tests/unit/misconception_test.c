/* Misconceptions: each known mistake is made here in plain loops, which share nothing with the
   engine, and must be named by what it comes to; and nothing is named that is not one. */
#include <math.h>

#include "quiz/judge.h"
#include "quiz/misconception.h"
#include "quiz/question.h"
#include "trial.h"

enum { LAYERS = 3, WIDTH = 3 };

typedef enum Curve { LINEAR, SIGMOID, TANH } Curve;

/* What is done wrongly; all 0: nothing. */
typedef struct Fault {
    bool no_bias, transposed, updated;
    int slope; /* 1: taken as 1; 2: at o; 3: of a formula in o, with z put in */
    int layer; /* ... where; 0: everywhere */
} Fault;

typedef struct Plain {
    const char *init; /* the command; L = scale·Σ(y - ŷ)² */
    int layers, sizes[LAYERS + 1];
    Curve curves[LAYERS];
    double scale, rate;
    double x[WIDTH], y[WIDTH];
    double w[LAYERS][WIDTH][WIDTH], b[LAYERS][WIDTH]; /* [layer][from][to] */
    double z[LAYERS][WIDTH], o[LAYERS + 1][WIDTH], g[LAYERS][WIDTH][WIDTH];
} Plain;

static double curve(Curve kind, double z)
{
    return kind == SIGMOID ? 1 / (1 + exp(-z)) : kind == TANH ? tanh(z) : z;
}

static double slope_of(Curve kind, double z, double o, int wrong)
{
    if (kind == LINEAR || wrong == 1) return 1;
    if (wrong == 2) o = curve(kind, o);
    if (wrong == 3) o = z;
    return kind == SIGMOID ? o * (1 - o) : 1 - o * o;
}

static void forward(Plain *net, const Fault *fault)
{
    for (int i = 0; i < net->sizes[0]; i++) net->o[0][i] = net->x[i];
    for (int k = 0; k < net->layers; k++)
        for (int j = 0; j < net->sizes[k + 1]; j++) {
            double sum = fault->no_bias ? 0 : net->b[k][j];
            for (int i = 0; i < net->sizes[k]; i++) sum += net->w[k][i][j] * net->o[k][i];
            net->z[k][j] = sum;
            net->o[k + 1][j] = curve(net->curves[k], sum);
        }
}

static double loss(const Plain *net)
{
    double sum = 0;
    for (int j = 0; j < net->sizes[net->layers]; j++)
        sum += net->scale * pow(net->y[j] - net->o[net->layers][j], 2);
    return sum;
}

/* Fills in g; W is changed only on a copy. */
static void backward(Plain *net, const Fault *fault)
{
    Plain copy = *net;
    double d[WIDTH] = {0}, below[WIDTH];
    for (int j = 0; j < net->sizes[net->layers]; j++)
        d[j] = -2 * net->scale * (net->y[j] - net->o[net->layers][j]);
    for (int k = net->layers - 1; k >= 0; k--) {
        int wrong = !fault->layer || fault->layer == k + 1 ? fault->slope : 0;
        for (int j = 0; j < net->sizes[k + 1]; j++)
            d[j] *= slope_of(net->curves[k], net->z[k][j], net->o[k + 1][j], wrong);
        for (int i = 0; i < net->sizes[k]; i++)
            for (int j = 0; j < net->sizes[k + 1]; j++) {
                net->g[k][i][j] = d[j] * net->o[k][i];
                if (fault->updated) copy.w[k][i][j] -= net->rate * net->g[k][i][j];
            }
        bool turned = fault->transposed && net->sizes[k] == net->sizes[k + 1];
        for (int i = 0; i < net->sizes[k]; i++) {
            below[i] = 0;
            for (int j = 0; j < net->sizes[k + 1]; j++)
                below[i] += d[j] * (turned ? copy.w[k][j][i] : copy.w[k][i][j]);
        }
        memcpy(d, below, sizeof d);
    }
}

/* The derivative by w_ij^k, all counted from 1. */
static double derivative(const Plain *net, Fault fault, int i, int j, int k)
{
    Plain copy = *net;
    forward(&copy, &fault);
    backward(&copy, &fault);
    return copy.g[k - 1][i - 1][j - 1];
}

static const Plain nets[] = {
    {.init = "init 2-2-2 sigmoid loss=half-sse",
     .layers = 2,
     .sizes = {2, 2, 2},
     .curves = {SIGMOID, SIGMOID},
     .scale = 0.5,
     .rate = 0.5,
     .x = {0.05, 0.1},
     .y = {0.01, 0.99},
     .w = {{{0.15, 0.25}, {0.2, 0.3}}, {{0.4, 0.5}, {0.45, 0.55}}},
     .b = {{0.35, 0.35}, {0.6, 0.6}}},
    {.init = "init 2-2-1 loss=mse",
     .layers = 2,
     .sizes = {2, 2, 1},
     .scale = 1,
     .rate = 0.01,
     .x = {3, 5},
     .y = {7},
     .w = {{{0.5, -0.25}, {1.5, 0.75}}, {{1.25}, {-0.5}}},
     .b = {{0.1, 0.2}, {-0.3}}},
    {.init = "init 2-3:tanh-3:tanh-2:sigmoid loss=sse",
     .layers = 3,
     .sizes = {2, 3, 3, 2},
     .curves = {TANH, TANH, SIGMOID},
     .scale = 1,
     .rate = 0.2,
     .x = {0.7, -1.1},
     .y = {0.2, 0.9},
     .w = {{{0.3, -0.7, 0.45}, {0.6, 0.2, -0.35}},
           {{0.8, -0.3, 0.25}, {0.15, 0.55, -0.6}, {-0.9, 0.4, 0.7}},
           {{0.65, -0.45}, {-0.2, 0.95}, {0.35, 0.75}}},
     .b = {{0.1, -0.2, 0.3}, {0.05, 0.15, -0.25}, {-0.1, 0.2}}},
};
enum { NETS = sizeof nets / sizeof nets[0] };

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

/* Each mistake, as this file makes it. */
typedef double Mistaken(const Plain *net, int i, int j, int k);

static double right(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){0}, i, j, k);
}
static double no_sign(const Plain *net, int i, int j, int k)
{
    return -right(net, i, j, k);
}
static double half(const Plain *net, int i, int j, int k)
{
    return net->scale == 1 ? right(net, i, j, k) / 2 : NAN;
}
static double twice(const Plain *net, int i, int j, int k)
{
    return net->scale == 1 ? right(net, i, j, k) * 2 : NAN;
}
static double no_half(const Plain *net, int i, int j, int k)
{
    return net->scale == 0.5 ? right(net, i, j, k) * 2 : NAN;
}
static double no_slope(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.slope = 1}, i, j, k);
}
static double no_last_slope(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.slope = 1, .layer = net->layers}, i, j, k);
}
static double no_first_slope(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.slope = 1, .layer = 1}, i, j, k);
}
static double slope_at_o(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.slope = 2}, i, j, k);
}
static double last_slope_at_o(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.slope = 2, .layer = net->layers}, i, j, k);
}
static double slope_of_z(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.slope = 3}, i, j, k);
}
static double new_weights(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.updated = true}, i, j, k);
}
static double swapped(const Plain *net, int i, int j, int k)
{
    bool there = j <= net->sizes[k - 1] && i <= net->sizes[k];
    return there ? right(net, j, i, k) : NAN;
}
static double transposed(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.transposed = true}, i, j, k);
}
static double no_bias(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.no_bias = true}, i, j, k);
}

static const struct {
    const char *name;
    Mistaken *value;
    int seen; /* at least so often, over all weights of all nets */
} mistakes[] = {
    {"sign", no_sign, 25},
    {"factor-2-forgotten", half, 20},
    {"factor-2-doubled", twice, 20},
    {"half-forgotten", no_half, 8},
    {"slope-forgotten", no_slope, 25},
    {"slope-forgotten", no_last_slope, 25},
    {"slope-forgotten", no_first_slope, 8},
    {"slope-misplaced", slope_at_o, 25},
    {"slope-misplaced", last_slope_at_o, 25},
    {"slope-misplaced", slope_of_z, 25},
    {"weights-updated", new_weights, 10},
    {"indices-swapped", swapped, 10},
    {"weights-transposed", transposed, 8},
    {"bias-forgotten", no_bias, 25},
};
enum { MISTAKES = sizeof mistakes / sizeof mistakes[0] };

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
