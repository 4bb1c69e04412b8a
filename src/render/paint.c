#include "render/paint.h"

static const char *const codes[] = {
    [PAINT_PLAIN] = "\x1b[0m", [PAINT_RESULT] = "\x1b[1m", [PAINT_HEADING] = "\x1b[1m",
    [PAINT_ASIDE] = "\x1b[2m", [PAINT_MEMO] = "\x1b[32m",  [PAINT_ERROR] = "\x1b[31m",
    [PAINT_CODE] = "\x1b[36m",
};

void paint(Text *text, Paint colour, const Style *style)
{
    if (style->color) text_add(text, codes[colour]);
}
