#include <stdio.h>
#include <string.h>

#include "engine/symbol.h"
#include "unit.h"

typedef struct Spelling {
    const char *text;
    Symbol symbol;
    const char *plain;
} Spelling;

static const Spelling spellings[] = {
    {"w11^2", {SYMBOL_WEIGHT, 2, 1, 1}, "w11^2"},
    {"w_12^2", {SYMBOL_WEIGHT, 2, 1, 2}, "w12^2"},
    {"w_{21}^{13}", {SYMBOL_WEIGHT, 13, 2, 1}, "w21^13"},
    {"w10,3^2", {SYMBOL_WEIGHT, 2, 10, 3}, "w10,3^2"},
    {"w_{10,3}^{2}", {SYMBOL_WEIGHT, 2, 10, 3}, "w10,3^2"},
    {"w1,128^2", {SYMBOL_WEIGHT, 2, 1, 128}, "w1,128^2"},
    {"w1,2^3", {SYMBOL_WEIGHT, 3, 1, 2}, "w12^3"},
    {"w₁₂³", {SYMBOL_WEIGHT, 3, 1, 2}, "w12^3"},
    {"w₁₀,₃²", {SYMBOL_WEIGHT, 2, 10, 3}, "w10,3^2"},
    {"b21", {SYMBOL_BIAS, 2, 0, 1}, "b21"},
    {"b2,11", {SYMBOL_BIAS, 2, 0, 11}, "b2,11"},
    {"b_{21}", {SYMBOL_BIAS, 2, 0, 1}, "b21"},
    {"b₂₁", {SYMBOL_BIAS, 2, 0, 1}, "b21"},
    {"o11", {SYMBOL_OUTPUT, 1, 0, 1}, "o11"},
    {"z12", {SYMBOL_SUM, 1, 0, 2}, "z12"},
    {"x1", {SYMBOL_INPUT, 0, 0, 1}, "x1"},
    {"x784", {SYMBOL_INPUT, 0, 0, 784}, "x784"},
    {"x_2", {SYMBOL_INPUT, 0, 0, 2}, "x2"},
    {"y", {SYMBOL_TARGET, 0, 0, 0}, "y"},
    {"y2", {SYMBOL_TARGET, 0, 0, 2}, "y2"},
    {"yhat", {SYMBOL_PREDICTION, 0, 0, 0}, "yhat"},
    {"yhat2", {SYMBOL_PREDICTION, 0, 0, 2}, "yhat2"},
    {"ŷ", {SYMBOL_PREDICTION, 0, 0, 0}, "yhat"},
    {"y\u0302", {SYMBOL_PREDICTION, 0, 0, 0}, "yhat"},
    {"ŷ₂", {SYMBOL_PREDICTION, 0, 0, 2}, "yhat2"},
    {"L", {SYMBOL_LOSS, 0, 0, 0}, "L"},
};

enum { SPELLINGS = sizeof spellings / sizeof spellings[0] };

START_TEST(every_spelling_is_read)
{
    for (int i = 0; i < SPELLINGS; i++) {
        Symbol symbol = {0};
        ck_assert_msg(symbol_scan(spellings[i].text, &symbol) == strlen(spellings[i].text), "%s",
                      spellings[i].text);
        ck_assert_msg(symbol_equal(symbol, spellings[i].symbol), "%s", spellings[i].text);
    }
}
END_TEST

START_TEST(the_plain_spelling_reads_back)
{
    for (int i = 0; i < SPELLINGS; i++) {
        char plain[SYMBOL_SIZE];
        Symbol symbol;
        symbol_spell(plain, spellings[i].symbol);
        ck_assert_str_eq(plain, spellings[i].plain);
        ck_assert_uint_eq(symbol_scan(plain, &symbol), strlen(plain));
        ck_assert(symbol_equal(symbol, spellings[i].symbol));
    }
}
END_TEST

START_TEST(what_is_no_symbol)
{
    static const char *const texts[] = {
        "",
        "w",
        "w11",
        "w1^2",
        "w111^2",
        "w10^2",
        "w01^2",
        "w11^0",
        "w11^",
        "w_{11",
        "w_{11^2",
        "b2",
        "b211",
        "b20",
        "o0,1",
        "x",
        "x0",
        "x01",
        "x1y",
        "x1_",
        "loss",
        "Lx",
        "L1",
        "yh",
        "yhatx",
        "yhat_",
        "y_",
        "y0",
        "weight",
        "w11^2x",
        "w11^234567890",
        "x123456789",
        "q11",
        "é",
        "\x80",
        "x1é",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Symbol symbol;
        ck_assert_msg(symbol_scan(texts[i], &symbol) == 0, "%s", texts[i]);
    }
}
END_TEST

