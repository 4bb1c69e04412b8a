/* What every unit test file needs: Check, and a main that runs the tests named.

   A file ends with UNIT("module", first_test, second_test, ...). */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <check.h>
#include <stdlib.h>

#undef fail /* Check's old macro; base/error.h has a function of this name */

static inline int unit_run(const char *title, const TTest *const *tests, size_t count)
{
    Suite *suite = suite_create(title);
    TCase *all = tcase_create(title);
    tcase_set_timeout(all, 60);
    for (size_t i = 0; i < count; i++) tcase_add_test(all, tests[i]);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define UNIT(title, ...)                                                                           \
    int main(void)                                                                                 \
    {                                                                                              \
        const TTest *tests[] = {__VA_ARGS__};                                                      \
        return unit_run(title, tests, sizeof tests / sizeof tests[0]);                             \
    }

#endif
