/* Online training: plain gradient descent with one row per update, as fast as it goes.

   It makes the updates that update.h makes, bit for bit, but only what training needs of them:
   the sums of the next row are taken while a row's update is written, so that each layer's W
   is swept once per row, and nothing is kept to go back to. For networks of affine layers whose
   activations take each node by itself, but for a last one that is fused with the loss.

   It works on the arrays of a pass, which it borrows, and reads the rows where they lie. */
#ifndef ENGINE_ONLINE_H
#define ENGINE_ONLINE_H

#include "engine/pass.h"

/* Rows of finite numbers: the inputs, then the targets. */
typedef struct OnlineRows {
    const double *values; /* [rows][WIDTH] */
    size_t width;
    const size_t *order; /* the row at each position; NULL: as they lie */
} OnlineRows;

/* What is asked before each update, when the row's (or batch's) L is known: true stops there. It
   may read the parameters, and must change nothing. */
typedef struct LossTest {
    bool (*stop)(void *self, double loss); /* NULL: nothing is asked */
    void *self;
    bool stopped; /* the last run ended because of it */
} LossTest;

typedef struct Online Online;

bool online_fits(const Pass *pass);

/* For PASS, which has to fit and to outlive it, with its loss and its room for rows as they are. */
Online *online_new(Pass *pass);
void online_free(Online *online);

/* Makes an update for each of the positions FROM..TO, w = w - rate g, and adds each row's loss
   before its update to *LOSS_SUM. Returns how many updates it made: it stops at the first row that
   TEST stops at, or with a node or a loss that is not finite, the parameters being those after the
   update before These
   may be what broke: of the parameters only the nodes that follow from them are looked at.
   Forgets nothing: call pass_forget afterwards. */
size_t online_run(Online *online, const OnlineRows *rows, size_t from, size_t to, double rate,
                  LossTest *test, double *loss_sum);

#endif
