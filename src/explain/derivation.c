#include "explain/closed_form.h"
#include "explain/derivation.h"
#include "explain/factor.h"
#include "explain/page_norm.h"
#include "explain/way.h"

/* The element where the single path from ELEMENT ends, LENGTH steps up. */
static size_t top_of(const Explainer *x, size_t element, int *length)
{
    *length = 0;
    for (; way_from(x->pass, element) == WAY_ONE; ++*length)
        element = pass_dependent(x->pass, element, 0);
    return element;
}

static Hand judge_gradient(const Explainer *x, size_t element, double value)
{
    return page_judge(x->page, value, x->page ? page_gradient(x->page, element) : 0);
}

static Chain chain_to(Explainer *x, size_t element, bool expand);

/* The chains of all paths through TOP's dependents: each goes to the dependent first. */
static Chain *terms_of(Explainer *x, size_t top, int *count)
{
    *count = pass_dependents(x->pass, top);
    Chain *terms = arena_new(x->arena, sizeof *terms * (size_t)*count);
    for (int i = 0; i < *count; i++) {
        size_t dependent = pass_dependent(x->pass, top, i);
        Chain upper = chain_to(x, dependent, false);
        Factor *factors = arena_new(x->arena, sizeof *factors * (size_t)(upper.count + 1));
        for (int k = 0; k < upper.count; k++) factors[k] = upper.factors[k];
        factors[upper.count] = factor_between(x, dependent, top);
        double product = upper.product * factors[upper.count].value;
        double hand = x->page ? page_path(x->page, dependent, top) : 0;
        terms[i] = (Chain){factors, upper.count + 1, product, page_judge(x->page, product, hand)};
    }
    return terms;
}

/* The chain's first factor, ∂L/∂top. */
static Factor first_factor(Explainer *x, size_t top, bool expand)
{
    /* Where the last two slopes are fused, ∂L/∂ŷ is no step on the engine's way. */
    Way way = way_from(x->pass, top);
    double value = way == WAY_LOSS ? pass_partial(x->pass, net_loss(x->pass->net), top)
                                   : pass_adjoint(x->pass, top);
    Factor factor = {.symbol = explain_gradient(x, top, value),
                     .value = value,
                     .hand = judge_gradient(x, top, value)};
    if (way == WAY_LOSS) factor.formula = explain_partial(x, net_loss(x->pass->net), top);
    if (way == WAY_FUSED) factor.formula = explain_fused(x, top);
    factor.trick = way == WAY_FUSED && x->pass->trick;
    if (way == WAY_BATCH && !memo_knew(x->pass, top)) factor.formula = explain_normalised(x, top);
    if (memo_knew(x->pass, top)) {
        factor.source = SOURCE_MEMO;
        factor.by = x->pass->memo.marks[top].by;
    } else if (expand && (way == WAY_MANY || way == WAY_FUSED)) {
        factor.terms = terms_of(x, top, &factor.term_count);
    }
    return factor;
}

/* The chain from L to ELEMENT. EXPAND: a sum at its top is shown term by term. */
static Chain chain_to(Explainer *x, size_t element, bool expand)
{
    int length;
    size_t top = top_of(x, element, &length);
    Factor *factors = arena_new(x->arena, sizeof *factors * (size_t)(length + 1));
    for (int k = length; k > 0; k--) {
        size_t upper = pass_dependent(x->pass, element, 0);
        factors[k] = factor_between(x, upper, element);
        element = upper;
    }
    factors[0] = first_factor(x, top, expand);
    Chain chain = {factors, length + 1, factors[0].value, {0}};
    for (int k = 1; k <= length; k++) chain.product *= factors[k].value;
    return chain;
}

/* The chains to a parameter, row by row. */
typedef struct Rowwise {
    RowChains rows;
    Explainer *explainer;
    size_t element;
    ArenaMark mark; /* one row's trees at a time lie behind it */
    Chain chain;
} Rowwise;

static const Chain *chain_in_row(void *self, int row)
{
    Rowwise *rowwise = self;
    Explainer *x = rowwise->explainer;
    int shown = x->pass->shown;
    arena_reset(x->arena, rowwise->mark);
    x->pass->shown = row;
    rowwise->chain = chain_to(x, rowwise->element, false);
    double hand = x->page ? page_product(x->page, rowwise->element) : 0;
    rowwise->chain.hand = page_judge(x->page, rowwise->chain.product, hand);
    x->pass->shown = shown;
    return &rowwise->chain;
}

static long number_of_row(void *self, int row)
{
    const Rowwise *rowwise = self;
    return explain_row(rowwise->explainer, row);
}

/* A parameter serves every row: its derivative is the mean of their chains. Whoever reads them
   resets the arena to what it holds now. */
