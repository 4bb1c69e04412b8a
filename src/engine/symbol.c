#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "engine/symbol.h"

/* How a kind of symbol is written. `yhat` and the hatted y stand before y. */
typedef struct Form {
    const char *letter;
    SymbolKind kind;
    int indices;   /* below the letter */
    bool raised;   /* the layer stands above it */
    bool optional; /* the index may be left out */
} Form;

// clang-format off
static const Form forms[] = {
    {"w", SYMBOL_WEIGHT, 2, true, false},
    {"W", SYMBOL_WEIGHT, 2, true, false},
    {"b", SYMBOL_BIAS, 2, false, false},
    {"o", SYMBOL_OUTPUT, 2, false, false},
    {"O", SYMBOL_OUTPUT, 2, false, false},
    {"z", SYMBOL_SUM, 2, false, false},
    {"x", SYMBOL_INPUT, 1, false, false},
    {"yhat", SYMBOL_PREDICTION, 1, false, true},
    {"\u0177", SYMBOL_PREDICTION, 1, false, true},
    {"y\u0302", SYMBOL_PREDICTION, 1, false, true},
    {"y", SYMBOL_TARGET, 1, false, true},
    {"L", SYMBOL_LOSS, 0, false, false},
    {"gamma", SYMBOL_SCALE, 2, false, false},
    {"γ", SYMBOL_SCALE, 2, false, false},
    {"beta", SYMBOL_SHIFT, 2, false, false},
    {"β", SYMBOL_SHIFT, 2, false, false},
    {"mean", SYMBOL_RUNNING_MEAN, 2, false, false},
    {"var", SYMBOL_RUNNING_VARIANCE, 2, false, false},
    {"mu", SYMBOL_MEAN, 2, false, false},
    {"μ", SYMBOL_MEAN, 2, false, false},
    {"v", SYMBOL_VARIANCE, 2, false, false},
    {"n", SYMBOL_NORMALISED, 2, false, false},
    {"s", SYMBOL_SCALED, 2, false, false},
    {"a", SYMBOL_BRANCH, 2, false, false},
};
// clang-format on

static const char *const plain[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
static const char *const lowered[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

/* Moves *AT past MARK if it stands there. */
static bool skip(const char **at, const char *mark)
{
    size_t length = strlen(mark);
    if (strncmp(*at, mark, length) != 0) return false;
    *at += length;
    return true;
}

static int read_digit(const char **at, const char *const digits[10])
{
    for (int digit = 0; digit < 10; digit++)
        if (skip(at, digits[digit])) return digit;
    return -1;
}

/* Returns how many digits were read; 0 also for what cannot be an index: a leading
   zero, a number beyond any network. */
static int read_number(const char **at, const char *const digits[10], int *value)
{
    enum { LONGEST = 8 };
    int count = 0;
    *value = 0;
    for (int digit; (digit = read_digit(at, digits)) >= 0; count++) {
        if ((count == 0 && digit == 0) || count == LONGEST) return 0;
        *value = *value * 10 + digit;
    }
    return count;
}

static int read_index(const char **at, int *value)
{
    const char *start = *at;
    int count = read_number(at, plain, value);
    return count || *at != start ? count : read_number(at, lowered, value);
}

/* Two indices: `10,3`, or two digits that need no comma. */
static bool read_pair(const char **at, int pair[2])
{
    int digits = read_index(at, &pair[0]);
    const char *after = *at;
    if (digits && skip(&after, ",") && read_index(&after, &pair[1])) {
        *at = after;
        return true;
    }
    pair[1] = pair[0] % 10;
    pair[0] /= 10;
    return digits == 2 && pair[1] != 0;
}

static bool read_indices(const char **at, int wanted, int indices[2])
{
    skip(at, "_");
    bool braced = skip(at, "{");
    bool read = wanted == 2 ? read_pair(at, indices) : read_index(at, &indices[0]) > 0;
    return read && (!braced || skip(at, "}"));
}

static bool read_layer(const char **at, int *layer)
{
    if (!skip(at, "^")) return read_number(at, raised, layer) > 0;
    bool braced = skip(at, "{");
    return read_number(at, plain, layer) > 0 && (!braced || skip(at, "}"));
}

/* Reads what follows the letter of FORM. */
static bool read_form(const char **at, const Form *form, Symbol *symbol)
{
    int indices[2] = {0, 0}, layer = 0;
    const char *after = *at;
    if (form->indices && read_indices(&after, form->indices, indices))
        *at = after;
    else if (form->indices && !form->optional)
        return false;
    else
        indices[0] = 0;
    if (form->raised && !read_layer(at, &layer)) return false;
    bool pair = form->indices == 2;
    *symbol = (Symbol){.kind = form->kind,
                       .layer = form->raised ? layer
                                : pair       ? indices[0]
                                             : 0,
                       .from = form->raised ? indices[0] : 0,
                       .node = indices[pair]};
    return true;
}

int symbol_raised_digit(const char *text, size_t *length)
{
    const char *at = text;
    int digit = read_digit(&at, raised);
    *length = (size_t)(at - text);
    return digit;
}

bool symbol_is_lowered_digit(const char *text)
{
    return read_digit(&text, lowered) >= 0;
}

static bool ends_in(const char *start, const char *end, const char *mark)
{
    size_t length = strlen(mark);
    return (size_t)(end - start) >= length && !memcmp(end - length, mark, length);
}

size_t symbol_hat(const char *text)
{
    static const char *const hats[] = {"\u0177", "y\u0302"};
    for (size_t i = 0; i < sizeof hats / sizeof hats[0]; i++)
        if (!strncmp(text, hats[i], strlen(hats[i]))) return strlen(hats[i]);
    return 0;
}

/* Whether a symbol that ends here is whole though a letter follows: w₁₁¹x₁ and yŷ are two each. */
static bool is_whole(const char *start, const char *end)
{
    bool digit = *end == '_' || isdigit((unsigned char)*end);
    bool index = ends_in(start, end, "\u0177") || ends_in(start, end, "\u0302");
    for (int i = 0; i < 10; i++) {
        const char *next = end;
        digit = digit || skip(&next, lowered[i]);
        index = index || ends_in(start, end, lowered[i]) || ends_in(start, end, raised[i]);
    }
    return symbol_hat(end) || (index && !digit);
}

size_t symbol_scan(const char *text, Symbol *symbol)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const char *at = text;
        Symbol read;
        if (!skip(&at, forms[i].letter) || !read_form(&at, &forms[i], &read)) continue;
        if (symbol_letter(at) && !is_whole(text, at)) continue;
        *symbol = read;
        return (size_t)(at - text);
    }
    return 0;
}

