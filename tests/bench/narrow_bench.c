/* 2-2-1 with one row per update, against a loop written by hand for this network alone, its nine
   parameters in registers: "NAME RATIO NANOSECONDS", the training loop's time divided by that
   one's, and what an update by hand takes. */
#include <math.h>

#include "bench.h"

enum { ROWS = 1000, ROUNDS = 20, PARAMETERS = 9 };
static const double rate = 0.01;

typedef struct Contest {
    double rows[ROWS * 3];
    double parameters[PARAMETERS], hand_sum;
    Pass *pass;
    Loop loop;
    double average;
} Contest;

/* Parameters as the engine has them: W^1 row by row, b^1, W^2, b^2. */
static inline __attribute__((always_inline)) void by_hand(Contest *c, bool sigmoid)
{
    double *p = c->parameters, sum = 0;
    double w11 = p[0], w12 = p[1], w21 = p[2], w22 = p[3], b1 = p[4], b2 = p[5];
    double v1 = p[6], v2 = p[7], a = p[8];
    for (size_t r = 0; r < ROWS; r++) {
        double x1 = c->rows[3 * r], x2 = c->rows[3 * r + 1], y = c->rows[3 * r + 2];
        double o1 = x1 * w11 + x2 * w21 + b1, o2 = x1 * w12 + x2 * w22 + b2;
        if (sigmoid) o1 = 1 / (1 + exp(-o1)), o2 = 1 / (1 + exp(-o2));
        double yhat = o1 * v1 + o2 * v2 + a;
        if (sigmoid) yhat = 1 / (1 + exp(-yhat));
        sum += (y - yhat) * (y - yhat);
        double d = -2 * (y - yhat);
        if (sigmoid) d = d * (yhat * (1 - yhat));
        double d1 = d * v1, d2 = d * v2;
        if (sigmoid) d1 = d1 * (o1 * (1 - o1)), d2 = d2 * (o2 * (1 - o2));
        w11 -= rate * (d1 * x1), w21 -= rate * (d1 * x2), b1 -= rate * d1;
        w12 -= rate * (d2 * x1), w22 -= rate * (d2 * x2), b2 -= rate * d2;
        v1 -= rate * (d * o1), v2 -= rate * (d * o2), a -= rate * d;
    }
    const double new[PARAMETERS] = {w11, w12, w21, w22, b1, b2, v1, v2, a};
    memcpy(p, new, sizeof new);
    c->hand_sum = sum;
}

static void linear_by_hand(void *contest)
{
    for (int round = 0; round < ROUNDS; round++) by_hand(contest, false);
}

static void sigmoid_by_hand(void *contest)
{
    for (int round = 0; round < ROUNDS; round++) by_hand(contest, true);
}

static void by_engine(void *contest)
{
    Contest *c = contest;
    for (int round = 0; round < ROUNDS; round++) c->average = loop_epoch(&c->loop);
}

static void compete(const char *name, const char *sizes, Work hand)
{
    static Contest c;
    Random random;
    random_seed(&random, 2);
    draw(&random, 0, 0.5, ROWS * 3, c.rows);
    c.pass = pass_of(sizes, "mse");
    loop_begin(&c.loop, c.pass, c.rows, ROWS, 1, rate);
    memcpy(c.parameters, c.pass->value, sizeof c.parameters);
    hand(&c);
    by_engine(&c);
    demand(c.average == c.hand_sum / ROWS, "the losses differ");
    demand(!memcmp(c.parameters, c.pass->value, sizeof c.parameters), "the parameters differ");
    double beside, ratio = ratio_of(by_engine, hand, &c, &beside);
    printf("%s %.4f %.4f\n", name, ratio, beside * 1e9 / ROWS / ROUNDS);
    trainer_release(&c.loop.trainer);
    pass_free(c.pass);
}

int main(void)
{
    compete("linear", "2-2-1", linear_by_hand);
    compete("sigmoid", "2-2:sigmoid-1:sigmoid", sigmoid_by_hand);
}
