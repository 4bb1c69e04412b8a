#include "unit.h"

#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/text.h"
#include "lesson/match.h"

typedef struct Row {
    const char *want, *got;
    double tolerance;
    bool match;
} Row;

static void check_lines_of(const Row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Row *row = &rows[i];
        ck_assert_msg(match_line(row->want, row->got, row->tolerance) == row->match,
                      "\"%s\" and \"%s\", tolerance %g", row->want, row->got, row->tolerance);
    }
}
#define CHECK_LINES_OF(rows) check_lines_of(rows, sizeof(rows) / sizeof *(rows))

START_TEST(text_is_compared_exactly_but_for_blanks_at_the_end)
{
    static const Row rows[] = {
        {"", "", 0, true},           {"a b", "a b", 0, true},      {"a b", "a  b", 0, false},
        {"a b  \t", "a b", 0, true}, {"a b", "a b ", 0, true},     {" a", "a", 0, false},
        {"a", "A", 0, false},        {"a", "ab", 0, false},        {"ab", "a", 0, false},
        {"∂L/∂ŷ", "∂L/∂ŷ", 0, true}, {"x - y", "x − y", 0, false}, /* a hyphen and a minus sign */
        {"nan", "nan", 0, true},     {"nan", "1.5", 1e300, false}, {"1.5", "nan", 1e300, false},
        {"inf", "inf", 0, true},     {"inf", "-inf", 1, false},    {"-inf", "-inf", 0, true},
    };
    CHECK_LINES_OF(rows);
}
END_TEST

START_TEST(whole_numbers_are_equal)
{
    static const Row rows[] = {
        {"7", "7", 0, true},
        {"7", "8", 0, false},
        {"7", "8", 10, false}, /* a tolerance is for what is measured, not for what is counted */
        {"-7", "7", 0, false},
        {"0", "-0", 0, true},
        {"-0", "0", 0, true},
        {"7", "7.0", 0, true},
        {"7", "7.5", 0, false},
        {"7", "7.0000001", 0, false},
        {"7", "7.0000001", 1e-6, true},
        {"7", "7e0", 0, true},
        {"70", "7e1", 0, true},
        {"123456789012345678", "123456789012345678", 0, true},
        {"123456789012345678", "123456789012345679", 0, false},
        {"12345678901234567890", "12345678901234567890", 0, true},
        {"12345678901234567890", "12345678901234567891", 0, false},
        {"101,770 weights", "101,770 weights", 0, true},
        {"101,770 weights", "101,771 weights", 0, false},
    };
    CHECK_LINES_OF(rows);
}
END_TEST

START_TEST(the_last_digit_may_be_one_off)
{
    static const Row rows[] = {
        {"0.3", "0.4", 0, true}, /* which doubles say is more than 0.1 away */
        {"0.3", "0.2", 0, true},
        {"0.3", "0.41", 0, false},
        {"0.3", "0.400000000000001", 0, false},
        {"0.3", "0.19", 0, false},
        {"0.3", "0.3456", 0, true},
        {"0.30", "0.31", 0, true},
        {"0.30", "0.32", 0, false},
        {"0.30", "0.3", 0, true},
        {"3.0", "3", 0, true},
        {"3.0", "4", 0, false},
        {"2.67", "2.66667", 0, true},
        {"2.67", "2.65999", 0, false},
        {"9.99", "10", 0, true},
        {"-0.5", "-0.6", 0, true},
        {"-0.5", "0.5", 0, false},
        {"-0.3", "-0.41", 0, false},
        {"0.000", "-0.0004", 0, true},
        {"0.000", "1e-20", 0, true},
        {"0.000", "0.0011", 0, false},
        {"-0.0", "0.0", 0, true},
        {"1.2e-5", "1.3e-5", 0, true}, /* a unit is 1e-6 */
        {"1.2e-5", "1.31e-5", 0, false},
        {"1.2e-5", "0.000012", 0, true},
        {"1.2e-05", "1.2E-5", 0, true},
        {"1.2e+3", "1300", 0, true},
        {"1.2e+3", "1301", 0, false},
        {"1e3", "2000", 0, true},
        {"1e3", "2001", 0, false},
        {"1e300", "1e-300", 0, true},
        {"2e300", "1e-300", 0, false},
        {"1e-300", "1e300", 0, false},
        {"0.5", "1e400", 0, false},
        {"0.5", "0e400", 0, false},
        {"0.12345678901234567", "0.12345678901234568", 0, true},
        {"0.12345678901234567", "0.12345678901234569", 0, false},
        {"0.30000000000000004", "0.3", 0, false},
    };
    CHECK_LINES_OF(rows);
}
END_TEST

