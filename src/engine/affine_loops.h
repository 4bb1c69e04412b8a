/* The loops of one level, for affine_level.c, which includes this file once for each of them:

     LEVEL(name)  the name on this level
     TARGET       the attribute that lets the compiler use the level's instructions
     LANES        doubles in a vector
     ROWS, VECTORS    the tile of a product whose sums the registers can hold: rows, and vectors
                      beside each other in each
     STRIPE       vectors beside each other in a stripe of a descent

   Sums live in registers while k runs: a tile of rows and columns for a product, a stripe of
   columns for a descent. They start from -0, the sum of nothing: adding to it changes no bit. */

#define INLINE TARGET static inline __attribute__((always_inline))

/* Numbers at any address, read as a vector. */
typedef double LEVEL(Vector)
    __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double)), may_alias));

#define TILE(NAME, TYPE, HEIGHT, WIDTH)                                                            \
    INLINE void LEVEL(NAME)(const Product *p, size_t row, size_t column)                           \
    {                                                                                              \
        const double *left = p->left + row * p->left_row, *right = p->right + column;              \
        double *out = p->out + row * p->out_row + column;                                          \
        TYPE sum[HEIGHT][WIDTH];                                                                   \
        for (size_t r = 0; r < HEIGHT; r++)                                                        \
            for (size_t c = 0; c < WIDTH; c++)                                                     \
                sum[r][c] = p->add ? ((const TYPE *)(out + r * p->out_row))[c] : -(TYPE){0};       \
        for (size_t k = 0; k < p->depth; k++, left += p->left_step, right += p->right_step)        \
            for (size_t r = 0; r < HEIGHT; r++)                                                    \
                for (size_t c = 0; c < WIDTH; c++)                                                 \
                    sum[r][c] += left[r * p->left_row] * ((const TYPE *)right)[c];                 \
        for (size_t r = 0; p->rate && r < HEIGHT; r++)                                             \
            for (size_t c = 0; c < WIDTH; c++) {                                                   \
                TYPE mean = p->factor != 0 ? sum[r][c] * p->factor : sum[r][c] / p->divisor;       \
                sum[r][c] = ((const TYPE *)(out + r * p->out_row))[c] - *p->rate * mean;           \
            }                                                                                      \
        for (size_t r = 0; r < HEIGHT; r++)                                                        \
            for (size_t c = 0; c < WIDTH; c++) ((TYPE *)(out + r * p->out_row))[c] = sum[r][c];    \
    }

/* WIDTH times TYPE beside each other, of all rows. */
#define TILES(NAME, TYPE, WIDTH)                                                                   \
    TILE(NAME##_tile, TYPE, ROWS, WIDTH)                                                           \
    TILE(NAME##_strip, TYPE, 1, WIDTH)                                                             \
    TARGET static void LEVEL(NAME)(const Product *p, size_t rows, size_t column)                   \
    {                                                                                              \
        size_t row = 0;                                                                            \
        for (; row + ROWS <= rows; row += ROWS) LEVEL(NAME##_tile)(p, row, column);                \
        for (; row < rows; row++) LEVEL(NAME##_strip)(p, row, column);                             \
    }

#define DESCENT(NAME, TYPE, WIDTH)                                                                 \
    INLINE void LEVEL(NAME)(const Affine *layer, size_t column, double rate, const double *x,      \
                            const double *dz, const double *next, double *z)                       \
    {                                                                                              \
        double *w = layer->w + column;                                                             \
        TYPE slope[WIDTH], sum[WIDTH];                                                             \
        for (size_t c = 0; c < WIDTH; c++) slope[c] = ((const TYPE *)(dz + column))[c];            \
        for (size_t c = 0; c < WIDTH; c++) sum[c] = -(TYPE){0};                                    \
        for (size_t i = 0; i < layer->in; i++, w += layer->out)                                    \
            for (size_t c = 0; c < WIDTH; c++) {                                                   \
                TYPE weight = ((TYPE *)w)[c] - rate * (slope[c] * x[i]);                           \
                ((TYPE *)w)[c] = weight;                                                           \
                if (next) sum[c] += next[i] * weight;                                              \
            }                                                                                      \
        if (!next) return;                                                                         \
        for (size_t c = 0; c < WIDTH; c++) ((TYPE *)(z + column))[c] = sum[c];                     \
    }

TILES(wide, LEVEL(Vector), VECTORS)
TILES(vector, LEVEL(Vector), 1)
TILES(single, double, 1)
DESCENT(wide_descent, LEVEL(Vector), STRIPE)
DESCENT(vector_descent, LEVEL(Vector), 1)
DESCENT(single_descent, double, 1)

TARGET static void LEVEL(product)(const Product *p, size_t rows, size_t columns)
{
    size_t column = 0;
    for (; column + VECTORS * LANES <= columns; column += VECTORS * LANES)
        LEVEL(wide)(p, rows, column);
    for (; column + LANES <= columns; column += LANES) LEVEL(vector)(p, rows, column);
    for (; column < columns; column++) LEVEL(single)(p, rows, column);
}

TARGET static void LEVEL(descend)(const Affine *layer, double rate, const double *x,
                                  const double *dz, const double *next, double *z)
{
    size_t column = 0;
    for (; column + STRIPE * LANES <= layer->out; column += STRIPE * LANES)
        LEVEL(wide_descent)(layer, column, rate, x, dz, next, z);
    for (; column + LANES <= layer->out; column += LANES)
        LEVEL(vector_descent)(layer, column, rate, x, dz, next, z);
    for (; column < layer->out; column++)
        LEVEL(single_descent)(layer, column, rate, x, dz, next, z);
}

#undef INLINE
#undef TILE
#undef TILES
#undef DESCENT
#undef LEVEL
#undef TARGET
#undef LANES
#undef ROWS
#undef VECTORS
#undef STRIPE
