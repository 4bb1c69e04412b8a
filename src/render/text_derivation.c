/* A derivative as a product of partials: the factors in a table whose columns are
   aligned, sums over paths spelled out beneath the factor they belong to, and at the
   end the result. */
#include "render/text_factors.h"

static void write_chain(TextRenderer *text, const Chain *chain, int indent);

/* Sums over paths. */

/* `∂L/∂o₁₁ = ∂L/∂z₂₁ × ∂z₂₁/∂o₁₁ + …`: what is about to be worked out. */
static void write_sum(TextRenderer *text, const Factor *factor, int indent)
{
    show_piece(text, factor->symbol, SPELL_FORMULA);
    show_terms(text, factor, false);
    if (factor->formula) {
        text_add(piece(text), factor->trick ? ", replaced by " : ", which simplifies to ");
        speller_expr(&text->speller, piece(text), factor->formula, SPELL_FORMULA);
    }
    show_equality(text, indent);
}

/* The node that a path goes through last is what tells it from the others. */
static void write_path_title(TextRenderer *text, const Chain *path, int indent)
{
    const Factor *last = &path->factors[path->count - 1];
    text_add(piece(text), last->skip ? "path around the layer, to " : "path via ");
    spell_symbol(piece(text), last->symbol->symbol, text->speller.style);
    text_add(piece(text), ": ");
    show_chain_numbers(text, path);
    if (path->count > 1) {
        text_add(piece(text), " = ");
        speller_number(&text->speller, piece(text), path->product);
    }
    show_hand(text, &path->hand, "   ");
    show_prose_line(text, indent);
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
            show_more(text, skipped, "term", indent);
            i += skipped;
        }
        if (i == factor->term_count) break;
        if (!single) write_path_title(text, &factor->terms[i], indent);
        write_chain(text, &factor->terms[i], single ? indent : indent + INDENT);
    }
}

static void write_chain(TextRenderer *text, const Chain *chain, int indent)
{
    FactorTable table = factors_begin(text, chain, indent, true);
    for (int i = 0; i < chain->count; i++) {
        if (chain->factors[i].terms) write_terms(text, &chain->factors[i], indent);
        factors_write(text, &table, i);
    }
    factors_end(text, &table);
}

/* The whole. */

static void write_title(TextRenderer *text, const Derivation *derivation)
{
    show_piece(text, derivation->of, SPELL_FORMULA);
    show_chain_symbols(text, &derivation->chain);
    show_equality(text, INDENT);
}

/* What the result is worked out from: 346 × 88, or (30448 + 18354)/2; nothing for one factor. */
static void show_product(TextRenderer *text, const Chain *chain)
{
    const Factor *first = chain->factors;
    if (first->rows) {
        text_add_char(piece(text), '(');
        show_terms(text, first, true);
        text_print(piece(text), ")/%d", first->term_count);
    } else if (chain->count > 1) {
        show_chain_numbers(text, chain);
    }
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
    show_product(text, &derivation->chain);
    pieces_end(pieces);
    speller_number(&text->speller, piece(text), derivation->value);
    paint(piece(text), PAINT_PLAIN, style);
    pieces_end(pieces);
    show_hand(text, &derivation->hand, "");
    pieces_end(pieces);
    pieces_hide_repeat(pieces, left + FACTOR_FORMULA, plain);
    const Line line = {left, FACTOR_SOURCE, left + FACTOR_SOURCE, INDENT, 0};
    fold_line(&text->output.text, pieces, &line, style->width);
    pieces_drop(pieces, plain);
}

static bool same_derivative(const Expr *a, const Expr *b)
{
    return symbol_equal(a->symbol, b->symbol) && symbol_equal(a->over, b->over);
}

static void write_row(TextRenderer *text, long row)
{
    if (!row) return;
    text_print(piece(text), "in row %ld:", row);
    show_prose_line(text, INDENT);
}

static void write_means(TextRenderer *text, const Derivation *derivation)
{
    for (int i = 0; i < derivation->mean_count; i++) {
        const NamedMean *named = &derivation->means[i];
        const Expr *mean = named->mean;
        const Equation equation = {
            .left = mean, .formula = mean, .value = mean->value, .hand = named->hand};
        show_equation(text, &equation, 2 * INDENT);
    }
}

/* A chain of one link is its own title, and its own result unless there is a closed form
   that its formula is not. */
static bool write_product(TextRenderer *text, const Derivation *derivation)
{
    const Factor *only = derivation->chain.count == 1 ? &derivation->chain.factors[0] : NULL;
    bool alone = only && same_derivative(only->symbol, derivation->of);
    const Expr *closed = derivation->closed_form;
    if (!alone) write_title(text, derivation);
    write_chain(text, &derivation->chain, alone ? INDENT : 2 * INDENT);
    return alone && (!closed || (only->formula && expr_equal(only->formula, closed)));
}

void show_derivation(TextRenderer *text, const Derivation *derivation)
{
    const Factor *first = derivation->chain.factors;
    bool said = false;
    write_row(text, derivation->row);
    if (first->rows)
        show_rows(text, first);
    else
        said = write_product(text, derivation);
    write_means(text, derivation);
    if (!said) write_result(text, derivation);
}
