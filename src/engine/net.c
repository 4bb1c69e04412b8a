#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "engine/net.h"

/* What one element may cost: value, adjoint, the memo's mark, what an update keeps of it, two
   numbers of an optimizer, and the states that undo goes back to. */
enum { BYTES_PER_ELEMENT = 128 };

static bool fits_memory(const Architecture *architecture, size_t most, Error *err)
{
    enum { NODES_OF_NORM = 8 }; /* its parameters, statistics and vectors, for each node */
    double elements = architecture->sizes[0];
    for (int k = 1; k <= architecture->layers; k++) {
        int extra = architecture->extras[k - 1] ? NODES_OF_NORM : 0;
        elements += ((double)architecture->sizes[k - 1] + 3 + extra) * architecture->sizes[k];
    }
    double need = elements * BYTES_PER_ELEMENT;
    double machine = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGE_SIZE);
    double have = most ? (double)most : machine / 2;
    if (need <= have) return true;
    return fail(err, 0, "this network would need %.1f GB, and it may have %.1f", need / 1e9,
                have / 1e9);
}

static int add_vector(Net *net, SymbolKind kind, int layer, int size)
{
    Vector *vector = &net->vectors[net->vector_count];
    *vector = (Vector){kind, layer, size, net->elements, {-1, -1}};
    net->elements += (size_t)size;
    return net->vector_count++;
}

/* Notes that the next op reads VECTOR. */
static void use(Net *net, int vector)
{
    int *uses = net->vectors[vector].uses;
    uses[uses[0] >= 0] = net->op_count;
}

static Op *add_op(Net *net, OpKind kind, int layer, int in, int out)
{
    use(net, in);
    Op *op = &net->ops[net->op_count++];
    *op = (Op){.kind = kind, .layer = layer, .in = in, .out = out};
    return op;
}

static bool normalised(const Architecture *a, int layer)
{
    return a->extras[layer - 1] & EXTRA_NORM;
}

static bool biased(const Architecture *a, int layer)
{
    return a->biases && !normalised(a, layer);
}

/* Parameters that each node of LAYER has besides its weights: b, or γ and β. */
static int others(const Architecture *a, int layer)
{
    return normalised(a, layer) ? 2 : biased(a, layer);
}

size_t net_layer_parameters(const Net *net, int layer)
{
    const Architecture *a = &net->architecture;
    return (size_t)(a->sizes[layer - 1] + others(a, layer)) * (size_t)a->sizes[layer];
}

static void place_parameters(Net *net)
{
    const Architecture *a = &net->architecture;
    for (int k = 1; k <= a->layers; k++) net->parameters += net_layer_parameters(net, k);
    net->stored = net->parameters;
    for (int k = 1; k <= a->layers; k++)
        if (normalised(a, k)) net->stored += 2 * (size_t)a->sizes[k];
    net->elements = net->stored;
}

/* Where the next layer's numbers begin. */
typedef struct Places {
    size_t parameters, statistics;
} Places;

static int add_affine(Net *net, SymbolKind kind, int layer, int in, Places *places)
{
    const Architecture *a = &net->architecture;
    size_t size = (size_t)a->sizes[layer];
    int out = add_vector(net, kind, layer, a->sizes[layer]);
    net->affines[layer - 1] = net->op_count;
    Op *affine = add_op(net, OP_AFFINE, layer, in, out);
    affine->biased = biased(a, layer);
    affine->weights = places->parameters;
    affine->biases = affine->weights + (size_t)a->sizes[layer - 1] * size;
    places->parameters = affine->biases + (affine->biased ? size : 0);
    return out;
}

static int add_norm(Net *net, SymbolKind kind, int layer, int in, Places *places)
{
    int width = net->architecture.sizes[layer];
    size_t size = (size_t)width;
    int mean = add_vector(net, SYMBOL_MEAN, layer, width);
    int variance = add_vector(net, SYMBOL_VARIANCE, layer, width);
    int normal = add_vector(net, SYMBOL_NORMALISED, layer, width);
    Op *normalise = add_op(net, OP_NORMALISE, layer, in, normal);
    normalise->mean = mean, normalise->variance = variance;
    normalise->weights = places->statistics;
    normalise->biases = normalise->weights + size;
    places->statistics = normalise->biases + size;
    int out = add_vector(net, kind, layer, width);
    Op *scale = add_op(net, OP_SCALE, layer, normal, out);
    scale->weights = places->parameters;
    scale->biases = scale->weights + size;
    places->parameters = scale->biases + size;
    return out;
}

