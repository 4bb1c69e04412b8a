/* The derivative by a parameter that all rows of a batch share: a mean. What its factors are is
   said once, for it is the same in every row; then each row has a line of numbers. */
#include "render/text_factors.h"

enum { PRODUCT, RESULT, BY_HAND, ROW_PIECES };

static void write_title(TextRenderer *text, const Factor *mean)
{
    show_piece(text, mean->symbol, SPELL_FORMULA);
    text_print(piece(text), "mean over the %d rows of ", mean->term_count);
    show_chain_symbols(text, factor_term(mean, 0));
    show_equality(text, INDENT);
}

static void write_formulas(TextRenderer *text, const Chain *chain)
{
    FactorTable table = factors_begin(text, chain, 2 * INDENT, false);
    for (int i = 0; i < chain->count; i++) factors_write(text, &table, i);
    factors_end(text, &table);
}

/* `row 2: 266 × 69` and `18354`. */
static void spell_row(TextRenderer *text, long row, const Chain *chain)
{
    text_print(piece(text), "row %ld: ", row);
    show_chain_numbers(text, chain);
    pieces_end(&text->pieces);
    show_number_piece(text, chain->product, PAINT_PLAIN);
    show_hand(text, &chain->hand, "");
    pieces_end(&text->pieces);
}

/* The widest piece of a kind among COUNT rows from the piece FIRST on. */
static int widest(const Pieces *pieces, int first, int count, int kind)
{
    int most = 0;
    for (int i = first + kind; i < first + count * ROW_PIECES; i += ROW_PIECES)
        if (pieces->items[i].columns > most) most = pieces->items[i].columns;
    return most;
}

static void write_rows(TextRenderer *text, const Factor *mean, int from, int to)
{
    Pieces *pieces = &text->pieces;
    int first = pieces->count, width = text->speller.style->width, indent = 2 * INDENT;
    for (int i = from; i < to; i++)
        spell_row(text, mean->rows->number(mean->rows->self, i), factor_term(mean, i));
    int left = widest(pieces, first, to - from, PRODUCT), end = pieces->count;
    int right = widest(pieces, first, to - from, RESULT);
    bool aligned = indent + left + EQUALS + right <= width;
    for (int i = first; i < end; i += ROW_PIECES) {
        const Line line = {i, BY_HAND, i + BY_HAND, indent, aligned ? left : 0};
        fold_line(&text->output.text, pieces, &line, width);
    }
    pieces_drop(pieces, first);
}

void show_rows(TextRenderer *text, const Factor *mean)
{
    int count = mean->term_count;
    Cut cut = cut_of(text->speller.style, count);
    write_title(text, mean);
    write_formulas(text, factor_term(mean, 0));
    write_rows(text, mean, 0, cut.head);
    if (!cut.whole) show_more(text, count - cut.head - cut.tail, "row", 2 * INDENT);
    write_rows(text, mean, count - cut.tail, count);
}
