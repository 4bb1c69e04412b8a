/* The inside of expr_parse: where it is in a text, and how it refuses one. Shared by
   expr_parse.c and expr_primary.c, the grammar, and expr_refuse.c, the messages. */
#ifndef EXPLAIN_EXPR_PARSER_H
#define EXPLAIN_EXPR_PARSER_H

#include <string.h>

#include "explain/expr_token.h"

typedef struct Parser {
    const char *text, *end;
    int column; /* of TEXT in the user's line */
    Arena *arena;
    const Scope *scope;
    Error *err;
    Token previous, token;
    int nesting;
    bool bars; /* the innermost bracket is |...| */
} Parser;

static inline bool token_is(const Token *token, const char *plain)
{
    return token->kind == TOKEN_SIGN && !strcmp(token->sign->plain, plain);
}

/* The token that follows TOKEN. */
Token parser_read_after(const Parser *parser, const Token *token);

void parser_advance(Parser *parser);
bool parser_accept(Parser *parser, const char *plain); /* advances over this sign, if it is there */
bool parser_expect(Parser *parser, const char *plain); /* ... or refuses what is */

/* Every rule of the grammar returns its tree, or NULL when it has filled the error. */
typedef const Expr *Rule(Parser *parser);
Rule parser_choice;  /* the loosest: a whole expression */
Rule parser_primary; /* the tightest: what a power is of */

/* Every way into the depth goes through here, so that no input exhausts the stack. */
const Expr *parser_nest(Parser *parser, Rule *rule);

int parser_column(const Parser *parser, const Token *token);

/* Refusals: each fills the error and returns NULL. */
const Expr *refuse_at(const Parser *parser, const Token *token, const char *message);
const Expr *refuse_operand(const Parser *parser);  /* the current token cannot begin an operand */
const Expr *refuse_operator(const Parser *parser); /* ... and cannot follow one */
const Expr *refuse_power(const Parser *parser);    /* ^ after what ends in a digit */
const Expr *refuse_power_of_power(const Parser *parser);
const Expr *refuse_function(const Parser *parser, const Token *name);
const Expr *refuse_bare_function(const Parser *parser, const Token *name, const char *arguments);
const Expr *refuse_arity(const Parser *parser, const Function *function);
const Expr *refuse_matrix(const Parser *parser, const Token *matrix); /* one without its norm */
const Expr *refuse_norm(const Parser *parser, const Token *name);     /* there is no scope */
const Expr *refuse_norm_of(const Parser *parser);                     /* the current token */
const Expr *refuse_norm_end(const Parser *parser, const char *close); /* ... as more than one */

#endif
