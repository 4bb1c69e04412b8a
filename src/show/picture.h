/* A network's numbers as matrices, in the layout of the notes. */
#ifndef SHOW_PICTURE_H
#define SHOW_PICTURE_H

#include "session/state.h"

/* W^k and b^k of one layer, side by side. */
void picture_parameters(Session *session, int layer);

typedef enum PictureParts {
    PICTURE_SYMBOLS = 1, /* W, Wᵀ, Wᵀx + b */
    PICTURE_NUMBERS = 2, /* the product, the activation, the outputs */
    PICTURE_WHOLE = 3
} PictureParts;

/* Layer K's forward pass. */
void picture_layer(Session *session, int layer, PictureParts parts);

/* The same as fields for programs; LAYER 0: all of them. */
void picture_fields(Session *session, int layer);

#endif
