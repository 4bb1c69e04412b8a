/* What is too long to show in full: its head, an ellipsis, its tail. */
#ifndef RENDER_CUT_H
#define RENDER_CUT_H

#include <stdbool.h>

#include "render/style.h"

typedef struct Cut {
    int head, tail; /* items shown before and after the ellipsis */
    bool whole;     /* all of them are shown */
} Cut;

Cut cut_of(const Style *style, int count);

const char *cut_sign(const Style *style); /* "…" or "..." */

#endif
