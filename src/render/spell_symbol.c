#include "render/speller.h"

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

static void add_index(Text *text, int index, const char *const *digits)
{
    if (index >= 10) add_index(text, index / 10, digits);
    text_add(text, digits[index % 10]);
}

void spell_superscript(Text *text, int value)
{
    if (value < 0) text_add(text, "⁻");
    add_index(text, value < 0 ? -value : value, upper_digits);
}

void spell_symbol(Text *text, Symbol symbol, const Style *style)
{
    if (style->ascii) {
        char name[SYMBOL_SIZE];
        symbol_spell(name, symbol);
        text_add(text, name);
        return;
    }
    bool weight = symbol.kind == SYMBOL_WEIGHT, matrix = symbol_is_matrix(symbol);
    int first = weight || matrix ? symbol.from : symbol.layer;
    text_add(text, weight && matrix ? "W" : letters[symbol.kind]);
    if (first) add_index(text, first, lower_digits);
    if (first && (first >= 10 || symbol.node >= 10)) text_add_char(text, ',');
    if (symbol.node) add_index(text, symbol.node, lower_digits);
    if ((weight || matrix) && symbol.layer) add_index(text, symbol.layer, upper_digits);
}
