#include <time.h>

#include "base/lines.h"
#include "spelled.h"

static void emit_equation(Sink *sink, Arena *arena, const char *left, const char *formula,
                          double value)
{
    const Equation equation = {parse(arena, left), parse(arena, formula), value, NULL, false, {0}};
    sink->block(sink, &(Block){.kind = BLOCK_EQUATION, .equation = equation});
}

static void forward(Sink *sink, Arena *arena)
{
    emit_words(sink, BLOCK_HEADING, "layer 1");
    emit_equation(sink, arena, "o11", "w11^1*x1 + w21^1*x2 + b11", 88);
    emit_words(sink, BLOCK_HEADING, "layer 2");
    emit_equation(sink, arena, "yhat", "w11^2*o11 + w21^2*o12 + b21", 176);
    emit_equation(sink, arena, "L", "sq(y - yhat)", 29929);
}

START_TEST(forward_as_the_notes_write_it)
{
    check_text(style_of(false, false, 80), forward,
               "layer 1\n"
               "  o₁₁ = w₁₁¹x₁ + w₂₁¹x₂ + b₁₁ = 1·80 + 1·8 + 0 = 88\n"
               "layer 2\n"
               "  ŷ = w₁₁²o₁₁ + w₂₁²o₁₂ + b₂₁ = 1·88 + 1·88 + 0 = 176\n"
               "  L = (y - ŷ)² = (3 - 176)² = 29929\n");
    check_text(style_of(true, false, 80), forward,
               "layer 1\n"
               "  o11 = w11^1*x1 + w21^1*x2 + b11 = 1*80 + 1*8 + 0 = 88\n"
               "layer 2\n"
               "  yhat = w11^2*o11 + w21^2*o12 + b21 = 1*88 + 1*88 + 0 = 176\n"
               "  L = (y - yhat)^2 = (3 - 176)^2 = 29929\n");
}
END_TEST

START_TEST(colour_adds_codes_and_nothing_else)
{
    check_text(style_of(false, true, 80), forward,
               "\x1b[1mlayer 1\x1b[0m\n"
               "  o₁₁ = w₁₁¹x₁ + w₂₁¹x₂ + b₁₁ = 1·80 + 1·8 + 0 = \x1b[1m88\x1b[0m\n"
               "\x1b[1mlayer 2\x1b[0m\n"
               "  ŷ = w₁₁²o₁₁ + w₂₁²o₁₂ + b₂₁ = 1·88 + 1·88 + 0 = \x1b[1m176\x1b[0m\n"
               "  L = (y - ŷ)² = (3 - 176)² = \x1b[1m29929\x1b[0m\n");
}
END_TEST

static void repeats(Sink *sink, Arena *arena)
{
    emit_equation(sink, arena, "o11", "88", 88);
    emit_equation(sink, arena, "o11", "x1", 80);
    emit_equation(sink, arena, "o11", "1 + 2", 3);
    emit_equation(sink, arena, "o11", "z11 > 0 ? z11 : 0", 0);
    const Equation bare = {parse(arena, "o11"), parse(arena, "x1 + x2"), 88, NULL, true, {0}};
    sink->block(sink, &(Block){.kind = BLOCK_EQUATION, .equation = bare});
    const Equation remark = {
        parse(arena, "o11"), parse(arena, "x1"), 80, "→ overflowed", false, {0}};
    sink->block(sink, &(Block){.kind = BLOCK_EQUATION, .equation = remark});
}

START_TEST(parts_that_repeat_another_are_left_out)
{
    check_text(style_of(false, false, 80), repeats,
               "  o₁₁ = 88\n"
               "  o₁₁ = x₁ = 80\n"
               "  o₁₁ = 1 + 2 = 3\n"
               "  o₁₁ = (z₁₁ if z₁₁ > 0 else 0) = (-0.5 if -0.5 > 0 else 0) = 0\n"
               "  o₁₁ = x₁ + x₂\n"
               "  o₁₁ = x₁ = 80   → overflowed\n");
    check_text(style_of(false, true, 80), repeats,
               "  o₁₁ = \x1b[1m88\x1b[0m\n"
               "  o₁₁ = x₁ = \x1b[1m80\x1b[0m\n"
               "  o₁₁ = 1 + 2 = \x1b[1m3\x1b[0m\n"
               "  o₁₁ = (z₁₁ if z₁₁ > 0 else 0) = (-0.5 if -0.5 > 0 else 0) = \x1b[1m0\x1b[0m\n"
               "  o₁₁ = x₁ + x₂\n"
               "  o₁₁ = x₁ = \x1b[1m80\x1b[0m   \x1b[2m→ overflowed\x1b[0m\n");
}
END_TEST

static void wide(Sink *sink, Arena *arena)
{
    emit_equation(sink, arena, "o11",
                  "w11^1*x1 + w21^1*x2 + w11^1*x1 + w21^1*x2 + w11^1*(x1 - x2) + w21^1*x2 + "
                  "w11^1*x1 + w21^1*x2 + b11",
                  88);
}

