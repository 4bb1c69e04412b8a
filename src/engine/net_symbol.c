/* Symbols to elements and back. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "engine/net.h"

static Symbol parameter_symbol(const Net *net, size_t element)
{
    const Op *op = net_owner(net, element);
    size_t width = (size_t)net->architecture.sizes[op->layer];
    bool norm = op->kind == OP_SCALE;
    size_t index = element - op->weights;
    int node = (int)(index % width) + 1;
    if (element >= op->biases)
        return (Symbol){norm ? SYMBOL_SHIFT : SYMBOL_BIAS, op->layer, 0, node};
    if (norm) return (Symbol){SYMBOL_SCALE, op->layer, 0, node};
    return (Symbol){SYMBOL_WEIGHT, op->layer, (int)(index / width) + 1, node};
}

static Symbol statistic_symbol(const Net *net, size_t element)
{
    int layer = net->architecture.layers;
    while (!net_normalise(net, layer) || element < net_normalise(net, layer)->weights) layer--;
    const Op *op = net_normalise(net, layer);
    bool variance = element >= op->biases;
    return (Symbol){variance ? SYMBOL_RUNNING_VARIANCE : SYMBOL_RUNNING_MEAN, layer, 0,
                    (int)(element - (variance ? op->biases : op->weights)) + 1};
}

Symbol net_symbol(const Net *net, size_t element)
{
    if (element < net->parameters) return parameter_symbol(net, element);
    if (element < net->stored) return statistic_symbol(net, element);
    const Vector *vector = net_vector(net, element);
    int node = (int)(element - vector->at) + 1;
    bool last = vector == &net->vectors[net->prediction];
    int spoken = vector->size > 1 ? node : 0;
    switch (vector->kind) {
    case SYMBOL_LOSS: return (Symbol){.kind = SYMBOL_LOSS};
    case SYMBOL_INPUT: return (Symbol){SYMBOL_INPUT, 0, 0, node};
    case SYMBOL_TARGET: return (Symbol){SYMBOL_TARGET, 0, 0, spoken};
    default:
        return last ? (Symbol){SYMBOL_PREDICTION, 0, 0, spoken}
                    : (Symbol){vector->kind, vector->layer, 0, node};
    }
}

/* SYMBOL for a message. */
static const char *spelled(char buffer[SYMBOL_SIZE], Symbol symbol)
{
    symbol_spell(buffer, symbol);
    return buffer;
}

static bool check_layer(const Net *net, Symbol symbol, int column, Error *err)
{
    int layers = net->architecture.layers;
    if (symbol.layer >= 1 && symbol.layer <= layers) return true;
    char name[SYMBOL_SIZE];
    return fail(err, column, "there is no %s: the layers of this network are numbered 1 to %d",
                spelled(name, symbol), layers);
}

static bool check_node(Symbol symbol, int index, int size, const char *what, int column, Error *err)
{
    if (index >= 1 && index <= size) return true;
    char name[SYMBOL_SIZE];
    return fail(err, column, "there is no %s: %s has %d node%s", spelled(name, symbol), what, size,
                plural(size));
}

static bool check_layer_node(const Net *net, Symbol symbol, int layer, int index, int column,
                             Error *err)
{
    char what[32];
    if (layer)
        snprintf(what, sizeof what, "layer %d", layer);
    else
        snprintf(what, sizeof what, "the input");
    return check_node(symbol, index, net->architecture.sizes[layer], what, column, err);
}

static bool find_weight(const Net *net, Symbol s, int column, size_t *element, Error *err)
{
    if (!check_layer(net, s, column, err)) return false;
    if (!check_layer_node(net, s, s.layer - 1, s.from, column, err)) return false;
    if (!check_layer_node(net, s, s.layer, s.node, column, err)) return false;
    *element = net_weight(net, s.layer, s.from, s.node);
    return true;
}

static bool check_biases(const Net *net, Symbol s, int column, Error *err)
{
    if (!check_layer(net, s, column, err)) return false;
    if (!net->architecture.biases)
        return fail(err, column, "this network has no biases (`init ... biases=none`)");
    if (net_scale(net, s.layer))
        return fail(err, column,
                    "layer %d has no biases: the beta of its batch norm takes their "
                    "place",
                    s.layer);
    return true;
}

static bool find_bias(const Net *net, Symbol s, int column, size_t *element, Error *err)
{
    if (!check_biases(net, s, column, err)) return false;
    if (!check_layer_node(net, s, s.layer, s.node, column, err)) return false;
    *element = net_bias(net, s.layer, s.node);
    return true;
}

static bool check_norm(const Net *net, Symbol s, int column, Error *err)
{
    char name[SYMBOL_SIZE];
    return check_layer(net, s, column, err) &&
           (net_normalise(net, s.layer) ||
            fail(err, column, "there is no %s: layer %d has no batch norm (`+bn`)",
                 spelled(name, s), s.layer));
}

