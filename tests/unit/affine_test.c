#include <string.h>

#include "unit.h"

#include "base/memory.h"
#include "base/random.h"
#include "engine/affine_level.h"
#include "engine/affine_node.h"

/* One layer and some rows, all in one block, with room between the rows: whoever writes where
   nothing should be written is caught by comparing whole blocks. */
typedef struct Shape {
    size_t in, out, rows, in_stride, out_stride, from, to;
    bool biases, flag;
} Shape;

typedef struct Case {
    Shape shape;
    Affine layer;
    double *x, *dx, *z, *dz;
    double *block;
    size_t size;
} Case;

static const double rate = 0.37;

/* Zeros of both signs among them, which a sum that does not start with its first product
   would mix up. */
static double draw(Random *random)
{
    switch (random_below(random, 8)) {
    case 0: return 0.0;
    case 1: return -0.0;
    default: return random_uniform(random, -2, 2);
    }
}

static Case case_new(const Shape *shape, uint64_t seed)
{
    size_t weights = shape->in * shape->out, ins = shape->rows * shape->in_stride;
    size_t outs = shape->rows * shape->out_stride;
    size_t size = weights + shape->out + 2 * ins + 2 * outs;
    double *block = memory_new(size * sizeof *block), *b = block + weights, *x = b + shape->out;
    Random random;
    random_seed(&random, seed);
    for (size_t i = 0; i < size; i++) block[i] = draw(&random);
    return (Case){.shape = *shape,
                  .layer = {block, shape->biases ? b : NULL, shape->in, shape->out},
                  .x = x,
                  .dx = x + ins,
                  .z = x + 2 * ins,
                  .dz = x + 2 * ins + outs,
                  .block = block,
                  .size = size};
}

/* Mostly narrow, sometimes longer than a tile and than a round of its loops. */
static size_t draw_size(Random *random)
{
    static const size_t limits[] = {4, 4, 12, 40, 150};
    return 1 + random_below(random, limits[random_below(random, 5)]);
}

static Shape draw_shape(Random *random, size_t nodes)
{
    Shape shape = {.in = draw_size(random), .out = draw_size(random)};
    size_t range = nodes ? shape.out : shape.in;
    shape.rows = 1 + random_below(random, random_below(random, 2) ? 3 : 20);
    shape.in_stride = shape.in + random_below(random, 3);
    shape.out_stride = shape.out + random_below(random, 3);
    if (random_below(random, 2)) shape.from = random_below(random, range);
    shape.to = shape.from + 1 + random_below(random, range - shape.from);
    if (random_below(random, 2)) shape.from = 0, shape.to = range;
    shape.biases = random_below(random, 4) > 0;
    shape.flag = random_below(random, 2);
    return shape;
}

typedef void (*Work)(Case *c);

static void check_same(const Shape *shape, uint64_t seed, const char *name, Work plain, Work work)
{
    Case want = case_new(shape, seed), got = case_new(shape, seed);
    plain(&want);
    work(&got);
    ck_assert_msg(!memcmp(want.block, got.block, want.size * sizeof *want.block),
                  "%s: %zu-%zu, %zu rows, %zu..%zu", name, shape->in, shape->out, shape->rows,
                  shape->from, shape->to);
    free(want.block);
    free(got.block);
}

enum { CASES = 1500 };

static void check_many(uint64_t seed, bool nodes, Work plain, Work work)
{
    Random random;
    random_seed(&random, seed);
    for (uint64_t n = 0; n < CASES; n++) {
        Shape shape = draw_shape(&random, nodes);
        check_same(&shape, n, "dispatched", plain, work);
    }
}

/* The plainest loops. */

static void plain_forward(Case *c)
{
    const Affine *layer = &c->layer;
    for (size_t r = 0; r < c->shape.rows; r++) {
        const double *x = c->x + r * c->shape.in_stride;
        double *z = c->z + r * c->shape.out_stride;
        for (size_t j = c->shape.from; j < c->shape.to; j++) {
            z[j] = x[0] * layer->w[j];
            for (size_t i = 1; i < layer->in; i++) z[j] += x[i] * layer->w[i * layer->out + j];
            if (layer->b) z[j] += layer->b[j];
        }
    }
}

static void plain_backward(Case *c)
{
    const Affine *layer = &c->layer;
    for (size_t r = 0; r < c->shape.rows; r++) {
        const double *dz = c->dz + r * c->shape.out_stride;
        double *dx = c->dx + r * c->shape.in_stride;
        for (size_t i = c->shape.from; i < c->shape.to; i++) {
            dx[i] = dz[0] * layer->w[i * layer->out];
            for (size_t j = 1; j < layer->out; j++) dx[i] += dz[j] * layer->w[i * layer->out + j];
        }
    }
}

static void put(double *number, double value, bool add)
{
    *number = add ? *number + value : value;
}

static void plain_gradient(Case *c)
{
    Affine *layer = &c->layer;
    for (size_t r = 0; r < c->shape.rows; r++) {
        const double *x = c->x + r * c->shape.in_stride, *dz = c->dz + r * c->shape.out_stride;
        bool add = c->shape.flag || r > 0;
        for (size_t i = 0; i < layer->in; i++)
            for (size_t j = 0; j < layer->out; j++)
                put(&layer->w[i * layer->out + j], dz[j] * x[i], add);
        for (size_t j = 0; layer->b && j < layer->out; j++) put(&layer->b[j], dz[j], add);
    }
}

static void plain_descend_weights(Case *c)
{
    Affine *layer = &c->layer;
    for (size_t i = 0; i < layer->in; i++)
        for (size_t j = 0; j < layer->out; j++) {
            double *w = &layer->w[i * layer->out + j], gradient = c->dz[j] * c->x[i];
            *w = *w - rate * gradient;
        }
}