static Chain chain_of_rows(Explainer *x, size_t element)
{
    double value = x->pass->adjoint[element];
    Rowwise *rowwise = arena_new(x->arena, sizeof *rowwise);
    Factor *factor = arena_new(x->arena, sizeof *factor);
    *factor = (Factor){.symbol = explain_gradient(x, element, value),
                       .value = value,
                       .term_count = x->pass->rows,
                       .rows = &rowwise->rows,
                       .hand = judge_gradient(x, element, value)};
    *rowwise = (Rowwise){.rows = {chain_in_row, number_of_row, rowwise},
                         .explainer = x,
                         .element = element,
                         .mark = arena_mark(x->arena)};
    return (Chain){factor, 1, value, {0}};
}

/* Whether the derivative by ELEMENT is a mean over rows. */
static bool of_all_rows(const Explainer *x, size_t element)
{
    return x->pass->rows > 1 && net_owner(x->pass->net, element);
}

/* The means behind ∂L/∂z, where the chain of ELEMENT begins with it and it is not known yet. */
static void find_means(Explainer *x, size_t element, Derivation *derivation)
{
    int length;
    size_t top = top_of(x, element, &length);
    if (way_from(x->pass, top) != WAY_BATCH || memo_knew(x->pass, top)) return;
    const Expr *means[NORM_MEANS];
    double hands[NORM_MEANS] = {0};
    NamedMean *named = arena_new(x->arena, sizeof *named * NORM_MEANS);
    explain_norm_means(x, top, means);
    if (x->page) page_norm_means(x->page, top, &hands[0], &hands[1]);
    for (int k = 0; k < NORM_MEANS; k++)
        named[k] = (NamedMean){means[k], page_judge(x->page, means[k]->value, hands[k])};
    derivation->means = named;
    derivation->mean_count = NORM_MEANS;
}

static void emit(Explainer *x, size_t element, const DerivationSink *sink)
{
    ArenaMark mark = arena_mark(x->arena);
    double value = pass_adjoint(x->pass, element);
    bool rows = of_all_rows(x, element);
    Derivation derivation = {.of = explain_gradient(x, element, value),
                             .value = value,
                             .hand = judge_gradient(x, element, value)};
    find_means(x, element, &derivation);
    derivation.chain = rows ? chain_of_rows(x, element) : chain_to(x, element, true);
    const Factor *first = derivation.chain.factors;
    bool remembered = derivation.chain.count == 1 && !first->formula && !first->terms;
    if (!remembered && !rows) derivation.closed_form = closed_form(x->arena, &derivation.chain);
    if (!rows && x->pass->rows > 1) derivation.row = explain_row(x, x->pass->shown);
    if (!x->pass->memo.stopped) sink->derivation(sink->self, &derivation);
    arena_reset(x->arena, mark);
}

/* A derivation on the way to the one that was asked for. */
static void tell(Explainer *x, size_t element, const char *by, const DerivationSink *sink)
{
    memo_remember(x->pass, element, by);
    if (!x->pass->memo.stopped) emit(x, element, sink);
}

static void derive_above(Explainer *x, size_t top, const char *by, const DerivationSink *sink);

/* Derives what the first factor of ELEMENT's chain rests on: the sums that its terms begin
   with, the normalised node of a batch. And that factor itself where the chain is no place for
   it: a mean over rows has one for each. */
static void derive_sums_above(Explainer *x, size_t element, const char *by,
                              const DerivationSink *sink)
{
    int length;
    size_t top = top_of(x, element, &length);
    Way way = way_from(x->pass, top);
    if (memo_knows(x->pass, top)) return;
    bool sum = way == WAY_MANY || way == WAY_BATCH;
    if (sum) derive_above(x, top, by, sink);
    bool apart = way == WAY_BATCH || (of_all_rows(x, element) && (sum || way == WAY_FUSED));
    if (apart && top != element && !x->pass->memo.stopped) tell(x, top, by, sink);
}

static void derive_above(Explainer *x, size_t top, const char *by, const DerivationSink *sink)
{
    int length;
    bool batch = way_from(x->pass, top) == WAY_BATCH;
    for (int i = 0; i < pass_dependents(x->pass, top) && !x->pass->memo.stopped; i++) {
        size_t dependent = pass_dependent(x->pass, top, i), above = top_of(x, dependent, &length);
        bool sum = way_from(x->pass, above) == WAY_MANY || way_from(x->pass, above) == WAY_BATCH;
        if (batch) above = dependent;
        if (memo_knows(x->pass, above) || !(sum || batch)) continue;
        derive_sums_above(x, above, by, sink);
        tell(x, above, by, sink);
    }
}

bool derive_gradient(Explainer *x, size_t element, const char *by, const DerivationSink *sink)
{
    x->pass->memo.stopped = false; /* by an earlier request */
    if (!x->pass->memo.off) derive_sums_above(x, element, by, sink);
    if (!x->pass->memo.stopped) memo_adjoint(x->pass, element, by);
    if (x->pass->memo.stopped) return false;
    emit(x, element, sink);
    return !x->pass->memo.stopped;
}