/* gamma, beta and the running statistics. */
static bool find_norm(const Net *net, Symbol s, int column, size_t *element, Error *err)
{
    if (!check_norm(net, s, column, err)) return false;
    bool trained = s.kind == SYMBOL_SCALE || s.kind == SYMBOL_SHIFT;
    bool second = s.kind == SYMBOL_SHIFT || s.kind == SYMBOL_RUNNING_VARIANCE;
    const Op *op = trained ? net_scale(net, s.layer) : net_normalise(net, s.layer);
    if (!check_layer_node(net, s, s.layer, s.node, column, err)) return false;
    *element = (second ? op->biases : op->weights) + (size_t)(s.node - 1);
    return true;
}

static const char *const missing[] = {
    [SYMBOL_MEAN] = "batch norm (`+bn`)",
    [SYMBOL_VARIANCE] = "batch norm (`+bn`)",
    [SYMBOL_NORMALISED] = "batch norm (`+bn`)",
    [SYMBOL_SCALED] = "batch norm (`+bn`) before an activation",
    [SYMBOL_BRANCH] = "activation before a skip (`+skip`)",
};

/* Says what SYMBOL would take, and which nodes its layer has: z, n, o. */
static bool fail_missing(const Net *net, Symbol symbol, int column, Error *err)
{
    char name[SYMBOL_SIZE], nodes[8 * SYMBOL_SIZE] = "";
    const Vector *last = &net->vectors[net_last(net, symbol.layer)->out];
    for (const Vector *v = &net->vectors[net_affine(net, symbol.layer)->out]; v <= last; v++) {
        size_t length = strlen(nodes);
        symbol_spell(name, (Symbol){v->kind, v->layer, 0, symbol.node});
        snprintf(nodes + length, sizeof nodes - length, "%s%s", length ? ", " : "", name);
    }
    return fail(err, column, "there is no %s: layer %d has no %s, only %s", spelled(name, symbol),
                symbol.layer, missing[symbol.kind], nodes);
}

/* Nodes of a layer. z of a layer that has only o is o. */
static bool find_node(const Net *net, Symbol s, int column, size_t *element, Error *err)
{
    if (!check_layer(net, s, column, err)) return false;
    if (!check_layer_node(net, s, s.layer, s.node, column, err)) return false;
    const Vector *vector = &net->vectors[net_affine(net, s.layer)->out];
    const Vector *last = &net->vectors[net_last(net, s.layer)->out];
    if (s.kind != SYMBOL_SUM)
        while (vector->kind != s.kind && vector != last) vector++;
    if (vector->kind != s.kind && s.kind != SYMBOL_SUM) return fail_missing(net, s, column, err);
    *element = vector->at + (size_t)(s.node - 1);
    return true;
}

/* x, y and ŷ: vectors whose symbols have no layer. */
static bool find_entry(const Net *net, int index, Symbol s, const char *what, int column,
                       size_t *element, Error *err)
{
    const Vector *vector = &net->vectors[index];
    char name[SYMBOL_SIZE];
    if (s.node == 0 && vector->size > 1)
        return fail(err, column, "%s needs an index here: the network has %d outputs",
                    spelled(name, s), vector->size);
    int node = s.node ? s.node : 1;
    if (!check_node(s, node, vector->size, what, column, err)) return false;
    *element = vector->at + (size_t)(node - 1);
    return true;
}

bool net_element(const Net *net, Symbol symbol, int column, size_t *element, Error *err)
{
    switch (symbol.kind) {
    case SYMBOL_WEIGHT: return find_weight(net, symbol, column, element, err);
    case SYMBOL_BIAS: return find_bias(net, symbol, column, element, err);
    case SYMBOL_SCALE:
    case SYMBOL_SHIFT:
    case SYMBOL_RUNNING_MEAN:
    case SYMBOL_RUNNING_VARIANCE: return find_norm(net, symbol, column, element, err);
    case SYMBOL_SUM:
    case SYMBOL_MEAN:
    case SYMBOL_VARIANCE:
    case SYMBOL_NORMALISED:
    case SYMBOL_SCALED:
    case SYMBOL_BRANCH:
    case SYMBOL_OUTPUT: return find_node(net, symbol, column, element, err);
    case SYMBOL_INPUT:
        return find_entry(net, net->input, symbol, "the input", column, element, err);
    case SYMBOL_TARGET:
        return find_entry(net, net->target, symbol, "the output", column, element, err);
    case SYMBOL_PREDICTION:
        return find_entry(net, net->prediction, symbol, "the output", column, element, err);
    case SYMBOL_LOSS: *element = net_loss(net); return true;
    case SYMBOL_NONE: break;
    }
    return fail(err, column, "that is no symbol of this network");
}

bool net_matrix(const Net *net, Symbol symbol, int column, Stored *stored, Error *err)
{
    bool there = symbol.kind == SYMBOL_WEIGHT ? check_layer(net, symbol, column, err)
                 : symbol.kind == SYMBOL_BIAS ? check_biases(net, symbol, column, err)
                                              : check_norm(net, symbol, column, err);
    return there && net_stored(net, symbol.kind, symbol.layer, stored);
}