/* From one row to the next: dx stands in for the next row's inputs. */
static void plain_descend(Case *c)
{
    Affine *layer = &c->layer;
    plain_descend_weights(c);
    for (size_t j = 0; layer->b && j < layer->out; j++) {
        double gradient = c->dz[j];
        layer->b[j] = layer->b[j] - rate * gradient;
    }
    Case next = *c;
    next.x = c->dx;
    next.shape.rows = 1, next.shape.from = 0, next.shape.to = layer->out;
    if (c->shape.flag) plain_forward(&next);
}

/* What they are compared with. */

static void forward(Case *c)
{
    const Shape *shape = &c->shape;
    affine_forward(&c->layer, shape->from, shape->to, c->x, shape->in_stride, c->z,
                   shape->out_stride, shape->rows);
}

static void backward(Case *c)
{
    const Shape *shape = &c->shape;
    affine_backward(&c->layer, shape->from, shape->to, c->dz, shape->out_stride, c->dx,
                    shape->in_stride, shape->rows);
}

static void gradient(Case *c)
{
    affine_gradient(&c->layer, c->x, c->shape.in_stride, c->dz, c->shape.out_stride, c->shape.rows,
                    c->shape.flag);
}

static void descend(Case *c)
{
    affine_descend(&c->layer, rate, c->x, c->dz, c->shape.flag ? c->dx : NULL, c->z);
}

START_TEST(sums_forward_are_those_of_plain_loops)
{
    check_many(1, true, plain_forward, forward);
}
END_TEST

START_TEST(sums_backward_are_those_of_plain_loops)
{
    check_many(2, false, plain_backward, backward);
}
END_TEST

START_TEST(gradients_are_those_of_plain_loops)
{
    check_many(3, true, plain_gradient, gradient);
}
END_TEST

START_TEST(a_descent_with_the_next_rows_sums_is_that_of_plain_loops)
{
    check_many(4, true, plain_descend, descend);
}
END_TEST

/* The same, node by node and input by input. */

static void forward_by_node(Case *c)
{
    const Shape *shape = &c->shape;
    for (size_t r = 0; r < shape->rows; r++)
        for (size_t j = shape->from; j < shape->to; j++)
            c->z[r * shape->out_stride + j] =
                affine_node(&c->layer, shape->in, j, c->x + r * shape->in_stride);
}

static void backward_by_input(Case *c)
{
    const Shape *shape = &c->shape;
    for (size_t r = 0; r < shape->rows; r++)
        for (size_t i = shape->from; i < shape->to; i++)
            c->dx[r * shape->in_stride + i] =
                affine_input(&c->layer, shape->out, i, c->dz + r * shape->out_stride);
}

static void descend_by_node(Case *c)
{
    for (size_t j = 0; j < c->shape.out; j++) {
        double sum = affine_descend_node(&c->layer, c->shape.in, j, rate, c->dz[j], c->x, c->dx);
        if (c->shape.flag) c->z[j] = sum;
    }
}

START_TEST(a_node_or_an_input_alone_has_the_same_bits)
{
    check_many(6, true, plain_forward, forward_by_node);
    check_many(7, false, plain_backward, backward_by_input);
    check_many(8, true, plain_descend, descend_by_node);
}
END_TEST

/* z += x W in one product; the level's own loops against the plainest. */

static const AffineLevel *level;

static Product product_of(const Case *c)
{
    return (Product){.left = c->x,
                     .right = c->layer.w,
                     .out = c->z,
                     .left_row = c->shape.in_stride,
                     .left_step = 1,
                     .right_step = c->shape.out,
                     .out_row = c->shape.out_stride,
                     .depth = c->shape.in,
                     .add = c->shape.flag};
}

static void plain_product(Case *c)
{
    Product p = product_of(c);
    for (size_t row = 0; row < c->shape.rows; row++)
        for (size_t column = 0; column < c->shape.out; column++)
            for (size_t k = 0; k < p.depth; k++)
                put(&p.out[row * p.out_row + column],
                    p.left[row * p.left_row + k] * p.right[k * p.right_step + column],
                    p.add || k > 0);
}

static void level_product(Case *c)
{
    Product product = product_of(c);
    level->product(&product, c->shape.rows, c->shape.out);
}

static void plain_level_descend(Case *c)
{
    c->layer.b = NULL;
    plain_descend(c);
}

static void level_descend(Case *c)
{
    level->descend(&c->layer, rate, c->x, c->dz, c->shape.flag ? c->dx : NULL, c->z);
}

static void check_level(void)
{
    Random random;
    random_seed(&random, 5);
    for (uint64_t n = 0; n < CASES; n++) {
        Shape shape = draw_shape(&random, true);
        check_same(&shape, n, level->name, plain_product, level_product);
        check_same(&shape, n, level->name, plain_level_descend, level_descend);
    }
}

START_TEST(every_level_of_this_machine_gives_the_same_bits)
{
    for (size_t i = 0; affine_level(i); i++) {
        level = affine_level(i);
        if (level->runs()) check_level();
    }
    ck_assert_str_eq(level->name, "portable");
    ck_assert(level->runs());
}
END_TEST

START_TEST(the_fastest_level_that_runs_is_chosen)
{
    size_t i = 0;
    while (!affine_level(i)->runs()) i++;
    ck_assert_ptr_eq(affine_level_best(), affine_level(i));
}
END_TEST

UNIT("affine", sums_forward_are_those_of_plain_loops, sums_backward_are_those_of_plain_loops,
     gradients_are_those_of_plain_loops, a_descent_with_the_next_rows_sums_is_that_of_plain_loops,
     a_node_or_an_input_alone_has_the_same_bits, every_level_of_this_machine_gives_the_same_bits,
     the_fastest_level_that_runs_is_chosen)
