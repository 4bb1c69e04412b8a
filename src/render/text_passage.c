/* Pages to be read: paragraphs folded to a width that is good to read, whatever the terminal's. */
#include <limits.h>
#include <string.h>

#include "render/text_renderer.h"

enum {
    PAGE_WIDTH = 100, /* the eye loses longer lines */
    TAB = 4,
    RULED = 2 /* levels of headings that have a line below */
};

/* The pieces of a passage: what leads its lines, then the lines. */
enum { FIRST, REST, LINES };

static int page_width(const TextRenderer *text)
{
    int width = text->speller.style->width;
    return width < PAGE_WIDTH ? width : PAGE_WIDTH;
}

int show_lead_most(const TextRenderer *text)
{
    return page_width(text) / 2;
}

/* Spelling. */

/* Of what is nested deeper than there is room for the end is shown. */
static void add_lead(TextRenderer *text, const char *lead)
{
    Text spelled = {0};
    if (lead) spell_prose(&spelled, lead, text->speller.style);
    int columns = columns_of(text_string(&spelled), spelled.length);
    text_add(piece(text), skip_columns(text_string(&spelled), columns - show_lead_most(text)));
    pieces_end(&text->pieces);
    text_release(&spelled);
}

/* Each line has colour codes of its own. */
static void add_words(TextRenderer *text, const Span *span)
{
    const char *words = span->text;
    for (size_t length; *words; words += length + (words[length] != '\0')) {
        length = strcspn(words, "\t\n");
        if (length) show_accented(text, words, length, span->accent);
        if (words[length] == '\t') text_add_char(piece(text), ' ');
        if (words[length] == '\n') pieces_end(&text->pieces);
    }
}

/* Adds what stands before the next blank and returns how many columns it takes as it is spelled. */
static int add_drawn(TextRenderer *text, const char *word, size_t length)
{
    Text *line = piece(text);
    size_t start = line->length;
    spell_words(line, word, length, text->speller.style);
    return columns_of(text_string(line) + start, line->length - start);
}

/* The column after the blanks at the beginning of BLANKS, which begin at COLUMN. A tab leads to the
   next multiple of TAB columns. */
static int column_behind(const char *blanks, size_t length, int column)
{
    for (size_t i = 0; i < length; i++) column += blanks[i] == '\t' ? TAB - column % TAB : 1;
    return column;
}

/* Adds a line, up to its end, which it returns. What is drawn below each other stays so: a word
   that is spelled longer takes of the blanks behind it, of which one is left. */
static const char *add_line(TextRenderer *text, const char *line)
{
    for (int column = 0, spelled = 0, blanks;; spelled += blanks) {
        size_t length = strcspn(line, " \t\n");
        spelled += add_drawn(text, line, length);
        column += columns_of(line, length);
        line += length;
        length = strspn(line, " \t");
        if (!length) return line;
        column = column_behind(line, length, column);
        line += length;
        blanks = column > spelled ? column - spelled : 1;
        text_repeat(piece(text), ' ', blanks);
    }
}

/* The newline at the end of code ends its last line and begins none. */
static void add_code(TextRenderer *text, const Passage *passage)
{
    const Style *style = text->speller.style;
    const char *code = passage->span_count ? passage->spans[0].text : "";
    for (bool empty; *code; code += *code == '\n') {
        empty = *code == '\n';
        if (!empty) paint(piece(text), PAINT_CODE, style);
        code = add_line(text, code);
        if (!empty) paint(piece(text), PAINT_PLAIN, style);
        pieces_end(&text->pieces);
    }
}

static void add_paragraph(TextRenderer *text, const Passage *passage)
{
    for (int i = 0; i < passage->span_count; i++)
        if (passage->spans[i].kind == SPAN_WORDS)
            add_words(text, &passage->spans[i]);
        else
            show_spans(text, &passage->spans[i], 1);
    pieces_end(&text->pieces);
}

/* What a span says in a colour of its own leaves the heading's behind. */
static void add_heading(TextRenderer *text, const Passage *passage)
{
    for (int i = 0; i < passage->span_count; i++) {
        paint(piece(text), PAINT_HEADING, text->speller.style);
        show_spans(text, &passage->spans[i], 1);
    }
    paint(piece(text), PAINT_PLAIN, text->speller.style);
    pieces_end(&text->pieces);
}

/* Writing. */

static void write_lines(TextRenderer *text, bool folded)
{
    Text *out = &text->output.text, rest = {0};
    piece_add(&text->pieces, REST, &rest);
    for (int i = LINES; i < text->pieces.count; i++) {
        int lead = i > LINES ? REST : FIRST;
        Fold fold = {.width = folded ? page_width(text) : INT_MAX,
                     .column = text->pieces.items[lead].columns,
                     .hang = text->pieces.items[REST].columns,
                     .lead = text_string(&rest),
                     .prose = true};
        piece_add(&text->pieces, lead, out);
        if (!folded) text_repeat(out, ' ', INDENT);
        fold_piece(&fold, out, &text->pieces, i);
        show_end_line(out);
    }
    text_release(&rest);
}

static void write_rule(TextRenderer *text, int lead, int columns, const char *sign)
{
    Text *out = &text->output.text;
    int room = page_width(text) - text->pieces.items[lead].columns;
    piece_add(&text->pieces, lead, out);
    for (int i = 0; i < columns && i < room; i++) spell_prose(out, sign, text->speller.style);
    text_add_char(out, '\n');
}

static void write_heading(TextRenderer *text, int level)
{
    write_lines(text, true);
    int columns = text->pieces.items[LINES].columns;
    if (level <= RULED) write_rule(text, REST, columns, level == 1 ? "═" : "─");
}

void show_passage(TextRenderer *text, const Passage *passage)
{
    add_lead(text, passage->first);
    add_lead(text, passage->rest);
    switch (passage->kind) {
    case PASSAGE_HEADING:
        add_heading(text, passage);
        write_heading(text, passage->level);
        break;
    case PASSAGE_PARAGRAPH:
        add_paragraph(text, passage);
        write_lines(text, true);
        break;
    case PASSAGE_CODE:
        add_code(text, passage);
        write_lines(text, false);
        break;
    case PASSAGE_RULE: write_rule(text, FIRST, PAGE_WIDTH, "─"); break;
    }
}
