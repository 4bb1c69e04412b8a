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
    TOKEN_RAISED, /* a power above the line: ² ⁻¹ */
    TOKEN_SIGN,
    TOKEN_UNKNOWN
} TokenKind;

/* An operator or a bracket, also one that is a word. A higher level binds tighter; level 0 is no
   operator between two operands. */
typedef struct Sign {
    const char *spelling;
    const char *plain; /* the same in ASCII */
    ExprKind kind;
    int level;
} Sign;

enum { LEVEL_LOWEST = 1, LEVEL_PRODUCT = 6, LEVEL_POWER = 7 };

typedef struct Token {
    TokenKind kind;
    const char *text;
    size_t length;
    double number; /* of a NUMBER, of a RAISED one */
    Symbol symbol; /* of a SYMBOL, of a MATRIX; the upper one of a derivative */
    Symbol over;   /* the lower one of a derivative */
    const Sign *sign;
} Token;

/* What is around a token. */
typedef struct Surroundings {
    bool network; /* dL/dw11^2, W^1 and dL/dW^1 are one token each */
    bool bars;    /* it stands in |...|, where || is the end of this and the beginning of another */
} Surroundings;

/* Reads the token at AT, which is no blank, in a text that ends with a NUL at END. */
Token token_read(const char *at, const char *end, Surroundings around);

#endif
