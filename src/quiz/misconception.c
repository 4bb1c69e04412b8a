#include "quiz/alike.h"
#include "quiz/misconception.h"
#include "session/probe.h"

static const Misconception rows[] = {
    {"sign",
     "the sign is the other way round: L falls while ŷ comes nearer to y, so that ∂L/∂ŷ has the "
     "sign of ŷ - y",
     "N1, the first derivative: -2(y - ŷ)", slip_sign},
    {"factor-2-forgotten",
     "that is half of it: the power rule brings down the 2 of the square, so that ∂L/∂ŷ begins "
     "with -2",
     "N3, power rule; N1, the first derivative", slip_factor_forgotten},
    {"factor-2-doubled",
     "that is twice as much: the 2 of the square comes down once, in ∂L/∂ŷ, and in no later factor",
     "N3, power rule; N1, the first derivative", slip_factor_doubled},
    {"half-forgotten",
     "that is twice as much: the ½ before the square is there to cancel the 2 that comes down",
     "N3, cost function", slip_half_forgotten},
    {"slope-forgotten",
     "the slope of an activation is missing: ∂o/∂z = σ′(z) stands between ∂L/∂o and ∂L/∂z, and is "
     "1 only where the layer is linear",
     "N1, vanishing gradients; N3, chain rule", slip_slope_forgotten},
    {"slope-misplaced",
     "the slope of an activation is taken at the wrong number: σ′ is that of the sum z which went "
     "in; only a form made for it, as sigmoid's o (1 - o) or tanh's 1 - o², takes what came out",
     "N3, chain rule: f′(g(x))", slip_slope_misplaced},
    {"weights-updated",
     "that comes out when later layers are updated first: every derivative takes the old weights, "
     "and the update follows after the last of them",
     "N1, the algorithm: w_old - η ∂L/∂w_old", slip_weights_updated},
    {"indices-swapped",
     "that is the derivative by the weight whose indices are the other way round: the first names "
     "the node that a weight comes from, the second the one that it leads to",
     "N1, notation", slip_indices_swapped},
    {"weights-transposed",
     "a matrix is the wrong way round on the way back: the forward pass takes the transpose of W, "
     "the way back W itself, so that node i gathers what went from it to each node j",
     "N1, matrices", slip_weights_transposed},
    {"batch-summed",
     "that is the sum over the rows of the batch: L is their mean, so divide it by their number",
     "N1, batch gradient descent", slip_summed},
    {"bias-forgotten",
     "the biases are missing in the forward pass: a node adds its bias to the sum, and all slopes "
     "are taken at what follows from that",
     "N1, notation: w x + b", slip_bias_forgotten},
};

/* An answer: a number, or what is typed for it. */
typedef struct Answer {
    Session *session;
    double number, tolerance;
    const char *formula; /* or NULL */
} Answer;

/* Whether what is right here is what a mistake comes to as well. */
static bool fits_number(const Answer *answer, const Slip *slip, double value)
{
    bool same = key_is_near(value, slip->right, answer->tolerance);
    return !same && key_is_near(answer->number, value, answer->tolerance);
}

static bool fits_formula(const Answer *answer, const Slip *slip, SlipValue *value, int variant)
{
    bool same = false;
    WrongWay way = {value, variant, slip->element, slip->rate};
    alike_compare_wrong(answer->session, &way, answer->formula, &same, NULL);
    return same;
}

/* Whether one of the ways to make the mistake leads to ANSWER. */
static bool explains(const Misconception *row, const Slip *slip, const Answer *answer)
{
    double value;
    for (int variant = 0; row->value(slip, variant, &value); variant++)
        if (answer->formula ? fits_formula(answer, slip, row->value, variant)
                            : fits_number(answer, slip, value))
            return true;
    return false;
}

static const Misconception *find_single(const Slip *slip, const Answer *answer)
{
    const Misconception *found = NULL;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!explains(&rows[i], slip, answer)) continue;
        if (found) return NULL;
        found = &rows[i];
    }
    return found;
}

static const Misconception *find(const Key *key, const Answer *answer)
{
    const Descent *descent = &answer->session->setup.descent;
    Probe *probe = probe_new(answer->session);
    Slip slip = {.pass = probe_pass(probe),
                 .element = key->element,
                 .right = key->value,
                 .rate = descent_is_plain(descent) ? descent->eta : 0};
    const Misconception *found = find_single(&slip, answer);
    probe_free(probe);
    return found;
}

const Misconception *misconception_of_number(Session *session, const Key *key, double number,
                                             double tolerance)
{
    return find(key, &(Answer){.session = session, .number = number, .tolerance = tolerance});
}

const Misconception *misconception_of_formula(Session *session, const Key *key, const char *formula)
{
    return find(key, &(Answer){.session = session, .formula = formula});
}