START_TEST(a_symbol_ends_where_it_ends)
{
    Symbol symbol;
    ck_assert_uint_eq(symbol_scan("w11^2*o11", &symbol), 5);
    ck_assert_uint_eq(symbol_scan("x1,2", &symbol), 2);
    ck_assert_uint_eq(symbol_scan("o11,0", &symbol), 3);
    ck_assert_uint_eq(symbol_scan("b21, b11", &symbol), 3);
    ck_assert_uint_eq(symbol_scan("y)", &symbol), 1);
    ck_assert_uint_eq(symbol_scan("ŷ²", &symbol), strlen("ŷ"));
    ck_assert_uint_eq(symbol_scan("x1×2", &symbol), 2);
}
END_TEST

START_TEST(a_matrix_has_a_name_as_a_whole)
{
    static const Spelling matrices[] = {
        {"W^1", {SYMBOL_WEIGHT, 1, 0, 0}, "W^1"},
        {"W^{12}", {SYMBOL_WEIGHT, 12, 0, 0}, "W^12"},
        {"W¹", {SYMBOL_WEIGHT, 1, 0, 0}, "W^1"},
        {"b^2", {SYMBOL_BIAS, 2, 0, 0}, "b^2"},
        {"b¹⁰", {SYMBOL_BIAS, 10, 0, 0}, "b^10"},
        {"gamma^1", {SYMBOL_SCALE, 1, 0, 0}, "gamma^1"},
        {"γ²", {SYMBOL_SCALE, 2, 0, 0}, "gamma^2"},
        {"β^1", {SYMBOL_SHIFT, 1, 0, 0}, "beta^1"},
        {"mean^1", {SYMBOL_RUNNING_MEAN, 1, 0, 0}, "mean^1"},
        {"var^3", {SYMBOL_RUNNING_VARIANCE, 3, 0, 0}, "var^3"},
    };
    for (size_t i = 0; i < sizeof matrices / sizeof matrices[0]; i++) {
        const char *text = matrices[i].text;
        Symbol symbol = {0};
        char plain[SYMBOL_SIZE];
        ck_assert_msg(symbol_scan_matrix(text, &symbol) == strlen(text), "%s", text);
        ck_assert_msg(symbol_equal(symbol, matrices[i].symbol), "%s", text);
        ck_assert_msg(symbol_is_matrix(symbol), "%s", text);
        ck_assert_msg(!symbol_scan(text, &symbol), "%s", text);
        symbol_spell(plain, symbol);
        ck_assert_str_eq(plain, matrices[i].plain);
    }
}
END_TEST

START_TEST(what_is_no_matrix)
{
    static const char *const texts[] = {"",    "W",   "W^",   "W^0",  "w^1",  "b",    "b2", "w11^2",
                                        "z^1", "x^2", "mu^1", "W^1a", "W^{1", "bb^1", "L"};
    Symbol symbol;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        ck_assert_msg(!symbol_scan_matrix(texts[i], &symbol), "%s", texts[i]);
    for (int i = 0; i < SPELLINGS; i++) ck_assert(!symbol_is_matrix(spellings[i].symbol));
    ck_assert_uint_eq(symbol_scan_matrix("W^1)*2", &symbol), 3);
}
END_TEST

START_TEST(symbols_differ_in_any_part)
{
    Symbol w = {SYMBOL_WEIGHT, 2, 1, 3}, others[] = {{SYMBOL_BIAS, 2, 1, 3},
                                                     {SYMBOL_WEIGHT, 3, 1, 3},
                                                     {SYMBOL_WEIGHT, 2, 2, 3},
                                                     {SYMBOL_WEIGHT, 2, 1, 1}};
    ck_assert(symbol_equal(w, w));
    for (size_t i = 0; i < 4; i++) ck_assert(!symbol_equal(w, others[i]));
}
END_TEST

UNIT("symbol", every_spelling_is_read, the_plain_spelling_reads_back, what_is_no_symbol,
     a_symbol_ends_where_it_ends, a_matrix_has_a_name_as_a_whole, what_is_no_matrix,
     symbols_differ_in_any_part)
