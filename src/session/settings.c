#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"
#include "engine/optimizer.h"
#include "session/settings.h"

static void add_number(Text *text, double value)
{
    char spelled[NUMBER_SIZE];
    text_add_bytes(text, spelled, (size_t)number_spell(spelled, value, 0));
}

static bool positive(const Arguments *arguments, const char *item, double *value, Error *err)
{
    *value = arguments_number(arguments, item, 0);
    return *value > 0 ||
           fail(err, arguments_word(arguments, item)->column, "%s must be above 0", item);
}

static bool on(const Arguments *arguments)
{
    return !strcmp(arguments_text(arguments, "on|off"), "on");
}

static bool set_rate(Session *session, const Arguments *arguments, Error *err)
{
    double rate = arguments_number(arguments, "RATE", 0);
    if (rate < 0)
        return fail(err, arguments_word(arguments, "RATE")->column,
                    "a learning rate is 0 or more: gradient descent already subtracts");
    session->setup.descent.rate = rate;
    return true;
}

static void show_rate(const Session *session, Text *text)
{
    add_number(text, session->setup.descent.rate);
}

static bool set_loss(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "LOSS");
    const Loss *loss = loss_find(word->text);
    if (!session->pass)
        return fail(err, word->column,
                    "there is no network yet: give it its loss with `init ... loss=%s`",
                    loss->name);
    const Architecture *made = &session_net(session)->architecture;
    Error why;
    if (!loss_fits(loss, made->activations[made->layers - 1], made->sizes[made->layers], &why))
        return fail(err, word->column, "%s", why.message);
    session->setup.loss = loss;
    session_forget(session);
    pass_set_loss(session->pass, loss);
    return true;
}

static void show_loss(const Session *session, Text *text)
{
    text_add(text, session->setup.loss->name);
}

static const Knob *find_knob(const Optimizer *optimizer, const char *name, size_t length,
                             int *index)
{
    for (*index = 0; *index < KNOBS && optimizer->knobs[*index].name; ++*index) {
        const Knob *knob = &optimizer->knobs[*index];
        if (strlen(knob->name) == length && !strncmp(knob->name, name, length)) return knob;
    }
    return NULL;
}

static bool set_knob(Descent *descent, const Word *word, Error *err)
{
    const char *equals = strchr(word->text, '=');
    double value;
    int index;
    if (!equals || !number_read(equals + 1, &value))
        return fail(err, word->column, "expected key=NUMBER, not `%s`", word->text);
    const Knob *knob =
        find_knob(descent->optimizer, word->text, (size_t)(equals - word->text), &index);
    if (!knob)
        return fail(err, word->column, "%s has no setting `%.*s`; `help optimizers` lists them",
                    descent->optimizer->name, (int)(equals - word->text), word->text);
    if (!(value >= knob->low && value < knob->high))
        return fail(err, word->column, "%s must be at least %g and below %g", knob->name, knob->low,
                    knob->high);
    descent->knobs[index] = value;
    return true;
}

static bool set_optimizer(Session *session, const Arguments *arguments, Error *err)
{
    Descent chosen = session->setup.descent;
    Words knobs = arguments_words(arguments, "KNOB");
    descent_choose(&chosen, optimizer_find(arguments_text(arguments, "OPTIMIZER")));
    for (int i = 0; i < knobs.count; i++)
        if (!set_knob(&chosen, &knobs.items[i], err)) return false;
    session->setup.descent = chosen;
    session_reset_slots(session);
    return true;
}

static void show_optimizer(const Session *session, Text *text)
{
    const Descent *descent = &session->setup.descent;
    text_add(text, descent->optimizer->name);
    for (int i = 0; i < KNOBS && descent->optimizer->knobs[i].name; i++) {
        text_print(text, " %s=", descent->optimizer->knobs[i].name);
        add_number(text, descent->knobs[i]);
    }
}

static bool set_clip(Session *session, const Arguments *arguments, Error *err)
{
    double norm = 0, value = 0;
    bool any = arguments_has(arguments, "off");
    if (arguments_has(arguments, "norm")) {
        any = true;
        if (!positive(arguments, "norm", &norm, err)) return false;
    }
    if (arguments_has(arguments, "value")) {
        any = true;
        if (!positive(arguments, "value", &value, err)) return false;
    }
    if (!any) return fail(err, 0, "clip what? norm=NUMBER, value=NUMBER or off");
    session->setup.descent.clip_norm = norm;
    session->setup.descent.clip_value = value;
    return true;
}

static void show_limit(Text *text, const char *name, double limit)
{
    if (limit <= 0) return;
    text_print(text, "%s%s=", text->length ? " " : "", name);
    add_number(text, limit);
}

static void show_clip(const Session *session, Text *text)
{
    const Descent *descent = &session->setup.descent;
    Text limits = {0};
    show_limit(&limits, "norm", descent->clip_norm);
    show_limit(&limits, "value", descent->clip_value);
    text_add(text, limits.length ? text_string(&limits) : "off");
    text_release(&limits);
}

static bool set_seed(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->setup.seed = arguments_integer(arguments, "SEED", 0);
    random_seed(&session->setup.random, (uint64_t)session->setup.seed);
    return true;
}

