#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "render/text_renderer.h"

/* Pieces. */

/* Between equals signs a choice or a comparison needs parentheses. */
void show_piece(TextRenderer *text, const Expr *expr, SpellMode mode)
{
    bool loose = expr && expr->kind >= EXPR_LESS;
    if (loose) text_add_char(&text->pieces.text, '(');
    if (expr) speller_expr(&text->speller, &text->pieces.text, expr, mode);
    if (loose) text_add_char(&text->pieces.text, ')');
    pieces_end(&text->pieces);
}

void show_number_piece(TextRenderer *text, double value, Paint colour)
{
    Text *piece = &text->pieces.text;
    if (colour != PAINT_PLAIN) paint(piece, colour, text->speller.style);
    speller_number(&text->speller, piece, value);
    if (colour != PAINT_PLAIN) paint(piece, PAINT_PLAIN, text->speller.style);
    pieces_end(&text->pieces);
}

void show_words(TextRenderer *text, const char *words, Paint colour)
{
    paint(&text->pieces.text, colour, text->speller.style);
    spell_prose(&text->pieces.text, words, text->speller.style);
    paint(&text->pieces.text, PAINT_PLAIN, text->speller.style);
}

void show_accented(TextRenderer *text, const char *words, size_t length, Accent accent)
{
    static const Paint paints[] = {
        [ACCENT_EMPHASIS] = PAINT_EMPHASIS, [ACCENT_STRONG] = PAINT_STRONG};
    const Style *style = text->speller.style;
    if (accent) paint(piece(text), paints[accent], style);
    spell_words(piece(text), words, length, style);
    if (accent) paint(piece(text), PAINT_PLAIN, style);
}

void show_code(TextRenderer *text, const char *code)
{
    const Style *style = text->speller.style;
    text_add_char(&text->pieces.text, '`');
    paint(&text->pieces.text, PAINT_CODE, style);
    spell_words(&text->pieces.text, code, strlen(code), style);
    paint(&text->pieces.text, PAINT_PLAIN, style);
    text_add_char(&text->pieces.text, '`');
}

void show_hand(TextRenderer *text, const Hand *hand, const char *before)
{
    if (!hand->known) return;
    Text words = {0};
    text_add(&words, before);
    spell_hand(&words, hand);
    show_words(text, text_string(&words), hand->units_off != 0 ? PAINT_MEMO : PAINT_ASIDE);
    text_release(&words);
}

void show_end_line(Text *out)
{
    drop_blanks(out);
    text_add_char(out, '\n');
}

static void add_span(TextRenderer *text, const Span *span)
{
    Text *piece = &text->pieces.text;
    switch (span->kind) {
    case SPAN_TEXT: spell_prose(piece, span->text, text->speller.style); break;
    case SPAN_FOREIGN: spell_foreign(piece, span->text, text->speller.style); break;
    case SPAN_WORDS: show_accented(text, span->text, strlen(span->text), span->accent); break;
    case SPAN_CODE: show_code(text, span->text); break;
    case SPAN_NUMBER: speller_number(&text->speller, piece, span->number); break;
    case SPAN_EXPR: speller_expr(&text->speller, piece, span->expr, SPELL_FORMULA); break;
    case SPAN_NUMBERS: speller_expr(&text->speller, piece, span->expr, SPELL_NUMBERS); break;
    }
}

void show_spans(TextRenderer *text, const Span *spans, int count)
{
    for (int i = 0; i < count; i++) add_span(text, &spans[i]);
}

/* Blocks of one line. */

static void write_prose(TextRenderer *text, const Block *block, Paint colour)
{
    const Style *style = text->speller.style;
    Text *out = &text->output.text;
    show_spans(text, block->spans, block->span_count);
    pieces_end(&text->pieces);
    if (colour != PAINT_PLAIN) paint(out, colour, style);
    Fold fold = {.width = style->width, .hang = INDENT, .prose = true};
    fold_piece(&fold, out, &text->pieces, 0);
    if (colour != PAINT_PLAIN) paint(out, PAINT_PLAIN, style);
    text_add_char(out, '\n');
}

static void write_heading(TextRenderer *text, const Block *block)
{
    write_prose(text, block, PAINT_HEADING);
}

