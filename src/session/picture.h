/* A network's numbers as matrices, in the layout of the notes. */
#ifndef SESSION_PICTURE_H
#define SESSION_PICTURE_H

#include "session/state.h"

/* W^k and b^k of one layer, side by side. */
void picture_parameters(Session *session, int layer);

/* Layer K's forward pass: W, Wᵀ, Wᵀx + b in symbols and in numbers, the outputs. */
void picture_layer(Session *session, int layer);

/* The same as fields for programs; LAYER 0: all of them. */
void picture_fields(Session *session, int layer);

#endif
