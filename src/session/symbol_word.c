#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "session/symbol_word.h"

const char *symbol_hint(const char *word)
{
    bool digits = isdigit((unsigned char)word[0]) || isdigit((unsigned char)word[1]);
    if ((*word == 'w' || *word == 'W') && digits)
        return strchr(word, '^') ? ": two-digit indices take a comma, w10,3^2"
                                 : ": a weight names its layer too, w11^1 or w11^2";
    if (*word == 'b' && strchr(word, '^')) return ": of a bias the first digit is the layer, b11";
    return ": they are written w11^2, b21, o11, z11, x1, yhat";
}

const char *symbol_word(const char *word)
{
    static const char *const prefixes[] = {"dL/d", "∂L/∂"};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (!strncmp(word, prefixes[i], strlen(prefixes[i]))) return word + strlen(prefixes[i]);
    return word;
}
