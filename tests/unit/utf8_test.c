#include "unit.h"

#include <string.h>

#include "base/utf8.h"

static const struct {
    const char *bytes;
    uint32_t code;
    size_t length; /* 0: no UTF-8 */
} samples[] = {
    {"A", 'A', 1},
    {"\xc5\xb7", 0x177, 2},      /* ŷ */
    {"\xe2\x88\x82", 0x2202, 3}, /* ∂ */
    {"\xf0\x9f\x98\x80", 0x1f600, 4},
    {"\xf4\x8f\xbf\xbf", 0x10ffff, 4},
    {"\x80", 0, 0}, /* a continuation that continues nothing */
    {"\xc3", 0, 0}, /* cut off */
    {"\xc3(", 0, 0},
    {"\xc0\xaf", 0, 0}, /* overlong */
    {"\xe0\x80\xaf", 0, 0},
    {"\xf0\x80\x80\xaf", 0, 0},
    {"\xed\xa0\x80", 0, 0},     /* a surrogate */
    {"\xf4\x90\x80\x80", 0, 0}, /* beyond Unicode */
    {"\xff", 0, 0},
};

START_TEST(code_points_are_decoded_or_refused)
{
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        uint32_t code = 0;
        size_t length = strlen(samples[i].bytes);
        ck_assert_uint_eq(utf8_decode(samples[i].bytes, length, &code), samples[i].length);
        if (samples[i].length) ck_assert_uint_eq(code, samples[i].code);
    }
}
END_TEST

START_TEST(the_valid_prefix_ends_at_the_fault)
{
    ck_assert_uint_eq(utf8_valid_prefix("w\xe2\x82\x81 ok", 7), 7);
    ck_assert_uint_eq(utf8_valid_prefix("ab\xff", 3), 2);
    ck_assert_uint_eq(utf8_valid_prefix("ab\xe2\x82", 4), 2);
    ck_assert_uint_eq(utf8_valid_prefix("", 0), 0);
    ck_assert_uint_eq(utf8_valid_prefix("a\0b", 3), 3);
}
END_TEST

static int width(const char *text)
{
    return utf8_width(text, strlen(text));
}

START_TEST(width_is_in_columns)
{
    ck_assert_int_eq(width("plain"), 5);
    ck_assert_int_eq(width("∂L/∂w₁₁²"), 8);
    ck_assert_int_eq(width("\xc5\xb7"), 1);
    ck_assert_int_eq(width("y\xcc\x82"), 1);
    ck_assert_int_eq(width("日本"), 4);
    ck_assert_int_eq(width("\xff"), 1);
}
END_TEST

static void check_escaped(const char *bytes, const char *want)
{
    Text text = {0};
    utf8_add_escaped(&text, bytes, strlen(bytes));
    ck_assert_str_eq(text_string(&text), want);
    text_release(&text);
}

START_TEST(what_steers_a_terminal_is_escaped)
{
    check_escaped("größe ŷ", "größe ŷ");
    check_escaped("\x1b[2J", "\\x1b[2J");
    check_escaped("a\tb\r\n", "a\\x09b\\x0d\\x0a");
    check_escaped("\xc2\x9b"
                  "31m",
                  "\\x9b31m");
    check_escaped("\xe2\x80\xae"
                  "abc",
                  "\\u202eabc");
    check_escaped("\xe2\x81\xa6x", "\\u2066x");
    check_escaped("\x7f", "\\x7f");
    check_escaped("\xd8\x9c\xe2\x80\x8b\xe2\x81\xa0", "\\u061c\\u200b\\u2060");
    check_escaped("\xf3\xa0\x81\x81", "\\ue0041");
    check_escaped("\xe2\x80\x8d", "\xe2\x80\x8d"); /* a joiner */
    check_escaped("\xff\xc3", "\\xff\\xc3");
}
END_TEST

UNIT("utf8", code_points_are_decoded_or_refused, the_valid_prefix_ends_at_the_fault,
     width_is_in_columns, what_steers_a_terminal_is_escaped)
