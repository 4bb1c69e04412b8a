#include "base/utf8.h"
#include "spelled.h"

static void emit_passage(Sink *sink, Passage passage)
{
    sink->block(sink, &(Block){.kind = BLOCK_PASSAGE, .passage = passage});
}

#define WORDS(...)                                                                                 \
    .spans = (const Span[]){__VA_ARGS__},                                                          \
    .span_count = sizeof((const Span[]){__VA_ARGS__}) / sizeof(Span)
#define SAY(words)                                                                                 \
    {                                                                                              \
        .kind = SPAN_WORDS, .text = words                                                          \
    }
#define STRESS(words)                                                                              \
    {                                                                                              \
        .kind = SPAN_WORDS, .text = words, .accent = ACCENT_EMPHASIS                               \
    }
#define SHOUT(words)                                                                               \
    {                                                                                              \
        .kind = SPAN_WORDS, .text = words, .accent = ACCENT_STRONG                                 \
    }
#define TYPE(code)                                                                                 \
    {                                                                                              \
        .kind = SPAN_CODE, .text = code                                                            \
    }

static void page(Sink *sink, Arena *arena)
{
    (void)arena;
    emit_passage(sink, (Passage){PASSAGE_HEADING, .level = 1, WORDS(SAY("The slope of ŷ"))});
    emit_passage(
        sink, (Passage){PASSAGE_PARAGRAPH,
                        WORDS(SAY("A derivative says "), STRESS("how fast"), SAY(" a loss grows; "),
                              SHOUT("never"), SAY(" where it is. Ask with "),
                              TYPE("grad w11^2 paths"), SAY(" → and read it from the left."))});
    emit_passage(sink, (Passage){PASSAGE_HEADING, .level = 2, WORDS(SAY("By hand"))});
    emit_passage(sink, (Passage){PASSAGE_PARAGRAPH, .first = "• ", .rest = "  ",
                                 WORDS(SAY("forward, which is a word and another word"))});
    emit_passage(sink, (Passage){PASSAGE_PARAGRAPH, .first = "• ", .rest = "  ", .tight = true,
                                 WORDS(SAY("back\nat last"))});
    emit_passage(
        sink,
        (Passage){PASSAGE_CODE, .first = "> ", .rest = "> ",
                  WORDS(SAY("for row in rows:\n\tforward\n\nback and a line that is too long\n"))});
    emit_passage(sink, (Passage){.kind = PASSAGE_RULE});
    emit_passage(sink, (Passage){PASSAGE_HEADING, .level = 3, WORDS(SAY("Now you"))});
}

START_TEST(page_at_the_width_of_a_terminal)
{
    check_text(style_of(false, false, 80), page,
               "The slope of ŷ\n"
               "══════════════\n"
               "\n"
               "A derivative says how fast a loss grows; never where it is. Ask with\n"
               "`grad w11^2 paths` → and read it from the left.\n"
               "\n"
               "By hand\n"
               "───────\n"
               "\n"
               "• forward, which is a word and another word\n"
               "• back\n"
               "  at last\n"
               "\n"
               ">   for row in rows:\n"
               ">       forward\n"
               ">\n"
               ">   back and a line that is too long\n"
               "\n"
               "──────────────────────────────────────────────────────────────────────────────"
               "──\n"
               "\n"
               "Now you\n");
}
END_TEST

START_TEST(narrow_page_in_plain_ascii)
{
    check_text(style_of(true, false, 26), page,
               "The slope of yhat\n"
               "=================\n"
               "\n"
               "A derivative says how fast\n"
               "a loss grows; never where\n"
               "it is. Ask with\n"
               "`grad w11^2 paths` -> and\n"
               "read it from the left.\n"
               "\n"
               "By hand\n"
               "-------\n"
               "\n"
               "* forward, which is a word\n"
               "  and another word\n"
               "* back\n"
               "  at last\n"
               "\n"
               ">   for row in rows:\n"
               ">       forward\n"
               ">\n"
               ">   back and a line that is too long\n"
               "\n"
               "--------------------------\n"
               "\n"
               "Now you\n");
}
END_TEST

