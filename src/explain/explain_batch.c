/* What batches add to explanations: means over their rows, and batch norm. */
#include "engine/norm.h"
#include "explain/binding.h"

/* What a mean is taken of: a formula of node I of OP, in the shown row. */
typedef const Expr *Summand(Explainer *x, const Op *op, size_t i);

static const Expr *mean_over_rows(Explainer *x, Summand *summand, const Op *op, size_t i,
                                  double value)
{
    Pass *pass = x->pass;
    int shown = pass->shown;
    const Expr **items = arena_new(x->arena, sizeof *items * (size_t)pass->rows);
    for (pass->shown = 0; pass->shown < pass->rows; pass->shown++)
        items[pass->shown] = summand(x, op, i);
    pass->shown = shown;
    return expr_mean(x->arena, items, pass->rows, value);
}

static const Expr *result_of(Explainer *x, const Op *op, size_t i)
{
    return explain_node(x, op->out, i);
}

const Expr *explain_mean_loss(Explainer *x)
{
    const Net *net = x->pass->net;
    const Op *loss = &net->ops[net->op_count - 1];
    return mean_over_rows(x, result_of, loss, 0, pass_loss(x->pass));
}

static const Expr *sum_of(Explainer *x, const Op *op, size_t i)
{
    return explain_node(x, op->in, i);
}

static const Expr *squared_distance(Explainer *x, const Op *op, size_t i)
{
    static const char text[] = "sq(z - mu)";
    Binding binding = {0};
    binding_add(&binding, "z", explain_node(x, op->in, i));
    binding_add(&binding, "mu", explain_node(x, op->mean, i));
    return binding_apply(x, text, &binding);
}

static const Expr *mean_formula(Explainer *x, const Op *op, size_t i)
{
    if (!norm_of_batch(x->pass)) return explain_symbol(x, op->weights + i);
    return mean_over_rows(x, sum_of, op, i, explain_node(x, op->mean, i)->value);
}

static const Expr *variance_formula(Explainer *x, const Op *op, size_t i)
{
    if (!norm_of_batch(x->pass)) return explain_symbol(x, op->biases + i);
    return mean_over_rows(x, squared_distance, op, i, explain_node(x, op->variance, i)->value);
}

static Binding norm_binding(const Explainer *x, const Op *op, size_t i)
{
    Binding binding = {0};
    binding_add(&binding, "z", explain_node(x, op->in, i));
    binding_add(&binding, "mu", explain_node(x, op->mean, i));
    binding_add(&binding, "v", explain_node(x, op->variance, i));
    return binding;
}

const Expr *norm_node_formula(Explainer *x, const Op *op, SymbolKind kind, size_t i)
{
    if (kind == SYMBOL_MEAN) return mean_formula(x, op, i);
    if (kind == SYMBOL_VARIANCE) return variance_formula(x, op, i);
    Binding binding = norm_binding(x, op, i);
    return binding_apply(x, norm_formula, &binding);
}

const Expr *norm_partial(Explainer *x, const Op *op, size_t i)
{
    Binding binding = norm_binding(x, op, i);
    return binding_apply(x, norm_slope, &binding);
}

/* ∂L/∂n. */
static const Expr *normalised_gradient(Explainer *x, const Op *op, size_t i)
{
    size_t n = x->pass->net->vectors[op->out].at + i;
    return explain_gradient(x, n, pass_adjoint(x->pass, n));
}

static const Expr *gradient_times_n(Explainer *x, const Op *op, size_t i)
{
    return expr_binary(x->arena, EXPR_MULTIPLY, normalised_gradient(x, op, i),
                       explain_node(x, op->out, i));
}

static Summand *const norm_summands[NORM_MEANS] = {normalised_gradient, gradient_times_n};

/* The batch norm that reads the vector of ELEMENT, a z, and which of its nodes that is. */
static const Op *norm_above(const Net *net, size_t element, size_t *i)
{
    const Vector *z = net_vector(net, element);
    *i = element - z->at;
    return &net->ops[z->uses[0]];
}

void explain_norm_means(Explainer *x, size_t element, const Expr *means[NORM_MEANS])
{
    size_t i;
    const Op *op = norm_above(x->pass->net, element, &i);
    double values[NORM_MEANS];
    norm_means(x->pass, op, (int)i, &values[0], &values[1]);
    for (int k = 0; k < NORM_MEANS; k++)
        means[k] = mean_over_rows(x, norm_summands[k], op, i, values[k]);
}

const Expr *explain_normalised(Explainer *x, size_t element)
{
    static const char *const names[NORM_MEANS] = {"mean_dn", "mean_dn_n"};
    size_t i;
    const Op *op = norm_above(x->pass->net, element, &i);
    double values[NORM_MEANS];
    norm_means(x->pass, op, (int)i, &values[0], &values[1]);
    Binding binding = {0};
    binding_add(&binding, "dn", normalised_gradient(x, op, i));
    binding_add(&binding, "n", explain_node(x, op->out, i));
    binding_add(&binding, "v", explain_node(x, op->variance, i));
    for (int k = 0; k < NORM_MEANS; k++) {
        const Expr *summand = norm_summands[k](x, op, i);
        binding_add(&binding, names[k], expr_mean(x->arena, &summand, 1, values[k]));
    }
    return binding_apply(x, norm_adjoint, &binding);
}
