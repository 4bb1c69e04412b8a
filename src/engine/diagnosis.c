#include <math.h>

#include "engine/diagnosis.h"

/* A loss of a tenth of what guessing the mean target costs is a network that works. */
static const double LEARNED = 0.1;
/* Above this share of a guess's loss nothing has been learned. What lies between, at rest, may be
   a local minimum as well as the best there is: no measurement at one place tells. */
static const double NOTHING_LEARNED = 0.9;

/* An update larger than the weights themselves forgets what they were; it is no explosion, only a
   start from small weights, while the loss falls, and a loss that doubles is no noise. */
static const double LARGE_UPDATE = 1, LARGE_LOSS = 2;
/* A record that ends ten times above its lowest point, and above a guess, is on its way up. */
static const double RISEN = 10;

/* Derivatives a thousand times smaller in the first layer than in the last: what takes the last
   one an epoch takes the first a thousand. Two layers are one product, which is no chain yet. */
static const double SMALL_SIGNAL = 1e-3, LARGE_SIGNAL = 1e3;
enum { DEEP = 3 };

/* About half the nodes of a relu layer are off by design, more where all inputs are positive;
   networks with three dead nodes in four still learn. */
static const double MOSTLY_DEAD = 0.9;
/* With half the nodes flat the other half still learns, but with half the width. */
static const double MOSTLY_FLAT = 0.5;

/* Learning is at a standstill when the loss moves by less than a thousandth over ten epochs and
   some layer by less than a millionth of its weights in an update. Small networks on their way
   through a slow start move a hundred times as much. */
enum { FLAT_EPOCHS = 10 };
static const double FLAT_LOSS = 1e-3, SMALL_UPDATE = 1e-6;

/* At a minimum the gradient's square is less than this part of the loss, though rows that are
   taken one by one keep the weights moving around it. */
static const double SMALL_SLOPE = 0.05;

/* Flat nodes and small gradients are what a network has that works, and no illness. */
static bool has_learned(const Facts *facts)
{
    return facts->guess_loss > 0 && facts->loss <= LEARNED * facts->guess_loss;
}

static bool is_flat(const Facts *facts)
{
    const Patient *patient = facts->patient;
    if (!patient->losses || patient->loss_count < FLAT_EPOCHS) return false;
    const double *last = patient->losses + patient->loss_count - FLAT_EPOCHS;
    double low = last[0], high = last[0];
    for (int i = 1; i < FLAT_EPOCHS; i++) low = fmin(low, last[i]), high = fmax(high, last[i]);
    return high - low <= FLAT_LOSS * fabs(high);
}

/* The layer, from 1, that has the most of one of its facts, or the least. */
static int worst_layer(const Facts *facts, double (*fact)(const LayerFacts *layer), bool least)
{
    int worst = 1;
    for (int k = 2; k <= facts->count; k++) {
        double here = fact(&facts->layers[k - 1]), there = fact(&facts->layers[worst - 1]);
        if (least ? here < there : here > there) worst = k;
    }
    return worst;
}

static double update_ratio(const LayerFacts *layer)
{
    return layer->update_ratio;
}

static double dead(const LayerFacts *layer)
{
    return layer->dead;
}

/* Where the slope cancels against the loss, a flat output still learns. */
static double saturated(const LayerFacts *layer)
{
    return layer->fused ? 0 : layer->saturated;
}

/* How much larger or smaller the derivatives are in the first layer than in the last. */
static double signal_ratio(const Facts *facts)
{
    double last = facts->layers[facts->count - 1].signal;
    return last > 0 ? facts->layers[0].signal / last : 1;
}

static bool has_diverged(const Facts *facts, Finding *finding)
{
    const Patient *patient = facts->patient;
    int count = patient->losses ? patient->loss_count : 0;
    bool lost = count && !isfinite(patient->losses[count - 1]);
    finding->number = facts->broken ? facts->broken_value : lost ? patient->losses[count - 1] : 0;
    finding->number_is = facts->broken ? "the first number that broke" : "loss of the last epoch";
    finding->reason = "numbers have left the range of a double; nothing computed from them means "
                      "anything, and training cannot bring them back";
    return facts->broken || lost;
}

static bool loss_has_risen(const Facts *facts)
{
    const Patient *patient = facts->patient;
    if (!patient->losses || patient->loss_count < 2) return false;
    double lowest = patient->losses[0], last = patient->losses[patient->loss_count - 1];
    for (int i = 1; i < patient->loss_count; i++) lowest = fmin(lowest, patient->losses[i]);
    return facts->guess_loss > 0 && isfinite(last) && last > RISEN * lowest &&
           last > facts->guess_loss && facts->loss > facts->guess_loss;
}

