/* What a network is made of, before it has any numbers: sizes and activations. */
#ifndef ENGINE_ARCHITECTURE_H
#define ENGINE_ARCHITECTURE_H

#include "base/error.h"
#include "base/text.h"
#include "engine/activation.h"

enum { LAYERS_LIMIT = 1000, NODES_LIMIT = 10000000 };

/* What a layer has besides its activation. */
typedef enum Extras {
    EXTRA_NORM = 1, /* `+bn`: batch norm before the activation, whose shift replaces the biases */
    EXTRA_SKIP = 2  /* `+skip`: the layer's input is added to its output */
} Extras;

typedef struct Architecture {
    int layers;                     /* not counting the input */
    int *sizes;                     /* [layers + 1], the input's first */
    const Activation **activations; /* [layers] */
    unsigned *extras;               /* [layers], of Extras */
    bool biases;                    /* in the layers without batch norm */
} Architecture;

/* Reads `2-3:relu-1:sigmoid`, `8-8:relu+bn+skip-1`, `8-8+skip-1`; layers without an activation
   get OTHERWISE. A skip needs equal widths. COLUMN is where TEXT starts in the user's line. */
bool architecture_parse(Architecture *architecture, const char *text, const Activation *otherwise,
                        int column, Error *err);
void architecture_copy(Architecture *to, const Architecture *from);
void architecture_release(Architecture *architecture);

/* The activation that the outputs come from, as far as their range goes: with a skip around it
   the last layer may give anything. */
const Activation *architecture_output(const Architecture *architecture);

/* Adds the text that architecture_parse reads back: `2-2-1`, `2-3:relu-1:sigmoid`. */
void architecture_spell(Text *text, const Architecture *architecture);

#endif