START_TEST(stress_is_a_colour_that_ends_with_each_line)
{
    check_text(style_of(false, true, 40), page,
               "\x1b[1mThe slope of ŷ\x1b[0m\n"
               "══════════════\n"
               "\n"
               "A derivative says \x1b[4mhow fast\x1b[0m a loss grows;\n"
               "\x1b[1mnever\x1b[0m where it is. Ask with\n"
               "`\x1b[36mgrad w11^2 paths\x1b[0m` → and read it from\n"
               "the left.\n"
               "\n"
               "\x1b[1mBy hand\x1b[0m\n"
               "───────\n"
               "\n"
               "• forward, which is a word and another\n"
               "  word\n"
               "• back\n"
               "  at last\n"
               "\n"
               ">   \x1b[36mfor row in rows:\x1b[0m\n"
               ">   \x1b[36m    forward\x1b[0m\n"
               ">\n"
               ">   \x1b[36mback and a line that is too long\x1b[0m\n"
               "\n"
               "────────────────────────────────────────\n"
               "\n"
               "\x1b[1mNow you\x1b[0m\n");
}
END_TEST

static void quotation(Sink *sink, Arena *arena)
{
    (void)arena;
    emit_passage(sink, (Passage){PASSAGE_PARAGRAPH, .first = "> ", .rest = "> ",
                                 WORDS(STRESS("one two three four five"), SAY(" six"))});
    emit_passage(sink, (Passage){PASSAGE_HEADING, .level = 1,
                                 WORDS(SAY("seven eight "), TYPE("nine"), SAY(" ten eleven"))});
}

START_TEST(colour_does_not_run_into_the_lead)
{
    check_text(style_of(false, true, 16), quotation,
               "> \x1b[4mone two three\x1b[0m\n"
               "> \x1b[4mfour five\x1b[0m six\n"
               "\n"
               "\x1b[1mseven eight\x1b[0m\n"
               "\x1b[1m\x1b[1m`\x1b[36mnine\x1b[0m`\x1b[1m ten\x1b[0m\n"
               "\x1b[1meleven\x1b[0m\n"
               "════════════════\n");
}
END_TEST

static void long_paragraph(Sink *sink, Arena *arena)
{
    Text words = {0};
    for (int i = 0; i < 60; i++) text_print(&words, "word%d ", i);
    emit_passage(sink, (Passage){PASSAGE_PARAGRAPH, WORDS(SAY(text_move(&words, arena)))});
    emit_passage(sink, (Passage){PASSAGE_RULE, .first = "> "});
}

/* The longest line of what is written, in columns. */
static int widest_line(Style style)
{
    Recorder recorder = {{record}, {0}, {0}, 0};
    Arena arena = {0};
    Sink *sink = render_text(&recorder.writer, &style);
    sink->begin(sink, "command");
    long_paragraph(sink, &arena);
    sink->end(sink, NULL);
    int widest = 0;
    for (const char *line = text_string(&recorder.out); *line; line += strcspn(line, "\n") + 1) {
        int columns = utf8_width(line, strcspn(line, "\n"));
        if (columns > widest) widest = columns;
    }
    render_free(sink);
    recorder_release(&recorder);
    arena_release(&arena);
    return widest;
}

START_TEST(wide_terminal_does_not_make_long_lines)
{
    ck_assert_int_eq(widest_line(style_of(false, false, 200)), 100);
    ck_assert_int_eq(widest_line(style_of(false, false, 80)), 80);
    ck_assert_int_eq(widest_line(style_of(true, false, 40)), 40);
}
END_TEST

static void foreign(Sink *sink, Arena *arena)
{
    (void)arena;
    const Cell cells[] = {{.kind = CELL_PROSE, .prose = {(const Span[]){STRESS("ŷ\x1b[31m")}, 1}}};
    emit_passage(sink, (Passage){PASSAGE_HEADING, .level = 1, WORDS(SAY("a\x1b]0;title\a"))});
    emit_passage(
        sink, (Passage){PASSAGE_PARAGRAPH, WORDS(SAY("tab\there, η and é\x1b[2J"), TYPE("x\r"))});
    emit_passage(sink, (Passage){PASSAGE_CODE, WORDS(SAY("∂L/∂w₁₁²\x9b"
                                                         "1m\n\xe2\x80\xae"))});
    sink->block(sink, &(Block){.kind = BLOCK_TABLE,
                               .table = {(const Column[]){{NULL, "x"}}, 1, .headless = true}});
    sink->block(sink, &(Block){.kind = BLOCK_ROW, .cells = cells});
    sink->block(sink, &(Block){.kind = BLOCK_TABLE_END});
}

START_TEST(words_cannot_steer_the_terminal)
{
    check_text(style_of(false, false, 80), foreign,
               "a\\x1b]0;title\\x07\n"
               "═════════════════\n"
               "\n"
               "tab here, η and é\\x1b[2J`x\\x0d`\n"
               "\n"
               "  ∂L/∂w₁₁²\\x9b1m\n"
               "  \\u202e\n"
               "\n"
               "  ŷ\\x1b[31m\n");
    check_text(style_of(true, false, 80), foreign,
               "a\\x1b]0;title\\x07\n"
               "=================\n"
               "\n"
               "tab here, lr and \\u00e9\\x1b[2J`x\\x0d`\n"
               "\n"
               "  dL/dw11^2\\x9b1m\n"
               "  \\u202e\n"
               "\n"
               "  yhat\\x1b[31m\n");
}
END_TEST

