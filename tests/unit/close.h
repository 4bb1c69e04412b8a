/* For tests that compare numbers: equal to so much, and what is said when they are not. */
#ifndef TESTS_CLOSE_H
#define TESTS_CLOSE_H

#include <math.h>

#include "unit.h"

/* The same number; NaN is the same as NaN. */
static inline void assert_same(const char *what, double found, double expected)
{
    ck_assert_msg(found == expected || (isnan(found) && isnan(expected)), "%s: %.17g, not %.17g",
                  what, found, expected);
}

static inline void assert_within(const char *what, double found, double expected, double allowed)
{
    ck_assert_msg(found == expected || fabs(found - expected) <= allowed,
                  "%s: %.17g, not %.17g (off by %g, allowed are %g)", what, found, expected,
                  fabs(found - expected), allowed);
}

static inline void assert_close(const char *what, double found, double expected, double relative)
{
    assert_within(what, found, expected, relative * fabs(expected));
}

#endif
