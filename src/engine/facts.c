#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "engine/facts.h"
#include "engine/sums.h"
#include "engine/sweep.h"

/* On this share of the rows a node has to lie flat to count as saturated, since a single odd
   row must not hide it. */
static const double ALMOST_EVERY = 0.95;

/* The rows. */

static size_t row_length(const Net *net)
{
    return (size_t)net->vectors[net->input].size + (size_t)net->vectors[net->target].size;
}

/* Which of the patient's rows is the I-th that is measured. */
static size_t nth_row(const Patient *patient, size_t measured, size_t i)
{
    return (size_t)((double)i * (double)patient->row_count / (double)measured);
}

static const double *row_inputs(const Facts *facts, size_t i)
{
    const Patient *patient = facts->patient;
    return patient->rows + nth_row(patient, facts->rows, i) * row_length(patient->pass->net);
}

static const double *row_targets(const Facts *facts, size_t i)
{
    const Net *net = facts->patient->pass->net;
    return row_inputs(facts, i) + net->vectors[net->input].size;
}

static bool check_interrupt(const Facts *facts, Error *err)
{
    const volatile sig_atomic_t *interrupted = facts->patient->interrupted;
    return !interrupted || !*interrupted || fail(err, 0, "interrupted");
}

static bool check_targets(const Facts *facts, Error *err)
{
    const Pass *pass = facts->patient->pass;
    int targets = pass->net->vectors[pass->net->target].size;
    Error why;
    for (size_t i = 0; i < facts->rows; i++)
        if (!loss_accepts(pass->loss, row_targets(facts, i), targets, &why))
            return fail(err, 0, "row %zu: %s", nth_row(facts->patient, facts->rows, i) + 1,
                        why.message);
    return true;
}

static void note_broken(Facts *facts, size_t element, double value, size_t i)
{
    facts->broken = true;
    facts->broken_value = value;
    facts->broken_element = element;
    facts->broken_row = nth_row(facts->patient, facts->rows, i);
    for (int k = 0; k < facts->count; k++) {
        LayerFacts *layer = &facts->layers[k];
        layer->gradient_norm = layer->update_ratio = layer->signal = layer->slope = NAN;
    }
}

/* Sends the batch forward that begins at the I-th row; see sums_forward. */
static size_t send_batch(const Facts *facts, Sums *sums, size_t i, int *row)
{
    for (size_t k = 0; k < facts->batch; k++)
        pass_load(sums->pass, (int)k, row_inputs(facts, i + k), row_targets(facts, i + k));
    return sums_forward(sums, row);
}

/* Sends all rows there and back; stops at the first that breaks something. */
static bool add_rows(Facts *facts, Sums *sums, Error *err)
{
    const Pass *pass = sums->pass;
    const Net *net = pass->net;
    for (size_t i = 0; i < facts->rows; i += facts->batch) {
        int row;
        if (!check_interrupt(facts, err)) return false;
        size_t broken = send_batch(facts, sums, i, &row);
        double value = broken < net->elements ? pass->value[pass_place(pass, broken, row)] : 0;
        if (broken < net->elements) return note_broken(facts, broken, value, i + (size_t)row), true;
        broken = sums_backward(sums);
        facts->broken_gradient = broken < net->parameters;
        if (facts->broken_gradient)
            return note_broken(facts, broken, sums->pass->adjoint[broken], i), true;
    }
    facts->loss = sums->loss / (double)facts->rows;
    return true;
}

/* What follows from the sums. */

/* The squares of large numbers overflow; hypot does not form them. */
static double norm_of(const double *numbers, size_t count)
{
    double norm = 0;
    for (size_t i = 0; i < count; i++) norm = hypot(norm, numbers[i]);
    return norm;
}

/* A layer's parameters are those from its first weight to the next layer's. */
static size_t layer_from(const Net *net, int layer)
{
    return layer > net->architecture.layers ? net->parameters : net_affine(net, layer)->weights;
}

static double ratio(double part, double whole)
{
    return part == 0 ? 0 : part / whole;
}

