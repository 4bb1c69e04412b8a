/* Expressions: trees of numbers, names and operations.

   Everything that is shown as a formula is such a tree: the texts of the op rows,
   what a user types after `print`, what `derive` works on. A tree is immutable
   and lives in an arena; parts may be shared. Leaves carry their value, read by
   whoever built them from the network's own arrays, so that one tree gives the
   formula, the formula with numbers, and the value. Spelling a tree is the
   business of src/render. A tree from expr_parse has at most 4000 leaves and
   levels, so that walking it by recursion is safe. */
#ifndef EXPLAIN_EXPR_H
#define EXPLAIN_EXPR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "engine/symbol.h"

typedef enum ExprKind {
    EXPR_NUMBER,
    EXPR_NAME,       /* a variable of its own: x in `derive x^2 wrt x`, z in an op row's text */
    EXPR_SYMBOL,     /* a number of the network: w11^2 */
    EXPR_DERIVATIVE, /* one symbol's derivative with respect to another: dL/dw11^2 */
    EXPR_NORM,       /* of a matrix or of dL/d(a matrix): the root of the sum of squares */
    EXPR_MEAN,       /* a mean over the rows of a batch, with its value. Its items are the same
                        formula with the numbers of each row; or of one, to name it by */
    EXPR_NEGATE,     /* 1 item */
    EXPR_ADD,        /* 2 or more items, summed from left to right */
    EXPR_SUBTRACT,   /* 2 */
    EXPR_MULTIPLY,   /* 2 or more, from left to right */
    EXPR_DIVIDE,     /* 2 */
    EXPR_POWER,      /* 2 */
    EXPR_CALL,       /* a function's arguments */
    EXPR_LESS,       /* comparisons and logic give 1 or 0; 2 items, EXPR_NOT has 1 */
    EXPR_LESS_EQUAL,
    EXPR_GREATER,
    EXPR_GREATER_EQUAL,
    EXPR_EQUAL,
    EXPR_NOT_EQUAL,
    EXPR_AND,
    EXPR_OR,
    EXPR_NOT,
    EXPR_CHOOSE /* condition ? first : second */
} ExprKind;

typedef struct Function Function;
typedef struct Expr Expr;
struct Expr {
    ExprKind kind;
    int count;                /* of items */
    const Expr *const *items; /* operands, in order */
    const Function *function; /* of a call */
    const char *name;         /* of a NAME; points to arena or static text */
    Symbol symbol; /* of a SYMBOL; the upper one of a DERIVATIVE; a NORM's matrix, or L */
    Symbol over;   /* the lower one of a DERIVATIVE; the matrix of a NORM of dL/d */
    double value;  /* of a NUMBER, a MEAN and every bound leaf; NaN in an unbound one */
};

/* Comparisons and logic. */
static inline bool expr_is_truth(const Expr *expr)
{
    return expr->kind >= EXPR_LESS && expr->kind <= EXPR_NOT;
}

/* A function of the expression language, one row each in expr_function.c:
   exp expm1 log log1p sqrt sq sin cos tanh sigmoid relu abs sign max min pow floor.
   `sq(x)` and `pow(x, y)` are C's spellings of x^2 and x^y: they exist so that an op
   row's text compiles. norm is none of them: see EXPR_NORM. */
enum { FUNCTION_ARITY = 2 }; /* the most arguments that any function takes */
struct Function {
    const char *name;
    int arity;
    double (*value)(const double *arguments);
    const char *slopes[FUNCTION_ARITY]; /* by argument: a text over a and b, e.g. "exp(a)" */
    const char *rule; /* how the derivative is called: "exponential", "logarithm", ... */
};
const Function *function_find(const char *name, size_t length);
const Function *function_on_paper(const char *sign, size_t length); /* of σ and √ */
const Function *function_row(int index);                            /* NULL past the last */
const char *function_nearest(const char *name, size_t length); /* what was likely meant, or NULL */

/* Building. ITEMS are copied into the arena. */
const Expr *expr_number(Arena *arena, double value);
const Expr *expr_name(Arena *arena, const char *name, double value);
const Expr *expr_symbol(Arena *arena, Symbol symbol, double value);
const Expr *expr_derivative(Arena *arena, Symbol upper, Symbol lower, double value);
const Expr *expr_mean(Arena *arena, const Expr *const *items, int count, double value);
const Expr *expr_node(Arena *arena, ExprKind kind, const Expr *const *items, int count);
const Expr *expr_unary(Arena *arena, ExprKind kind, const Expr *item);
const Expr *expr_binary(Arena *arena, ExprKind kind, const Expr *left, const Expr *right);
const Expr *expr_joined(Arena *arena, ExprKind kind, const Expr *const *items,
                        int count); /* the sum or product of COUNT items; one is left alone */
const Expr *expr_call(Arena *arena, const Function *function, const Expr *const *items);
const Expr *expr_with_items(Arena *arena, const Expr *expr,
                            const Expr *const *items); /* EXPR's operation on as many others */

/* What names mean while an expression is parsed. `bind` gets a NAME, SYMBOL, DERIVATIVE or
   NORM leaf, to fill in its value (or to keep the leaf, which stays where it is for as long as
   the arena, and fill it in later) or to refuse it. With no scope every name is a free variable,
   symbols included (kind NAME), and the value is NaN. */
typedef struct Scope {
    bool (*bind)(void *self, Expr *leaf, int column, Error *err);
    void *self;
} Scope;

/* Parses all of TEXT[0..LENGTH). COLUMN is where the text starts in the user's
   line, for errors. The grammar is C's for + - * / ( ) comparisons && || ! ?: and
   calls, with ^ for powers (right-associative, binding tighter than a minus sign
   before it). A letter with digits, ^ and digits is one symbol (w11^2); a power of a node is
   (o11)^2. A matrix (W^1, dL/dW^1) has a norm only, and only in a scope: norm(W^1). Nesting is
   limited to 200.

   What is printed on paper is read as well:
     −  · ×  ≤ ≥ ≠  and or not      - *  <= >= !=  && || !
     a if c else b                  c ? a : b
     x² x₁² (x + 1)⁻¹               powers; but w₁₁² is one symbol, and b² one matrix in a scope
     e^x e²                         exp(x), exp(2); a variable e has the power (e)^x
     √(x) σ(x) |x| ‖W¹‖ ½           sqrt, sigmoid, abs (none within another), norm, 0.5
     2x  2(x + 1)  w x  o11(1 - o11)  w₁₁²x₁  yŷ
   The last line are products without a sign. They bind as * does (1/2x is (1/2)*x), and a number
   is never their second factor. `xw` is one name, and `x(` the call of a function. */
bool expr_parse(const char *text, size_t length, int column, Arena *arena, const Scope *scope,
                const Expr **expr, Error *err);

/* The value in double precision, in the tree's order of operations. */
double expr_value(const Expr *expr);

/* EXPR with every NAME that stands in NAMES replaced. Unchanged parts are shared. */
const Expr *expr_substitute(Arena *arena, const Expr *expr, const char *const *names,
                            const Expr *const *by, int count);

/* Whether EXPR has a value of its own. */
static inline bool expr_is_leaf(const Expr *expr)
{
    return expr->kind <= EXPR_MEAN;
}

bool expr_equal(const Expr *a, const Expr *b); /* the same tree, leaf for leaf */
bool expr_is_number(const Expr *expr, double value);
bool expr_mentions(const Expr *expr, const char *name);

#endif
