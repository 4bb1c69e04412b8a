/* What a network is made of, before it has any numbers: sizes and activations. */
#ifndef ENGINE_ARCHITECTURE_H
#define ENGINE_ARCHITECTURE_H

#include "base/error.h"
#include "base/text.h"
#include "engine/activation.h"

enum { LAYERS_LIMIT = 1000, NODES_LIMIT = 10000000 };

typedef struct Architecture {
    int layers;                     /* not counting the input */
    int *sizes;                     /* [layers + 1], the input's first */
    const Activation **activations; /* [layers] */
    bool biases;
} Architecture;

/* Reads `2-3:relu-1:sigmoid`; layers without an activation get OTHERWISE. COLUMN is
   where TEXT starts in the user's line. */
bool architecture_parse(Architecture *architecture, const char *text, const Activation *otherwise,
                        int column, Error *err);
void architecture_copy(Architecture *to, const Architecture *from);
void architecture_release(Architecture *architecture);

/* Adds the text that architecture_parse reads back: `2-2-1`, `2-3:relu-1:sigmoid`. */
void architecture_spell(Text *text, const Architecture *architecture);

#endif
