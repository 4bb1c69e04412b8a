#include "engine/affine_level.h"
#include "engine/affine_node.h"

/* How many k one round of a product takes: what a round reads of W stays in the first cache
   while the rows pass by. */
enum { ROUND = 128 };

/* Up to so many weights, a single row is done before a product has begun. */
static bool narrow(const Affine *layer, size_t rows)
{
    enum { FEW_WEIGHTS = 16 };
    return rows == 1 && layer->in * layer->out <= FEW_WEIGHTS;
}

static size_t at_most(size_t count, size_t most)
{
    return count < most ? count : most;
}

static void add_biases(const Affine *layer, size_t from, size_t to, double *z)
{
    if (!layer->b) return;
    for (size_t j = from; j < to; j++) z[j] += layer->b[j];
}

void affine_forward(const Affine *layer, size_t from, size_t to, const double *x, size_t x_stride,
                    double *z, size_t z_stride, size_t rows)
{
    if (narrow(layer, rows)) {
        for (size_t j = from; j < to; j++) z[j] = affine_node(layer, layer->in, j, x);
        return;
    }
    const AffineLevel *level = affine_level_best();
    for (size_t i = 0; i < layer->in; i += ROUND)
        level->product(&(Product){.left = x + i,
                                  .left_row = x_stride,
                                  .left_step = 1,
                                  .right = layer->w + i * layer->out + from,
                                  .right_step = layer->out,
                                  .out = z + from,
                                  .out_row = z_stride,
                                  .depth = at_most(layer->in - i, ROUND),
                                  .add = i > 0},
                       rows, to - from);
    for (size_t r = 0; r < rows; r++) add_biases(layer, from, to, z + r * z_stride);
}

/* One row: the inputs are the product's rows, and its only column is dx. */
static void backward_row(const Affine *layer, size_t from, size_t to, const double *dz, double *dx)
{
    affine_level_best()->product(&(Product){.left = layer->w + from * layer->out,
                                            .left_row = layer->out,
                                            .left_step = 1,
                                            .right = dz,
                                            .right_step = 1,
                                            .out = dx + from,
                                            .out_row = 1,
                                            .depth = layer->out},
                                 to - from, 1);
}

/* A panel of W with its columns turned into rows, so that the inputs lie beside each other. */
enum { PANEL = 32 };

static void fill_panel(const Affine *layer, size_t i, size_t inputs, size_t j, size_t nodes,
                       double panel[ROUND][PANEL])
{
    for (size_t a = 0; a < inputs; a++)
        for (size_t c = 0; c < nodes; c++) panel[c][a] = layer->w[(i + a) * layer->out + j + c];
}

static void backward_panel(const Affine *layer, size_t i, size_t inputs, const double *dz,
                           size_t dz_stride, double *dx, size_t dx_stride, size_t rows)
{
    double panel[ROUND][PANEL];
    for (size_t j = 0; j < layer->out; j += ROUND) {
        size_t nodes = at_most(layer->out - j, ROUND);
        fill_panel(layer, i, inputs, j, nodes, panel);
        affine_level_best()->product(&(Product){.left = dz + j,
                                                .left_row = dz_stride,
                                                .left_step = 1,
                                                .right = panel[0],
                                                .right_step = PANEL,
                                                .out = dx + i,
                                                .out_row = dx_stride,
                                                .depth = nodes,
                                                .add = j > 0},
                                     rows, inputs);
    }
}

void affine_backward(const Affine *layer, size_t from, size_t to, const double *dz,
                     size_t dz_stride, double *dx, size_t dx_stride, size_t rows)
{
    enum { TOO_FEW = 4 };
    if (narrow(layer, rows)) {
        for (size_t i = from; i < to; i++) dx[i] = affine_input(layer, layer->out, i, dz);
        return;
    }
    for (size_t r = 0; rows < TOO_FEW && r < rows; r++)
        backward_row(layer, from, to, dz + r * dz_stride, dx + r * dx_stride);
    for (size_t i = from; rows >= TOO_FEW && i < to; i += PANEL)
        backward_panel(layer, i, at_most(to - i, PANEL), dz, dz_stride, dx, dx_stride, rows);
}

void affine_gradient(const Affine *gradient, const double *x, size_t x_stride, const double *dz,
                     size_t dz_stride, size_t rows, bool add)
{
    affine_level_best()->product(&(Product){.left = x,
                                            .left_row = 1,
                                            .left_step = x_stride,
                                            .right = dz,
                                            .right_step = dz_stride,
                                            .out = gradient->w,
                                            .out_row = gradient->out,
                                            .depth = rows,
                                            .add = add},
                                 gradient->in, gradient->out);
    if (!gradient->b) return;
    for (size_t r = 0; r < rows; r++, dz += dz_stride)
        for (size_t j = 0; j < gradient->out; j++)
            gradient->b[j] = add || r > 0 ? gradient->b[j] + dz[j] : dz[j];
}

void affine_descend_rows(const Affine *layer, double rate, const double *x, size_t x_stride,
                         const double *dz, size_t dz_stride, size_t rows)
{
    affine_level_best()->product(&(Product){.left = x,
                                            .left_row = 1,
                                            .left_step = x_stride,
                                            .right = dz,
                                            .right_step = dz_stride,
                                            .out = layer->w,
                                            .out_row = layer->out,
                                            .depth = rows,
                                            .rate = &rate,
                                            .divisor = (double)rows,
                                            .factor = affine_factor(rows)},
                                 layer->in, layer->out);
    for (size_t j = 0; layer->b && j < layer->out; j++) {
        double sum = dz[j];
        for (size_t r = 1; r < rows; r++) sum += dz[r * dz_stride + j];
        layer->b[j] -= rate * (sum / (double)rows);
    }
}

double affine_factor(size_t rows)
{
    bool power_of_two = !(rows & (rows - 1));
    return power_of_two ? 1 / (double)rows : 0;
}

void affine_descend(const Affine *layer, double rate, const double *x, const double *dz,
                    const double *next, double *z)
{
    affine_level_best()->descend(layer, rate, x, dz, next, z);
    for (size_t j = 0; layer->b && j < layer->out; j++) layer->b[j] -= rate * dz[j];
    if (next) add_biases(layer, 0, layer->out, z);
}
