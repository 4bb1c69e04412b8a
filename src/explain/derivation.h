/* Derivations: the chain rule for one symbol, factor by factor.

   The chain runs from the loss outwards. As long as one path leads from the symbol to
   the loss it is a product of partials; where paths part, the product begins with one
   factor that is a sum over them. All numbers come from the pass. */
#ifndef EXPLAIN_DERIVATION_H
#define EXPLAIN_DERIVATION_H

#include "explain/block.h"
#include "explain/explainer.h"

typedef struct DerivationSink {
    void (*derivation)(void *self, const Derivation *derivation);
    void *self;
} DerivationSink;

/* Derives ∂L/∂ELEMENT under the name BY. With the memo on, sums over paths further up
   that are not known yet are derived, and emitted, before it, from the loss outwards.
   The arena is reset after each. Returns false when the pass was interrupted. */
bool derive_gradient(Explainer *explainer, size_t element, const char *by,
                     const DerivationSink *sink);

/* The number of full paths from ELEMENT to L. */
double derive_path_count(const Explainer *explainer, size_t element);

/* The sum of the products of all full paths. */
typedef struct PathSum {
    double value;
    Hand hand;
} PathSum;

/* Emits the chain of each full path from ELEMENT. */
PathSum derive_paths(Explainer *explainer, size_t element,
                     void (*path)(void *self, const Chain *chain), void *self);

#endif
