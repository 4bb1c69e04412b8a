/* How output is spelled: set by the shell from what the terminal can do, and by
   the user with `set digits`, `set ascii`, `set color`, `set width`, `set terms`. */
#ifndef RENDER_STYLE_H
#define RENDER_STYLE_H

#include <stdbool.h>

typedef struct Style {
    bool ascii; /* plain ASCII spellings: dL/dw11^2, yhat, * */
    bool color; /* ANSI colours */
    int width;  /* columns to fold at; 80 when the output is no terminal */
    int digits; /* significant digits of numbers; 0: shortest that read back equal */
    int terms;  /* longest sum or matrix side shown in full; 0: any */
} Style;

#define STYLE_DEFAULT                                                                              \
    ((Style){.ascii = false, .color = false, .width = 80, .digits = 6, .terms = 12})

#endif