static double loss_of_guess(const Facts *facts, const double *guess, const double *y)
{
    const Pass *pass = facts->patient->pass;
    int outputs = pass->net->vectors[pass->net->target].size;
    double sum = 0;
    for (int j = 0; j < outputs; j++) sum += pass->loss->value(y[j], guess[j]);
    return pass->loss->mean ? sum / outputs : sum;
}

/* The mean is taken of the differences from the first row, so that equal targets give 0 exactly. */
static void measure_guess(Facts *facts)
{
    const Net *net = facts->patient->pass->net;
    size_t outputs = (size_t)net->vectors[net->target].size;
    double *mean = memory_new(outputs * sizeof *mean);
    const double *first = row_targets(facts, 0);
    for (size_t i = 0; i < facts->rows; i++)
        for (size_t j = 0; j < outputs; j++) mean[j] += row_targets(facts, i)[j] - first[j];
    for (size_t j = 0; j < outputs; j++) mean[j] = first[j] + mean[j] / (double)facts->rows;
    for (size_t i = 0; i < facts->rows; i++)
        facts->guess_loss += loss_of_guess(facts, mean, row_targets(facts, i));
    facts->guess_loss /= (double)facts->rows;
    free(mean);
}

static void measure_inputs(Facts *facts)
{
    const Net *net = facts->patient->pass->net;
    size_t inputs = (size_t)net->vectors[net->input].size;
    for (size_t i = 0; i < facts->rows; i++)
        facts->input_size = hypot(facts->input_size, norm_of(row_inputs(facts, i), inputs));
    facts->input_size /= sqrt((double)facts->rows * (double)inputs);
}

/* What the optimizer would do to a copy, with the mean gradient, and what that would do to the
   loss. */
static bool measure_update(Facts *facts, Sums *sums, Error *err)
{
    const Patient *patient = facts->patient;
    const Net *net = sums->pass->net;
    Descent descent = *patient->descent;
    size_t slots = (size_t)optimizer_slots(descent.optimizer) * net->parameters;
    double *state = memory_new((slots + 1) * sizeof *state);
    memory_copy_numbers(state, patient->slots, slots);
    descent_update(&descent, net->parameters, sums->pass->value, sums->gradient, state);
    free(state);
    for (size_t i = 0; i < facts->rows; i += facts->batch) {
        int row;
        if (!check_interrupt(facts, err)) return false;
        send_batch(facts, sums, i, &row);
        facts->next_loss += (double)facts->batch * pass_loss(sums->pass) / (double)facts->rows;
    }
    return true;
}

static void measure_update_ratio(Facts *facts, const double *updated, double *change)
{
    const Net *net = facts->patient->pass->net;
    const double *old = facts->patient->pass->value;
    for (size_t e = 0; e < net->parameters; e++) change[e] = updated[e] - old[e];
    for (int k = 1; k <= facts->count; k++) {
        LayerFacts *layer = &facts->layers[k - 1];
        size_t from = layer_from(net, k), count = layer_from(net, k + 1) - from;
        layer->update_ratio = ratio(norm_of(change + from, count), layer->weight_norm);
    }
}

static void average(const Facts *facts, Sums *sums)
{
    const Net *net = sums->pass->net;
    for (size_t e = 0; e < net->parameters; e++) sums->gradient[e] /= (double)facts->rows;
    for (int k = 1; k <= facts->count; k++) {
        LayerFacts *layer = &facts->layers[k - 1];
        size_t from = layer_from(net, k), count = layer_from(net, k + 1) - from;
        bool linear = layer->activation == activation_linear();
        layer->gradient_norm = norm_of(sums->gradient + from, count);
        layer->signal = sqrt(sums->signal[k - 1] / (double)facts->rows);
        layer->slope = linear ? 1 : sums->slope[k - 1] / (double)facts->rows;
    }
}

static void count_idle(Facts *facts, const Sums *sums)
{
    const Net *net = sums->pass->net;
    double rows = (double)facts->rows;
    for (int i = 0; i < net->op_count; i++) {
        const Op *op = &net->ops[i];
        if (op->kind != OP_ACTIVATION) continue;
        LayerFacts *layer = &facts->layers[op->layer - 1];
        layer->dead = sums_share(sums, op, sums->off, rows);
        layer->saturated = sums_share(sums, op, sums->flat, ALMOST_EVERY * rows);
    }
}

