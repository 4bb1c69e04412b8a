#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "explain/expr_token.h"

enum { NESTING_LIMIT = 200, LENGTH_LIMIT = 4000 };

typedef struct Parser {
    const char *text, *end;
    int column; /* of TEXT in the user's line */
    Arena *arena;
    const Scope *scope;
    Error *err;
    Token previous, token;
    int nesting;
} Parser;

/* Every rule of the grammar returns its tree, or NULL when it has filled the error. */
typedef const Expr *Rule(Parser *parser);
static Rule parse_choice, parse_operand;

static Token read_after(const Parser *parser, const Token *token)
{
    const char *at = token->text + token->length;
    while (at < parser->end && isspace((unsigned char)*at)) at++;
    return token_read(at, parser->end, parser->scope != NULL);
}

static void advance(Parser *parser)
{
    parser->previous = parser->token;
    parser->token = read_after(parser, &parser->previous);
}

static bool is_sign(const Token *token, const char *spelling)
{
    return token->kind == TOKEN_SIGN && !strcmp(token->sign->spelling, spelling);
}

static bool accept(Parser *parser, const char *spelling)
{
    bool there = is_sign(&parser->token, spelling);
    if (there) advance(parser);
    return there;
}

/* TOKEN's text for a message: safe to print, and not all of a long one. */
static const char *shown(const Parser *parser, const Token *token)
{
    enum { ENOUGH = 40 };
    Text text = {0};
    bool long_one = token->length > ENOUGH;
    size_t length = long_one ? utf8_valid_prefix(token->text, ENOUGH) : token->length;
    utf8_add_escaped(&text, token->text, length);
    const char *copy = arena_copy(parser->arena, text_string(&text), text.length);
    text_release(&text);
    return copy;
}

static int column_of(const Parser *parser, const Token *token)
{
    return parser->column + (int)(token->text - parser->text);
}

static const Expr *fail_at(const Parser *parser, const Token *token, const char *message)
{
    fail(parser->err, column_of(parser, token), "%s", message);
    return NULL;
}

/* The current token cannot begin an operand. */
static const Expr *fail_operand(const Parser *parser)
{
    const Token *token = &parser->token, *previous = &parser->previous;
    const char *message = "expected a number, a name or (";
    if (token->kind != TOKEN_END)
        message = arena_print(parser->arena, "unexpected `%s`", shown(parser, token));
    if (previous->length)
        message = arena_print(parser->arena, "%s after `%s`", message, shown(parser, previous));
    return fail_at(parser, token, message);
}

/* The current token cannot follow an operand. */
static const Expr *fail_operator(const Parser *parser)
{
    const Token *token = &parser->token;
    bool foreign = token->kind == TOKEN_SIGN || token->kind == TOKEN_UNKNOWN;
    const char *format = *token->text == '=' ? "unexpected `%s`: equality is written =="
                         : foreign           ? "unexpected `%s`"
                                             : "expected an operator before `%s`";
    return fail_at(parser, token, arena_print(parser->arena, format, shown(parser, token)));
}

static bool expect(Parser *parser, const char *spelling)
{
    if (accept(parser, spelling)) return true;
    if (parser->token.kind == TOKEN_END)
        fail_at(parser, &parser->token, arena_print(parser->arena, "missing %s", spelling));
    else
        fail_operator(parser);
    return false;
}

/* Every way into the depth goes through here, so that no input exhausts the stack. */
static const Expr *parse_nested(Parser *parser, Rule *rule)
{
    if (parser->nesting == NESTING_LIMIT)
        return fail_at(parser, &parser->token,
                       arena_print(parser->arena, "the expression is nested more than %d deep",
                                   NESTING_LIMIT));
    parser->nesting++;
    const Expr *expr = rule(parser);
    parser->nesting--;
    return expr;
}

static const char *plain_name(const Parser *parser, const Token *name)
{
    char plain[SYMBOL_SIZE];
    if (name->kind != TOKEN_SYMBOL) return arena_copy(parser->arena, name->text, name->length);
    symbol_spell(plain, name->symbol);
    return arena_copy(parser->arena, plain, strlen(plain));
}