static void show_seed(const Session *session, Text *text)
{
    text_print(text, "%ld", session->setup.seed);
}

/* The whole state of the generator, for scripts that `save` writes. */
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
    session->setup.random = random;
    return true;
}

static void show_random(const Session *session, Text *text)
{
    const uint64_t *state = session->setup.random.state;
    for (int i = 0; i < 4; i++) text_print(text, "%s%016" PRIx64, i ? " " : "", state[i]);
}

static bool set_updates(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->setup.descent.updates = arguments_integer(arguments, "COUNT", 0);
    return true;
}

static void show_updates(const Session *session, Text *text)
{
    text_print(text, "%ld", session->setup.descent.updates);
}

static bool set_memo(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->setup.memo_off = !on(arguments);
    session_forget(session);
    if (session->pass) session->pass->memo.off = session->setup.memo_off;
    return true;
}

static void show_memo(const Session *session, Text *text)
{
    text_add(text, session->setup.memo_off ? "off" : "on");
}

static bool set_digits(Session *session, const Arguments *arguments, Error *err)
{
    long digits = arguments_integer(arguments, "N", 0);
    if (arguments_has(arguments, "N") && digits > 17)
        return fail(err, arguments_word(arguments, "N")->column,
                    "a double has at most 17 digits; `full` prints as many as it takes");
    session->style.digits = (int)digits;
    return true;
}

static void show_digits(const Session *session, Text *text)
{
    if (session->style.digits)
        text_print(text, "%d", session->style.digits);
    else
        text_add(text, "full");
}

static bool set_terms(Session *session, const Arguments *arguments, Error *err)
{
    long terms = arguments_integer(arguments, "N", 0);
    if (arguments_has(arguments, "N") && terms < 3)
        return fail(err, arguments_word(arguments, "N")->column, "at least 3 terms are shown");
    session->style.terms = terms > 1000000 ? 1000000 : (int)terms;
    return true;
}

static void show_terms(const Session *session, Text *text)
{
    if (session->style.terms)
        text_print(text, "%d", session->style.terms);
    else
        text_add(text, "all");
}

static bool set_width(Session *session, const Arguments *arguments, Error *err)
{
    long width = arguments_integer(arguments, "N", 80);
    if (width < 20 || width > 10000)
        return fail(err, arguments_word(arguments, "N")->column, "a width is 20 to 10000 columns");
    session->style.width = (int)width;
    return true;
}

static void show_width(const Session *session, Text *text)
{
    text_print(text, "%d", session->style.width);
}

static bool set_ascii(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->style.ascii = on(arguments);
    return true;
}

static void show_ascii(const Session *session, Text *text)
{
    text_add(text, session->style.ascii ? "on" : "off");
}

static bool set_color(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->style.color = on(arguments);
    return true;
}

static void show_color(const Session *session, Text *text)
{
    text_add(text, session->style.color ? "on" : "off");
}

static bool set_echo(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->setup.echo = on(arguments);
    return true;
}

static void show_echo(const Session *session, Text *text)
{
    text_add(text, session->setup.echo ? "on" : "off");
}

static const Setting rows[] = {
    {"lr", "RATE", "learning rate η", set_rate, show_rate, true},
    {"loss", "LOSS", "loss of the network", set_loss, show_loss, false},
    {"optimizer", "OPTIMIZER [KNOB...]", "how gradients change the parameters", set_optimizer,
     show_optimizer, true},
    {"clip", "off | [norm=LIMIT] [value=LIMIT]",
     "limit of the gradient's norm, or of each gradient", set_clip, show_clip, true},
    {"seed", "SEED", "seed of the random numbers", set_seed, show_seed, true},
    {"random", "STATE...", NULL, set_random, show_random, true},
    {"updates", "COUNT", NULL, set_updates, show_updates, true},
    {"memo", "on|off", "remember derivatives, or compute each afresh", set_memo, show_memo, true},
    {"digits", "full | N", "significant digits of numbers", set_digits, show_digits, false},
    {"terms", "all | N", "longest sum, list or matrix side shown whole", set_terms, show_terms,
     false},
    {"width", "N", "columns to fold lines at", set_width, show_width, false},
    {"ascii", "on|off", "plain ASCII output", set_ascii, show_ascii, false},
    {"echo", "on|off", "show the commands of a script", set_echo, show_echo, false},
    {"color", "on|off", "colours", set_color, show_color, false},
};

const Setting *setting_row(size_t index)
{
    return index < sizeof rows / sizeof rows[0] ? &rows[index] : NULL;
}

const Setting *setting_find(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!strcmp(rows[i].name, name)) return &rows[i];
    return NULL;
}

const Setting *setting_named(const Word *word, Error *err)
{
    const char *names[sizeof rows / sizeof rows[0]];
    const Setting *setting = setting_find(word->text);
    if (setting) return setting;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) names[i] = rows[i].name;
    const char *near = nearest(word->text, names, sizeof rows / sizeof rows[0]);
    if (near)
        fail(err, word->column, "there is no setting `%s`; did you mean `%s`?", word->text, near);
    else
        fail(err, word->column, "there is no setting or symbol `%s`; `show` lists the settings",
             word->text);
    return NULL;
}
