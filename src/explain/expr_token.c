#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "explain/expr_token.h"

/* Longer spellings first. */
// clang-format off
static const Sign signs[] = {
    {"||", "||", EXPR_OR, 1},
    {"&&", "&&", EXPR_AND, 2},
    {"==", "==", EXPR_EQUAL, 3},
    {"!=", "!=", EXPR_NOT_EQUAL, 3},
    {"≠", "!=", EXPR_NOT_EQUAL, 3},
    {"<=", "<=", EXPR_LESS_EQUAL, 4},
    {"≤", "<=", EXPR_LESS_EQUAL, 4},
    {">=", ">=", EXPR_GREATER_EQUAL, 4},
    {"≥", ">=", EXPR_GREATER_EQUAL, 4},
    {"<", "<", EXPR_LESS, 4},
    {">", ">", EXPR_GREATER, 4},
    {"+", "+", EXPR_ADD, 5},
    {"-", "-", EXPR_SUBTRACT, 5},
    {"−", "-", EXPR_SUBTRACT, 5},
    {"*", "*", EXPR_MULTIPLY, LEVEL_PRODUCT},
    {"·", "*", EXPR_MULTIPLY, LEVEL_PRODUCT},
    {"×", "*", EXPR_MULTIPLY, LEVEL_PRODUCT},
    {"/", "/", EXPR_DIVIDE, LEVEL_PRODUCT},
    {"^", "^", EXPR_POWER, LEVEL_POWER},
    {"!", "!", EXPR_NOT, 0},
    {"?", "?", EXPR_CHOOSE, 0},
    {":", ":", EXPR_CHOOSE, 0},
    {"(", "(", EXPR_CALL, 0},
    {")", ")", EXPR_CALL, 0},
    {",", ",", EXPR_CALL, 0},
    {"|", "|", EXPR_CALL, 0},
    {"‖", "‖", EXPR_NORM, 0},
};

static const Sign words[] = {
    {"or", "||", EXPR_OR, 1},
    {"and", "&&", EXPR_AND, 2},
    {"not", "!", EXPR_NOT, 0},
    {"if", "if", EXPR_CHOOSE, 0},
    {"else", "else", EXPR_CHOOSE, 0},
};
// clang-format on

static const Sign *find_sign(const char *at)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (!strncmp(at, signs[i].spelling, strlen(signs[i].spelling))) return &signs[i];
    return NULL;
}

static const Sign *find_word(const char *at, size_t length)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i].spelling) == length && !strncmp(at, words[i].spelling, length))
            return &words[i];
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

/* The root's sign is a function's name; a hatted y is a symbol wherever it stands. */
static size_t scan_name(const char *at)
{
    static const char root[] = "√";
    size_t length = 0;
    if (!strncmp(at, root, sizeof root - 1)) return sizeof root - 1;
    if (symbol_is_lowered_digit(at)) return 0;
    for (size_t letter; (letter = symbol_letter(at + length)) > 0; length += letter)
        if (length && symbol_hat(at + length)) break;
    return length;
}

/* A hatted y is no letter of the word before it: infŷ is a product. */
static size_t scan_before_hat(const char *at, double *number)
{
    bool infinite = !strncmp(at, "inf", 3);
    if ((!infinite && strncmp(at, "nan", 3) != 0) || !symbol_hat(at + 3)) return 0;
    *number = infinite ? INFINITY : NAN;
    return 3;
}

static size_t scan_number(const char *at, double *number)
{
    static const char half[] = "½";
    size_t special = scan_before_hat(at, number);
    if (special || *at == '-' || *at == '+') return special;
    if (strncmp(at, half, sizeof half - 1) != 0) return number_scan(at, number);
    *number = 0.5;
    return sizeof half - 1;
}

static size_t scan_raised(const char *at, double *power)
{
    static const char minus[] = "⁻";
    bool negative = !strncmp(at, minus, sizeof minus - 1);
    size_t sign = negative ? sizeof minus - 1 : 0, length = sign, size;
    *power = 0;
    for (int digit; (digit = symbol_raised_digit(at + length, &size)) >= 0; length += size)
        *power = *power * 10 + digit;
    if (negative) *power = -*power;
    return length > sign ? length : 0;
}

static size_t unknown_length(const char *at, const char *end)
{
    uint32_t code;
    size_t length = utf8_decode(at, (size_t)(end - at), &code);
    return length ? length : 1;
}

static void read_sign(Token *token, const char *end, Surroundings around)
{
    token->kind = TOKEN_SIGN;
    if (!(token->sign = find_sign(token->text))) {
        token->kind = TOKEN_UNKNOWN;
        token->length = unknown_length(token->text, end);
        return;
    }
    if (around.bars && token->sign->kind == EXPR_OR) token->sign = find_sign("|");
    token->length = strlen(token->sign->spelling);
}

Token token_read(const char *at, const char *end, Surroundings around)
{
    Token token = {.kind = TOKEN_END, .text = at};
    bool network = around.network;
    if (at == end) return token;
    if ((token.length = scan_number(at, &token.number)))
        token.kind = TOKEN_NUMBER;
    else if ((token.length = scan_raised(at, &token.number)))
        token.kind = TOKEN_RAISED;
    else if (network &&
             (token.length = scan_derivative(at, symbol_scan, &token.symbol, &token.over)))
        token.kind = TOKEN_DERIVATIVE;
    else if (network && (token.length = scan_matrix(at, &token.symbol, &token.over)))
        token.kind = TOKEN_MATRIX;
    else if ((token.length = symbol_scan(at, &token.symbol)))
        token.kind = TOKEN_SYMBOL;
    else if ((token.length = scan_name(at)))
        token.kind = (token.sign = find_word(at, token.length)) ? TOKEN_SIGN : TOKEN_NAME;
    else
        read_sign(&token, end, around);
    return token;
}
