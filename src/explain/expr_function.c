#include <math.h>
#include <string.h>

#include "base/nearest.h"
#include "engine/formula.h"
#include "explain/expr.h"

/* NAME's value, from a formula over its arguments a and b. */
#define VALUE(NAME, FORMULA)                                                                       \
    static double NAME##_value(const double *arguments)                                            \
    {                                                                                              \
        const double a = arguments[0];                                                             \
        return FORMULA;                                                                            \
    }
#define VALUE_OF_TWO(NAME, FORMULA)                                                                \
    static double NAME##_value(const double *arguments)                                            \
    {                                                                                              \
        const double a = arguments[0], b = arguments[1];                                           \
        return FORMULA;                                                                            \
    }

VALUE(exp, exp(a))
VALUE(expm1, expm1(a))
VALUE(log, log(a))
VALUE(log1p, log1p(a))
VALUE(sqrt, sqrt(a))
VALUE(square, sq(a))
VALUE(sin, sin(a))
VALUE(cos, cos(a))
VALUE(tanh, tanh(a))
VALUE(sigmoid, 1 / (1 + exp(-a)))
VALUE(relu, max(0, a))
VALUE(absolute, fabs(a))
VALUE(sign, sign(a))
VALUE_OF_TWO(max, max(a, b))
VALUE_OF_TWO(min, min(a, b))
VALUE_OF_TWO(power, pow(a, b))
VALUE(floor, floor(a))

/* At a kink relu, abs, sign and floor have slope 0, as in the engine; of two equal arguments max
   and min follow the first, so that their slopes always sum to 1. */
static const Function rows[] = {
    {"exp", 1, exp_value, {"exp(a)"}, "exponential"},
    {"expm1", 1, expm1_value, {"exp(a)"}, "exponential"},
    {"log", 1, log_value, {"1 / a"}, "logarithm"},
    {"log1p", 1, log1p_value, {"1 / (1 + a)"}, "logarithm"},
    {"sqrt", 1, sqrt_value, {"1 / (2 * sqrt(a))"}, "square root"},
    {"sq", 1, square_value, {"2 * a"}, "power"},
    {"sin", 1, sin_value, {"cos(a)"}, "sine"},
    {"cos", 1, cos_value, {"-sin(a)"}, "cosine"},
    {"tanh", 1, tanh_value, {"1 - tanh(a)^2"}, "hyperbolic tangent"},
    {"sigmoid", 1, sigmoid_value, {"sigmoid(a) * (1 - sigmoid(a))"}, "sigmoid"},
    {"relu", 1, relu_value, {"a > 0 ? 1 : 0"}, "relu"},
    {"abs", 1, absolute_value, {"sign(a)"}, "absolute value"},
    {"sign", 1, sign_value, {"0"}, "sign"},
    {"max", 2, max_value, {"a >= b ? 1 : 0", "b > a ? 1 : 0"}, "maximum"},
    {"min", 2, min_value, {"a <= b ? 1 : 0", "b < a ? 1 : 0"}, "minimum"},
    {"pow", 2, power_value, {"b * a^(b - 1)", "a^b * log(a)"}, "power"},
    {"floor", 1, floor_value, {"0"}, "floor"},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

const Function *function_row(int index)
{
    return index >= 0 && index < ROWS ? &rows[index] : NULL;
}

const Function *function_find(const char *name, size_t length)
{
    for (int i = 0; i < ROWS; i++)
        if (strlen(rows[i].name) == length && !strncmp(rows[i].name, name, length)) return &rows[i];
    return NULL;
}

const Function *function_on_paper(const char *sign, size_t length)
{
    static const char *const names[][2] = {{"σ", "sigmoid"}, {"√", "sqrt"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i][0]) == length && !strncmp(names[i][0], sign, length))
            return function_find(names[i][1], strlen(names[i][1]));
    return NULL;
}

const char *function_nearest(const char *name, size_t length)
{
    char word[32] = "";
    const char *names[ROWS + 1];
    if (length >= sizeof word) return NULL;
    memcpy(word, name, length);
    if (!strcmp(word, "ln")) return "log"; /* the natural one, too */
    for (int i = 0; i < ROWS; i++) names[i] = rows[i].name;
    names[ROWS] = "norm";
    return nearest(word, names, ROWS + 1);
}