START_TEST(a_tolerance_is_of_the_larger_of_one_and_the_number)
{
    static const Row rows[] = {
        {"0.3", "0.4", 0.1, true},        {"0.3", "0.41", 0.1, false},
        {"0.3", "0.31", 1e-3, false}, /* stricter than the last digit, too */
        {"2000.5", "2001.5", 1e-3, true}, {"2000.5", "2003.5", 1e-3, false},
        {"1e-9", "1e-4", 1e-4, true},     {"100", "100.5", 1e-2, true},
        {"100.0", "101", 1e-2, true},     {"100.0", "102", 1e-2, false},
        {"-1.5", "1.5", 1, false},
    };
    CHECK_LINES_OF(rows);
}
END_TEST

START_TEST(digits_in_symbols_are_text)
{
    static const Row rows[] = {
        {"w11^2", "w11^2", 0, true},
        {"w11^2", "w12^2", 1, false},
        {"w11^2", "w11^1", 1, false},
        {"w₁₁²", "w₁₁²", 0, true},
        {"w₁₁²", "w₁₂²", 1, false},
        {"o11 = 0.50", "o11 = 0.51", 0, true},
        {"o11 = 0.50", "o12 = 0.51", 0, false},
        {"w10,3^2 = 0.5", "w10,3^2 = 0.6", 0, true},
        {"w10,3^2 = 0.5", "w10,4^2 = 0.6", 0, false},
        {"x1e5", "x1e6", 1e9, false},
        {"ŷ2", "ŷ3", 1, false},
        {"2-2-1", "2-2-1", 0, true},
        {"2-2-1", "2-3-1", 5, false},
        {"3-0.5", "3-0.6", 0, true}, /* a difference */
        {"y(-0.5)", "y(-0.6)", 0, true},
        {"1·80.5 + 0.25x1", "1·80.4 + 0.24x1", 0, true},
        {"η = 0.1, ×2.5", "η = 0.2, ×2.4", 0, true},
        {"version 1.2.3", "version 1.2.4", 5, false},
        {"took 0.5s.", "took 0.6s.", 0, true},
        {"0.5 - 0.25 = 0.25", "0.5 - 0.26 = 0.24", 0, true},
    };
    CHECK_LINES_OF(rows);
}
END_TEST

START_TEST(a_wildcard_is_any_run_in_a_line)
{
    static const Row rows[] = {
        {"[..]", "", 0, true},
        {"[..]", "anything 1.5", 0, true},
        {"a[..]", "abc", 0, true},
        {"a[..]", "ba", 0, false},
        {"[..]c", "abc", 0, true},
        {"[..]c", "abcd", 0, false},
        {"a[..]c", "ac", 0, true},
        {"ab[..]bc", "abc", 0, false},
        {"a[..]b[..]c", "a b b c", 0, true},
        {"a[..]b[..]c", "a c b", 0, false},
        {"[..][..]", "x", 0, true},
        {"[..]ab[..]ab", "ab", 0, false},
        {"x = 0.5 [..]", "x = 0.6 or so", 0, true},
        {"x = 0.5 [..]", "x = 0.7 or so", 0, false},
        {"[..] 0.5 [..] 2", "1 0.4 0.9 0.6 12 2", 0, true},
        {"[..] 0.5", "0.5 0.6", 0, true},
        {"[..] 0.5", "0.5 0.7", 0, false},
        {"x = 0.3[..]", "x = 0.3456", 0, true}, /* a number that is cut is text */
        {"x = 0.3[..]", "x = 0.2999", 0, false},
        {"x = 3.[..]", "x = 3.14", 0, true},
        {"x = 12[..]", "x = 123", 0, true},
        {"x = [..]56", "x = 123456", 0, true},
        {"x = 1.5[..]e-7", "x = 1.51234e-7", 0, true},
        {"w[..]1 = 0.5", "w11 = 0.6", 0, true},
        {"...", "more", 0, false}, /* of lines, not of words */
    };
    CHECK_LINES_OF(rows);
}
END_TEST

/* The lines of TEXT, in place. */
static Sheet sheet_of(char *text, const char *lines[], int most)
{
    Sheet sheet = {lines, 0};
    for (char *line; (line = strsep(&text, "\n"));) {
        ck_assert_int_lt(sheet.count, most);
        lines[sheet.count++] = line;
    }
    return sheet;
}

