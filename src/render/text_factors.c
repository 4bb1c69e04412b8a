#include "render/text_factors.h"

static void show_sign(TextRenderer *text, const char *sign)
{
    spell_prose(piece(text), sign, text->speller.style);
}

/* In parentheses if it is negative and not the first. */
static void show_factor_value(TextRenderer *text, double value, bool first)
{
    bool inside = !first && value < 0;
    if (inside) text_add_char(piece(text), '(');
    speller_number(&text->speller, piece(text), value);
    if (inside) text_add_char(piece(text), ')');
}

void show_chain_numbers(TextRenderer *text, const Chain *chain)
{
    for (int i = 0; i < chain->count; i++) {
        if (i) show_sign(text, " × ");
        show_factor_value(text, chain->factors[i].value, !i);
    }
}

void show_chain_symbols(TextRenderer *text, const Chain *chain)
{
    for (int i = 0; i < chain->count; i++) {
        if (i) show_sign(text, " × ");
        speller_expr(&text->speller, piece(text), chain->factors[i].symbol, SPELL_FORMULA);
    }
}

void show_terms(TextRenderer *text, const Factor *factor, bool numbers)
{
    Cut cut = cut_of(text->speller.style, factor->term_count);
    for (int i = 0; i < factor->term_count; i++) {
        if (i) text_add(piece(text), " + ");
        if (!cut.whole && i == cut.head) {
            show_sign(text, cut.tail ? "… + " : "…");
            i = factor->term_count - cut.tail;
        }
        if (i == factor->term_count) break;
        if (numbers)
            show_factor_value(text, factor_term(factor, i)->product, !i);
        else
            show_chain_symbols(text, factor_term(factor, i));
    }
}

static void add_words(TextRenderer *text, const Factor *factor)
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

static void add_source(TextRenderer *text, const Factor *factor)
{
    add_words(text, factor);
    show_hand(text, &factor->hand, "; ");
}

/* A factor's formula alone, whatever its numbers. */
static void spell_formula(TextRenderer *text, const Factor *factor)
{
    show_piece(text, factor->symbol, SPELL_FORMULA);
    show_piece(text, factor->formula, SPELL_FORMULA);
    pieces_end(&text->pieces);
    pieces_end(&text->pieces);
    add_words(text, factor);
    pieces_end(&text->pieces);
}

/* A remembered factor needs no numbers: nobody computed with them now. */
static void spell_factor(TextRenderer *text, const Factor *factor)
{
    Pieces *pieces = &text->pieces;
    int first = pieces->count;
    bool summed = !factor->formula && factor->terms;
    show_piece(text, factor->symbol, SPELL_FORMULA);
    if (summed) show_terms(text, factor, true);
    show_piece(text, factor->formula, SPELL_FORMULA);
    show_piece(text, factor->source == SOURCE_MEMO ? NULL : factor->formula, SPELL_NUMBERS);
    show_number_piece(text, factor->value, PAINT_PLAIN);
    add_source(text, factor);
    pieces_end(pieces);
    pieces_hide_repeat(pieces, first + FACTOR_NUMBERS, first + FACTOR_FORMULA);
    pieces_hide_repeat(pieces, first + FACTOR_NUMBERS, first + FACTOR_VALUE);
    pieces_hide_repeat(pieces, first + FACTOR_FORMULA, first + FACTOR_VALUE);
}

static void measure(FactorTable *table, const Pieces *pieces, int width)
{
    for (int i = 0; i < table->chain->count * FACTOR_PIECES; i++) {
        int *widest = &table->widths[i % FACTOR_PIECES];
        int columns = pieces->items[table->first + i].columns;
        if (columns > *widest) *widest = columns;
    }
    int total = table->indent + table->widths[FACTOR_SYMBOL] + GAP + table->widths[FACTOR_SOURCE];
    for (int i = FACTOR_FORMULA; i <= FACTOR_VALUE; i++)
        if (table->widths[i]) total += table->widths[i] + EQUALS;
    table->aligned = total <= width;
}

FactorTable factors_begin(TextRenderer *text, const Chain *chain, int indent, bool numbers)
{
    FactorTable table = {.chain = chain, .first = text->pieces.count, .indent = indent};
    for (int i = 0; i < chain->count; i++)
        (numbers ? spell_factor : spell_formula)(text, &chain->factors[i]);
    measure(&table, &text->pieces, text->speller.style->width);
    return table;
}

static void write_aligned(TextRenderer *text, const FactorTable *table, int first)
{
    Text *out = &text->output.text;
    text_repeat(out, ' ', table->indent);
    piece_add_left(&text->pieces, first + FACTOR_SYMBOL, out, table->widths[FACTOR_SYMBOL]);
    for (int i = FACTOR_FORMULA; i <= FACTOR_VALUE; i++) {
        if (!table->widths[i]) continue;
        text_add(out, text->pieces.items[first + i].length ? " = " : "   ");
        piece_add_left(&text->pieces, first + i, out, table->widths[i]);
    }
    text_repeat(out, ' ', GAP);
    piece_add(&text->pieces, first + FACTOR_SOURCE, out);
    text_add_char(out, '\n');
}

void factors_write(TextRenderer *text, const FactorTable *table, int index)
{
    int first = table->first + index * FACTOR_PIECES;
    const Line line = {first, FACTOR_SOURCE, first + FACTOR_SOURCE, table->indent,
                       table->widths[FACTOR_SYMBOL]};
    if (table->aligned)
        write_aligned(text, table, first);
    else
        fold_line(&text->output.text, &text->pieces, &line, text->speller.style->width);
}

void factors_end(TextRenderer *text, const FactorTable *table)
{
    pieces_drop(&text->pieces, table->first);
}

void show_equality(TextRenderer *text, int indent)
{
    Pieces *pieces = &text->pieces;
    int left = pieces->count - 1, tail = left + 2;
    pieces_end(pieces);
    pieces_end(pieces);
    const Line line = {left, 2, tail, indent, 0};
    fold_line(&text->output.text, pieces, &line, text->speller.style->width);
    pieces_drop(pieces, left);
}

void show_prose_line(TextRenderer *text, int indent)
{
    Pieces *pieces = &text->pieces;
    pieces_end(pieces);
    int last = pieces->count - 1;
    Fold fold = {.width = text->speller.style->width, .column = indent, .hang = indent + INDENT};
    text_repeat(&text->output.text, ' ', indent);
    fold_piece(&fold, &text->output.text, pieces, last);
    text_add_char(&text->output.text, '\n');
    pieces_drop(pieces, last);
}

void show_more(TextRenderer *text, int count, const char *what, int indent)
{
    show_sign(text, "… ");
    text_print(piece(text), "%d more %s%s (", count, what, plural(count));
    show_code(text, "set terms all");
    text_add(piece(text), " shows them)");
    show_prose_line(text, indent);
}
