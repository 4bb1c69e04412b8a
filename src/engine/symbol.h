/* Symbols: the notes' names for the numbers of a network.

   A symbol is only a name; which array element it stands for is the network's
   business (net.h). Indices count from 1 as in the notes:
     w_ij^k  weight from node i of layer k-1 to node j of layer k
     b_kj    bias of node j of layer k        z_kj, o_kj  its sum, its output
     x_j     input j      y_j  target j       yhat_j      output j of the last layer
     L       the loss
   and in a layer with batch norm or a skip (of node j of layer k):
     mu_kj, v_kj      mean and variance of z_kj that normalise it
     n_kj, s_kj       z_kj normalised, and that scaled and shifted
     gamma_kj, beta_kj    the scale and the shift, which are trained
     mean_kj, var_kj  running mean and variance, which follow the batches
     a_kj             what the layer adds to the output of the layer before
   y and yhat may go without an index when there is one output. What a layer stores has a name as
   a whole, too: W^k, b^k, gamma^k, beta^k, mean^k, var^k. */
#ifndef ENGINE_SYMBOL_H
#define ENGINE_SYMBOL_H

#include <stdbool.h>
#include <stddef.h>

typedef enum SymbolKind {
    SYMBOL_NONE,
    SYMBOL_WEIGHT,
    SYMBOL_BIAS,
    SYMBOL_SCALE,            /* gamma */
    SYMBOL_SHIFT,            /* beta */
    SYMBOL_RUNNING_MEAN,     /* mean */
    SYMBOL_RUNNING_VARIANCE, /* var */
    SYMBOL_INPUT,
    SYMBOL_SUM,        /* z: before the activation */
    SYMBOL_MEAN,       /* mu */
    SYMBOL_VARIANCE,   /* v */
    SYMBOL_NORMALISED, /* n */
    SYMBOL_SCALED,     /* s */
    SYMBOL_BRANCH,     /* a */
    SYMBOL_OUTPUT,     /* o: after the activation */
    SYMBOL_PREDICTION,
    SYMBOL_TARGET,
    SYMBOL_LOSS
} SymbolKind;

typedef struct Symbol {
    SymbolKind kind;
    int layer; /* k; 0 where the name has none */
    int from;  /* i of a weight; else 0 */
    int node;  /* j; 0: y or yhat without an index, L, or a matrix as a whole */
} Symbol;

enum { SYMBOL_SIZE = 48 };

/* Reads the symbol at the start of TEXT in any of the spellings `w11^2` `w_11^2`
   `w_{11}^{2}` `w10,3^2` `w₁₁²` `b21` `o11` `z11` `x1` `y` `y2` `yhat` `ŷ` `L` `gamma11` `γ11`.
   Returns the bytes read; 0 when no symbol stands there (a longer word does not
   count: `loss` is not L. But after digits on another line or a hat a word may follow at once,
   and a hat may anywhere: `w₁₁²x₁` begins with w₁₁², `yŷ` with y). Indices of three digits or
   more without a comma (`w111^2`) are ambiguous and no symbol. A comma between digits without a
   blank is part of the name: `o11,2` is node 2 of layer 11. */
size_t symbol_scan(const char *text, Symbol *symbol);

/* The same for a matrix as a whole: `W^1` `W^{1}` `W¹` `b^2` `gamma^1` `γ¹`. */
size_t symbol_scan_matrix(const char *text, Symbol *symbol);

/* Whether SYMBOL is such a matrix. */
static inline bool symbol_is_matrix(Symbol symbol)
{
    return symbol.layer && !symbol.node;
}

/* The bytes of the character at TEXT if it may be part of a name (Latin and Greek
   letters, digits also below the line, `_`); 0: a name ends here. */
size_t symbol_letter(const char *text);

/* The bytes of the hatted y at TEXT, in either spelling; 0: there is none. */
size_t symbol_hat(const char *text);

/* The digit above the line at TEXT (`²`), and its *LENGTH in bytes; -1 and 0: there is none. */
int symbol_raised_digit(const char *text, size_t *length);

/* Whether a digit below the line is at TEXT: no name begins with one. */
bool symbol_is_lowered_digit(const char *text);

/* The plain spelling: w11^2, w10,3^2, b21, b2,11, x1, yhat2, L, W^2. */
void symbol_spell(char out[SYMBOL_SIZE], Symbol symbol);

bool symbol_equal(Symbol a, Symbol b);

#endif
