#include "engine/affine_level.h"

/* Every machine that gcc and clang know has vectors of two doubles, or is given them. */
#define LEVEL(name) portable_##name
#define TARGET
#define LANES 2
#define ROWS 4
#define VECTORS 2
#define STRIPE 2
#include "engine/affine_loops.h"

static bool portable_runs(void)
{
    return true;
}

#ifdef __x86_64__

#define LEVEL(name) avx2_##name
#define TARGET __attribute__((target("avx2")))
#define LANES 4
#define ROWS 4
#define VECTORS 2
#define STRIPE 2
#include "engine/affine_loops.h"

#define LEVEL(name) avx512_##name
#define TARGET __attribute__((target("avx512f")))
#define LANES 8
#define ROWS 8
#define VECTORS 2
#define STRIPE 4
#include "engine/affine_loops.h"

static bool avx2_runs(void)
{
    return __builtin_cpu_supports("avx2");
}

static bool avx512_runs(void)
{
    return __builtin_cpu_supports("avx512f");
}

#endif

#define LEVEL_OF(NAME)                                                                             \
    {                                                                                              \
#NAME, NAME##_runs, NAME##_product, NAME##_descend                                         \
    }
static const AffineLevel rows[] = {
#ifdef __x86_64__
    LEVEL_OF(avx512),
    LEVEL_OF(avx2),
#endif
    LEVEL_OF(portable),
};

const AffineLevel *affine_level(size_t index)
{
    return index < sizeof rows / sizeof rows[0] ? &rows[index] : NULL;
}

const AffineLevel *affine_level_best(void)
{
    const AffineLevel *level = rows;
    while (!level->runs()) level++;
    return level;
}
