#include <ctype.h>
#include <math.h>
#include <string.h>

#include "explain/expr_parser.h"

enum { NESTING_LIMIT = 200, LENGTH_LIMIT = 4000 };

/* Every rule of the grammar returns its tree, or NULL when it has filled the error. */
typedef const Expr *Rule(Parser *parser);
static Rule parse_choice, parse_operand;

Token parser_read_after(const Parser *parser, const Token *token)
{
    const char *at = token->text + token->length;
    while (at < parser->end && isspace((unsigned char)*at)) at++;
    return token_read(at, parser->end, parser->scope != NULL);
}

static void advance(Parser *parser)
{
    parser->previous = parser->token;
    parser->token = parser_read_after(parser, &parser->previous);
}

static bool accept(Parser *parser, const char *spelling)
{
    bool there = token_is(&parser->token, spelling);
    if (there) advance(parser);
    return there;
}

static bool expect(Parser *parser, const char *spelling)
{
    if (accept(parser, spelling)) return true;
    if (parser->token.kind == TOKEN_END)
        refuse_at(parser, &parser->token, arena_print(parser->arena, "missing %s", spelling));
    else
        refuse_operator(parser);
    return false;
}

/* Every way into the depth goes through here, so that no input exhausts the stack. */
static const Expr *parse_nested(Parser *parser, Rule *rule)
{
    if (parser->nesting == NESTING_LIMIT)
        return refuse_at(parser, &parser->token,
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
                                     [TOKEN_DERIVATIVE] = EXPR_DERIVATIVE,
                                     [TOKEN_MATRIX] = EXPR_NORM};
    const Scope *scope = parser->scope;
    Expr *leaf = arena_new(parser->arena, sizeof *leaf);
    *leaf = (Expr){.kind = scope ? kinds[name->kind] : EXPR_NAME,
                   .symbol = name->symbol,
                   .over = name->over,
                   .name = plain_name(parser, name),
                   .value = NAN};
    if (scope && !scope->bind(scope->self, leaf, parser_column(parser, name), parser->err))
        return NULL;
    return leaf;
}

/* norm is no row among the functions: it takes a matrix, and nothing else does. */
static bool is_norm(const Token *name)
{
    return name->length == strlen("norm") && !strncmp(name->text, "norm", name->length);
}

static const Expr *parse_norm(Parser *parser, const Token *name)
{
    if (!parser->scope) return refuse_norm(parser, name);
    if (!accept(parser, "(")) return refuse_bare_function(parser, name, "W^1");
    Token matrix = parser->token;
    if (matrix.kind != TOKEN_MATRIX) return refuse_norm_of(parser);
    advance(parser);
    return accept(parser, ")") ? parse_leaf(parser, &matrix) : refuse_norm_end(parser);
}

static const Expr *parse_call(Parser *parser, const Token *name)
{
    if (is_norm(name)) return parse_norm(parser, name);
    const Function *function = function_find(name->text, name->length);
    if (!function) return refuse_function(parser, name);
    if (!token_is(&parser->token, "(")) return refuse_bare_function(parser, name, "...");
    const Expr *arguments[FUNCTION_ARITY];
    int count = 0;
    do {
        advance(parser);
        if (count == function->arity) return refuse_arity(parser, function);
        if (!(arguments[count++] = parse_nested(parser, parse_choice))) return NULL;
    } while (token_is(&parser->token, ","));
    if (count < function->arity && token_is(&parser->token, ")"))
        return refuse_arity(parser, function);
    return expect(parser, ")") ? expr_call(parser->arena, function, arguments) : NULL;
}

static const Expr *parse_primary(Parser *parser)
{
    Token token = parser->token;
    bool group = token_is(&token, "(");
    if (!group && (token.kind == TOKEN_END || token.kind >= TOKEN_SIGN))
        return refuse_operand(parser);
    advance(parser);
    if (group) {
        const Expr *expr = parse_nested(parser, parse_choice);
        return expr && expect(parser, ")") ? expr : NULL;
    }
    if (token.kind == TOKEN_NUMBER) return expr_number(parser->arena, token.number);
    if (token.kind == TOKEN_MATRIX) return refuse_matrix(parser, &token);
    bool call =
        token_is(&parser->token, "(") || is_norm(&token) || function_find(token.text, token.length);
    return token.kind == TOKEN_NAME && call ? parse_call(parser, &token)
                                            : parse_leaf(parser, &token);
}

/* A digit at the end of a name and ^ look like a name with a layer: x1^2. */
static bool ends_in_digit(const Token *token)
{
    return token->kind == TOKEN_DERIVATIVE || (token->kind == TOKEN_SYMBOL && token->symbol.node) ||
           (token->kind == TOKEN_NAME && isdigit((unsigned char)token->text[token->length - 1]));
}

static const Expr *parse_power(Parser *parser)
{
    const char *start = parser->token.text;
    const Expr *base = parse_primary(parser);
    if (!base || !token_is(&parser->token, "^")) return base;
    bool bare = parser->previous.text == start;
    if (bare && ends_in_digit(&parser->previous)) return refuse_power(parser);
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
    bool minus = token_is(&parser->token, "-"), inverse = token_is(&parser->token, "!");
    if (!minus && !inverse && !token_is(&parser->token, "+")) return parse_power(parser);
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
    bool closed = previous->kind == TOKEN_NUMBER || token_is(previous, ")");
    bool name = token->kind >= TOKEN_NAME && token->kind <= TOKEN_MATRIX;
    return closed && (name || token_is(token, "(")) ? &product : NULL;
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
    parser.token = parser_read_after(&parser, &parser.token);
    const Expr *parsed = parse_choice(&parser);
    if (parsed && parser.token.kind != TOKEN_END) parsed = refuse_operator(&parser);
    if (parsed) *expr = parsed;
    return parsed != NULL;
}
