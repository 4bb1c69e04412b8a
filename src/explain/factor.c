#include "explain/factor.h"
#include "explain/way.h"

/* Where a weight's own factor, its input, comes from. */
static Source source_of_weight(const Explainer *x, size_t weight)
{
    const Net *net = x->pass->net;
    size_t node = net_weighted(net, weight);
    if (pass_pin_of(x->pass, node)) return SOURCE_ASSUMED;
    return net_vector(net, node) == &net->vectors[net->input] ? SOURCE_INPUT : SOURCE_FORWARD;
}

/* A factor ∂upper/∂lower is remembered when the product that ends with it is: that
   product is the adjoint of LOWER. A weight's own factor is always read off its input. */
static void find_source(const Explainer *x, size_t lower, Factor *factor)
{
    bool weight = net_owner(x->pass->net, lower) && factor->formula->kind == EXPR_SYMBOL;
    if (weight) {
        factor->source = source_of_weight(x, lower);
    } else if (memo_knew(x->pass, lower)) {
        factor->source = SOURCE_MEMO;
        factor->by = x->pass->memo.marks[lower].by;
    }
}

/* A number that is read off, and is on the page as it is, needs no verdict. */
static Hand judge_partial(const Explainer *x, size_t upper, size_t lower, double value)
{
    if (!x->page) return (Hand){0};
    double hand = page_partial(x->page, upper, lower);
    bool same = way_is_read_off(x->pass, upper, lower) && hand == value;
    return page_judge(same ? NULL : x->page, value, hand);
}

Factor factor_between(Explainer *x, size_t upper, size_t lower)
{
    double value = pass_partial(x->pass, upper, lower);
    Factor factor = {.symbol = explain_derivative(x, upper, lower, value),
                     .formula = explain_partial(x, upper, lower),
                     .value = value,
                     .skip = explain_skip(x, upper, lower),
                     .hand = judge_partial(x, upper, lower, value)};
    find_source(x, lower, &factor);
    return factor;
}
