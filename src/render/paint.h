/* Colour: only what reads well on light and on dark, and nothing that colour alone says. */
#ifndef RENDER_PAINT_H
#define RENDER_PAINT_H

#include "base/text.h"
#include "render/style.h"

typedef enum Paint {
    PAINT_PLAIN, /* back to normal */
    PAINT_RESULT,
    PAINT_HEADING,
    PAINT_ASIDE,
    PAINT_MEMO,
    PAINT_ERROR,
    PAINT_CODE,
    PAINT_EMPHASIS,
    PAINT_STRONG,
    PAINT_FIRST, /* six that tell the series of a plot apart */
    PAINT_SECOND,
    PAINT_THIRD,
    PAINT_FOURTH,
    PAINT_FIFTH,
    PAINT_SIXTH
} Paint;

/* Adds the code to TEXT; nothing unless the style has colour. */
void paint(Text *text, Paint colour, const Style *style);

/* The colour of series INDEX of a plot, from 0; the seventh has the first's again. */
Paint paint_series(int index);

#endif
