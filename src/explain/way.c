#include "engine/kernel.h"
#include "engine/norm.h"
#include "engine/sweep.h"
#include "explain/way.h"

Way way_from(const Pass *pass, size_t element)
{
    const Net *net = pass->net;
    const Vector *vector = net_vector(net, element);
    if (!vector) return WAY_ONE;
    const Op *op = &net->ops[vector->uses[0]];
    if (op->kind == OP_LOSS) return WAY_LOSS;
    if (kernel_fused(pass, op)) return WAY_FUSED;
    if (op->kind == OP_NORMALISE && norm_of_batch(pass)) return WAY_BATCH;
    return pass_dependents(pass, element) == 1 ? WAY_ONE : WAY_MANY;
}

bool way_is_read_off(const Pass *pass, size_t upper, size_t lower)
{
    const Vector *in = net_vector(pass->net, lower);
    if (!in) return true;
    OpKind kind = net_between(pass->net, in, upper)->kind;
    return kind == OP_AFFINE || kind == OP_SCALE || kind == OP_ADD;
}