/* Whether FORM's letter names a matrix: of a weight only the capital one does. */
static bool names_matrix(const Form *form)
{
    return form->kind <= SYMBOL_RUNNING_VARIANCE && strcmp(form->letter, "w") != 0;
}

size_t symbol_scan_matrix(const char *text, Symbol *symbol)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const char *at = text;
        int layer;
        if (!names_matrix(&forms[i]) || !skip(&at, forms[i].letter)) continue;
        if (!read_layer(&at, &layer) || symbol_letter(at)) continue;
        *symbol = (Symbol){.kind = forms[i].kind, .layer = layer};
        return (size_t)(at - text);
    }
    return 0;
}

size_t symbol_letter(const char *text)
{
    uint32_t code;
    if (isalnum((unsigned char)*text) || *text == '_') return 1;
    if (!*text) return 0;
    size_t size = utf8_decode(text, strnlen(text, 4), &code);
    if (!size) return 0;
    bool sign = code == 0xd7 || code == 0xf7; /* × ÷ */
    bool letter = code >= 0xc0 && code <= 0x3ff && !sign;
    bool index = code >= 0x2080 && code <= 0x2089;
    return letter || index ? size : 0;
}

static const char *letter_of(SymbolKind kind)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (forms[i].kind == kind) return forms[i].letter;
    return "";
}

void symbol_spell(char out[SYMBOL_SIZE], Symbol symbol)
{
    const char *letter = letter_of(symbol.kind);
    bool matrix = symbol_is_matrix(symbol);
    int first = symbol.from ? symbol.from : symbol.layer;
    const char *comma = first > 9 || symbol.node > 9 ? "," : "";
    if (matrix)
        snprintf(out, SYMBOL_SIZE, "%s^%d", symbol.kind == SYMBOL_WEIGHT ? "W" : letter,
                 symbol.layer);
    else if (symbol.from)
        snprintf(out, SYMBOL_SIZE, "%s%d%s%d^%d", letter, first, comma, symbol.node, symbol.layer);
    else if (symbol.layer)
        snprintf(out, SYMBOL_SIZE, "%s%d%s%d", letter, first, comma, symbol.node);
    else if (symbol.node)
        snprintf(out, SYMBOL_SIZE, "%s%d", letter, symbol.node);
    else
        snprintf(out, SYMBOL_SIZE, "%s", letter);
}

bool symbol_equal(Symbol a, Symbol b)
{
    return a.kind == b.kind && a.layer == b.layer && a.from == b.from && a.node == b.node;
}
