/* The text renderer's insides, shared by the files that each lay out one kind of block. */
#ifndef RENDER_TEXT_RENDERER_H
#define RENDER_TEXT_RENDERER_H

#include "render/fold.h"
#include "render/paint.h"
#include "render/renderer.h"
#include "render/speller.h"

typedef struct ColumnLayout {
    bool shown;
    bool right; /* numbers stand to the right */
    bool under; /* starts a line of its own: there is no room beside the others */
    int start, width;
} ColumnLayout;

/* A table on its way. Rows are collected until there are enough to know the widths, so
   that a table of any length takes the memory of a few of them. */
typedef struct TableLayout {
    Pieces cells; /* the headings, then the rows collected */
    ColumnLayout *columns;
    int count;
    int indent;        /* of each line */
    bool open, hidden; /* hidden: for programs only */
    bool heading;      /* is the first of the rows collected */
    bool measured;
} TableLayout;

typedef struct TextRenderer {
    Renderer renderer; /* first */
    Speller speller;
    Output output;
    Pieces pieces;
    TableLayout table;
    bool derived; /* a derivation was the last block but for notes: a blank line before the next */
    bool begun;   /* the command has said something */
    bool passage; /* was the last block: likewise */
} TextRenderer;

void show_spans(TextRenderer *text, const Span *spans, int count); /* into the piece to come */
void show_equation(TextRenderer *text, const Equation *equation, int indent);
void show_derivation(TextRenderer *text, const Derivation *derivation);
void show_path(TextRenderer *text, const Chain *chain);
void show_passage(TextRenderer *text, const Passage *passage);
void show_matrices(TextRenderer *text, const Matrix *matrices, int count);

void show_table(TextRenderer *text, const Table *table, bool hidden);
void show_row(TextRenderer *text, const Cell *cells);
void show_table_end(TextRenderer *text);
void show_table_release(TextRenderer *text);

void show_plot(TextRenderer *text, const Plot *plot);
void show_bars(TextRenderer *text, const Plot *plot); /* below the title */

/* The columns that may lead a line of a page, so that words have room behind them. */
int show_lead_most(const TextRenderer *text);

/* The columns that a plot may take. */
int show_plot_width(const TextRenderer *text);

/* An axis's name and REMARK on a line of their own that ends at column END, if there is room. */
void show_plot_name(TextRenderer *text, const Prose *name, const char *remark, int end);

/* The piece to come. */
static inline Text *piece(TextRenderer *text)
{
    return &text->pieces.text;
}

/* Spells EXPR as a piece; an empty one for NULL. */
void show_piece(TextRenderer *text, const Expr *expr, SpellMode mode);
void show_number_piece(TextRenderer *text, double value, Paint colour);
void show_chain_numbers(TextRenderer *text, const Chain *chain); /* 346 × 1 × 80 */
void show_chain_symbols(TextRenderer *text, const Chain *chain); /* ∂L/∂ŷ × ∂ŷ/∂o₁₁ */

/* Ends a line of columns, without the blanks that nothing follows. */
void show_end_line(Text *out);

/* Adds the words in the colour. */
void show_words(TextRenderer *text, const char *words, Paint colour);

/* Adds a lesson's words with their stress, which is lost without colours. */
void show_accented(TextRenderer *text, const char *words, size_t length, Accent accent);

/* Adds `by hand 0.6457, equal`, and BEFORE it if there is something before it; nothing when it is
   not known. */
void show_hand(TextRenderer *text, const Hand *hand, const char *before);

/* Adds `code` in backquotes. */
void show_code(TextRenderer *text, const char *code);

#endif
