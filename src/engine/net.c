#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "engine/net.h"

/* What one element may cost: value, adjoint, the memo's mark, what an update keeps of it, two
   numbers of an optimizer, and the states that undo goes back to. */
enum { BYTES_PER_ELEMENT = 128 };

static bool fits_memory(const Architecture *architecture, size_t most, Error *err)
{
    double elements = architecture->sizes[0];
    for (int k = 1; k <= architecture->layers; k++)
        elements += ((double)architecture->sizes[k - 1] + 3) * architecture->sizes[k];
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
    *vector = (Vector){kind, layer, size, net->elements, -1};
    net->elements += (size_t)size;
    return net->vector_count++;
}

static Op *add_op(Net *net, OpKind kind, int layer, int in, int out)
{
    Op *op = &net->ops[net->op_count];
    *op = (Op){.kind = kind, .layer = layer, .in = in, .out = out};
    net->vectors[in].used_by = net->op_count++;
    return op;
}

static void place_parameters(Net *net)
{
    const Architecture *a = &net->architecture;
    for (int k = 1; k <= a->layers; k++)
        net->parameters += (size_t)(a->sizes[k - 1] + a->biases) * (size_t)a->sizes[k];
    net->elements = net->parameters;
}

static int add_layer(Net *net, int layer, int in, size_t *parameters)
{
    const Architecture *a = &net->architecture;
    const Activation *activation = a->activations[layer - 1];
    int size = a->sizes[layer];
    bool linear = activation == activation_linear();
    int out = add_vector(net, linear ? SYMBOL_OUTPUT : SYMBOL_SUM, layer, size);
    net->affines[layer - 1] = net->op_count;
    Op *affine = add_op(net, OP_AFFINE, layer, in, out);
    affine->weights = *parameters;
    affine->biases = affine->weights + (size_t)a->sizes[layer - 1] * (size_t)size;
    *parameters = affine->biases + (a->biases ? (size_t)size : 0);
    if (linear) return out;
    int activated = add_vector(net, SYMBOL_OUTPUT, layer, size);
    add_op(net, OP_ACTIVATION, layer, out, activated)->activation = activation;
    return activated;
}

Net *net_new(const Architecture *architecture, size_t most, Error *err)
{
    if (!fits_memory(architecture, most, err)) return NULL;
    size_t layers = (size_t)architecture->layers;
    Net *net = memory_new(sizeof *net);
    net->references = 1;
    architecture_copy(&net->architecture, architecture);
    net->vectors = memory_new(sizeof *net->vectors * (2 * layers + 3));
    net->ops = memory_new(sizeof *net->ops * (2 * layers + 1));
    net->affines = memory_new(sizeof *net->affines * layers);
    place_parameters(net);

    size_t parameters = 0;
    net->input = net->prediction = add_vector(net, SYMBOL_INPUT, 0, architecture->sizes[0]);
    for (int k = 1; k <= architecture->layers; k++)
        net->prediction = add_layer(net, k, net->prediction, &parameters);
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

size_t net_weight(const Net *net, int layer, int i, int j)
{
    size_t width = (size_t)net->architecture.sizes[layer];
    return net_affine(net, layer)->weights + (size_t)(i - 1) * width + (size_t)(j - 1);
}

size_t net_bias(const Net *net, int layer, int j)
{
    return net_affine(net, layer)->biases + (size_t)(j - 1);
}

static size_t layer_parameters(const Net *net, int layer)
{
    const Architecture *a = &net->architecture;
    return (size_t)(a->sizes[layer - 1] + a->biases) * (size_t)a->sizes[layer];
}

size_t net_layer_index(const Net *net, int layer)
{
    size_t index = 0;
    for (int k = net->architecture.layers; k > layer; k--) index += layer_parameters(net, k);
    return index;
}

size_t net_parameter(const Net *net, size_t index)
{
    int layer = net->architecture.layers, in;
    for (; index >= layer_parameters(net, layer); layer--) index -= layer_parameters(net, layer);
    in = net->architecture.sizes[layer - 1];
    int width = in + net->architecture.biases;
    int j = (int)(index / (size_t)width) + 1, i = (int)(index % (size_t)width) + 1;
    return i <= in ? net_weight(net, layer, i, j) : net_bias(net, layer, j);
}

const Vector *net_vector(const Net *net, size_t element)
{
    if (element < net->parameters) return NULL;
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
    return net_affine(net, low);
}
