#include <assert.h>
#include <string.h>

#include "explain/binding.h"
#include "explain/way.h"

void explainer_release(Explainer *explainer)
{
    arena_release(&explainer->texts);
    explainer->parsed_count = 0;
}

/* A row's text is parsed once; its address is its identity. */
static const Expr *parsed(Explainer *x, const char *text)
{
    for (int i = 0; i < x->parsed_count; i++)
        if (x->parsed[i].text == text) return x->parsed[i].expr;
    const Expr *expr = NULL;
    bool ok = expr_parse(text, strlen(text), 1, &x->texts, NULL, &expr, NULL);
    assert(ok);
    if (!ok || x->parsed_count == TEXTS_LIMIT) return expr;
    x->parsed[x->parsed_count].text = text;
    x->parsed[x->parsed_count++].expr = expr;
    return expr;
}

void binding_add(Binding *binding, const char *name, const Expr *expr)
{
    int i = 0;
    while (i < binding->count && strcmp(binding->names[i], name) != 0) i++;
    assert(i < BINDINGS);
    binding->names[i] = name;
    binding->by[i] = expr;
    if (i == binding->count) binding->count++;
}

static const Expr *substituted(const Explainer *x, const Expr *expr, const Binding *binding)
{
    return expr_substitute(x->arena, expr, binding->names, binding->by, binding->count);
}

const Expr *binding_apply(Explainer *x, const char *text, const Binding *binding)
{
    return substituted(x, parsed(x, text), binding);
}

const Expr *explain_symbol(const Explainer *x, size_t element)
{
    return expr_symbol(x->arena, net_symbol(x->pass->net, element), pass_value(x->pass, element));
}

const Expr *explain_derivative(const Explainer *x, size_t upper, size_t lower, double value)
{
    const Net *net = x->pass->net;
    return expr_derivative(x->arena, net_symbol(net, upper), net_symbol(net, lower), value);
}

const Expr *explain_gradient(const Explainer *x, size_t element, double value)
{
    const Net *net = x->pass->net;
    return explain_derivative(x, net_loss(net), element, value);
}

long explain_row(const Explainer *x, int row)
{
    return x->row_number ? x->row_number(x->rows, row) : row + 1;
}

static const Expr *affine_formula(Explainer *x, const Op *op, size_t j)
{
    const Net *net = x->pass->net;
    const Vector *in = &net->vectors[op->in], *out = &net->vectors[op->out];
    bool biases = op->biased;
    int count = in->size + biases;
    const Expr **items = arena_new(x->arena, sizeof(Expr *) * (size_t)count);
    for (size_t i = 0; i < (size_t)in->size; i++) {
        size_t weight = op->weights + i * (size_t)out->size + j;
        items[i] = expr_binary(x->arena, EXPR_MULTIPLY, explain_symbol(x, weight),
                               explain_symbol(x, in->at + i));
    }
    if (biases) items[in->size] = explain_symbol(x, op->biases + j);
    return expr_joined(x->arena, EXPR_ADD, items, count);
}

/* The sum under a softmax's fraction: one addend for each node of the layer. */
static const Expr *total(Explainer *x, const char *text, const Vector *in)
{
    const Expr **items = arena_new(x->arena, sizeof(Expr *) * (size_t)in->size);
    for (int i = 0; i < in->size; i++) {
        Binding binding = {0};
        binding_add(&binding, "z", explain_symbol(x, in->at + (size_t)i));
        items[i] = binding_apply(x, text, &binding);
    }
    return expr_joined(x->arena, EXPR_ADD, items, in->size);
}

static const Expr *activation_formula(Explainer *x, const Op *op, size_t i)
{
    const Vector *in = &x->pass->net->vectors[op->in];
    Binding binding = {0};
    binding_add(&binding, "z", explain_symbol(x, in->at + i));
    if (op->activation->total) binding_add(&binding, "total", total(x, op->activation->total, in));
    return binding_apply(x, op->activation->formula, &binding);
}

/* y and ŷ of output i, for the texts of a loss. */
static Binding output_binding(const Explainer *x, size_t i)
{
    const Net *net = x->pass->net;
    Binding binding = {0};
    binding_add(&binding, "y", explain_symbol(x, net->vectors[net->target].at + i));
    binding_add(&binding, "yhat", explain_symbol(x, net->vectors[net->prediction].at + i));
    return binding;
}

static const Expr *scale_formula(const Explainer *x, const Op *op, size_t i)
{
    const Expr *product = expr_binary(x->arena, EXPR_MULTIPLY, explain_symbol(x, op->weights + i),
                                      explain_node(x, op->in, i));
    return expr_binary(x->arena, EXPR_ADD, product, explain_symbol(x, op->biases + i));
}