START_TEST(a_gap_is_any_lines)
{
    static const Row rows[] = {
        {"a\nb", "a\nb", 0, true},
        {"a\nb", "a", 0, false},
        {"a", "a\nb", 0, false},
        {"a\n\nb", "a\nb", 0, false},
        {"a\n\n", "a", 0, true},
        {"a", "a\n\n \n", 0, true},
        {"", "", 0, true},
        {"...", "", 0, true},
        {"...", "a\nb", 0, true},
        {"a\n...", "a", 0, true},
        {"a\n...", "b\na", 0, false},
        {"  ...  \nb", "a\nb", 0, true},
        {"...\nb", "b\na", 0, false},
        {"a\n...\nc", "a\nb\nb\nc", 0, true},
        {"a\n...\na", "a", 0, false},
        {"a\n...\nb\n...\nc", "a\nx\nb\ny\nc", 0, true},
        {"a\n...\nb\nb\n...\nc", "a\nb\nx\nb\nb\nc", 0, true},
        {"...\nb\n...\nb", "a\nb", 0, false},
        {"...\n...\nb", "b", 0, true},
        {"...\n0.5", "0.1\n0.6", 0, true},
        {"... 1", "a\n1", 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *lines[2][10];
        char *want = memory_copy(rows[i].want), *got = memory_copy(rows[i].got);
        Sheet want_sheet = sheet_of(want, lines[0], 10), got_sheet = sheet_of(got, lines[1], 10);
        ck_assert_msg(match_lines(want_sheet, got_sheet, 0) == rows[i].match, "%s|%s", rows[i].want,
                      rows[i].got);
        free(want);
        free(got);
    }
}
END_TEST

START_TEST(pairs_are_the_numbers_in_the_same_place)
{
    NumeralPairs pairs;
    ck_assert(match_shape("a 1 [..] 2.5 w11", "a 7 x 3 -8e2 w11", &pairs));
    ck_assert_int_eq(pairs.count, 2);
    ck_assert_int_eq((int)pairs.items[0].got.digits, 7);
    ck_assert_int_eq((int)pairs.items[1].want.start, 9);
    ck_assert_int_eq((int)pairs.items[1].got.digits, -8);
    ck_assert_int_eq(pairs.items[1].got.exponent, 2);
    free(pairs.items);
    ck_assert(!match_shape("a 1 2 b", "a 1 2 c", &pairs));
    ck_assert_ptr_null(pairs.items);
}
END_TEST

static double seconds_of_match(const char *want, const char *got, bool match)
{
    clock_t begin = clock();
    ck_assert(match_line(want, got, 0) == match);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

static const char *repeated(Text *text, const char *word, int times, const char *end)
{
    text_clear(text);
    for (int i = 0; i < times; i++) text_add(text, word);
    text_add(text, end);
    return text_string(text);
}

START_TEST(no_pattern_takes_for_ever)
{
    enum { TIMES = 12000 };
    Text want = {0}, got = {0};
    repeated(&got, "aaaa ", TIMES, "");
    ck_assert(seconds_of_match(repeated(&want, "a[..]", TIMES, "b"), got.bytes, false) < 1);
    text_clear(&want);
    text_add(&want, "[..]");
    for (int i = 0; i < TIMES / 2; i++) text_add(&want, "aaaa ");
    text_add(&want, "b[..]");
    ck_assert(seconds_of_match(want.bytes, got.bytes, false) < 1);
    repeated(&got, "1.5 ", TIMES, "");
    text_clear(&want);
    text_add(&want, "[..] ");
    for (int i = 0; i < TIMES / 2; i++) text_add(&want, "1.4 ");
    text_add(&want, "3.0 [..]");
    ck_assert(seconds_of_match(want.bytes, got.bytes, false) < 2);
    ck_assert(seconds_of_match(repeated(&want, "[..] 1.5", TIMES - 1, ""), got.bytes, true) < 1);
    text_release(&want);
    text_release(&got);
}
END_TEST

UNIT("match", text_is_compared_exactly_but_for_blanks_at_the_end, whole_numbers_are_equal,
     the_last_digit_may_be_one_off, a_tolerance_is_of_the_larger_of_one_and_the_number,
     digits_in_symbols_are_text, a_wildcard_is_any_run_in_a_line, a_gap_is_any_lines,
     pairs_are_the_numbers_in_the_same_place, no_pattern_takes_for_ever)
