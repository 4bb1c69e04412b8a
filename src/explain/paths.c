/* Full paths from a symbol to the loss: how many there are, and each as a chain. */
#include "explain/derivation.h"
#include "explain/factor.h"

/* From the loss downwards: all elements of a vector have as many paths. */
double derive_path_count(const Explainer *x, size_t element)
{
    const Pass *pass = x->pass;
    const Net *net = pass->net;
    ArenaMark mark = arena_mark(x->arena);
    double *paths = arena_new(x->arena, sizeof *paths * (size_t)net->vector_count), count = 0;
    const Vector *own = net_vector(net, element);
    size_t lowest = own ? own->at : net_vector(net, pass_dependent(pass, element, 0))->at;
    for (int v = net->vector_count - 1; v >= 0 && net->vectors[v].at >= lowest; v--) {
        int dependents = pass_dependents(pass, net->vectors[v].at);
        count = dependents ? 0 : 1;
        for (int i = 0; i < dependents; i++) {
            size_t dependent = pass_dependent(pass, net->vectors[v].at, i);
            count += paths[net_vector(net, dependent) - net->vectors];
        }
        paths[v] = count;
    }
    arena_reset(x->arena, mark);
    return count;
}

typedef struct Walk {
    Explainer *explainer;
    size_t *steps; /* the elements of the path so far, from the symbol up */
    int length;
    double total, by_hand;
    void (*path)(void *self, const Chain *chain);
    void *self;
} Walk;

/* ∂L/∂ŷ as the page has it is where it begins. */
static void emit_path(Walk *walk)
{
    Explainer *x = walk->explainer;
    ArenaMark mark = arena_mark(x->arena);
    int count = walk->length - 1;
    Factor *factors = arena_new(x->arena, sizeof *factors * (size_t)count);
    double product = 1;
    for (int k = 0; k < count; k++) {
        int upper = count - k;
        factors[k] = factor_between(x, walk->steps[upper], walk->steps[upper - 1]);
        product = k ? product * factors[k].value : factors[k].value;
    }
    double first = x->page ? page_gradient(x->page, walk->steps[count - 1]) : 0;
    factors[0].hand = page_judge(x->page, factors[0].value, first);
    double hand = x->page ? page_full_path(x->page, walk->steps, walk->length) : 0;
    walk->total += product;
    walk->by_hand += hand;
    walk->path(walk->self, &(Chain){factors, count, product, page_judge(x->page, product, hand)});
    arena_reset(x->arena, mark);
}

static void walk_from(Walk *walk, size_t element)
{
    walk->steps[walk->length++] = element;
    const Pass *pass = walk->explainer->pass;
    int count = pass_dependents(pass, element);
    if (!count) emit_path(walk);
    for (int i = 0; i < count; i++) walk_from(walk, pass_dependent(pass, element, i));
    walk->length--;
}

PathSum derive_paths(Explainer *x, size_t element, void (*path)(void *self, const Chain *chain),
                     void *self)
{
    ArenaMark mark = arena_mark(x->arena);
    size_t longest = (size_t)x->pass->net->vector_count + 1;
    Walk walk = {x, arena_new(x->arena, sizeof(size_t) * longest), 0, 0, 0, path, self};
    walk_from(&walk, element);
    arena_reset(x->arena, mark);
    double hand = x->page ? page_round(x->page, walk.by_hand) : 0;
    return (PathSum){walk.total, page_judge(x->page, walk.total, hand)};
}