/* Whatever ends the layer writes o; what comes before it has a name of its own. */
static int add_layer(Net *net, int layer, int in, Places *places)
{
    const Architecture *a = &net->architecture;
    const Activation *activation = a->activations[layer - 1];
    int size = a->sizes[layer];
    bool linear = activation == activation_linear(), skip = a->extras[layer - 1] & EXTRA_SKIP;
    bool norm = normalised(a, layer), bare = linear && !skip;
    int out = add_affine(net, bare && !norm ? SYMBOL_OUTPUT : SYMBOL_SUM, layer, in, places);
    if (norm) out = add_norm(net, bare ? SYMBOL_OUTPUT : SYMBOL_SCALED, layer, out, places);
    if (!linear) {
        int activated = add_vector(net, skip ? SYMBOL_BRANCH : SYMBOL_OUTPUT, layer, size);
        add_op(net, OP_ACTIVATION, layer, out, activated)->activation = activation;
        out = activated;
    }
    if (!skip) return out;
    int sum = add_vector(net, SYMBOL_OUTPUT, layer, size);
    use(net, in);
    add_op(net, OP_ADD, layer, out, sum)->skipped = in;
    return sum;
}

Net *net_new(const Architecture *architecture, size_t most, Error *err)
{
    enum { VECTORS_OF_LAYER = 7, OPS_OF_LAYER = 5 }; /* z μ v n s a o */
    if (!fits_memory(architecture, most, err)) return NULL;
    size_t layers = (size_t)architecture->layers;
    Net *net = memory_new(sizeof *net);
    net->references = 1;
    architecture_copy(&net->architecture, architecture);
    net->vectors = memory_new(sizeof *net->vectors * (VECTORS_OF_LAYER * layers + 3));
    net->ops = memory_new(sizeof *net->ops * (OPS_OF_LAYER * layers + 1));
    net->affines = memory_new(sizeof *net->affines * layers);
    place_parameters(net);

    Places places = {0, net->parameters};
    net->input = net->prediction = add_vector(net, SYMBOL_INPUT, 0, architecture->sizes[0]);
    for (int k = 1; k <= architecture->layers; k++)
        net->prediction = add_layer(net, k, net->prediction, &places);
    net->target = add_vector(net, SYMBOL_TARGET, 0, architecture->sizes[layers]);
    net->loss = add_vector(net, SYMBOL_LOSS, 0, 1);
    add_op(net, OP_LOSS, architecture->layers + 1, net->prediction, net->loss);
    return net;
}

Net *net_retain(Net *net)
{
    if (net) net->references++;
    return net;
}

void net_release(Net *net)
{
    if (!net || --net->references) return;
    architecture_release(&net->architecture);
    free(net->vectors);
    free(net->ops);
    free(net->affines);
    free(net);
}

const Op *net_affine(const Net *net, int layer)
{
    return &net->ops[net->affines[layer - 1]];
}

const Op *net_normalise(const Net *net, int layer)
{
    return normalised(&net->architecture, layer) ? net_affine(net, layer) + 1 : NULL;
}

const Op *net_scale(const Net *net, int layer)
{
    return normalised(&net->architecture, layer) ? net_affine(net, layer) + 2 : NULL;
}

bool net_has_norm(const Net *net)
{
    int layer = net->architecture.layers;
    while (layer && !net_normalise(net, layer)) layer--;
    return layer > 0;
}

const Op *net_last(const Net *net, int layer)
{
    const Op *op = net_affine(net, layer);
    while (op[1].layer == layer) op++;
    return op;
}

