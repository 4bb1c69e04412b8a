#include "render/cut.h"

/* Three and two say how a long row goes on and how it ends; more would be a wall. */
enum { HEAD = 3, TAIL = 2 };

Cut cut_of(const Style *style, int count)
{
    if (!style->terms || count <= style->terms) return (Cut){count, 0, true};
    if (style->terms >= HEAD + TAIL) return (Cut){HEAD, TAIL, false};
    return (Cut){(style->terms + 1) / 2, style->terms / 2, false};
}

const char *cut_sign(const Style *style)
{
    return style->ascii ? "..." : "…";
}
