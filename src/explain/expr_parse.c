#include <ctype.h>
#include <string.h>

#include "explain/expr_parser.h"

enum { NESTING_LIMIT = 200, LENGTH_LIMIT = 4000 };

static Rule parse_operand;

Token parser_read_after(const Parser *parser, const Token *token)
{
    const char *at = token->text + token->length;
    while (at < parser->end && isspace((unsigned char)*at)) at++;
    return token_read(at, parser->end, (Surroundings){parser->scope != NULL, parser->bars});
}

void parser_advance(Parser *parser)
{
    parser->previous = parser->token;
    parser->token = parser_read_after(parser, &parser->previous);
}

bool parser_accept(Parser *parser, const char *plain)
{
    bool there = token_is(&parser->token, plain);
    if (there) parser_advance(parser);
    return there;
}

bool parser_expect(Parser *parser, const char *plain)
{
    if (parser_accept(parser, plain)) return true;
    if (parser->token.kind == TOKEN_END)
        refuse_at(parser, &parser->token, arena_print(parser->arena, "missing %s", plain));
    else
        refuse_operator(parser);
    return false;
}

const Expr *parser_nest(Parser *parser, Rule *rule)
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

/* A digit at the end of a name and ^ look like a name with a layer: x1^2, but x₁^2. */
static bool ends_in_digit(const Token *token)
{
    char last = token->text[token->length - 1];
    if (token->kind == TOKEN_NAME) return isdigit((unsigned char)last);
    bool node = token->kind == TOKEN_SYMBOL && token->symbol.node;
    bool lowered = (unsigned char)last >= 0x80 && !token->symbol.from;
    return token->kind == TOKEN_DERIVATIVE || (node && !lowered);
}

static bool is_power(const Token *token)
{
    return token->kind == TOKEN_RAISED || token_is(token, "^");
}

/* What is raised above the line says itself where it ends. */
static const Expr *parse_exponent(Parser *parser)
{
    Token sign = parser->token;
    parser_advance(parser);
    if (sign.kind != TOKEN_RAISED) return parser_nest(parser, parse_operand);
    return is_power(&parser->token) ? refuse_power_of_power(parser)
                                    : expr_number(parser->arena, sign.number);
}

/* e^x is a function of x; a variable that is called e has the power (e)^x. */
static bool is_exponential(const Parser *parser)
{
    Token next = parser_read_after(parser, &parser->token);
    return parser->token.kind == TOKEN_NAME && parser->token.length == 1 &&
           *parser->token.text == 'e' && is_power(&next);
}

static const Expr *parse_exponential(Parser *parser)
{
    parser_advance(parser);
    const Expr *exponent = parse_exponent(parser);
    return exponent ? expr_call(parser->arena, function_find("exp", strlen("exp")), &exponent)
                    : NULL;
}

static const Expr *parse_power(Parser *parser)
{
    if (is_exponential(parser)) return parse_exponential(parser);
    const char *start = parser->token.text;
    const Expr *base = parser_primary(parser);
    if (!base || !is_power(&parser->token)) return base;
    bool bare = parser->previous.text == start, raised = parser->token.kind == TOKEN_RAISED;
    bool clear = raised && parser->previous.kind != TOKEN_DERIVATIVE;
    if (bare && !clear && ends_in_digit(&parser->previous)) return refuse_power(parser);
    const Expr *exponent = parse_exponent(parser);
    return exponent ? expr_binary(parser->arena, EXPR_POWER, base, exponent) : NULL;
}

/* -2 is one number, as in -2(y - yhat); -2^2 comes here as the power. There is no number -0. */
static const Expr *negated(Arena *arena, const Expr *expr)
{
    bool positive = expr->kind == EXPR_NUMBER && expr->value > 0;
    return positive ? expr_number(arena, -expr->value) : expr_unary(arena, EXPR_NEGATE, expr);
}

static const Expr *parse_operand(Parser *parser)
{
    bool minus = token_is(&parser->token, "-"), inverse = token_is(&parser->token, "!");
    if (!minus && !inverse && !token_is(&parser->token, "+")) return parse_power(parser);
    parser_advance(parser);
    const Expr *expr = parser_nest(parser, parse_operand);
    if (!expr) return NULL;
    return minus     ? negated(parser->arena, expr)
           : inverse ? expr_unary(parser->arena, EXPR_NOT, expr)
                     : expr;
}

/* Whether the current token, after an operand, can only be the first of another. A number is
   none: 2 3 and x 2 are slips. */
static bool begins_factor(const Parser *parser)
{
    const Token *token = &parser->token;
    bool name = token->kind >= TOKEN_NAME && token->kind <= TOKEN_MATRIX;
    bool bar = token_is(token, "‖") || (token_is(token, "|") && !parser->bars);
    return name || bar || token_is(token, "(");
}

/* The operator before the current token, or NULL: also the unwritten one in 2x and 3(x + 1). */
static const Sign *operator_here(const Parser *parser)
{
    static const Sign product = {"", "", EXPR_MULTIPLY, LEVEL_PRODUCT};
    const Token *token = &parser->token;
    if (token->kind == TOKEN_SIGN && token->sign->level) return token->sign;
    return begins_factor(parser) ? &product : NULL;
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
        if (sign == parser->token.sign) parser_advance(parser);
        const Expr *right = parse_binary(parser, sign->level + 1);
        left = right ? join(parser->arena, sign->kind, left, right) : NULL;
    }
    return left;
}

/* The rest of FIRST if CONDITION else SECOND. */
static const Expr *parse_choice_in_words(Parser *parser, const Expr *first)
{
    const Expr *condition = parser_nest(parser, parser_choice);
    if (!condition || !parser_expect(parser, "else")) return NULL;
    const Expr *items[] = {condition, first, parser_nest(parser, parser_choice)};
    return items[2] ? expr_node(parser->arena, EXPR_CHOOSE, items, 3) : NULL;
}

const Expr *parser_choice(Parser *parser)
{
    const Expr *items[3] = {parse_binary(parser, LEVEL_LOWEST)};
    if (items[0] && parser_accept(parser, "if")) return parse_choice_in_words(parser, items[0]);
    if (!items[0] || !parser_accept(parser, "?")) return items[0];
    if (!(items[1] = parser_nest(parser, parser_choice)) || !parser_expect(parser, ":"))
        return NULL;
    if (!(items[2] = parser_nest(parser, parser_choice))) return NULL;
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
    const Expr *parsed = parser_choice(&parser);
    if (parsed && parser.token.kind != TOKEN_END) parsed = refuse_operator(&parser);
    if (parsed) *expr = parsed;
    return parsed != NULL;
}
