/* A derivative as a product of partials: the factors in a table whose columns are
   aligned, sums over paths spelled out beneath the factor they belong to, and at the
   end the result. */
#include <math.h>
#include <string.h>

#include "render/text_renderer.h"

enum { SYMBOL, FORMULA, NUMBERS, VALUE, SOURCE, PIECES };

/* A chain's factors, spelled: PIECES pieces each. */
typedef struct FactorTable {
    const Chain *chain;
    int first; /* piece */
    int indent;
    int widths[PIECES];
    bool aligned; /* all in columns; else each as a line of its own */
} FactorTable;

static void write_chain(TextRenderer *text, const Chain *chain, int indent);

static Text *piece(TextRenderer *text)
{
    return &text->pieces.text;
}

static void add_sign(TextRenderer *text, const char *sign)
{
    spell_prose(piece(text), sign, text->speller.style);
}

static void add_factor(TextRenderer *text, double value, bool first)
{
    bool inside = !first && value < 0;
    if (inside) text_add_char(piece(text), '(');
    speller_number(&text->speller, piece(text), value);
    if (inside) text_add_char(piece(text), ')');
}

void show_chain_numbers(TextRenderer *text, const Chain *chain)
{
    for (int i = 0; i < chain->count; i++) {
        if (i) add_sign(text, " × ");
        add_factor(text, chain->factors[i].value, !i);
    }
}

void show_chain_symbols(TextRenderer *text, const Chain *chain)
{
    for (int i = 0; i < chain->count; i++) {
        if (i) add_sign(text, " × ");
        speller_expr(&text->speller, piece(text), chain->factors[i].symbol, SPELL_FORMULA);
    }
}

/* One item for each path, joined by + and cut in the middle when there are many. */
static void add_paths(TextRenderer *text, const Factor *factor, bool numbers)
{
    Cut cut = cut_of(text->speller.style, factor->term_count);
    for (int i = 0; i < factor->term_count; i++) {
        if (i) text_add(piece(text), " + ");
        if (!cut.whole && i == cut.head) {
            add_sign(text, cut.tail ? "… + " : "…");
            i = factor->term_count - cut.tail;
        }
        if (i == factor->term_count) break;
        if (numbers)
            add_factor(text, factor->terms[i].product, !i);
        else
            show_chain_symbols(text, &factor->terms[i]);
    }
}

static void add_source(TextRenderer *text, const Factor *factor)
{
    static const char *const words[] = {[SOURCE_COMPUTED] = "computed",
                                        [SOURCE_FORWARD] = "from forward",
                                        [SOURCE_ASSUMED] = "assumed",
                                        [SOURCE_INPUT] = "input",
                                        [SOURCE_MEMO] = "memo"};
    show_words(text, words[factor->source],
               factor->source == SOURCE_MEMO ? PAINT_MEMO : PAINT_ASIDE);
    if (factor->source != SOURCE_MEMO || !factor->by) return;
    show_words(text, ", from ", PAINT_ASIDE);
    show_code(text, factor->by);
}

/* A remembered factor needs no numbers: nobody computed with them now. */
static void spell_factor(TextRenderer *text, const Factor *factor)
{
    Pieces *pieces = &text->pieces;
    int first = pieces->count;
    bool summed = !factor->formula && factor->terms;
    show_piece(text, factor->symbol, SPELL_FORMULA);
    if (summed) add_paths(text, factor, true);
    show_piece(text, factor->formula, SPELL_FORMULA);
    show_piece(text, factor->source == SOURCE_MEMO ? NULL : factor->formula, SPELL_NUMBERS);
    show_number_piece(text, factor->value, PAINT_PLAIN);
    add_source(text, factor);
    pieces_end(pieces);
    pieces_hide_repeat(pieces, first + NUMBERS, first + FORMULA);
    pieces_hide_repeat(pieces, first + NUMBERS, first + VALUE);
    pieces_hide_repeat(pieces, first + FORMULA, first + VALUE);
}

static void measure(FactorTable *table, const Pieces *pieces, int width)
{
    for (int i = 0; i < table->chain->count * PIECES; i++) {
        int *widest = &table->widths[i % PIECES], columns = pieces->items[table->first + i].columns;
        if (columns > *widest) *widest = columns;
    }
    int total = table->indent + table->widths[SYMBOL] + GAP + table->widths[SOURCE];
    for (int i = FORMULA; i <= VALUE; i++)
        if (table->widths[i]) total += table->widths[i] + (int)strlen(" = ");
    table->aligned = total <= width;
}

static void write_aligned(TextRenderer *text, const FactorTable *table, int first)
{
    Text *out = &text->output.text;
    text_repeat(out, ' ', table->indent);
    piece_add_left(&text->pieces, first + SYMBOL, out, table->widths[SYMBOL]);
    for (int i = FORMULA; i <= VALUE; i++) {
        if (!table->widths[i]) continue;
        text_add(out, text->pieces.items[first + i].length ? " = " : "   ");
        piece_add_left(&text->pieces, first + i, out, table->widths[i]);
    }
    text_repeat(out, ' ', GAP);
    piece_add(&text->pieces, first + SOURCE, out);
    text_add_char(out, '\n');
}

static void write_factor(TextRenderer *text, const FactorTable *table, int first)
{
    const Line line = {first, SOURCE, first + SOURCE, table->indent, table->widths[SYMBOL]};
    if (table->aligned)
        write_aligned(text, table, first);
    else
        fold_line(&text->output.text, &text->pieces, &line, text->speller.style->width);
}

/* Sums over paths. */

