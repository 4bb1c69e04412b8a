/* A network: a short list of ops over named vectors, and where each number lies.

   A Net is immutable and shared by reference count; it holds no numbers itself. It
   numbers the elements of one flat array: first every parameter, layer by layer
   (W^k row by row, [from][to], then b^k, or gamma and beta of a batch norm), then the
   running statistics of the batch norms, then the vectors x, z^1, o^1, ... ŷ, y, L (with a
   batch norm z, μ, v, n, s, o; with a skip z, a, o). Whatever ends a layer writes its o: a linear
   layer without extras has no z, as in the notes. */
#ifndef ENGINE_NET_H
#define ENGINE_NET_H

#include "base/error.h"
#include "engine/architecture.h"
#include "engine/symbol.h"

typedef struct Vector {
    SymbolKind kind;
    int layer;
    int size;
    size_t at;   /* its first element */
    int uses[2]; /* the ops that read it; a skip is a second one; -1: none */
} Vector;

typedef enum OpKind {
    OP_AFFINE,     /* sums: W^T in + b */
    OP_NORMALISE,  /* (in - μ)/√(v + ε), node by node */
    OP_SCALE,      /* γ in + β */
    OP_ACTIVATION, /* f(in) */
    OP_ADD,        /* in + the vector that skipped the layer */
    OP_LOSS
} OpKind;

typedef struct Op {
    OpKind kind;
    int layer;                    /* 1 is the first; the loss has layers + 1 */
    int in, out;                  /* vectors */
    int skipped;                  /* of OP_ADD: the second vector it reads */
    int mean, variance;           /* of OP_NORMALISE: the vectors it writes μ and v to */
    const Activation *activation; /* of an activation op */
    bool biased;                  /* of an affine op: it has biases */
    size_t weights, biases;       /* the first elements of W^k and b^k; of γ and β; of the
                                     running means and variances */
} Op;

typedef struct Net {
    int references;
    Architecture architecture;
    Vector *vectors;
    Op *ops;
    int *affines; /* the affine op of each layer; what follows it in the layer comes next */
    int vector_count, op_count;
    size_t parameters; /* elements [0, parameters) are trained */
    size_t stored;     /* ... and [parameters, stored) are running statistics */
    size_t elements;
    int input, prediction, target, loss; /* vectors */
} Net;

/* A network of ARCHITECTURE (copied), or NULL and an error when its numbers would take
   more than MOST bytes; 0: half of this machine's memory. */
Net *net_new(const Architecture *architecture, size_t most, Error *err);
Net *net_retain(Net *net);
void net_release(Net *net);

/* The affine op of LAYER, counted from 1, and its batch norm's ops (NULL: it has none). */
const Op *net_affine(const Net *net, int layer);
const Op *net_normalise(const Net *net, int layer);
const Op *net_scale(const Net *net, int layer);

/* Whether some layer has a batch norm. */
bool net_has_norm(const Net *net);

/* The op that ends LAYER: its out vector is o^k. */
const Op *net_last(const Net *net, int layer);

/* The weight w_ij^k: I, J, LAYER count from 1. */
size_t net_weight(const Net *net, int layer, int i, int j);
size_t net_bias(const Net *net, int layer, int j);

/* How many parameters LAYER has. */
size_t net_layer_parameters(const Net *net, int layer);

/* Numbers of one kind that a layer stores side by side. */
typedef struct Stored {
    size_t first; /* element */
    int rows, columns;
} Stored;

/* Those of LAYER that are called WEIGHT (W^k, [from][to]), BIAS, SCALE, SHIFT, RUNNING_MEAN or
   RUNNING_VARIANCE (one row each); false when it has none. */
bool net_stored(const Net *net, SymbolKind kind, int layer, Stored *stored);

/* Those that SYMBOL, a matrix as a whole, names. The error says what there is instead. */
bool net_matrix(const Net *net, Symbol symbol, int column, Stored *stored, Error *err);

/* The parameters in the order in which their derivatives are taken by hand: from the last
   layer to the first, node by node, its weights and then its bias (or γ and β). INDEX counts from
   0; those of a layer follow one another from net_layer_index. And the index of a parameter. */
size_t net_parameter(const Net *net, size_t index);
size_t net_parameter_index(const Net *net, size_t parameter);
size_t net_layer_index(const Net *net, int layer);

/* The vector that ELEMENT belongs to; NULL for a parameter or a running statistic. */
const Vector *net_vector(const Net *net, size_t element);
/* The op whose parameter ELEMENT is; NULL for all others. */
const Op *net_owner(const Net *net, size_t element);
/* The op that makes UPPER, a node, of VECTOR. */
const Op *net_between(const Net *net, const Vector *vector, size_t upper);
/* The node that WEIGHT (or a gamma) is multiplied by. */
size_t net_weighted(const Net *net, size_t weight);

/* The element's name. The outputs of the last layer are named ŷ, and y and ŷ of a
   network with one output go without an index. */
Symbol net_symbol(const Net *net, size_t element);

/* The element that SYMBOL names; o^k of the last layer is ŷ, z of a linear layer is
   its o. The error says what there is instead. */
bool net_element(const Net *net, Symbol symbol, int column, size_t *element, Error *err);

/* The element L. */
static inline size_t net_loss(const Net *net)
{
    return net->vectors[net->loss].at;
}

/* How many inputs it takes, and how many outputs it gives. */
static inline int net_inputs(const Net *net)
{
    return net->vectors[net->input].size;
}

static inline int net_outputs(const Net *net)
{
    return net->vectors[net->prediction].size;
}

#endif