/* What the parameters alone say. */

static bool same_column(const Net *net, const double *value, int layer, int j)
{
    const Architecture *made = &net->architecture;
    bool biases = net_affine(net, layer)->biased;
    for (int i = 1; i <= made->sizes[layer - 1]; i++)
        if (value[net_weight(net, layer, i, j)] != value[net_weight(net, layer, i, 1)])
            return false;
    return !biases || value[net_bias(net, layer, j)] == value[net_bias(net, layer, 1)];
}

static bool same_row(const Net *net, const double *value, int layer, int i)
{
    for (int j = 1; j <= net->architecture.sizes[layer]; j++)
        if (value[net_weight(net, layer, i, j)] != value[net_weight(net, layer, 1, j)])
            return false;
    return true;
}

/* Only a hidden layer's nodes can be exchanged, and only if no skip gives each of them an input
   or a way out of its own. */
static bool nodes_alike(const Net *net, const double *value, int layer)
{
    const Architecture *made = &net->architecture;
    if (layer == made->layers || made->sizes[layer] == 1) return false;
    if ((made->extras[layer - 1] | made->extras[layer]) & EXTRA_SKIP) return false;
    for (int j = 2; j <= made->sizes[layer]; j++)
        if (!same_column(net, value, layer, j) || !same_row(net, value, layer + 1, j)) return false;
    return true;
}

static size_t weight_count(const Net *net, int layer)
{
    return (size_t)net->architecture.sizes[layer - 1] * (size_t)net->architecture.sizes[layer];
}

static void describe_layer(Facts *facts, int k)
{
    const Pass *pass = facts->patient->pass;
    const Net *net = pass->net;
    LayerFacts *layer = &facts->layers[k - 1];
    size_t from = layer_from(net, k);
    layer->size = net->architecture.sizes[k];
    layer->activation = net->architecture.activations[k - 1];
    layer->fused = k == facts->count && pass->fusion;
    layer->weight_norm = norm_of(pass->value + from, layer_from(net, k + 1) - from);
    layer->alike = nodes_alike(net, pass->value, k);
    layer->zero = norm_of(pass->value + from, weight_count(net, k)) == 0;
}

static bool measure_rows(Facts *facts, Sums *sums, Error *err)
{
    measure_guess(facts);
    measure_inputs(facts);
    if (!add_rows(facts, sums, err)) return false;
    if (facts->broken) return true;
    average(facts, sums);
    count_idle(facts, sums);
    if (!measure_update(facts, sums, err)) return false;
    measure_update_ratio(facts, sums->pass->value, sums->gradient);
    return true;
}

static bool has_batch_norm(const Net *net)
{
    for (int layer = 1; layer <= net->architecture.layers; layer++)
        if (net_normalise(net, layer)) return true;
    return false;
}

bool facts_measure(Facts *facts, const Patient *patient, Error *err)
{
    const Net *net = patient->pass->net;
    int layers = net->architecture.layers;
    *facts = (Facts){.patient = patient, .count = layers};
    facts->rows = patient->row_count < FACTS_ROWS ? patient->row_count : FACTS_ROWS;
    facts->batch = has_batch_norm(net) ? facts->rows : 1;
    if (!check_targets(facts, err)) return false;
    facts->layers = memory_new(sizeof *facts->layers * (size_t)layers);
    for (int k = 1; k <= layers; k++) describe_layer(facts, k);
    size_t broken = number_first_broken(patient->pass->value, net->parameters);
    if (broken < net->parameters)
        return note_broken(facts, broken, patient->pass->value[broken], 0), true;
    Sums sums;
    bool ok = sums_begin(&sums, patient->pass, (int)facts->batch, err);
    if (ok) {
        ok = measure_rows(facts, &sums, err);
        sums_release(&sums);
    }
    if (!ok) facts_release(facts);
    return ok;
}

void facts_release(Facts *facts)
{
    free(facts->layers);
    facts->layers = NULL;
}
