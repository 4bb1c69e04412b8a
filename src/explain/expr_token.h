/* The words of the expression language: what expr_parse reads one by one.

   A token borrows its text; reading one never fails. What belongs to no token is
   TOKEN_UNKNOWN, and it is the parser that says so. */
#ifndef EXPLAIN_EXPR_TOKEN_H
#define EXPLAIN_EXPR_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/symbol.h"
#include "explain/expr.h"

typedef enum TokenKind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_NAME,
    TOKEN_SYMBOL,
    TOKEN_DERIVATIVE,
    TOKEN_MATRIX, /* a matrix, or a derivative by one */
    TOKEN_SIGN,
    TOKEN_UNKNOWN
} TokenKind;

/* An operator or a bracket. A higher level binds tighter; level 0 is no operator
   between two operands. */
typedef struct Sign {
    const char *spelling;
    ExprKind kind;
    int level;
} Sign;

enum { LEVEL_LOWEST = 1, LEVEL_PRODUCT = 6, LEVEL_POWER = 7 };

typedef struct Token {
    TokenKind kind;
    const char *text;
    size_t length;
    double number; /* of a NUMBER */
    Symbol symbol; /* of a SYMBOL, of a MATRIX; the upper one of a derivative */
    Symbol over;   /* the lower one of a derivative */
    const Sign *sign;
} Token;

/* Reads the token at AT, which is no blank, in a text that ends with a NUL at END.
   NETWORK: whether dL/dw11^2, W^1 and dL/dW^1 are one token each. */
Token token_read(const char *at, const char *end, bool network);

#endif
