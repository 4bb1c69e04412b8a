#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "engine/affine_node.h"
#include "engine/online.h"

/* Layers with so few inputs, and no more nodes than these, go node by node. */
enum { FEW_INPUTS = 4, FEW_NODES = 8 };

/* A layer. Its places count from a row's first node. */
typedef struct Stage {
    Affine layer;
    const Activation *activation; /* NULL: linear, and the outputs are the sums */
    size_t sums, outputs;
    bool narrow;
} Stage;

struct Online {
    const Pass *pass;
    Stage *stages;
    size_t count;
    double *nodes[2]; /* of the row at hand and of the next one, by turns */
    double *adjoints; /* of the row at hand, at the places of the sums */
    double *slopes;   /* of the outputs by the sums, likewise */
    double divisor;   /* of the loss: its terms are summed, or their mean is taken */
};

bool online_fits(const Pass *pass)
{
    const Net *net = pass->net;
    bool tricked = pass->fusion && !pass->fusion->total;
    if (pass->pin_count || tricked) return false;
    for (int i = 0; i < net->op_count; i++) {
        const Op *op = &net->ops[i];
        bool fused = pass->fusion && op->out == net->prediction;
        if (op->kind == OP_ACTIVATION && op->activation->cross && !fused) return false;
        if (op->kind == OP_NORMALISE || op->kind == OP_ADD) return false;
    }
    return true;
}

static Stage stage_of(const Pass *pass, int layer)
{
    const Net *net = pass->net;
    const Op *affine = net_affine(net, layer), *after = affine + 1;
    const Vector *in = &net->vectors[affine->in], *sums = &net->vectors[affine->out];
    bool linear = after->kind != OP_ACTIVATION;
    const Vector *outputs = linear ? sums : &net->vectors[after->out];
    bool by_node = linear || after->activation->value_at;
    return (Stage){.layer = {pass->value + affine->weights,
                             affine->biased ? pass->value + affine->biases : NULL, (size_t)in->size,
                             (size_t)sums->size},
                   .activation = linear ? NULL : after->activation,
                   .sums = sums->at - net->stored,
                   .outputs = outputs->at - net->stored,
                   .narrow = by_node && in->size <= FEW_INPUTS && sums->size <= FEW_NODES};
}

Online *online_new(Pass *pass)
{
    const Net *net = pass->net;
    size_t nodes = net->elements - net->stored;
    Online *online = memory_new(sizeof *online);
    online->pass = pass;
    online->count = (size_t)net->architecture.layers;
    online->stages = memory_new(online->count * sizeof *online->stages);
    for (size_t k = 0; k < online->count; k++) online->stages[k] = stage_of(pass, (int)k + 1);
    online->nodes[0] = pass->value + net->stored;
    online->nodes[1] = memory_new(2 * nodes * sizeof(double));
    online->slopes = online->nodes[1] + nodes;
    online->adjoints = pass->adjoint + net->stored;
    online->divisor = pass->loss->mean ? net->vectors[net->prediction].size : 1;
    return online;
}

void online_free(Online *online)
{
    if (!online) return;
    free(online->stages);
    free(online->nodes[1]);
    free(online);
}

/* The inputs of a stage, for a row whose x lies at X. */
static const double *inputs_of(const Online *online, const Stage *stage, const double *nodes,
                               const double *x)
{
    return stage == online->stages ? x : nodes + stage[-1].outputs;
}

/* A stage's outputs and their slopes from its sums; returns whether these are finite. */
static bool activate(const Online *online, const Stage *stage, double *nodes)
{
    int count = (int)stage->layer.out;
    const double *z = nodes + stage->sums;
    double *o = nodes + stage->outputs;
    for (int j = 0; j < count; j++)
        if (!isfinite(z[j])) return false;
    if (!stage->activation) return true;
    stage->activation->values(count, z, o);
    stage->activation->slopes(count, z, o, online->slopes + stage->sums);
    return true;
}

static bool forward(const Online *online, double *nodes, const double *x)
{
    for (size_t k = 0; k < online->count; k++) {
        const Stage *stage = &online->stages[k];
        affine_forward(&stage->layer, 0, stage->layer.out, inputs_of(online, stage, nodes, x), 0,
                       nodes + stage->sums, 0, 1);
        if (!activate(online, stage, nodes)) return false;
    }
    return true;
}

static double share(const Online *online, double number)
{
    return online->divisor == 1 ? number : number / online->divisor;
}

static double loss_of(const Online *online, const double *nodes, const double *y)
{
    const Stage *last = &online->stages[online->count - 1];
    const Loss *loss = online->pass->loss;
    const double *yhat = nodes + last->outputs;
    if (online->pass->fusion)
        return share(online,
                     online->pass->fusion->total((int)last->layer.out, nodes + last->sums, y));
    double sum = loss->value(y[0], yhat[0]);
    for (size_t j = 1; j < last->layer.out; j++) sum += loss->value(y[j], yhat[j]);
    return share(online, sum);
}

/* The adjoint of a sum of the last stage. */
static double last_adjoint(const Online *online, const Stage *last, const double *nodes,
                           const double *y, size_t j)
{
    const Pass *pass = online->pass;
    double yhat = nodes[last->outputs + j];
    if (pass->fusion) return share(online, pass->fusion->derivative(y[j], yhat));
    double adjoint = share(online, pass->loss->derivative(y[j], yhat));
    return last->activation ? adjoint * online->slopes[last->sums + j] : adjoint;
}

