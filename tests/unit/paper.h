/* For tests of what is computed by hand: numbers as they are written on paper. */
#ifndef TESTS_PAPER_H
#define TESTS_PAPER_H

#include <math.h>

#include "nets.h"
#include "stage.h"

/* The test's own rounding, a half away from zero; the error of doubles is far less than 1e-9. */
static inline double written(double value, double power)
{
    double units = floor(fabs(value) * power + 0.5 + 1e-9);
    return units == 0 ? 0 : copysign(units / power, value);
}

enum { FOUR = 10000 };

static inline Page *page_of(const Stage *stage)
{
    return stage->session->page;
}

static inline size_t named(const Stage *stage, const char *name)
{
    return element_of(session_net(stage->session), name);
}

static inline void check_number(double got, double want, const char *name)
{
    ck_assert_msg(got == want, "%s: %.17g, on paper %.17g", name, got, want);
}

static inline void check_node(const Stage *stage, const char *name, double want)
{
    check_number(page_value(page_of(stage), named(stage, name)), want, name);
}

static inline void check_gradient(const Stage *stage, const char *name, double want)
{
    check_number(page_gradient(page_of(stage), named(stage, name)), want, name);
}

#endif
