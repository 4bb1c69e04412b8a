/* Settings of the training loop: how rows become updates, and, for saved scripts, where the
   loop stands: what the present update began with, and how many of its events are done. */
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "command/settings.h"
#include "session/by_hand.h"
#include "session/checkpoint.h"
#include "session/events.h"
#include "session/pins.h"
#include "session/training.h"

static const char *const modes[] = {
    [MODE_STOCHASTIC] = "stochastic", [MODE_BATCH] = "batch", [MODE_MINI] = "mini"};

/* Another plan begins the epoch's rows anew: the updates of the old one do not line up. */
static bool use_plan(Session *session, Plan plan)
{
    Setup *setup = &session->setup;
    const Plan *old = &setup->plan;
    bool same = plan.mode == old->mode && plan.batch == old->batch && plan.shuffle == old->shuffle;
    if (same) return true;
    setup->plan = plan;
    course_restart(&setup->course);
    session_place_row(session);
    return true;
}

static bool set_mode(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    Plan plan = session->setup.plan;
    const char *name = arguments_text(arguments, "stochastic|batch|mini");
    for (int mode = MODE_STOCHASTIC; mode <= MODE_MINI; mode++)
        if (!strcmp(modes[mode], name)) plan.mode = (Mode)mode;
    return use_plan(session, plan);
}

static void show_mode(const Session *session, Text *text)
{
    text_add(text, modes[session->setup.plan.mode]);
}

static bool set_batch(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    Plan plan = session->setup.plan;
    plan.batch = (int)arguments_integer(arguments, "N", plan.batch);
    return use_plan(session, plan);
}

static void show_batch(const Session *session, Text *text)
{
    text_print(text, "%d", session->setup.plan.batch);
}

static bool set_shuffle(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    Plan plan = session->setup.plan;
    plan.shuffle = setting_on(arguments);
    return use_plan(session, plan);
}

static void show_shuffle(const Session *session, Text *text)
{
    setting_show_on(text, session->setup.plan.shuffle);
}

static bool set_seed(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->setup.seed = arguments_integer(arguments, "SEED", 0);
    random_seed(&session->setup.course.random, (uint64_t)session->setup.seed);
    if (session->setup.plan.shuffle) course_restart(&session->setup.course);
    session_place_row(session);
    return true;
}

static void show_seed(const Session *session, Text *text)
{
    text_print(text, "%ld", session->setup.seed);
}

/* The whole state of the generator. */
static bool set_random(Session *session, const Arguments *arguments, Error *err)
{
    Words words = arguments_words(arguments, "STATE");
    Random random;
    if (words.count != 4) return fail(err, 0, "the state of the generator is 4 numbers");
    for (int i = 0; i < 4; i++) {
        char *end;
        random.state[i] = strtoull(words.items[i].text, &end, 16);
        if (*end)
            return fail(err, words.items[i].column, "expected a hexadecimal number, not `%s`",
                        words.items[i].text);
    }
    if (!(random.state[0] | random.state[1] | random.state[2] | random.state[3]))
        return fail(err, words.items[0].column, "the state of the generator cannot be all 0");
    session->setup.course.random = random;
    session_place_row(session);
    return true;
}

static void show_random(const Session *session, Text *text)
{
    const uint64_t *state = checkpoint_beginning(session).course->random.state;
    for (int i = 0; i < 4; i++) text_print(text, "%s%016" PRIx64, i ? " " : "", state[i]);
}

static bool set_epochs(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->habits.epochs = arguments_integer(arguments, "N", 0);
    return true;
}

static void show_epochs(const Session *session, Text *text)
{
    text_print(text, "%ld", session->habits.epochs);
}

static bool set_updates(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->setup.descent.updates = arguments_integer(arguments, "COUNT", 0);
    return true;
}

static void show_updates(const Session *session, Text *text)
{
    text_print(text, "%ld", checkpoint_beginning(session).counted);
}

static bool set_epoch(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->setup.course.epoch = arguments_integer(arguments, "COUNT", 0);
    descent_set_epoch(&session->setup.descent, session->setup.course.epoch);
    return true;
}