static bool overshoots(const Facts *facts, Finding *finding)
{
    finding->layer = worst_layer(facts, update_ratio, false);
    finding->number = facts->layers[finding->layer - 1].update_ratio;
    finding->number_is = "update/weights";
    finding->reason = "the next update is larger than the weights themselves and makes the loss "
                      "larger, so that the one after it is larger still";
    return finding->number > LARGE_UPDATE && !(facts->next_loss <= LARGE_LOSS * facts->loss);
}

static bool is_exploding(const Facts *facts, Finding *finding)
{
    if (overshoots(facts, finding)) return true;
    if (facts->count >= DEEP && signal_ratio(facts) > LARGE_SIGNAL) {
        *finding = (Finding){.layer = 1,
                             .number = signal_ratio(facts),
                             .number_is = "derivatives of the first layer / of the last",
                             .reason = "the gradient grows at every layer on its way back, so the "
                                       "first layers leap where the last ones step"};
        return true;
    }
    if (!loss_has_risen(facts)) return false;
    *finding = (Finding){.number = facts->loss,
                         .number_is = "loss",
                         .reason = "the loss has risen far above its lowest epoch, and above what "
                                   "guessing the mean would cost: the updates overshoot"};
    return true;
}

/* Nothing gets back through a layer of dead nodes or of weights 0, however deep the network is. */
static bool is_blocked(const Facts *facts)
{
    for (int k = 0; k < facts->count; k++)
        if (facts->layers[k].dead == 1 || facts->layers[k].zero) return true;
    return false;
}

static bool is_vanishing(const Facts *facts, Finding *finding)
{
    finding->layer = 1;
    finding->number = signal_ratio(facts);
    finding->number_is = "derivatives of the first layer / of the last";
    finding->reason = "on its way back the gradient is multiplied by a small factor at every "
                      "layer, and what is left of it in the end changes nothing";
    return facts->count >= DEEP && finding->number < SMALL_SIGNAL && !is_blocked(facts) &&
           !has_learned(facts);
}

static bool has_dead_nodes(const Facts *facts, Finding *finding)
{
    finding->layer = worst_layer(facts, dead, false);
    finding->number = facts->layers[finding->layer - 1].dead;
    finding->number_is = "share of dead nodes";
    finding->reason = "these nodes are 0 on every row, and so is their slope: no gradient reaches "
                      "their weights, which therefore never change";
    return finding->number >= MOSTLY_DEAD && !has_learned(facts);
}

static bool is_saturated(const Facts *facts, Finding *finding)
{
    finding->layer = worst_layer(facts, saturated, false);
    finding->number = saturated(&facts->layers[finding->layer - 1]);
    finding->number_is = "share of saturated nodes";
    finding->reason = "these nodes lie on the flat ends of their activation on almost every row: "
                      "the slope there is nearly 0, and hardly any gradient gets through";
    return finding->number >= MOSTLY_FLAT && !has_learned(facts);
}

static bool has_curved_layer(const Facts *facts)
{
    for (int k = 0; k + 1 < facts->count; k++)
        if (facts->layers[k].activation != activation_linear()) return true;
    return false;
}

static bool has_learned_nothing(const Facts *facts)
{
    return facts->guess_loss > 0 && facts->loss > NOTHING_LEARNED * facts->guess_loss;
}

/* A converged run is at rest as well. The difference is what it has learned: a loss no better
   than a guess's is no place to end, unless the network is linear and can do no better. */
static bool is_on_plateau(const Facts *facts, Finding *finding)
{
    finding->layer = worst_layer(facts, update_ratio, true);
    finding->number = facts->layers[finding->layer - 1].update_ratio;
    finding->number_is = "update/weights";
    finding->reason = "the loss has not changed for many epochs and is no better than guessing the "
                      "mean target, yet the weights stand still: new = old";
    return is_flat(facts) && finding->number < SMALL_UPDATE && has_curved_layer(facts) &&
           has_learned_nothing(facts);
}

/* Linear nodes that are alike lose nothing: one of them does the work of all. */
static bool is_symmetric(const Facts *facts, Finding *finding)
{
    for (int k = 1; k < facts->count; k++) {
        const LayerFacts *layer = &facts->layers[k - 1];
        bool linear = layer->activation == activation_linear();
        bool stuck = linear && layer->zero && facts->layers[k].zero;
        if (!layer->alike || (linear && !stuck)) continue;
        *finding = (Finding){
            .layer = k,
            .number = layer->size,
            .number_is = "nodes that are all the same",
            .reason = stuck ? "weights of 0 before and after it let nothing through, forward or "
                              "back: all its derivatives are 0"
                            : "its nodes have the same weights, so they get the same gradients and "
                              "stay the same: together they are worth one node"};
        return true;
    }
    return false;
}