static void write_words(TextRenderer *text, int indent)
{
    Pieces *pieces = &text->pieces;
    pieces_end(pieces);
    int last = pieces->count - 1;
    Fold fold = {.width = text->speller.style->width, .column = indent, .hang = indent + INDENT};
    text_repeat(&text->output.text, ' ', indent);
    fold_add(&fold, &text->output.text, piece_bytes(pieces, last), pieces->items[last].length);
    text_add_char(&text->output.text, '\n');
    pieces_drop(pieces, last);
}

/* `∂L/∂o₁₁ = ∂L/∂z₂₁ × ∂z₂₁/∂o₁₁ + …`: what is about to be worked out. */
static void write_sum(TextRenderer *text, const Factor *factor, int indent)
{
    int first = text->pieces.count;
    show_piece(text, factor->symbol, SPELL_FORMULA);
    add_paths(text, factor, false);
    if (factor->formula) {
        text_add(piece(text), factor->trick ? ", replaced by " : ", which simplifies to ");
        speller_expr(&text->speller, piece(text), factor->formula, SPELL_FORMULA);
    }
    pieces_end(&text->pieces);
    pieces_end(&text->pieces);
    const Line line = {first, 2, first + 2, indent, 0};
    fold_line(&text->output.text, &text->pieces, &line, text->speller.style->width);
    pieces_drop(&text->pieces, first);
}

/* The node that a path goes through last is what tells it from the others. */
static void write_path_title(TextRenderer *text, const Chain *path, int indent)
{
    text_add(piece(text), "path via ");
    Symbol node = path->factors[path->count - 1].symbol->symbol;
    spell_symbol(piece(text), node, text->speller.style);
    text_add(piece(text), ": ");
    show_chain_numbers(text, path);
    if (path->count > 1) {
        text_add(piece(text), " = ");
        speller_number(&text->speller, piece(text), path->product);
    }
    write_words(text, indent);
}

static void write_more(TextRenderer *text, int count, int indent)
{
    add_sign(text, "… ");
    text_print(piece(text), "%d more terms (", count);
    show_code(text, "set terms all");
    text_add(piece(text), " shows them)");
    write_words(text, indent);
}

static void write_terms(TextRenderer *text, const Factor *factor, int indent)
{
    bool single = factor->term_count == 1;
    Cut cut = cut_of(text->speller.style, factor->term_count);
    write_sum(text, factor, indent);
    indent += INDENT;
    for (int i = 0; i < factor->term_count; i++) {
        if (!cut.whole && i == cut.head) {
            int skipped = factor->term_count - cut.head - cut.tail;
            write_more(text, skipped, indent);
            i += skipped;
        }
        if (i == factor->term_count) break;
        if (!single) write_path_title(text, &factor->terms[i], indent);
        write_chain(text, &factor->terms[i], single ? indent : indent + INDENT);
    }
}

static void write_chain(TextRenderer *text, const Chain *chain, int indent)
{
    FactorTable table = {.chain = chain, .first = text->pieces.count, .indent = indent};
    for (int i = 0; i < chain->count; i++) spell_factor(text, &chain->factors[i]);
    measure(&table, &text->pieces, text->speller.style->width);
    for (int i = 0; i < chain->count; i++) {
        if (chain->factors[i].terms) write_terms(text, &chain->factors[i], indent);
        write_factor(text, &table, table.first + i * PIECES);
    }
    pieces_drop(&text->pieces, table.first);
}

/* The whole. */

static void write_title(TextRenderer *text, const Derivation *derivation)
{
    int first = text->pieces.count;
    show_piece(text, derivation->of, SPELL_FORMULA);
    show_chain_symbols(text, &derivation->chain);
    pieces_end(&text->pieces);
    pieces_end(&text->pieces);
    const Line line = {first, 2, first + 2, INDENT, 0};
    fold_line(&text->output.text, &text->pieces, &line, text->speller.style->width);
    pieces_drop(&text->pieces, first);
}

/* `∂L/∂w₁₁² = closed form = product of numbers = value`, one stretch of colour. */
static void write_result(TextRenderer *text, const Derivation *derivation)
{
    const Style *style = text->speller.style;
    Pieces *pieces = &text->pieces;
    int plain = pieces->count, left = plain + 1;
    show_number_piece(text, derivation->value, PAINT_PLAIN);
    paint(piece(text), PAINT_RESULT, style);
    show_piece(text, derivation->of, SPELL_FORMULA);
    show_piece(text, derivation->closed_form, SPELL_FORMULA);
    if (derivation->chain.count > 1) show_chain_numbers(text, &derivation->chain);
    pieces_end(pieces);
    speller_number(&text->speller, piece(text), derivation->value);
    paint(piece(text), PAINT_PLAIN, style);
    pieces_end(pieces);
    pieces_end(pieces);
    pieces_hide_repeat(pieces, left + FORMULA, plain);
    const Line line = {left, SOURCE, left + SOURCE, INDENT, 0};
    fold_line(&text->output.text, pieces, &line, style->width);
    pieces_drop(pieces, plain);
}

static bool same_derivative(const Expr *a, const Expr *b)
{
    return symbol_equal(a->symbol, b->symbol) && symbol_equal(a->over, b->over);
}

/* A chain of one link is its own title, and its own result unless there is a closed form
   that its formula is not. */
void show_derivation(TextRenderer *text, const Derivation *derivation)
{
    const Factor *only = derivation->chain.count == 1 ? &derivation->chain.factors[0] : NULL;
    bool alone = only && same_derivative(only->symbol, derivation->of);
    const Expr *closed = derivation->closed_form;
    bool said = alone && (!closed || (only->formula && expr_equal(only->formula, closed)));
    if (!alone) write_title(text, derivation);
    write_chain(text, &derivation->chain, alone ? INDENT : 2 * INDENT);
    if (!said) write_result(text, derivation);
}