static void drawing(Sink *sink, Arena *arena)
{
    (void)arena;
    emit_passage(sink, (Passage){PASSAGE_CODE, WORDS(SAY("w₁₁² ╲   ╱\tL\n"
                                                         "ŷ    y  x₁ ────► ŷ\n"
                                                         "1    y  x₁ ────► ŷ\n"))});
}

/* w11^2 is longer than its sign, and one blank stays: what comes next gives way, not the rest. */
START_TEST(drawings_keep_their_columns_in_plain_letters)
{
    check_text(style_of(false, false, 80), drawing,
               "  w₁₁² ╲   ╱  L\n"
               "  ŷ    y  x₁ ────► ŷ\n"
               "  1    y  x₁ ────► ŷ\n");
    check_text(style_of(true, false, 80), drawing,
               "  w11^2 \\  /  L\n"
               "  yhat y  x1 ----> yhat\n"
               "  1    y  x1 ----> yhat\n");
}
END_TEST

static void wide(Sink *sink, Arena *arena)
{
    (void)arena;
    emit_passage(sink, (Passage){PASSAGE_HEADING, .level = 1, WORDS(SAY("勾配 y\u0302"))});
    emit_passage(sink, (Passage){PASSAGE_PARAGRAPH, .first = "• ", .rest = "  ",
                                 WORDS(SAY("勾配 勾配 勾配 y\u0302y\u0302y\u0302y\u0302 勾配"))});
}

START_TEST(lines_are_measured_in_columns)
{
    check_text(style_of(false, false, 12), wide,
               "勾配 y\u0302\n"
               "══════\n"
               "\n"
               "• 勾配 勾配\n"
               "  勾配 y\u0302y\u0302y\u0302y\u0302\n"
               "  勾配\n");
}
END_TEST

/* However deep they are nested, words have half of the page, and a table has, too. */
static void nested(Sink *sink, Arena *arena)
{
    (void)arena;
    const Prose prose = {.spans = (const Span[]){SAY("x")}, .count = 1};
    const Column columns[] = {{"a", "a"}};
    emit_passage(sink, (Passage){PASSAGE_PARAGRAPH, .first = "> > 10. • • ", .rest = "> >         ",
                                 WORDS(SAY("words and words and words"))});
    emit_passage(sink, (Passage){PASSAGE_CODE, .first = "> > > > > > • ", .rest = "> > > > > >   ",
                                 WORDS(SAY("forward\nloss\n"))});
    sink->block(sink, &(Block){.kind = BLOCK_TABLE,
                               .table = {.columns = columns, .count = 1, .indent = 1000}});
    sink->block(sink,
                &(Block){.kind = BLOCK_ROW, .cells = &(Cell){.kind = CELL_PROSE, .prose = prose}});
    sink->block(sink, &(Block){.kind = BLOCK_TABLE_END});
}

START_TEST(a_lead_takes_half_of_the_page_at_the_most)
{
    check_text(style_of(false, false, 20), nested,
               "> 10. • • words and\n"
               ">         words and\n"
               ">         words\n"
               "\n"
               "> > > > •   forward\n"
               "> > > >     loss\n"
               "\n"
               "            a\n"
               "            ─\n"
               "            x\n");
}
END_TEST

START_TEST(programs_do_not_read_pages)
{
    Recorder recorder = {{record}, {0}, {0}, 0};
    Arena arena = {0};
    Style style = STYLE_DEFAULT;
    Sink *sink = render_json(&recorder.writer, &style);
    sink->begin(sink, "ask");
    page(sink, &arena);
    sink->end(sink, NULL);
    ck_assert_str_eq(text_string(&recorder.out), "{\"command\":\"ask\",\"status\":\"ok\"}\n");
    render_free(sink);
    recorder_release(&recorder);
    arena_release(&arena);
}
END_TEST

UNIT("render_passage", page_at_the_width_of_a_terminal, narrow_page_in_plain_ascii,
     stress_is_a_colour_that_ends_with_each_line, colour_does_not_run_into_the_lead,
     wide_terminal_does_not_make_long_lines, words_cannot_steer_the_terminal,
     drawings_keep_their_columns_in_plain_letters, lines_are_measured_in_columns,
     a_lead_takes_half_of_the_page_at_the_most, programs_do_not_read_pages)