static const Expr *add_formula(const Explainer *x, const Op *op, size_t i)
{
    return expr_binary(x->arena, EXPR_ADD, explain_node(x, op->in, i),
                       explain_node(x, op->skipped, i));
}

static const Expr *averaged(const Explainer *x, const Expr *expr)
{
    int outputs = x->pass->net->vectors[x->pass->net->prediction].size;
    if (!x->pass->loss->mean || outputs == 1) return expr;
    return expr_binary(x->arena, EXPR_DIVIDE, expr, expr_number(x->arena, outputs));
}

/* One minus sign stands before the whole sum: -(y₁ log ŷ₁ + y₂ log ŷ₂). */
static const Expr *loss_formula(Explainer *x, const Op *op)
{
    int outputs = x->pass->net->vectors[op->in].size;
    const Expr *term = parsed(x, x->pass->loss->term);
    bool negated = term->kind == EXPR_NEGATE;
    const Expr **items = arena_new(x->arena, sizeof(Expr *) * (size_t)outputs);
    for (int i = 0; i < outputs; i++) {
        Binding binding = output_binding(x, (size_t)i);
        items[i] = substituted(x, negated ? term->items[0] : term, &binding);
    }
    const Expr *sum = expr_joined(x->arena, EXPR_ADD, items, outputs);
    return averaged(x, negated ? expr_unary(x->arena, EXPR_NEGATE, sum) : sum);
}

static bool writes(const Op *op, int vector)
{
    bool norm = op->kind == OP_NORMALISE && (op->mean == vector || op->variance == vector);
    return op->out == vector || norm;
}

/* The op that writes VECTOR; NULL for x and y. */
static const Op *writer(const Net *net, const Vector *vector)
{
    for (int i = 0; i < net->op_count; i++)
        if (writes(&net->ops[i], (int)(vector - net->vectors))) return &net->ops[i];
    return NULL;
}

const Expr *explain_formula(Explainer *x, size_t element)
{
    const Vector *vector = net_vector(x->pass->net, element);
    const Op *op = vector ? writer(x->pass->net, vector) : NULL;
    assert(op);
    size_t i = element - vector->at;
    switch (op->kind) {
    case OP_AFFINE: return affine_formula(x, op, i);
    case OP_NORMALISE: return norm_node_formula(x, op, vector->kind, i);
    case OP_SCALE: return scale_formula(x, op, i);
    case OP_ACTIVATION: return activation_formula(x, op, i);
    case OP_ADD: return add_formula(x, op, i);
    case OP_LOSS: break;
    }
    return loss_formula(x, op);
}

static const Expr *parameter_partial(const Explainer *x, const Op *op, size_t element)
{
    if (element >= op->biases) return expr_number(x->arena, 1);
    return explain_symbol(x, net_weighted(x->pass->net, element));
}

static const Expr *activation_partial(Explainer *x, const Op *op, size_t j, size_t i)
{
    const Net *net = x->pass->net;
    size_t out = net->vectors[op->out].at;
    Binding binding = {0};
    binding_add(&binding, "z", explain_symbol(x, net->vectors[op->in].at + i));
    binding_add(&binding, "o", explain_symbol(x, out + j));
    if (i == j) return binding_apply(x, op->activation->slope, &binding);
    binding_add(&binding, "other", explain_symbol(x, out + i));
    return binding_apply(x, op->activation->cross, &binding);
}

const Expr *explain_partial(Explainer *x, size_t upper, size_t lower)
{
    const Net *net = x->pass->net;
    const Op *owner = net_owner(net, lower);
    if (owner) return parameter_partial(x, owner, lower);
    const Vector *in = net_vector(net, lower);
    const Op *op = net_between(net, in, upper);
    const Vector *out = &net->vectors[op->out];
    size_t i = lower - in->at, j = upper - out->at;
    switch (op->kind) {
    case OP_AFFINE: return explain_symbol(x, op->weights + i * (size_t)out->size + j);
    case OP_NORMALISE: return norm_partial(x, op, i);
    case OP_SCALE: return explain_symbol(x, op->weights + j);
    case OP_ACTIVATION: return activation_partial(x, op, j, i);
    case OP_ADD: return expr_number(x->arena, 1);
    case OP_LOSS: break;
    }
    Binding binding = output_binding(x, i);
    return averaged(x, binding_apply(x, x->pass->loss->slope, &binding));
}

bool explain_skip(const Explainer *x, size_t upper, size_t lower)
{
    const Net *net = x->pass->net;
    const Vector *in = net_vector(net, lower);
    if (!in) return false;
    const Op *op = net_between(net, in, upper);
    return op->kind == OP_ADD && &net->vectors[op->skipped] == in;
}

const Expr *explain_fused(Explainer *x, size_t element)
{
    Binding binding = output_binding(x, element - net_vector(x->pass->net, element)->at);
    return averaged(x, binding_apply(x, x->pass->fusion->slope, &binding));
}