static void write_note(TextRenderer *text, const Block *block)
{
    write_prose(text, block, PAINT_PLAIN);
}

static void write_text(TextRenderer *text, const Block *block)
{
    Text *out = &text->output.text;
    spell_prose(out, block->text, text->speller.style);
    if (*block->text && block->text[strlen(block->text) - 1] != '\n') text_add_char(out, '\n');
}

static void write_equation(TextRenderer *text, const Block *block)
{
    show_equation(text, &block->equation, INDENT);
}

static void write_derivation(TextRenderer *text, const Block *block)
{
    if (text->derived) text_add_char(&text->output.text, '\n');
    show_derivation(text, &block->derivation);
}

static void write_path(TextRenderer *text, const Block *block)
{
    show_path(text, &block->derivation.chain);
}

static void write_row(TextRenderer *text, const Block *block)
{
    show_row(text, block->cells);
}

static void write_table_end(TextRenderer *text, const Block *block)
{
    (void)block;
    show_table_end(text);
}

static void write_matrices(TextRenderer *text, const Block *block)
{
    show_matrices(text, block->matrices, block->matrix_count);
}

static void write_plot(TextRenderer *text, const Block *block)
{
    show_plot(text, &block->plot);
}

static void write_passage(TextRenderer *text, const Block *block)
{
    show_passage(text, &block->passage);
}

static void (*const writers[])(TextRenderer *text, const Block *block) = {
    [BLOCK_HEADING] = write_heading,
    [BLOCK_NOTE] = write_note,
    [BLOCK_TEXT] = write_text,
    [BLOCK_EQUATION] = write_equation,
    [BLOCK_DERIVATION] = write_derivation,
    [BLOCK_PATH] = write_path,
    [BLOCK_ROW] = write_row,
    [BLOCK_TABLE_END] = write_table_end,
    [BLOCK_MATRICES] = write_matrices,
    [BLOCK_PLOT] = write_plot,
    [BLOCK_PASSAGE] = write_passage,
};

/* The sink. */

static void begin_command(Sink *sink, const char *command)
{
    TextRenderer *text = (TextRenderer *)sink;
    (void)command;
    text->derived = text->begun = text->passage = false;
}

/* A passage is set off by blank lines. */
static bool stands_apart(const TextRenderer *text, const Block *block)
{
    if (block->kind != BLOCK_PASSAGE) return text->passage;
    return text->begun && !block->passage.tight;
}

static void remember(TextRenderer *text, const Block *block)
{
    bool note = text->derived && block->kind == BLOCK_NOTE;
    text->derived = note || block->kind == BLOCK_DERIVATION;
    text->passage = block->kind == BLOCK_PASSAGE;
    text->begun = true;
}

static void take_block(Sink *sink, const Block *block)
{
    TextRenderer *text = (TextRenderer *)sink;
    if (block->kind == BLOCK_FIELD) return;
    if (!block->data && stands_apart(text, block)) text_add_char(&text->output.text, '\n');
    if (block->kind == BLOCK_TABLE)
        show_table(text, &block->table, block->data);
    else if (!block->data)
        writers[block->kind](text, block);
    if (!block->data) remember(text, block);
    pieces_drop(&text->pieces, 0);
    output_flush_if_full(&text->output);
}

static void end_command(Sink *sink, const Failure *failure)
{
    TextRenderer *text = (TextRenderer *)sink;
    show_table_end(text);
    if (failure) {
        failure_add(&text->pieces.text, failure, text->speller.style);
        output_error(&text->output, &text->pieces.text);
    }
    text_clear(&text->pieces.text);
    output_flush(&text->output);
}

static void release(Sink *sink)
{
    TextRenderer *text = (TextRenderer *)sink;
    number_cache_free(text->speller.numbers);
    text_release(&text->output.text);
    pieces_release(&text->pieces);
    show_table_release(text);
    free(text);
}

Sink *render_text(Writer *writer, const Style *style)
{
    TextRenderer *text = memory_new(sizeof *text);
    text->renderer = (Renderer){{begin_command, take_block, end_command, false}, release};
    text->speller = (Speller){style, number_cache_new()};
    text->output.writer = writer;
    return &text->renderer.sink;
}