static void show_epoch(const Session *session, Text *text)
{
    text_print(text, "%ld", checkpoint_beginning(session).course->epoch);
}

/* The sum and the average of the page that goes along by hand. */
static bool set_page_losses(Page *page, const Word *words)
{
    return number_read(words[0].text, &page->losses) && number_read(words[1].text, &page->average);
}

/* An epoch that has begun ends with the average over all of its rows. The sum of huge losses may
   have overflowed. */
static bool set_losses(Session *session, const Arguments *arguments, Error *err)
{
    Course *course = &session->setup.course;
    Words words = arguments_words(arguments, "STATE");
    double sum = 0, average = 0;
    long count = 0;
    bool page = session->page && words.count == 5;
    bool good = (page || words.count == 3) && number_read(words.items[0].text, &sum) &&
                number_read_integer(words.items[1].text, 0, LONG_MAX, &count) &&
                number_read(words.items[2].text, &average) &&
                (!page || set_page_losses(session->page, words.items + 3));
    if (!good)
        return fail(err, words.items[0].column,
                    "expected the sum of the epoch's losses, their count, and the last average");
    course->losses = sum;
    course->counted = (size_t)count;
    course->average = average;
    return true;
}

static void show_losses(const Session *session, Text *text)
{
    const Course *course = checkpoint_beginning(session).course;
    char sum[NUMBER_SIZE], average[NUMBER_SIZE];
    number_spell(sum, course->losses, 0);
    number_spell(average, course->average, 0);
    text_print(text, "%s %zu %s", sum, course->counted, average);
    const Page *page = by_hand_beginning(session);
    if (!page) return;
    number_spell(sum, page->losses, 0);
    number_spell(average, page->average, 0);
    text_print(text, " %s %s", sum, average);
}

/* The last update of an epoch has the epoch's end after it. */
static size_t most_events(const Trainer *trainer)
{
    bool last = trainer_updates_left(trainer) == 1;
    return trainer_event_count(trainer) - !last;
}

/* The place within the update that is about to begin. */
static bool set_event(Session *session, const Arguments *arguments, Error *err)
{
    Trainer *trainer = &session->trainer;
    size_t count = (size_t)arguments_integer(arguments, "COUNT", 0);
    UpdateResult result = UPDATE_MADE;
    if (!count)
        return !snapshot_done(session->before) ||
               fail(err, 0, "`reverse-step` goes to the update's beginning");
    if (!session->pass) return fail(err, 0, "there is no network yet: `init 2-2-1` makes one");
    if (!session_row_ready(session, err) || !training_ready(session, err)) return false;
    if (count > most_events(trainer))
        return fail(err, arguments_word(arguments, "COUNT")->column,
                    "there are %zu events within this update", most_events(trainer));
    pins_release(session);
    while (trainer->done < count && events_do(session, &result)) continue;
    if (trainer->done == count) return true;
    trainer_rewind(trainer);
    return training_fail(session, result, err);
}

static void show_event(const Session *session, Text *text)
{
    text_print(text, "%zu", session->trainer.done);
}

static const Setting rows[] = {
    {"mode", "stochastic|batch|mini", "rows of an update: one, all, or `batch` of them", set_mode,
     show_mode, OF_MODEL},
    {"batch", "N", "rows of a mini-batch", set_batch, show_batch, OF_MODEL},
    {"shuffle", "on|off", "a new order of the rows for every epoch", set_shuffle, show_shuffle,
     OF_MODEL},
    {"epochs", "N", "epochs of the loop, at whose end `continue` stops", set_epochs, show_epochs,
     OF_USER},
    {"seed", "SEED", "seed of the random numbers", set_seed, show_seed, OF_MODEL},
    {"random", "STATE...", NULL, set_random, show_random, OF_MODEL},
    {"updates", "COUNT", NULL, set_updates, show_updates, OF_MODEL},
    {"epoch", "COUNT", NULL, set_epoch, show_epoch, OF_MODEL},
    {"losses", "STATE...", NULL, set_losses, show_losses, OF_RUN},
    {"event", "COUNT", NULL, set_event, show_event, OF_RUN},
};

const SettingGroup loop_settings = {rows, sizeof rows / sizeof rows[0]};
