#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "explain/expr_token.h"

/* Longer spellings first. */
// clang-format off
static const Sign signs[] = {
    {"||", EXPR_OR, 1},
    {"&&", EXPR_AND, 2},
    {"==", EXPR_EQUAL, 3},
    {"!=", EXPR_NOT_EQUAL, 3},
    {"<=", EXPR_LESS_EQUAL, 4},
    {">=", EXPR_GREATER_EQUAL, 4},
    {"<", EXPR_LESS, 4},
    {">", EXPR_GREATER, 4},
    {"+", EXPR_ADD, 5},
    {"-", EXPR_SUBTRACT, 5},
    {"*", EXPR_MULTIPLY, LEVEL_PRODUCT},
    {"·", EXPR_MULTIPLY, LEVEL_PRODUCT},
    {"×", EXPR_MULTIPLY, LEVEL_PRODUCT},
    {"/", EXPR_DIVIDE, LEVEL_PRODUCT},
    {"^", EXPR_POWER, LEVEL_POWER},
    {"!", EXPR_NOT, 0},
    {"?", EXPR_CHOOSE, 0},
    {":", EXPR_CHOOSE, 0},
    {"(", EXPR_CALL, 0},
    {")", EXPR_CALL, 0},
    {",", EXPR_CALL, 0},
};
// clang-format on

static const Sign *find_sign(const char *at)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (!strncmp(at, signs[i].spelling, strlen(signs[i].spelling))) return &signs[i];
    return NULL;
}

typedef size_t Scan(const char *text, Symbol *symbol);

static size_t scan_differential(const char *at, Scan *scan, Symbol *symbol)
{
    static const char partial[] = "∂";
    bool curly = !strncmp(at, partial, sizeof partial - 1);
    if (!curly && *at != 'd') return 0;
    size_t d = curly ? sizeof partial - 1 : 1, length = scan(at + d, symbol);
    return length ? d + length : 0;
}

/* A derivative by what SCAN reads. */
static size_t scan_derivative(const char *at, Scan *scan, Symbol *upper, Symbol *lower)
{
    size_t above = scan_differential(at, symbol_scan, upper);
    if (!above || at[above] != '/') return 0;
    size_t below = scan_differential(at + above + 1, scan, lower);
    return below ? above + 1 + below : 0;
}

static size_t scan_matrix(const char *at, Symbol *upper, Symbol *lower)
{
    size_t length = scan_derivative(at, symbol_scan_matrix, upper, lower);
    return length ? length : symbol_scan_matrix(at, upper);
}

static size_t scan_name(const char *at)
{
    size_t length = 0;
    for (size_t letter; (letter = symbol_letter(at + length)) > 0;) length += letter;
    return length;
}

static size_t unknown_length(const char *at, const char *end)
{
    uint32_t code;
    size_t length = utf8_decode(at, (size_t)(end - at), &code);
    return length ? length : 1;
}

Token token_read(const char *at, const char *end, bool network)
{
    Token token = {.kind = TOKEN_END, .text = at};
    if (at == end) return token;
    if ((token.length = number_scan(at, &token.number)) && *at != '-' && *at != '+')
        token.kind = TOKEN_NUMBER;
    else if (network &&
             (token.length = scan_derivative(at, symbol_scan, &token.symbol, &token.over)))
        token.kind = TOKEN_DERIVATIVE;
    else if (network && (token.length = scan_matrix(at, &token.symbol, &token.over)))
        token.kind = TOKEN_MATRIX;
    else if ((token.length = symbol_scan(at, &token.symbol)))
        token.kind = TOKEN_SYMBOL;
    else if ((token.length = scan_name(at)))
        token.kind = TOKEN_NAME;
    else if ((token.sign = find_sign(at))) {
        token.length = strlen(token.sign->spelling);
        token.kind = TOKEN_SIGN;
    } else {
        token.length = unknown_length(at, end);
        token.kind = TOKEN_UNKNOWN;
    }
    return token;
}
