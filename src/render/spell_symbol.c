#include <string.h>

#include "render/speller.h"

/* A name and three indices of ten digits, each of three bytes. */
enum { SPELLED_SIZE = 128 };

static const char *const lower_digits[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
static const char *const upper_digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

static const char *const letters[] = {
    [SYMBOL_NONE] = "?",
    [SYMBOL_WEIGHT] = "w",
    [SYMBOL_BIAS] = "b",
    [SYMBOL_SCALE] = "γ",
    [SYMBOL_SHIFT] = "β",
    [SYMBOL_RUNNING_MEAN] = "mean",
    [SYMBOL_RUNNING_VARIANCE] = "var",
    [SYMBOL_INPUT] = "x",
    [SYMBOL_SUM] = "z",
    [SYMBOL_MEAN] = "μ",
    [SYMBOL_VARIANCE] = "v",
    [SYMBOL_NORMALISED] = "n",
    [SYMBOL_SCALED] = "s",
    [SYMBOL_BRANCH] = "a",
    [SYMBOL_OUTPUT] = "o",
    [SYMBOL_PREDICTION] = "ŷ",
    [SYMBOL_TARGET] = "y",
    [SYMBOL_LOSS] = "L",
};

static char *put_index(char *end, int index, const char *const *digits)
{
    if (index >= 10) end = put_index(end, index / 10, digits);
    return stpcpy(end, digits[index % 10]);
}

void spell_superscript(Text *text, int value)
{
    char spelled[SPELLED_SIZE], *end = spelled;
    if (value < 0) end = stpcpy(end, "⁻");
    end = put_index(end, value < 0 ? -value : value, upper_digits);
    text_add_bytes(text, spelled, (size_t)(end - spelled));
}

static char *put_symbol(char *end, Symbol symbol)
{
    bool weight = symbol.kind == SYMBOL_WEIGHT, matrix = symbol_is_matrix(symbol);
    int first = weight || matrix ? symbol.from : symbol.layer;
    end = stpcpy(end, weight && matrix ? "W" : letters[symbol.kind]);
    if (first) end = put_index(end, first, lower_digits);
    if (first && (first >= 10 || symbol.node >= 10)) end = stpcpy(end, ",");
    if (symbol.node) end = put_index(end, symbol.node, lower_digits);
    if ((weight || matrix) && symbol.layer) end = put_index(end, symbol.layer, upper_digits);
    return end;
}

void spell_symbol(Text *text, Symbol symbol, const Style *style)
{
    char spelled[SPELLED_SIZE];
    if (style->ascii) {
        symbol_spell(spelled, symbol);
        text_add(text, spelled);
    } else {
        const char *end = put_symbol(spelled, symbol);
        text_add_bytes(text, spelled, (size_t)(end - spelled));
    }
}
