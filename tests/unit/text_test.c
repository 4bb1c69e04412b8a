#include "unit.h"

#include <string.h>

#include "base/text.h"

START_TEST(nothing_is_an_empty_string)
{
    Text text = {0};
    ck_assert_str_eq(text_string(&text), "");
    text_clear(&text);
    text_release(&text);
}
END_TEST

START_TEST(pieces_are_joined)
{
    Text text = {0};
    text_add(&text, "one");
    text_add_char(&text, ',');
    text_add_bytes(&text, " two and", 4);
    text_repeat(&text, '.', 3);
    text_repeat(&text, '!', -1);
    text_print(&text, " %s %d", "three", 4);
    ck_assert_str_eq(text_string(&text), "one, two... three 4");
    ck_assert_uint_eq(text.length, strlen("one, two... three 4"));
    text_release(&text);
}
END_TEST

START_TEST(it_grows_as_needed)
{
    Text text = {0};
    for (int i = 0; i < 10000; i++) text_print(&text, "%04d", i);
    ck_assert_uint_eq(text.length, 40000);
    ck_assert_int_eq(memcmp(text.bytes + 4 * 9999, "9999", 5), 0);
    text_release(&text);
}
END_TEST

START_TEST(clearing_keeps_the_memory)
{
    Text text = {0};
    text_add(&text, "something");
    const char *bytes = text.bytes;
    text_clear(&text);
    ck_assert_str_eq(text_string(&text), "");
    text_add(&text, "else");
    ck_assert_ptr_eq(text.bytes, bytes);
    ck_assert_str_eq(text_string(&text), "else");
    text_release(&text);
    ck_assert_ptr_null(text.bytes);
}
END_TEST

UNIT("text", nothing_is_an_empty_string, pieces_are_joined, it_grows_as_needed,
     clearing_keeps_the_memory)