static const Expr *parse_leaf(Parser *parser, const Token *name)
{
    static const ExprKind kinds[] = {[TOKEN_NAME] = EXPR_NAME,
                                     [TOKEN_SYMBOL] = EXPR_SYMBOL,
                                     [TOKEN_DERIVATIVE] = EXPR_DERIVATIVE};
    const Scope *scope = parser->scope;
    Expr *leaf = arena_new(parser->arena, sizeof *leaf);
    *leaf = (Expr){.kind = scope ? kinds[name->kind] : EXPR_NAME,
                   .symbol = name->symbol,
                   .over = name->over,
                   .name = plain_name(parser, name),
                   .value = NAN};
    if (scope && !scope->bind(scope->self, leaf, column_of(parser, name), parser->err)) return NULL;
    return leaf;
}

static const Expr *fail_function(const Parser *parser, const Token *name)
{
    const Function *likely = function_nearest(name->text, name->length);
    const char *text = shown(parser, name);
    const char *message =
        likely ? arena_print(parser->arena, "there is no function `%s`: did you mean %s?", text,
                             likely->name)
               : arena_print(parser->arena, "there is no function `%s`: a product is written %s*(",
                             text, text);
    return fail_at(parser, name, message);
}

static const Expr *fail_arity(const Parser *parser, const Function *function)
{
    const char *message = arena_print(parser->arena, "%s takes %d argument%s", function->name,
                                      function->arity, plural(function->arity));
    return fail_at(parser, &parser->token, message);
}

static const Expr *parse_call(Parser *parser, const Token *name)
{
    const Function *function = function_find(name->text, name->length);
    if (!function) return fail_function(parser, name);
    if (!is_sign(&parser->token, "("))
        return fail_at(parser, name,
                       arena_print(parser->arena, "%s is a function: write %s(...)", function->name,
                                   function->name));
    const Expr *arguments[FUNCTION_ARITY];
    int count = 0;
    do {
        advance(parser);
        if (count == function->arity) return fail_arity(parser, function);
        if (!(arguments[count++] = parse_nested(parser, parse_choice))) return NULL;
    } while (is_sign(&parser->token, ","));
    if (count < function->arity && is_sign(&parser->token, ")"))
        return fail_arity(parser, function);
    return expect(parser, ")") ? expr_call(parser->arena, function, arguments) : NULL;
}

static const Expr *parse_primary(Parser *parser)
{
    Token token = parser->token;
    bool group = is_sign(&token, "(");
    if (!group && (token.kind == TOKEN_END || token.kind >= TOKEN_SIGN))
        return fail_operand(parser);
    advance(parser);
    if (group) {
        const Expr *expr = parse_nested(parser, parse_choice);
        return expr && expect(parser, ")") ? expr : NULL;
    }
    if (token.kind == TOKEN_NUMBER) return expr_number(parser->arena, token.number);
    bool call = is_sign(&parser->token, "(") || function_find(token.text, token.length);
    return token.kind == TOKEN_NAME && call ? parse_call(parser, &token)
                                            : parse_leaf(parser, &token);
}

/* A digit at the end of a name and ^ look like a name with a layer: x1^2. */
static bool ends_in_digit(const Token *token)
{
    return token->kind == TOKEN_DERIVATIVE || (token->kind == TOKEN_SYMBOL && token->symbol.node) ||
           (token->kind == TOKEN_NAME && isdigit((unsigned char)token->text[token->length - 1]));
}

static const Expr *fail_power(const Parser *parser)
{
    Token exponent = read_after(parser, &parser->token);
    const char *message = arena_print(parser->arena, "a power of a node is (%s)^%s",
                                      shown(parser, &parser->previous), shown(parser, &exponent));
    return fail_at(parser, &parser->token, message);
}

static const Expr *parse_power(Parser *parser)
{
    const char *start = parser->token.text;
    const Expr *base = parse_primary(parser);
    if (!base || !is_sign(&parser->token, "^")) return base;
    bool bare = parser->previous.text == start;
    if (bare && ends_in_digit(&parser->previous)) return fail_power(parser);
    advance(parser);
    const Expr *exponent = parse_nested(parser, parse_operand);
    return exponent ? expr_binary(parser->arena, EXPR_POWER, base, exponent) : NULL;
}

