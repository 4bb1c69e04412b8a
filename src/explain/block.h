/* Blocks: what a command has to say, before anyone decides how it looks.

   A handler emits a stream of blocks into a Sink; a renderer spells them as text,
   as JSON, or in a format yet to come. A block is self-contained and only borrowed
   for the length of the call. People and programs read different things: a block
   with a KEY is a field of the command's JSON object; one without is for people
   only; one marked `data` is for programs only. Blocks of the same key that follow
   one another are elements of one JSON list. */
#ifndef EXPLAIN_BLOCK_H
#define EXPLAIN_BLOCK_H

#include "explain/expr.h"
#include "explain/hand.h"

/* A line of prose with numbers and formulas in it, spelled by the renderer. */
typedef enum SpanKind {
    SPAN_TEXT,    /* our own words, UTF-8; ASCII output transliterates η, →, … */
    SPAN_FOREIGN, /* a file's or a user's words: control characters are escaped */
    SPAN_WORDS,   /* a lesson's words: escaped like these, and transliterated like ours */
    SPAN_CODE,    /* something to type: shown as `code` */
    SPAN_NUMBER,
    SPAN_EXPR,   /* the formula */
    SPAN_NUMBERS /* the same formula with its numbers put in */
} SpanKind;

typedef enum Accent { ACCENT_NONE, ACCENT_EMPHASIS, ACCENT_STRONG } Accent;

typedef struct Span {
    SpanKind kind;
    Accent accent; /* of WORDS */
    const char *text;
    double number;
    const Expr *expr;
} Span;

typedef struct Prose {
    const Span *spans;
    int count;
} Prose;

/* left = formula = formula with numbers = value. What would only repeat is left out. */
typedef struct Equation {
    const Expr *left;
    const Expr *formula;
    double value;
    const char *remark; /* after the value, for people; or NULL */
    bool bare;          /* only left = formula, no numbers and no value */
    Hand hand;
} Equation;

typedef enum Source {
    SOURCE_COMPUTED,
    SOURCE_FORWARD,
    SOURCE_INPUT,
    SOURCE_MEMO,
    SOURCE_ASSUMED /* a node of the forward pass that `assume` holds */
} Source;

typedef struct Chain Chain;

/* The rows of a batch that a derivative is the mean of, numbered from 0. There may be very many:
   a row's chain is made when it is asked for, and lasts until the next one is. */
typedef struct RowChains {
    const Chain *(*chain)(void *self, int row);
    long (*number)(void *self, int row); /* as people count */
    void *self;
} RowChains;

/* One factor of a chain rule product: a partial derivative, its formula, its value. */
typedef struct Factor {
    const Expr *symbol;  /* a DERIVATIVE leaf: ∂ŷ/∂o₁₁ */
    const Expr *formula; /* what it equals; NULL for a sum over paths that has no other form, and
                            for a remembered ∂L/∂z of a batch norm */
    double value;
    Source source;
    const char *by;     /* SOURCE_MEMO: the command that computed it; else NULL */
    const Chain *terms; /* a sum over paths: one chain a path; a single one where two factors
                           simplify to `formula`; else NULL */
    int term_count;     /* of the terms or the rows */
    bool trick; /* `formula` is not what the terms come to, but put in their place: see loss.h */
    const RowChains *rows; /* `value` is the mean of these, and there are no terms; else NULL */
    bool skip;             /* leads around a layer, through a skip connection */
    Hand hand;             /* not known of what is read off and is on the page as it is */
} Factor;

struct Chain {
    const Factor *factors; /* from the loss outwards */
    int count;
    double product; /* multiplied in that order */
    Hand hand;      /* the product, where it has a line of its own */
};

/* The I-th of FACTOR's terms or rows. */
static inline const Chain *factor_term(const Factor *factor, int i)
{
    return factor->rows ? factor->rows->chain(factor->rows->self, i) : &factor->terms[i];
}

/* A mean over a batch's rows that a formula names. */
typedef struct NamedMean {
    const Expr *mean; /* MEAN, with all rows' numbers */
    Hand hand;
} NamedMean;

/* One derivative: of = the product of a chain = closed form = value. */
typedef struct Derivation {
    const Expr *of; /* a DERIVATIVE leaf: ∂L/∂w₁₁² */
    Chain chain;
    const Expr *closed_form; /* -2(y - ŷ) o₁₁; NULL: a remembered sum or a mean has none */
    double value;
    Hand hand;
    long row;               /* of a batch, whose node this is about; 0: of no row alone */
    const NamedMean *means; /* that the first factor's formula names; NULL: none */
    int mean_count;
} Derivation;

/* Tables are streamed: TABLE, then its ROWs, then TABLE_END. In JSON a table is a
   list of objects, {column key: cell}; with `map` it is one object, {first cell:
   second cell}, with `list` a plain list of its only column, and with `object`, which is for
   tables of one row, that row's object alone. */
typedef enum CellKind {
    CELL_NONE,
    CELL_TEXT,
    CELL_FOREIGN,
    CELL_PROSE, /* its first blanks indent all of its lines */
    CELL_NUMBER,
    CELL_INTEGER,
    CELL_TRUTH,  /* true or false */
    CELL_SYMBOL, /* expr; JSON: the plain spelling */
    CELL_NUMBERS /* a list of numbers */
} CellKind;