/* From the adjoints DZ of a stage's OUT sums to those of the sums below. */
static inline void back_by_input(const Online *online, const Stage *stage, size_t out,
                                 const double *dz)
{
    const double *slopes = online->slopes + stage[-1].sums;
    double *below = online->adjoints + stage[-1].sums;
    bool linear = !stage[-1].activation;
    for (size_t i = 0; i < stage->layer.in; i++) {
        double adjoint = affine_input(&stage->layer, out, i, dz);
        below[i] = linear ? adjoint : adjoint * slopes[i];
    }
}

static void back(const Online *online, const Stage *stage)
{
    const double *dz = online->adjoints + stage->sums, *slopes = online->slopes + stage[-1].sums;
    double *below = online->adjoints + stage[-1].sums;
    if (stage->narrow) {
        back_by_input(online, stage, stage->layer.out, dz);
        return;
    }
    affine_backward(&stage->layer, 0, stage->layer.in, dz, 0, below, 0, 1);
    for (size_t i = 0; stage[-1].activation && i < stage->layer.in; i++)
        below[i] = below[i] * slopes[i];
}

/* A single output's adjoint stays in a register on its way to the stage below: reading back what
   was just stored is what a narrow network waits for. */
static void backward(const Online *online, const double *nodes, const double *y)
{
    const Stage *stage = &online->stages[online->count - 1];
    double *dz = online->adjoints + stage->sums;
    if (stage->layer.out == 1) {
        double only = dz[0] = last_adjoint(online, stage, nodes, y, 0);
        if (stage > online->stages) back_by_input(online, stage--, 1, &only);
    } else {
        for (size_t j = 0; j < stage->layer.out; j++)
            dz[j] = last_adjoint(online, stage, nodes, y, j);
    }
    for (; stage > online->stages; stage--) back(online, stage);
}

/* An update of a stage with IN inputs for the row whose inputs are X, and its nodes for the row
   NEXT; returns whether these are finite. */
static inline bool descend_by_node(const Online *online, const Stage *stage, size_t in, double rate,
                                   const double *x, const double *next, double *nodes)
{
    const double *dz = online->adjoints + stage->sums;
    double *z = nodes + stage->sums, *o = nodes + stage->outputs;
    double *slopes = online->slopes + stage->sums;
    bool finite = true;
    for (size_t j = 0; j < stage->layer.out; j++) {
        double sum = affine_descend_node(&stage->layer, in, j, rate, dz[j], x, next);
        z[j] = sum;
        finite = finite && isfinite(sum);
        if (!stage->activation) continue;
        double output = o[j] = stage->activation->value_at(sum);
        slopes[j] = stage->activation->slope_at(sum, output);
    }
    return finite;
}

static bool descend_stage(const Online *online, const Stage *stage, double rate, const double *x,
                          const double *next, double *nodes)
{
    switch (stage->narrow && next ? stage->layer.in : 0) {
    case 1: return descend_by_node(online, stage, 1, rate, x, next, nodes);
    case 2: return descend_by_node(online, stage, 2, rate, x, next, nodes);
    case 3: return descend_by_node(online, stage, 3, rate, x, next, nodes);
    case FEW_INPUTS: return descend_by_node(online, stage, FEW_INPUTS, rate, x, next, nodes);
    }
    affine_descend(&stage->layer, rate, x, online->adjoints + stage->sums, next,
                   nodes + stage->sums);
    return !next || activate(online, stage, nodes);
}

/* The update for the row at X, and the nodes of the row at NEXT; returns whether these are
   finite. Parameters are updated whether or not. */
static bool descend(const Online *online, double rate, const double *x, const double *nodes,
                    const double *next, double *next_nodes)
{
    bool finite = true;
    for (size_t k = 0; k < online->count; k++) {
        const Stage *stage = &online->stages[k];
        const double *inputs = inputs_of(online, stage, nodes, x);
        const double *next_inputs = next ? inputs_of(online, stage, next_nodes, next) : NULL;
        finite = descend_stage(online, stage, rate, inputs, next_inputs, next_nodes) && finite;
    }
    return finite;
}

static const double *row_at(const OnlineRows *rows, size_t position)
{
    return rows->values + rows->width * (rows->order ? rows->order[position] : position);
}

size_t online_run(Online *online, const OnlineRows *rows, size_t from, size_t to, double rate,
                  LossTest *test, double *loss_sum)
{
    if (from >= to) return 0;
    double *nodes = online->nodes[0], *next_nodes = online->nodes[1];
    size_t inputs = online->stages[0].layer.in, position = from;
    const double *row = row_at(rows, position);
    bool finite = forward(online, nodes, row);
    while (row && finite) {
        double loss = loss_of(online, nodes, row + inputs);
        if (!isfinite(loss)) break;
        if (test->stop && (test->stopped = test->stop(test->self, loss))) break;
        *loss_sum += loss;
        backward(online, nodes, row + inputs);
        const double *next = ++position < to ? row_at(rows, position) : NULL;
        finite = descend(online, rate, row, nodes, next, next_nodes);
        double *spare = nodes;
        nodes = next_nodes, next_nodes = spare, row = next;
    }
    return position - from;
}
