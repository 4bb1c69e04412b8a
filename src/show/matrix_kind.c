#include <stddef.h>

#include "show/matrix_kind.h"

static const MatrixKind kinds[] = {
    {"W", SYMBOL_WEIGHT, true},           {"b", SYMBOL_BIAS, true},
    {"gamma", SYMBOL_SCALE, true},        {"beta", SYMBOL_SHIFT, true},
    {"mean", SYMBOL_RUNNING_MEAN, false}, {"var", SYMBOL_RUNNING_VARIANCE, false},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

const MatrixKind *matrix_kind(int index)
{
    return index < KINDS ? &kinds[index] : NULL;
}