typedef struct Cell {
    CellKind kind;
    bool strong; /* stands out from the rest, for people */
    const char *text;
    Prose prose;
    double number;
    long integer;
    const Expr *expr;
    const double *numbers;
    size_t count;
} Cell;

typedef struct Column {
    const char *key;     /* JSON name */
    const char *heading; /* for people; NULL: not shown to people */
} Column;

typedef struct Table {
    const Column *columns;
    int count;
    bool map, list, object;
    bool headless; /* no heading line for people */
    int indent;    /* columns that it stands further right: below an item of a list */
} Table;

/* Matrices side by side with words between: W₍₅ₓ₄₎ᵀ x + b. Cells are expressions;
   a value-only matrix has NUMBER leaves. */
typedef struct Matrix {
    const char *before;  /* "", "·", "+", "=", "σ": stands left of this matrix */
    const char *caption; /* "W¹ᵀ (4×5)" below or above it; or NULL */
    int rows, columns;
    const Expr *const *cells; /* [row][column] */
} Matrix;

/* A picture in one pair of axes. What is not finite has no place in it: who draws it leaves
   it out and says so. */
typedef struct PlotPoint {
    double x, y;
} PlotPoint;

typedef enum SeriesStyle {
    SERIES_LINE,
    SERIES_POINTS,
    SERIES_WRONG,  /* points that are classified wrongly */
    SERIES_BARS,   /* sizes, 0 or more, by number; the only series of its plot */
    SERIES_TANGENT /* two points of a straight line, drawn as far as the other series reach */
} SeriesStyle;

typedef struct Series {
    Prose name;
    SeriesStyle style;
    int kin; /* points of the same kin look alike: the class, from 0 */
    const PlotPoint *points;
    int count;
} Series;

/* A point worth a sign of its own. */
typedef struct PlotMark {
    Prose name;
    PlotPoint at;
} PlotMark;

/* A plane cut into equal cells, each of a class; rows go upwards. */
typedef struct Regions {
    double x_low, x_high, y_low, y_high;
    int rows, columns; /* 0: there are none */
    const int *cells;  /* [row][column]: a class from 0; -1: none */
    const Prose *classes;
    int class_count;
} Regions;

typedef struct Plot {
    Prose title, x, y; /* what it shows; what the axes are */
    const Series *series;
    int series_count;
    const PlotMark *marks;
    int mark_count;
    Regions regions;
    bool whole; /* x counts something: epochs, layers */
    bool wide;  /* y may go over many powers of ten: a logarithmic axis, if that helps */
} Plot;

/* A piece of a page: what stands between two blank lines. */
typedef enum PassageKind {
    PASSAGE_HEADING,
    PASSAGE_PARAGRAPH, /* folded; a "\n" among the words ends a line */
    PASSAGE_CODE,      /* one span, its lines as they are, each with the lead */
    PASSAGE_RULE       /* a line across the page */
} PassageKind;

typedef struct Passage {
    PassageKind kind;
    int level;         /* of a heading, from 1 */
    const char *first; /* what leads its first line, and the others: "• " and "  " in a list, */
    const char *rest;  /* "> " in a quotation; in our own signs, with their indentation */
    bool tight;        /* no blank line above, as the first of a command has none: within a list */
    const Span *spans;
    int span_count;
} Passage;

typedef struct Failure {
    const char *message;
    const char *command; /* the line that failed */
    int column;          /* 1-based byte; 0: none */
    const char *file;    /* of a script; NULL when typed */
    long line;
} Failure;

typedef enum BlockKind {
    BLOCK_HEADING, /* spans: "layer 1" */
    BLOCK_NOTE,    /* spans: a line of prose */
    BLOCK_TEXT,    /* text: preformatted lines of ours (help) */
    BLOCK_FIELD,   /* cell: one JSON field; people see nothing */
    BLOCK_OBJECT,  /* the blocks up to its end are one element of a JSON list: the fields of an
                      object. Both are `data`; to people the blocks are as any */
    BLOCK_OBJECT_END,
    BLOCK_EQUATION,
    BLOCK_DERIVATION,
    BLOCK_PATH, /* derivation.chain: one full path of `grad SYMBOL paths` */
    BLOCK_TABLE,
    BLOCK_ROW, /* cells: one for each column */
    BLOCK_TABLE_END,
    BLOCK_MATRICES, /* matrices in one line */
    BLOCK_PLOT,
    BLOCK_PASSAGE /* of a lesson's page, for people */
} BlockKind;

typedef struct Block {
    BlockKind kind;
    const char *key; /* JSON field; NULL: for people only */
    bool data;       /* for programs only */
    union {
        struct {
            const Span *spans;
            int span_count;
        };
        const char *text;
        Cell cell;
        Equation equation;
        Derivation derivation;
        Table table;
        const Cell *cells;
        struct {
            const Matrix *matrices;
            int matrix_count;
        };
        Plot plot;
        Passage passage;
    };
} Block;

/* Where blocks go. One begin, any blocks, one end for every command executed;
   FAILURE is NULL when it went well. Commands nest (`source`): a renderer that
   makes one object per command sees begin, end of the inner ones before the
   outer one's end. */
typedef struct Sink Sink;
struct Sink {
    void (*begin)(Sink *sink, const char *command);
    void (*block)(Sink *sink, const Block *block);
    void (*end)(Sink *sink, const Failure *failure);
    bool programs; /* someone takes what is for programs only: else it may be left out */
};

#endif