size_t net_weight(const Net *net, int layer, int i, int j)
{
    size_t width = (size_t)net->architecture.sizes[layer];
    return net_affine(net, layer)->weights + (size_t)(i - 1) * width + (size_t)(j - 1);
}

size_t net_bias(const Net *net, int layer, int j)
{
    return net_affine(net, layer)->biases + (size_t)(j - 1);
}

bool net_stored(const Net *net, SymbolKind kind, int layer, Stored *stored)
{
    const Op *affine = net_affine(net, layer), *norm = net_normalise(net, layer);
    int in = net->vectors[affine->in].size, out = net->vectors[affine->out].size;
    const struct {
        SymbolKind kind;
        const Op *op;
        bool second;
    } rows[] = {{SYMBOL_WEIGHT, affine, false},
                {SYMBOL_BIAS, affine->biased ? affine : NULL, true},
                {SYMBOL_SCALE, net_scale(net, layer), false},
                {SYMBOL_SHIFT, net_scale(net, layer), true},
                {SYMBOL_RUNNING_MEAN, norm, false},
                {SYMBOL_RUNNING_VARIANCE, norm, true}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].kind != kind || !rows[i].op) continue;
        size_t first = rows[i].second ? rows[i].op->biases : rows[i].op->weights;
        *stored = (Stored){first, kind == SYMBOL_WEIGHT ? in : 1, out};
        return true;
    }
    return false;
}

size_t net_layer_index(const Net *net, int layer)
{
    size_t index = 0;
    for (int k = net->architecture.layers; k > layer; k--) index += net_layer_parameters(net, k);
    return index;
}

/* What follows W^k in memory holds one number for each node: b, or γ and then β. */
size_t net_parameter(const Net *net, size_t index)
{
    const Architecture *a = &net->architecture;
    int layer = a->layers;
    for (; index >= net_layer_parameters(net, layer); layer--)
        index -= net_layer_parameters(net, layer);
    size_t in = (size_t)a->sizes[layer - 1], width = in + (size_t)others(a, layer);
    size_t node = index / width, i = index % width;
    if (i < in) return net_weight(net, layer, (int)i + 1, (int)node + 1);
    return net_affine(net, layer)->biases + (i - in) * (size_t)a->sizes[layer] + node;
}

size_t net_parameter_index(const Net *net, size_t parameter)
{
    const Architecture *a = &net->architecture;
    int layer = net->vectors[net_owner(net, parameter)->out].layer;
    const Op *affine = net_affine(net, layer);
    size_t out = (size_t)a->sizes[layer], in = (size_t)a->sizes[layer - 1];
    bool weight = parameter < affine->biases;
    size_t at = parameter - (weight ? affine->weights : affine->biases);
    size_t node = at % out, i = (weight ? 0 : in) + at / out;
    return net_layer_index(net, layer) + node * (in + (size_t)others(a, layer)) + i;
}

const Vector *net_vector(const Net *net, size_t element)
{
    if (element < net->stored) return NULL;
    int low = 0, high = net->vector_count - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (element < net->vectors[middle].at)
            high = middle - 1;
        else
            low = middle;
    }
    return &net->vectors[low];
}

const Op *net_owner(const Net *net, size_t element)
{
    if (element >= net->parameters) return NULL;
    int low = 1, high = net->architecture.layers;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (element < net_affine(net, middle)->weights)
            high = middle - 1;
        else
            low = middle;
    }
    const Op *scale = net_scale(net, low);
    return scale && element >= scale->weights ? scale : net_affine(net, low);
}

const Op *net_between(const Net *net, const Vector *vector, size_t upper)
{
    const Op *op = &net->ops[vector->uses[0]];
    const Vector *out = &net->vectors[op->out];
    bool first = upper >= out->at && upper < out->at + (size_t)out->size;
    return first ? op : &net->ops[vector->uses[1]];
}

size_t net_weighted(const Net *net, size_t weight)
{
    const Op *op = net_owner(net, weight);
    size_t index = weight - op->weights, width = (size_t)net->vectors[op->out].size;
    return net->vectors[op->in].at + (op->kind == OP_AFFINE ? index / width : index);
}