START_TEST(a_long_equation_breaks_before_its_signs)
{
    check_text(style_of(false, false, 80), wide,
               "  o₁₁ = w₁₁¹x₁ + w₂₁¹x₂ + w₁₁¹x₁ + w₂₁¹x₂ + w₁₁¹(x₁ - x₂) + w₂₁¹x₂ + w₁₁¹x₁\n"
               "        + w₂₁¹x₂ + b₁₁\n"
               "      = 1·80 + 1·8 + 1·80 + 1·8 + 1(80 - 8) + 1·8 + 1·80 + 1·8 + 0 = 88\n");
    check_text(style_of(false, false, 46), wide,
               "  o₁₁ = w₁₁¹x₁ + w₂₁¹x₂ + w₁₁¹x₁ + w₂₁¹x₂\n"
               "        + w₁₁¹(x₁ - x₂) + w₂₁¹x₂ + w₁₁¹x₁\n"
               "        + w₂₁¹x₂ + b₁₁\n"
               "      = 1·80 + 1·8 + 1·80 + 1·8 + 1(80 - 8)\n"
               "        + 1·8 + 1·80 + 1·8 + 0 = 88\n");
    check_text(style_of(false, false, 200), wide,
               "  o₁₁ = w₁₁¹x₁ + w₂₁¹x₂ + w₁₁¹x₁ + w₂₁¹x₂ + w₁₁¹(x₁ - x₂) + w₂₁¹x₂ + w₁₁¹x₁ + "
               "w₂₁¹x₂ + b₁₁ = 1·80 + 1·8 + 1·80 + 1·8 + 1(80 - 8) + 1·8 + 1·80 + 1·8 + 0 = 88\n");
}
END_TEST

START_TEST(no_room_at_all_still_ends)
{
    check_text(style_of(false, false, 1), forward,
               "layer\n  1\n"
               "  o₁₁\n    = w₁₁¹x₁\n      + w₂₁¹x₂\n      + b₁₁\n    = 1·80\n      + 1·8\n      + "
               "0\n    = 88\n"
               "layer\n  2\n"
               "  ŷ\n    = w₁₁²o₁₁\n      + w₂₁²o₁₂\n      + b₂₁\n    = 1·88\n      + 1·88\n      "
               "+ 0\n    = 176\n"
               "  L\n    = (y\n      - ŷ)²\n    = (3\n      - 176)²\n    = 29929\n");
}
END_TEST

static void prose(Sink *sink, Arena *arena)
{
    const Span spans[] = {{.kind = SPAN_TEXT, .text = "η = "},
                          {.kind = SPAN_NUMBER, .number = 0.1},
                          {.kind = SPAN_TEXT, .text = ", "},
                          {.kind = SPAN_EXPR, .expr = parse(arena, "-2*(y - yhat)")},
                          {.kind = SPAN_TEXT, .text = " → "},
                          {.kind = SPAN_NUMBERS, .expr = parse(arena, "-2*(y - yhat)")},
                          {.kind = SPAN_TEXT, .text = ", from "},
                          {.kind = SPAN_FOREIGN, .text = "é\x1b.csv"},
                          {.kind = SPAN_TEXT, .text = ": type "},
                          {.kind = SPAN_CODE, .text = "help"}};
    sink->block(sink, &(Block){.kind = BLOCK_NOTE, .spans = spans, .span_count = 10});
    sink->block(sink, &(Block){.kind = BLOCK_TEXT, .text = "  a table → of ours\nlast line"});
}

START_TEST(prose_and_its_spans)
{
    check_text(style_of(false, false, 80), prose,
               "η = 0.1, -2(y - ŷ) → -2(3 - 176), from é\\x1b.csv: type `help`\n"
               "  a table → of ours\nlast line\n");
    check_text(style_of(true, false, 80), prose,
               "lr = 0.1, -2*(y - yhat) -> -2*(3 - 176), from \\u00e9\\x1b.csv: type `help`\n"
               "  a table -> of ours\nlast line\n");
    check_text(style_of(false, true, 40), prose,
               "η = 0.1, -2(y - ŷ) → -2(3 - 176), from\n"
               "  é\\x1b.csv: type `\x1b[36mhelp\x1b[0m`\n"
               "  a table → of ours\nlast line\n");
}
END_TEST

static void settings(Sink *sink, Arena *arena)
{
    (void)arena;
    emit_words(sink, BLOCK_NOTE, "weights 1, biases 0, η = 0.1, β = 0.9");
    emit_words(sink, BLOCK_NOTE, "η = 0.1 = 1/10 = 10/100");
}

START_TEST(a_name_and_its_value_stay_together)
{
    check_text(style_of(false, false, 24), settings,
               "weights 1, biases 0,\n  η = 0.1, β = 0.9\nη = 0.1 = 1/10 = 10/100\n");
    check_text(style_of(false, false, 20), settings,
               "weights 1, biases 0,\n  η = 0.1, β = 0.9\nη = 0.1 = 1/10 =\n  10/100\n");
}
END_TEST