/* -2 is one number, as in -2(y - yhat); -2^2 comes here as the power. */
static const Expr *negated(Arena *arena, const Expr *expr)
{
    return expr->kind == EXPR_NUMBER ? expr_number(arena, -expr->value)
                                     : expr_unary(arena, EXPR_NEGATE, expr);
}

static const Expr *parse_operand(Parser *parser)
{
    bool minus = is_sign(&parser->token, "-"), inverse = is_sign(&parser->token, "!");
    if (!minus && !inverse && !is_sign(&parser->token, "+")) return parse_power(parser);
    advance(parser);
    const Expr *expr = parse_nested(parser, parse_operand);
    if (!expr) return NULL;
    return minus     ? negated(parser->arena, expr)
           : inverse ? expr_unary(parser->arena, EXPR_NOT, expr)
                     : expr;
}

/* The operator before the current token, or NULL: also the unwritten one in 2x and 3(x + 1). */
static const Sign *operator_here(const Parser *parser)
{
    static const Sign product = {"", EXPR_MULTIPLY, LEVEL_PRODUCT};
    const Token *token = &parser->token, *previous = &parser->previous;
    if (token->kind == TOKEN_SIGN && token->sign->level) return token->sign;
    bool closed = previous->kind == TOKEN_NUMBER || is_sign(previous, ")");
    bool name =
        token->kind == TOKEN_NAME || token->kind == TOKEN_SYMBOL || token->kind == TOKEN_DERIVATIVE;
    return closed && (name || is_sign(token, "(")) ? &product : NULL;
}

/* LEFT and RIGHT joined; one node holds a whole sum or product. */
static const Expr *join(Arena *arena, ExprKind kind, const Expr *left, const Expr *right)
{
    bool associative = kind == EXPR_ADD || kind == EXPR_MULTIPLY;
    if (!associative || left->kind != kind) return expr_binary(arena, kind, left, right);
    size_t count = (size_t)left->count;
    const Expr **items = arena_new(arena, (count + 1) * sizeof *items);
    memcpy(items, left->items, count * sizeof *items);
    items[count] = right;
    return expr_node(arena, kind, items, left->count + 1);
}

/* Operators of LOWEST level and above (Pratt 1973). */
static const Expr *parse_binary(Parser *parser, int lowest)
{
    const Expr *left = parse_operand(parser);
    for (const Sign *sign; left && (sign = operator_here(parser)) && sign->level >= lowest;) {
        if (sign == parser->token.sign) advance(parser);
        const Expr *right = parse_binary(parser, sign->level + 1);
        left = right ? join(parser->arena, sign->kind, left, right) : NULL;
    }
    return left;
}

static const Expr *parse_choice(Parser *parser)
{
    const Expr *items[3] = {parse_binary(parser, LEVEL_LOWEST)};
    if (!items[0] || !accept(parser, "?")) return items[0];
    if (!(items[1] = parse_nested(parser, parse_choice)) || !expect(parser, ":")) return NULL;
    if (!(items[2] = parse_nested(parser, parse_choice))) return NULL;
    return expr_node(parser->arena, EXPR_CHOOSE, items, 3);
}

bool expr_parse(const char *text, size_t length, int column, Arena *arena, const Scope *scope,
                const Expr **expr, Error *err)
{
    if (length > LENGTH_LIMIT)
        return fail(err, column, "the expression is longer than %d characters", LENGTH_LIMIT);
    const char *copy = arena_copy(arena, text, length);
    Parser parser = {copy, copy + length, column, arena, scope, err, .token = {.text = copy}};
    parser.token = read_after(&parser, &parser.token);
    const Expr *parsed = parse_choice(&parser);
    if (parsed && parser.token.kind != TOKEN_END) parsed = fail_operator(&parser);
    if (parsed) *expr = parsed;
    return parsed != NULL;
}
