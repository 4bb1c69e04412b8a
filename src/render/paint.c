#include "render/paint.h"

static const char *const codes[] = {
    [PAINT_PLAIN] = "\x1b[0m",   [PAINT_RESULT] = "\x1b[1m",   [PAINT_HEADING] = "\x1b[1m",
    [PAINT_ASIDE] = "\x1b[2m",   [PAINT_MEMO] = "\x1b[32m",    [PAINT_ERROR] = "\x1b[31m",
    [PAINT_CODE] = "\x1b[36m",   [PAINT_EMPHASIS] = "\x1b[4m", [PAINT_STRONG] = "\x1b[1m",
    [PAINT_FIRST] = "\x1b[36m",  [PAINT_SECOND] = "\x1b[35m",  [PAINT_THIRD] = "\x1b[32m",
    [PAINT_FOURTH] = "\x1b[31m", [PAINT_FIFTH] = "\x1b[34m",   [PAINT_SIXTH] = "\x1b[33m",
};

void paint(Text *text, Paint colour, const Style *style)
{
    if (style->color) text_add(text, codes[colour]);
}

Paint paint_series(int index)
{
    static const Paint series[] = {PAINT_FIRST,  PAINT_SECOND, PAINT_THIRD,
                                   PAINT_FOURTH, PAINT_FIFTH,  PAINT_SIXTH};
    return series[index % 6];
}
