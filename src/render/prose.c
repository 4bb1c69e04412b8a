#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "render/spell.h"

typedef struct Letter {
    const char *letter, *plain;
} Letter;

/* Our own prose uses these and no others; a raised run gets one ^ before it. */
static const Letter letters[] = {
    {"η", "lr"},    {"ŷ", "yhat"},  {"∂", "d"},     {"σ", "sigmoid"}, {"Σ", "sum"}, {"Δ", "delta"},
    {"δ", "delta"}, {"α", "alpha"}, {"β", "beta"},  {"γ", "gamma"},   {"ε", "eps"}, {"λ", "lambda"},
    {"μ", "mu"},    {"θ", "theta"}, {"∇", "grad "}, {"×", "*"},       {"·", "*"},   {"−", "-"},
    {"–", "-"},     {"—", "--"},    {"→", "->"},    {"←", "<-"},      {"↔", "<->"}, {"⇒", "=>"},
    {"…", "..."},   {"⋯", "..."},   {"⋮", "..."},   {"⋱", "..."},     {"≤", "<="},  {"≥", ">="},
    {"≠", "!="},    {"≈", "~"},     {"±", "+-"},    {"√", "sqrt"},    {"∞", "inf"}, {"½", "1/2"},
    {"∈", "in"},    {"✓", "ok"},    {"✗", "x"},     {"•", "*"},       {"▶", ">"},   {"“", "\""},
    {"”", "\""},    {"‘", "'"},     {"’", "'"},     {"─", "-"},       {"│", "|"},   {"⎡", "["},
    {"⎢", "["},     {"⎣", "["},     {"⎤", "]"},     {"⎥", "]"},       {"⎦", "]"},   {"\u00a0", " "},
    {"═", "="},     {"₍", "("},     {"₎", ")"},     {"ₓ", "x"},       {"₋", "-"},   {"₊", "+"},
    {"₀", "0"},     {"₁", "1"},     {"₂", "2"},     {"₃", "3"},       {"₄", "4"},   {"₅", "5"},
    {"₆", "6"},     {"₇", "7"},     {"₈", "8"},     {"₉", "9"},       {"ᵀ", "^T"},  {"ᵢ", "i"},
    {"ⱼ", "j"},     {"ₖ", "k"},     {"ₙ", "n"},     {"π", "pi"},      {"‖", "||"},  {"①", "(1)"},
    {"②", "(2)"},   {"③", "(3)"},   {"④", "(4)"},   {"⑤", "(5)"},     {"⑥", "(6)"}, {"⑦", "(7)"},
    {"⑧", "(8)"},   {"⑨", "(9)"},   {"►", ">"},     {"┌", "+"},       {"┐", "+"},   {"└", "+"},
    {"┘", "+"},     {"├", "+"},     {"┤", "+"},     {"┬", "+"},       {"┴", "+"},   {"┼", "+"},
    {"╱", "/"},     {"╲", "\\"},    {"╳", "X"},     {"¼", "1/4"},     {"⅓", "1/3"}, {"′", "'"},
    {"″", "\""},
};
static const Letter raised[] = {
    {"⁰", "0"}, {"¹", "1"}, {"²", "2"}, {"³", "3"}, {"⁴", "4"}, {"⁵", "5"}, {"⁶", "6"},
    {"⁷", "7"}, {"⁸", "8"}, {"⁹", "9"}, {"⁻", "-"}, {"ᵏ", "k"}, {"ⁿ", "n"},
};

static const char *look_up(const Letter *table, size_t count, const char *bytes, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(table[i].letter) == length && !memcmp(table[i].letter, bytes, length))
            return table[i].plain;
    return NULL;
}

#define LOOK_UP(table, bytes, length)                                                              \
    look_up(table, sizeof(table) / sizeof(table)[0], bytes, length)

static void spell_codes(Text *text, const char *words, size_t length)
{
    uint32_t code;
    for (size_t at = 0, size; at < length; at += size) {
        size = utf8_decode(words + at, length - at, &code);
        if (size == 1)
            text_add_char(text, words[at]);
        else
            text_print(text, "\\u%04x", code);
    }
}

static void spell_sign(Text *text, const char *sign, size_t size, bool *high)
{
    const char *up = LOOK_UP(raised, sign, size);
    const char *plain = up ? up : LOOK_UP(letters, sign, size);
    if (up && !*high) text_add_char(text, '^');
    *high = up != NULL;
    if (plain)
        text_add(text, plain);
    else
        spell_codes(text, sign, size); /* a user's letter, as in a name or an error */
}

static void spell_plain(Text *text, const char *prose)
{
    static const char hatted_y[] = "y\u0302"; /* two code points for the same sign as ŷ */
    uint32_t code;
    bool high = false;
    for (size_t left = strlen(prose), size; left; prose += size, left -= size) {
        size = 1;
        if (*prose == 'y' && !strncmp(prose, hatted_y, strlen(hatted_y))) {
            text_add(text, "yhat");
            size = strlen(hatted_y);
        } else if (!(*prose & 0x80)) {
            text_add_char(text, *prose);
            high = false;
        } else {
            size = utf8_decode(prose, left, &code);
            size = size ? size : 1;
            spell_sign(text, prose, size, &high);
        }
    }
}

void spell_prose(Text *text, const char *prose, const Style *style)
{
    if (style->ascii)
        spell_plain(text, prose);
    else
        text_add(text, prose);
}

void spell_foreign(Text *text, const char *words, const Style *style)
{
    size_t start = text->length;
    utf8_add_escaped(text, words, strlen(words));
    if (!style->ascii) return;
    Text safe = {0};
    text_add_bytes(&safe, text->bytes + start, text->length - start);
    text->length = start;
    spell_codes(text, safe.bytes, safe.length);
    text_release(&safe);
}

void spell_words(Text *text, const char *words, size_t length, const Style *style)
{
    if (!style->ascii) {
        utf8_add_escaped(text, words, length);
        return;
    }
    Text safe = {0};
    utf8_add_escaped(&safe, words, length);
    spell_plain(text, text_string(&safe));
    text_release(&safe);
}
