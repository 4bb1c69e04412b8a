#include <math.h>
#include <string.h>

#include "explain/expr_parser.h"

/* What operators stand between: leaves, calls, and what is in brackets. */

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

/* Of the matrix between the current token and CLOSE. NAME: for errors. */
static const Expr *parse_norm(Parser *parser, const Token *name, const char *close)
{
    if (!parser->scope) return refuse_norm(parser, name);
    Token matrix = parser->token;
    if (matrix.kind != TOKEN_MATRIX) return refuse_norm_of(parser);
    parser_advance(parser);
    return parser_accept(parser, close) ? parse_leaf(parser, &matrix)
                                        : refuse_norm_end(parser, close);
}

static const Expr *parse_norm_call(Parser *parser, const Token *name)
{
    if (!parser->scope) return refuse_norm(parser, name);
    if (!parser_accept(parser, "(")) return refuse_bare_function(parser, name, "W^1");
    return parse_norm(parser, name, ")");
}

/* A sign may be a variable, too, unless it is no letter. */
static const Function *find_function(const Parser *parser, const Token *name)
{
    const Function *function = function_find(name->text, name->length);
    bool called = token_is(&parser->token, "(") || !symbol_letter(name->text);
    return function || !called ? function : function_on_paper(name->text, name->length);
}

/* Each argument within parentheses of its own, as it were. */
static bool parse_arguments(Parser *parser, const Function *function, const Expr **arguments)
{
    int count = 0;
    bool bars = parser->bars;
    parser->bars = false;
    do {
        parser_advance(parser);
        if (count == function->arity) return refuse_arity(parser, function);
        if (!(arguments[count++] = parser_nest(parser, parser_choice))) return false;
    } while (token_is(&parser->token, ","));
    parser->bars = bars;
    if (count < function->arity && token_is(&parser->token, ")"))
        return refuse_arity(parser, function);
    return parser_expect(parser, ")");
}

static const Expr *parse_call(Parser *parser, const Token *name)
{
    if (is_norm(name)) return parse_norm_call(parser, name);
    const Function *function = find_function(parser, name);
    if (!function) return refuse_function(parser, name);
    if (!token_is(&parser->token, "(")) return refuse_bare_function(parser, name, "...");
    const Expr *arguments[FUNCTION_ARITY];
    return parse_arguments(parser, function, arguments)
               ? expr_call(parser->arena, function, arguments)
               : NULL;
}

/* What stands between the bracket that is the current token and CLOSE. */
static const Expr *parse_group(Parser *parser, const char *close)
{
    bool bars = parser->bars;
    parser->bars = *close == '|';
    parser_advance(parser);
    const Expr *expr = parser_nest(parser, parser_choice);
    parser->bars = bars;
    return expr && parser_expect(parser, close) ? expr : NULL;
}

static const Expr *parse_absolute(Parser *parser)
{
    const Expr *expr = parse_group(parser, "|");
    return expr ? expr_call(parser->arena, function_find("abs", strlen("abs")), &expr) : NULL;
}

/* Whether NAME, before the current token, is that of a function, or meant to be one: x(2) is
   no product, x (2) is one, but sine (2) is a slip. The rate's letter is never meant so. */
static bool is_called(const Parser *parser, const Token *name)
{
    static const char rate[] = "η";
    bool letter = name->length == sizeof rate - 1 && !strncmp(name->text, rate, sizeof rate - 1);
    if (name->kind != TOKEN_NAME || letter) return false;
    if (is_norm(name) || find_function(parser, name)) return true;
    bool adjacent = parser->token.text == name->text + name->length;
    return token_is(&parser->token, "(") &&
           (adjacent || function_nearest(name->text, name->length));
}

const Expr *parser_primary(Parser *parser)
{
    Token token = parser->token;
    if (token_is(&token, "(")) return parse_group(parser, ")");
    if (token_is(&token, "|") && !parser->bars) return parse_absolute(parser);
    bool norm = token_is(&token, "‖");
    if (!norm && (token.kind == TOKEN_END || token.kind >= TOKEN_RAISED))
        return refuse_operand(parser);
    parser_advance(parser);
    if (norm) return parse_norm(parser, &token, "‖");
    if (token.kind == TOKEN_NUMBER) return expr_number(parser->arena, token.number);
    if (token.kind == TOKEN_MATRIX) return refuse_matrix(parser, &token);
    return is_called(parser, &token) ? parse_call(parser, &token) : parse_leaf(parser, &token);
}
