/* Training runs against PyTorch's: batches, optimizers, schedules, weight decay, batch norms,
   skips. */
#include "base/memory.h"
#include "engine/trainer.h"
#include "nets.h"
#include "tables.h"

enum { MOST_NUMBERS = 256 };

/* The run that the lines are about, as far as they have been read. */
static struct {
    Pass *pass;
    Descent descent;
    Course course;
    Trainer trainer;
    double rows[MOST_NUMBERS], slots[MOST_NUMBERS];
    size_t count; /* of the rows */
    int inputs, targets, batch;
    bool begun;
} run;

/* PyTorch's operations come in another order. */
static void agrees(const char *what, double found, double expected)
{
    assert_within(what, found, expected, 1e-10 * fmax(fabs(expected), 0.01));
}

static void end_run(void)
{
    if (run.begun) trainer_release(&run.trainer);
    pass_free(run.pass);
    memset(&run, 0, sizeof run);
}

static void read_recipe(const Line *line)
{
    end_run();
    run.pass = pass_from(line->words[0], line->words[1]);
    run.descent = (Descent){.rate = 0.1, .decay = line->numbers[1]};
    descent_choose(&run.descent, optimizer_find(line->words[2]));
    run.batch = (int)line->numbers[0];
    const Net *net = run.pass->net;
    run.inputs = net->vectors[net->input].size;
    run.targets = net->vectors[net->target].size;
}

static void read_schedule(const Line *line)
{
    descent_choose_schedule(&run.descent, schedule_find(line->words[1]));
    memory_copy_numbers(run.descent.schedule_knobs, line->numbers, (size_t)line->count);
    descent_refresh(&run.descent);
}

static void read_stored(const Line *line)
{
    ck_assert_uint_eq((size_t)line->count, run.pass->net->stored);
    memory_copy_numbers(run.pass->value, line->numbers, (size_t)line->count);
}

static void read_row(const Line *line)
{
    size_t width = (size_t)(run.inputs + run.targets);
    ck_assert_uint_eq((size_t)line->count, width);
    memory_copy_numbers(run.rows + run.count++ * width, line->numbers, width);
}

static void begin_run(void)
{
    if (run.begun) return;
    Mode mode = run.batch == (int)run.count ? MODE_BATCH : MODE_MINI;
    trainer_begin(&run.trainer, run.pass, &run.descent, run.slots, &run.course,
                  (Plan){mode, run.batch, false},
                  (Rows){run.rows, run.count, run.inputs, run.targets}, 0);
    ck_assert(trainer_ready(&run.trainer, NULL));
    run.begun = true;
}

static void check_stored(const Line *line)
{
    const Net *net = run.pass->net;
    ck_assert_uint_eq((size_t)line->count, net->stored);
    for (size_t e = 0; e < net->stored; e++) {
        char name[SYMBOL_SIZE];
        symbol_spell(name, net_symbol(net, e));
        agrees(name, run.pass->value[e], line->numbers[e]);
    }
}

static void check_update(const Line *line)
{
    bool ended;
    begin_run();
    ck_assert_int_eq(trainer_update(&run.trainer, &ended), UPDATE_MADE);
    check_stored(line);
}

static void check_epoch(const Line *line)
{
    double average;
    Run one = {.updates = 100, .epochs = 1, .averages = &average};
    begin_run();
    trainer_run(&run.trainer, &one);
    ck_assert_int_eq(one.epochs_ended, 1);
    check_stored(line);
}

/* Row by row: a batch norm takes its running statistics. */
static void check_outputs(const Line *line)
{
    Pass *pass = pass_copy(run.pass);
    size_t yhat = pass->net->vectors[pass->net->prediction].at, at = 0;
    pass_set_rows(pass, 1, 0, NULL);
    for (size_t r = 0; r < run.count; r++) {
        const double *x = run.rows + r * (size_t)(run.inputs + run.targets);
        pass_load(pass, 0, x, x + run.inputs);
        pass_forward(pass);
        for (size_t j = 0; j < (size_t)run.targets; j++)
            agrees("yhat", pass->value[yhat + j], line->numbers[at++]);
    }
    ck_assert_uint_eq(at, (size_t)line->count);
    pass_free(pass);
}

static void check_line(const Line *line)
{
    static const struct {
        const char *word;
        void (*check)(const Line *line);
    } kinds[] = {{"schedule", read_schedule}, {"stored", read_stored}, {"row", read_row},
                 {"update", check_update},    {"epoch", check_epoch},  {"outputs", check_outputs}};
    if (line->word_count == WORDS) {
        read_recipe(line);
        return;
    }
    size_t kind = 0;
    while (strcmp(kinds[kind].word, line->words[0]) != 0) kind++;
    kinds[kind].check(line);
}

START_TEST(epochs_of_every_optimizer_and_schedule)
{
    enum { HEAD = 3 + 7 };
    for_lines("tests/data/pytorch_training.csv", 14 * (HEAD + 6) + 4 * (HEAD + 10) + 3 * (HEAD + 6),
              check_line);
    end_run();
}
END_TEST

START_TEST(updates_of_batch_norms_and_skips)
{
    enum { HEAD = 3 + 7 };
    for_lines("tests/data/pytorch_norms.csv", 6 * (HEAD + 1) + 5 + 4 * 10 + 15, check_line);
    end_run();
}
END_TEST

UNIT("pytorch_training", epochs_of_every_optimizer_and_schedule, updates_of_batch_norms_and_skips)
