#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/random.h"
#include "unit.h"

static size_t add_digits(char *text, size_t length, uint64_t count, Random *random)
{
    while (count--) text[length++] = (char)('0' + random_below(random, 10));
    return length;
}

/* Up to 20 digits before the point and 25 after it, some with an exponent or a tail. */
static void spell_at_random(char text[64], Random *random)
{
    static const char *const tails[] = {"",  "",   "",     "",  "e5", "E-3",
                                        "e", "e+", "e400", "x", " 1", "."};
    static const char *const signs[] = {"", "-", "+"};
    size_t length = (size_t)sprintf(text, "%s", signs[random_below(random, 3)]);
    length = add_digits(text, length, 1 + random_below(random, 20), random);
    if (random_below(random, 4)) {
        text[length++] = '.';
        length = add_digits(text, length, random_below(random, 26), random);
    }
    strcpy(text + length, tails[random_below(random, sizeof tails / sizeof tails[0])]);
}

START_TEST(reads_the_same_bits_as_strtod)
{
    Random random;
    random_seed(&random, 1);
    for (int i = 0; i < 1000000; i++) {
        char text[64], *end;
        spell_at_random(text, &random);
        double expected = strtod(text, &end), value;
        size_t length = number_scan(text, &value);
        if (strstr(text, "0x")) continue;
        ck_assert_msg(length == (size_t)(end - text) && !memcmp(&value, &expected, sizeof value),
                      "%s: %a is not %a", text, value, expected);
    }
}
END_TEST

UNIT("number_scan", reads_the_same_bits_as_strtod)
