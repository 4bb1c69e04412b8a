/* Settings of the model: the loss, and how gradients change the parameters. */
#include "base/decimal.h"
#include "base/number.h"
#include "command/knobs.h"
#include "command/settings.h"
#include "engine/optimizer.h"
#include "session/by_hand.h"
#include "session/perceptron.h"

static bool positive(const Arguments *arguments, const char *item, double *value, Error *err)
{
    *value = arguments_number(arguments, item, 0);
    return *value > 0 ||
           fail(err, arguments_word(arguments, item)->column, "%s must be above 0", item);
}

static bool set_rate(Session *session, const Arguments *arguments, Error *err)
{
    double rate = arguments_number(arguments, "RATE", 0);
    if (rate < 0)
        return fail(err, arguments_word(arguments, "RATE")->column,
                    "a learning rate is 0 or more: gradient descent already subtracts");
    session->setup.descent.rate = rate;
    descent_refresh(&session->setup.descent);
    return true;
}

static void show_rate(const Session *session, Text *text)
{
    number_add(text, session->setup.descent.rate);
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
    if (!loss_fits(loss, architecture_output(made), made->sizes[made->layers], &why))
        return fail(err, word->column, "%s", why.message);
    session->setup.loss = loss;
    session_forget(session);
    pass_set_loss(session->pass, loss);
    session_place_row(session);
    return true;
}

/* Another number of decimals is another page. */
static bool set_round(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "DECIMALS");
    long decimals = arguments_integer(arguments, "DECIMALS", NO_PAGE);
    if (word && decimals > DECIMALS_MOST)
        return fail(err, word->column, "a page has at most %d decimals", DECIMALS_MOST);
    if (decimals == session->setup.decimals) return true;
    session->setup.decimals = (int)decimals;
    by_hand_end(session);
    session_place_row(session);
    return true;
}

static void show_round(const Session *session, Text *text)
{
    if (session->setup.decimals == NO_PAGE)
        text_add(text, "off");
    else
        text_print(text, "%d", session->setup.decimals);
}

static void show_loss(const Session *session, Text *text)
{
    text_add(text, session->setup.loss->name);
}

static bool set_optimizer(Session *session, const Arguments *arguments, Error *err)
{
    Descent chosen = session->setup.descent;
    const Optimizer *optimizer = optimizer_find(arguments_text(arguments, "OPTIMIZER"));
    descent_choose(&chosen, optimizer);
    if (!knobs_read(optimizer->name, optimizer->knobs, chosen.knobs,
                    arguments_words(arguments, "KNOB"), err))
        return false;
    session->setup.descent = chosen;
    session_reset_slots(session);
    perceptron_settle(session);
    return true;
}

static void show_optimizer(const Session *session, Text *text)
{
    const Descent *descent = &session->setup.descent;
    text_add(text, descent->optimizer->name);
    knobs_show(descent->optimizer->knobs, descent->knobs, text);
}

static bool set_schedule(Session *session, const Arguments *arguments, Error *err)
{
    Descent chosen = session->setup.descent;
    const Schedule *schedule = schedule_find(arguments_text(arguments, "SCHEDULE"));
    descent_choose_schedule(&chosen, schedule);
    if (!knobs_read(schedule->name, schedule->knobs, chosen.schedule_knobs,
                    arguments_words(arguments, "KNOB"), err))
        return false;
    descent_refresh(&chosen);
    session->setup.descent = chosen;
    return true;
}

static void show_schedule(const Session *session, Text *text)
{
    const Descent *descent = &session->setup.descent;
    text_add(text, descent->schedule->name);
    knobs_show(descent->schedule->knobs, descent->schedule_knobs, text);
}

static bool set_decay(Session *session, const Arguments *arguments, Error *err)
{
    double decay = arguments_number(arguments, "LAMBDA", 0);
    if (decay < 0)
        return fail(err, arguments_word(arguments, "LAMBDA")->column,
                    "a weight decay is 0 (none) or more: less would make the weights grow");
    session->setup.descent.decay = decay;
    return true;
}

static void show_decay(const Session *session, Text *text)
{
    number_add(text, session->setup.descent.decay);
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
    number_add(text, limit);
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

static bool set_memo(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->habits.memo_off = !setting_on(arguments);
    session_forget(session);
    if (session->pass) session->pass->memo.off = session->habits.memo_off;
    return true;
}

static void show_memo(const Session *session, Text *text)
{
    setting_show_on(text, !session->habits.memo_off);
}

static const Setting rows[] = {
    {"lr", "RATE", "learning rate η", set_rate, show_rate, OF_MODEL},
    {"schedule", "SCHEDULE [KNOB...]", "how η changes from epoch to epoch", set_schedule,
     show_schedule, OF_MODEL},
    {"loss", "LOSS", "loss of the network", set_loss, show_loss, OF_RUN},
    {"optimizer", "OPTIMIZER [KNOB...]", "how gradients change the parameters", set_optimizer,
     show_optimizer, OF_MODEL},
    {"decay", "LAMBDA", "weight decay λ: every gradient gets λ·w", set_decay, show_decay, OF_MODEL},
    {"clip", "off | [norm=LIMIT] [value=LIMIT]",
     "limit of the gradient's norm, or of each gradient", set_clip, show_clip, OF_MODEL},
    {"round", "off | DECIMALS", "decimals of a page that goes along by hand", set_round, show_round,
     OF_MODEL},
    {"memo", "on|off", "remember derivatives, or compute each afresh", set_memo, show_memo,
     OF_MODEL},
};

const SettingGroup model_settings = {rows, sizeof rows / sizeof rows[0]};