static void for_programs(Sink *sink, Arena *arena)
{
    const Cell cell = {.kind = CELL_NUMBER, .number = 1};
    const Column column = {"value", "value"};
    const Table table = {.columns = &column, .count = 1};
    const Equation equation = {parse(arena, "o11"), parse(arena, "x1"), 80, NULL, false, {0}};
    sink->block(sink, &(Block){.kind = BLOCK_FIELD, .key = "loss", .cell = cell});
    sink->block(sink, &(Block){.kind = BLOCK_EQUATION, .data = true, .equation = equation});
    sink->block(sink, &(Block){.kind = BLOCK_TABLE, .key = "t", .data = true, .table = table});
    sink->block(sink, &(Block){.kind = BLOCK_ROW, .cells = &cell});
    sink->block(sink, &(Block){.kind = BLOCK_TABLE_END});
}

START_TEST(people_do_not_see_what_is_for_programs)
{
    check_text(style_of(false, false, 80), for_programs, "");
}
END_TEST

static void check_failure(Style style, Failure failure, const char *want)
{
    Recorder recorder = {{record}, {0}, {0}, 0};
    Sink *sink = render_text(&recorder.writer, &style);
    sink->begin(sink, failure.command);
    sink->end(sink, &failure);
    ck_assert_str_eq(text_string(&recorder.error), want);
    ck_assert_str_eq(text_string(&recorder.out), "");
    render_free(sink);
    recorder_release(&recorder);
}

START_TEST(failures_point_at_the_column)
{
    Style style = style_of(false, false, 40);
    check_failure(style, (Failure){"no such symbol", "grad w99^9", 6, "net.bp", 12},
                  "net.bp:12: error: no such symbol\n  grad w99^9\n       ^\n");
    check_failure(style, (Failure){"no network yet", "forward", 0, NULL, 0},
                  "error: no network yet\n");
    /* ŷ is two bytes and one column, the tab one column, the control character four. */
    check_failure(style, (Failure){"what is \x01?", "p ŷ\t\x01 +", 8, NULL, 0},
                  "error: what is \\x01?\n  p ŷ \\x01 +\n           ^\n");
    style.ascii = true;
    check_failure(style, (Failure){"→ é", "p ŷ +", 6, "é.bp", 1},
                  "\\u00e9.bp:1: error: -> \\u00e9\n  p \\u0177 +\n           ^\n");
    style.color = true;
    check_failure(style, (Failure){"no", "p x", 3, NULL, 0},
                  "\x1b[31merror:\x1b[0m no\n  p x\n    \x1b[31m^\x1b[0m\n");
}
END_TEST

START_TEST(a_long_failing_line_is_cut_around_the_caret)
{
    const Style style = style_of(false, false, 40);
    const char *line = "print 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 + 13 + 14";
    check_failure(style, (Failure){"no", line, 7, NULL, 0},
                  "error: no\n  print 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 …\n        ^\n");
    check_failure(style, (Failure){"no", line, 31, NULL, 0},
                  "error: no\n  …+ 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + …\n                     ^\n");
    check_failure(style, (Failure){"no", line, 65, NULL, 0},
                  "error: no\n  …+ 7 + 8 + 9 + 10 + 11 + 12 + 13 + 14\n                            "
                  "           ^\n");
}
END_TEST

START_TEST(the_longest_line_is_cut_at_once)
{
    Text line = {0};
    text_repeat(&line, '1', LINE_LIMIT);
    clock_t begin = clock();
    check_failure(style_of(false, false, 30), (Failure){"no", line.bytes, LINE_LIMIT, NULL, 0},
                  "error: no\n  …11111111111111111111111111\n                            ^\n");
    ck_assert_double_lt((double)(clock() - begin) / CLOCKS_PER_SEC, 1);
    text_release(&line);
}
END_TEST

START_TEST(output_comes_before_the_error_and_in_large_pieces)
{
    Style style = STYLE_DEFAULT;
    Recorder recorder = {{record}, {0}, {0}, 0};
    Sink *sink = render_text(&recorder.writer, &style);
    sink->begin(sink, "outer");
    sink->begin(sink, "inner");
    for (int i = 0; i < 10000; i++) emit_words(sink, BLOCK_NOTE, "a line");
    sink->end(sink, NULL);
    ck_assert_int_eq(recorder.writes, 2);
    sink->end(sink, &(Failure){"no", "outer", 0, NULL, 0});
    ck_assert_int_eq(recorder.writes, 3);
    ck_assert_uint_eq(recorder.out.length, 70000);
    ck_assert_str_eq(text_string(&recorder.error), "error: no\n");
    render_free(sink);
    recorder_release(&recorder);
}
END_TEST

UNIT("render_text", forward_as_the_notes_write_it, colour_adds_codes_and_nothing_else,
     parts_that_repeat_another_are_left_out, a_long_equation_breaks_before_its_signs,
     no_room_at_all_still_ends, prose_and_its_spans, a_name_and_its_value_stay_together,
     people_do_not_see_what_is_for_programs, failures_point_at_the_column,
     a_long_failing_line_is_cut_around_the_caret, the_longest_line_is_cut_at_once,
     output_comes_before_the_error_and_in_large_pieces)
