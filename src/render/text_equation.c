/* A line of equal parts; what only repeats another part is left out. */
#include "render/text_renderer.h"

enum { LEFT, FORMULA, NUMBERS, VALUE, TAIL, PARTS };

static void write_line(TextRenderer *text, int first, int indent)
{
    const Line line = {first, TAIL, first + TAIL, indent, 0};
    fold_line(&text->output.text, &text->pieces, &line, text->speller.style->width);
}

static void hide_repeats(Pieces *pieces, int first, int value)
{
    pieces_hide_repeat(pieces, first + FORMULA, first + LEFT);
    pieces_hide_repeat(pieces, first + NUMBERS, first + FORMULA);
    pieces_hide_repeat(pieces, first + NUMBERS, value);
    pieces_hide_repeat(pieces, first + FORMULA, value);
}

void show_equation(TextRenderer *text, const Equation *equation, int indent)
{
    /* The value without colour, which would make it differ from every other part. */
    show_number_piece(text, equation->value, PAINT_PLAIN);
    int first = text->pieces.count;
    show_piece(text, equation->left, SPELL_FORMULA);
    show_piece(text, equation->formula, SPELL_FORMULA);
    show_piece(text, equation->bare ? NULL : equation->formula, SPELL_NUMBERS);
    if (equation->bare)
        pieces_end(&text->pieces);
    else
        show_number_piece(text, equation->value, PAINT_RESULT);
    if (equation->remark) show_words(text, equation->remark, PAINT_ASIDE);
    show_hand(text, &equation->hand, equation->remark ? "; " : "");
    pieces_end(&text->pieces);
    if (!equation->bare) hide_repeats(&text->pieces, first, first - 1);
    write_line(text, first, indent);
}

static bool chain_skips(const Chain *chain)
{
    int k = 0;
    while (k < chain->count && !chain->factors[k].skip) k++;
    return k < chain->count;
}

void show_path(TextRenderer *text, const Chain *chain)
{
    int first = text->pieces.count;
    show_chain_symbols(text, chain);
    pieces_end(&text->pieces);
    if (chain->count > 1) show_chain_numbers(text, chain);
    pieces_end(&text->pieces);
    pieces_end(&text->pieces);
    show_number_piece(text, chain->product, PAINT_RESULT);
    if (chain_skips(chain)) show_words(text, "around a layer", PAINT_ASIDE);
    show_hand(text, &chain->hand, chain_skips(chain) ? "; " : "");
    pieces_end(&text->pieces);
    write_line(text, first, INDENT);
}