static bool is_deep(const Facts *facts)
{
    return facts->count >= DEEP;
}

static bool has_large_columns(const Facts *facts)
{
    enum { USUAL = 3 }; /* scaled columns have a root mean square of 1 */
    return facts->patient->row_count > 1 && facts->input_size > USUAL;
}

static bool is_unclipped(const Facts *facts)
{
    return facts->patient->descent->clip_norm <= 0;
}

static bool is_plain(const Facts *facts)
{
    return !facts->patient->descent->optimizer->slots[0];
}

#define SCALE                                                                                      \
    {                                                                                              \
        "data scale standard", "columns of like size suit one η", has_large_columns                \
    }
#define SLOW                                                                                       \
    {                                                                                              \
        "set lr %", "smaller steps", NULL                                                          \
    }
#define CLIP                                                                                       \
    {                                                                                              \
        "set clip norm=1", "no gradient is longer than 1, however steep it gets", is_unclipped     \
    }

// clang-format off
static const Illness rows[] = {
    {"diverged", "there are numbers that are not finite", has_diverged,
     {{"undo", "back to where all was finite; or begin anew with init, and then", NULL},
      SCALE, SLOW, CLIP}},
    {"exploding", "the weights leap further with every update", is_exploding,
     {SCALE, SLOW, CLIP,
      {"init ... weights=he", "weights that keep a signal's size from layer to layer", is_deep}}},
    {"vanishing", "the first layers hardly learn", is_vanishing,
     {{NULL, "fewer layers: fewer factors", NULL},
      {"init ... relu weights=he", "a slope of 1 wherever a node is on, and weights that suit it", NULL},
      {"init ...+bn", "batch norm keeps the sums where the activation is steep", NULL},
      {"init ...+skip", "a residual connection is a way back around the layer", NULL}}},
    {"dead-relu", "nodes that are always off learn nothing", has_dead_nodes,
     {{"init ... weights=he biases=zeros", "a start in which about half the nodes are on", NULL},
      SCALE, SLOW,
      {"init ... leaky-relu", "a slope that is never 0", NULL}}},
    {"saturated", "nodes that are always at an end of their range learn nothing", is_saturated,
     {SCALE,
      {"init ... weights=xavier", "weights small enough for the sums to stay around 0", NULL},
      {"init ... relu weights=he", "an activation that flattens on one side only", NULL},
      {"init ...+bn", "batch norm keeps the sums where the activation is steep", NULL}}},
    {"plateau", "learning is at a standstill", is_on_plateau,
     {{"set optimizer momentum", "steps that point the same way add up", is_plain},
      {"set optimizer adam", "steps whose size does not depend on the gradient's", is_plain},
      {"init ... weights=xavier seed=2", "another random start", NULL}}},
    {"symmetry", "several nodes do the work of one", is_symmetric,
     {{"init ... weights=xavier seed=1", "a random start makes every node different", NULL}}},
};
// clang-format on

const Illness *illness_row(size_t index)
{
    return index < sizeof rows / sizeof rows[0] ? &rows[index] : NULL;
}

bool diagnosis_rests(const Facts *facts)
{
    return is_flat(facts) && !has_learned(facts) &&
           facts->loss <= NOTHING_LEARNED * facts->guess_loss;
}

/* A loss that is flat where the gradient is not only waits for larger steps. */
static bool is_at_minimum(const Facts *facts)
{
    double gradient = 0;
    for (int k = 0; k < facts->count; k++)
        gradient = hypot(gradient, facts->layers[k].gradient_norm);
    return gradient * gradient <= SMALL_SLOPE * facts->loss;
}

bool diagnosis_too_straight(const Facts *facts)
{
    return is_flat(facts) && is_at_minimum(facts) && !has_curved_layer(facts) &&
           has_learned_nothing(facts);
}

double diagnosis_rate(const Facts *facts)
{
    static const double SAFE_UPDATE = 0.1, LESS = 0.1;
    double rate = facts->patient->descent->rate;
    double largest = facts->layers[worst_layer(facts, update_ratio, false) - 1].update_ratio;
    if (!(largest > LARGE_UPDATE) || !isfinite(largest)) return rate * LESS;
    return pow(10, floor(log10(rate * SAFE_UPDATE / largest)));
}

/* What is broken gives no facts to find anything else in. */
int diagnose(const Facts *facts, Finding findings[ILLNESSES])
{
    int count = 0;
    for (int i = 0; i < (facts->broken ? 1 : ILLNESSES); i++) {
        findings[count] = (Finding){0};
        bool found = rows[i].test(facts, &findings[count]);
        findings[count].illness = &rows[i];
        count += found;
    }
    return count;
}
