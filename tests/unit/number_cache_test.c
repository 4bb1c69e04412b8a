#include <math.h>

#include "base/number.h"
#include "base/random.h"
#include "render/number_cache.h"
#include "unit.h"

static void check_number(NumberCache *cache, double value, int digits)
{
    char want[NUMBER_SIZE];
    Text text = {0};
    number_spell(want, value, digits);
    number_cache_add(cache, &text, value, digits);
    ck_assert_str_eq(text_string(&text), want);
    text_release(&text);
}

/* Many more numbers than places, each asked for in several spellings. */
START_TEST(numbers_that_share_a_place_do_not_mix)
{
    enum { NUMBERS = 20000, DIFFERENT = 6000 };
    NumberCache *cache = number_cache_new();
    Random random;
    random_seed(&random, 7);
    for (int i = 0; i < NUMBERS; i++) {
        uint64_t which = random_below(&random, DIFFERENT);
        double value = which % 2 ? (double)which - 3000 : sqrt((double)which) * 1e-3;
        check_number(cache, value, (int)random_below(&random, 3) * 6);
    }
    number_cache_free(cache);
}
END_TEST

START_TEST(special_numbers)
{
    NumberCache *cache = number_cache_new();
    const double values[] = {0, -0.0, NAN, INFINITY, -INFINITY, 5e-324, 1.7976931348623157e308};
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
            check_number(cache, values[i], 0);
            check_number(NULL, values[i], 6);
        }
    number_cache_free(cache);
}
END_TEST

UNIT("number_cache", numbers_that_share_a_place_do_not_mix, special_numbers)
