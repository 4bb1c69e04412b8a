#include "base/text.h"
#include "base/utf8.h"
#include "explain/expr_parser.h"

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

int parser_column(const Parser *parser, const Token *token)
{
    return parser->column + (int)(token->text - parser->text);
}

const Expr *refuse_at(const Parser *parser, const Token *token, const char *message)
{
    fail(parser->err, parser_column(parser, token), "%s", message);
    return NULL;
}

const Expr *refuse_operand(const Parser *parser)
{
    const Token *token = &parser->token, *previous = &parser->previous;
    const char *message = "expected a number, a name or (";
    if (token->kind != TOKEN_END)
        message = arena_print(parser->arena, "unexpected `%s`", shown(parser, token));
    if (previous->length)
        message = arena_print(parser->arena, "%s after `%s`", message, shown(parser, previous));
    return refuse_at(parser, token, message);
}

const Expr *refuse_operator(const Parser *parser)
{
    const Token *token = &parser->token;
    bool foreign = token->kind == TOKEN_SIGN || token->kind == TOKEN_UNKNOWN;
    const char *format = *token->text == '=' ? "unexpected `%s`: equality is written =="
                         : foreign           ? "unexpected `%s`"
                                             : "expected an operator, such as * or ==, before `%s`";
    return refuse_at(parser, token, arena_print(parser->arena, format, shown(parser, token)));
}

const Expr *refuse_function(const Parser *parser, const Token *name)
{
    const char *likely = function_nearest(name->text, name->length);
    const char *text = shown(parser, name);
    const char *message =
        likely ? arena_print(parser->arena, "there is no function `%s`: did you mean %s?", text,
                             likely)
               : arena_print(parser->arena, "there is no function `%s`: a product is written %s*(",
                             text, text);
    return refuse_at(parser, name, message);
}

const Expr *refuse_bare_function(const Parser *parser, const Token *name, const char *arguments)
{
    const char *text = shown(parser, name);
    return refuse_at(
        parser, name,
        arena_print(parser->arena, "%s is a function: write %s(%s)", text, text, arguments));
}

const Expr *refuse_arity(const Parser *parser, const Function *function)
{
    const char *message = arena_print(parser->arena, "%s takes %d argument%s", function->name,
                                      function->arity, plural(function->arity));
    return refuse_at(parser, &parser->token, message);
}

const Expr *refuse_power(const Parser *parser)
{
    const Token *sign = &parser->token;
    Token exponent = parser_read_after(parser, sign);
    const char *base = shown(parser, &parser->previous);
    const char *message = sign->kind == TOKEN_RAISED
                              ? arena_print(parser->arena, "a power of a derivative is (%s)%s",
                                            base, shown(parser, sign))
                              : arena_print(parser->arena, "a power of a node is (%s)^%s", base,
                                            shown(parser, &exponent));
    return refuse_at(parser, sign, message);
}

const Expr *refuse_power_of_power(const Parser *parser)
{
    return refuse_at(parser, &parser->token, "a power of a power needs parentheses, as in (x²)^3");
}

const Expr *refuse_matrix(const Parser *parser, const Token *matrix)
{
    const char *text = shown(parser, matrix);
    return refuse_at(
        parser, matrix,
        arena_print(parser->arena, "%s is a matrix: norm(%s) is a number", text, text));
}

const Expr *refuse_norm(const Parser *parser, const Token *name)
{
    return refuse_at(parser, name,
                     "norm is of a network's matrices, and here every name is a variable: write "
                     "the root out, as in sqrt(a^2 + b^2)");
}

const Expr *refuse_norm_of(const Parser *parser)
{
    const Token *token = &parser->token;
    const char *text = shown(parser, token);
    bool number = token->kind == TOKEN_SYMBOL || token->kind == TOKEN_DERIVATIVE;
    const char *message =
        number ? arena_print(parser->arena,
                             "%s is a number, and its size is abs(%s): norm takes a matrix, as in "
                             "norm(W^1)",
                             text, text)
               : "norm takes a matrix, as in norm(W^1) or norm(dL/dW^1)";
    return refuse_at(parser, token, message);
}

const Expr *refuse_norm_end(const Parser *parser, const char *close)
{
    return refuse_at(parser, &parser->token,
                     arena_print(parser->arena, "expected %s after %s: norm takes one matrix",
                                 close, shown(parser, &parser->previous)));
}
