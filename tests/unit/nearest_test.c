#include <string.h>

#include "base/nearest.h"
#include "unit.h"

static const char *const names[] = {"species", "sepal_length", "sepal_width", "lr", "row", "Loss"};

static const char *find(const char *word)
{
    return nearest(word, names, sizeof names / sizeof names[0]);
}

START_TEST(finds_each_kind_of_slip)
{
    ck_assert_pstr_eq(find("speies"), "species");
    ck_assert_pstr_eq(find("specties"), "species");
    ck_assert_pstr_eq(find("spacies"), "species");
    ck_assert_pstr_eq(find("rwo"), "row");
    ck_assert_pstr_eq(find("sepal_widht"), "sepal_width");
    ck_assert_pstr_eq(find("sepal_lenth"), "sepal_length");
    ck_assert_pstr_eq(find("species"), "species");
}
END_TEST

START_TEST(ignores_capitals)
{
    ck_assert_pstr_eq(find("SPECIES"), "species");
    ck_assert_pstr_eq(find("loss"), "Loss");
}
END_TEST

START_TEST(a_swap_is_one_slip_and_a_letter_alone_forgives_none)
{
    static const char *const letters[] = {"ab", "y"};
    ck_assert_pstr_eq(nearest("ba", letters, 2), "ab");
    ck_assert_ptr_null(nearest("x", letters, 2));
    ck_assert_pstr_eq(nearest("Y", letters, 2), "y");
}
END_TEST

START_TEST(far_words_are_near_to_nothing)
{
    ck_assert_ptr_null(find("banana"));
    ck_assert_ptr_null(find("spcs"));
    ck_assert_ptr_null(find(""));
    ck_assert_ptr_null(nearest("row", names, 0));
}
END_TEST

START_TEST(the_nearer_name_wins_and_the_first_among_equals)
{
    static const char *const some[] = {"abcdef", "abcdeg", "abcdxx"};
    ck_assert_pstr_eq(nearest("abcdeh", some, 3), "abcdef");
    ck_assert_pstr_eq(nearest("abcdxy", some, 3), "abcdxx");
}
END_TEST

START_TEST(overlong_words_and_names_are_passed_over)
{
    char longer[80] = {0};
    memset(longer, 'a', sizeof longer - 1);
    const char *const some[] = {longer, "row"};
    ck_assert_ptr_null(nearest(longer, some, 2));
    ck_assert_pstr_eq(nearest("rov", some, 2), "row");
    longer[64] = '\0';
    ck_assert_ptr_eq(nearest(longer, some, 2), longer);
}
END_TEST

UNIT("nearest", finds_each_kind_of_slip, ignores_capitals,
     a_swap_is_one_slip_and_a_letter_alone_forgives_none, far_words_are_near_to_nothing,
     the_nearer_name_wins_and_the_first_among_equals, overlong_words_and_names_are_passed_over)
