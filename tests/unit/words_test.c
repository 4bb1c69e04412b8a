#include <string.h>

#include "base/text.h"
#include "command/arguments.h"
#include "unit.h"

/* The words of LINE as "column:text " each, quoted ones with quotes around. */
static void check_split(const char *line, const char *want)
{
    Arena arena = {0};
    Words words;
    Text seen = {0};
    ck_assert_msg(words_split(&words, line, &arena, NULL), "%s", line);
    for (int i = 0; i < words.count; i++) {
        const Word *word = &words.items[i];
        const char *quote = word->quoted ? "\"" : "";
        text_print(&seen, "%d+%d:%s%s%s ", word->column, word->length, quote, word->text, quote);
    }
    ck_assert_str_eq(text_string(&seen), want);
    text_release(&seen);
    arena_release(&arena);
}

START_TEST(blanks_divide_words)
{
    check_split("", "");
    check_split(" \t ", "");
    check_split("init 2-2-1", "1+4:init 6+5:2-2-1 ");
    check_split("  init\t2-2-1  ", "3+4:init 8+5:2-2-1 ");
    check_split("p ŷ + 1", "1+1:p 3+2:ŷ 6+1:+ 8+1:1 ");
}
END_TEST

START_TEST(quotes_hold_blanks_together)
{
    check_split("echo \"two words\" x", "1+4:echo 6+11:\"two words\" 18+1:x ");
    check_split("\"\"", "1+2:\"\" ");
    check_split("\"a # b\"", "1+7:\"a # b\" ");
    check_split("\"say \\\"hi\\\"\" \"back\\\\slash\" \"\\n\"",
                "1+12:\"say \"hi\"\" 14+13:\"back\\slash\" 28+4:\"\\n\" ");
    check_split("data a.csv target=\"my column\":onehot",
                "1+4:data 6+5:a.csv 12+25:target=my column:onehot ");
}
END_TEST

START_TEST(a_sharp_that_begins_a_word_begins_a_comment)
{
    check_split("# all of it", "");
    check_split("step # once", "1+4:step ");
    check_split("step #", "1+4:step ");
    check_split("a#b #c", "1+3:a#b ");
}
END_TEST

static void check_open(const char *line, int column)
{
    Arena arena = {0};
    Words words;
    Error err = {0};
    ck_assert_msg(!words_split(&words, line, &arena, &err), "%s", line);
    ck_assert_str_eq(err.message, "this quote is never closed");
    ck_assert_int_eq(err.column, column);
    arena_release(&arena);
}

START_TEST(an_open_quote_is_refused_where_it_stands)
{
    check_open("\"", 1);
    check_open("echo \"abc", 6);
    check_open("echo \"abc\\\"", 6);
    check_open("echo \"a\" b=\"c", 12);
    check_open("echo 5\" long", 7);
}
END_TEST

START_TEST(many_words_take_memory_in_proportion)
{
    enum { COUNT = 20000 };
    Arena arena = {0};
    Words words;
    Text line = {0};
    for (int i = 0; i < COUNT; i++) text_add(&line, "\"\" ");
    ck_assert(words_split(&words, line.bytes, &arena, NULL));
    ck_assert_int_eq(words.count, COUNT);
    ck_assert_int_eq(words.items[COUNT - 1].column, 3 * (COUNT - 1) + 1);
    arena_release(&arena);
    text_release(&line);
}
END_TEST

START_TEST(a_word_is_typed_as_it_reads_back)
{
    static const struct {
        const char *word, *typed, *in_shell;
    } rows[] = {{"a/b-1.md", "a/b-1.md", "a/b-1.md"},
                {"größe_数.md", "größe_数.md", "größe_数.md"},
                {"", "\"\"", "''"},
                {"my own.md", "\"my own.md\"", "'my own.md'"},
                {"it's", "\"it's\"", "'it'\\''s'"},
                {"a\"b\\c", "\"a\\\"b\\\\c\"", "'a\"b\\c'"},
                {"#1", "\"#1\"", "'#1'"},
                {"k=v", "\"k=v\"", "'k=v'"},
                {"~/$HOME/`x`", "\"~/$HOME/`x`\"", "'~/$HOME/`x`'"}};
    Arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Words words;
        const char *typed = word_typed(rows[i].word, &arena);
        ck_assert_str_eq(typed, rows[i].typed);
        ck_assert_str_eq(word_typed_in_shell(rows[i].word, &arena), rows[i].in_shell);
        ck_assert(words_split(&words, typed, &arena, NULL) && words.count == 1);
        ck_assert_str_eq(words.items[0].text, rows[i].word);
    }
    arena_release(&arena);
}
END_TEST

UNIT("words", blanks_divide_words, quotes_hold_blanks_together,
     a_sharp_that_begins_a_word_begins_a_comment, an_open_quote_is_refused_where_it_stands,
     many_words_take_memory_in_proportion, a_word_is_typed_as_it_reads_back)
