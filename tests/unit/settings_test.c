#include "command/settings.h"
#include "trial.h"

/* What NAME is now, as `show` says it; good until the next call. */
static const char *shown(const Trial *trial, const char *name)
{
    static char value[256];
    Text text = {0};
    setting_find(name)->show(trial->session, &text);
    snprintf(value, sizeof value, "%s", text_string(&text));
    text_release(&text);
    return value;
}

static void set(Trial *trial, const char *name, const char *value)
{
    char line[512];
    snprintf(line, sizeof line, "set %s %s", name, value);
    trial_do(trial, line);
}

START_TEST(every_row_has_a_name_of_its_own)
{
    for (size_t i = 0; setting_row(i); i++) {
        ck_assert_ptr_eq(setting_find(setting_row(i)->name), setting_row(i));
        for (size_t k = 0; k < i; k++) ck_assert_str_ne(setting_row(i)->name, setting_row(k)->name);
    }
}
END_TEST

START_TEST(what_is_shown_can_be_set_and_shows_the_same)
{
    Trial trial;
    trial_start(&trial);
    trial_do(
        &trial,
        "init 2-2-1\ninput 80 8 -> 3\nset lr 0.123456789012345\nset seed 7\n"
        "set optimizer adam beta1=0.8\nset schedule cosine epochs=9\nset decay 0.125\nset epoch 4\n"
        "set clip norm=1 value=0.5\nstep 3");
    for (size_t i = 0; setting_row(i); i++) {
        char before[256];
        snprintf(before, sizeof before, "%s", shown(&trial, setting_row(i)->name));
        set(&trial, setting_row(i)->name, before);
        ck_assert_str_eq(shown(&trial, setting_row(i)->name), before);
        char line[64];
        snprintf(line, sizeof line, "show %s", setting_row(i)->name);
        trial_do(&trial, line);
    }
    trial_do(&trial, "show");
    trial_free(&trial);
}
END_TEST

static const struct {
    const char *name, *value, *shows;
} accepted[] = {
    {"lr", "0.5", "0.5"},
    {"lr", "0", "0"},
    {"lr", "1e-3", "0.001"},
    {"loss", "mae", "mae"},
    {"optimizer", "momentum", "momentum momentum=0.9"},
    {"optimizer", "adam beta2=0.5", "adam beta1=0.9 beta2=0.5"},
    {"optimizer", "rmsprop alpha=0", "rmsprop alpha=0"},
    {"optimizer", "sgd", "sgd"},
    {"optimizer", "perceptron", "perceptron"},
    {"schedule", "step", "step every=10 factor=0.1"},
    {"schedule", "step factor=0.5 every=3", "step every=3 factor=0.5"},
    {"schedule", "1/t decay=0", "1/t decay=0"},
    {"schedule", "cosine epochs=20", "cosine epochs=20 min=0"},
    {"schedule", "constant", "constant"},
    {"decay", "0.01", "0.01"},
    {"decay", "0", "0"},
    {"epoch", "7", "7"},
    {"clip", "norm=1", "norm=1"},
    {"clip", "value=0.5", "value=0.5"},
    {"clip", "value=2 norm=3", "norm=3 value=2"},
    {"clip", "off", "off"},
    {"seed", "42", "42"},
    {"random", "1 0 0 ff", "0000000000000001 0000000000000000 0000000000000000 00000000000000ff"},
    {"updates", "12", "12"},
    {"memo", "off", "off"},
    {"digits", "17", "17"},
    {"digits", "full", "full"},
    {"terms", "3", "3"},
    {"terms", "all", "all"},
    {"width", "20", "20"},
    {"width", "10000", "10000"},
    {"ascii", "on", "on"},
    {"color", "on", "on"},
    {"prompt", "position", "position"},
};

START_TEST(values_are_taken_and_taken_back)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1");
    for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++) {
        char before[256];
        snprintf(before, sizeof before, "%s", shown(&trial, accepted[i].name));
        set(&trial, accepted[i].name, accepted[i].value);
        ck_assert_str_eq(shown(&trial, accepted[i].name), accepted[i].shows);
        trial_do(&trial, "undo");
        ck_assert_str_eq(shown(&trial, accepted[i].name), before);
        trial_do(&trial, "redo");
        ck_assert_str_eq(shown(&trial, accepted[i].name), accepted[i].shows);
    }
    trial_free(&trial);
}
END_TEST

START_TEST(the_rate_in_use_follows_at_once)
{
    Trial trial;
    const double *eta;
    trial_start(&trial);
    eta = &trial.session->setup.descent.eta;
    trial_do(&trial, "set lr 0.8\nset epoch 4\nset schedule step every=2 factor=0.5");
    ck_assert_double_eq(*eta, 0.2);
    trial_do(&trial, "set lr 0.4");
    ck_assert_double_eq(*eta, 0.1);
    trial_do(&trial, "set epoch 2");
    ck_assert_double_eq(*eta, 0.2);
    trial_do(&trial, "undo\nundo");
    ck_assert_double_eq(*eta, 0.2);
    trial_do(&trial, "init 1-1");
    ck_assert_double_eq(*eta, 0.8);
    trial_free(&trial);
}
END_TEST

/* An epoch ends with the last row, also when there is only one. */
START_TEST(epochs_are_counted_by_the_rows)
{
    Trial trial;
    trial_start(&trial);
    const Descent *descent = &trial.session->setup.descent;
    trial_do(&trial, "init 2-1\ndata n0\ndata scale standard\nset schedule 1/t decay=1\nstep 3");
    ck_assert_int_eq(descent->epoch, 0);
    trial_do(&trial, "step");
    ck_assert_int_eq(descent->epoch, 1);
    ck_assert_double_eq(descent->eta, 0.05);
    trial_do(&trial, "step 8\nundo\nredo");
    ck_assert_int_eq(descent->epoch, 3);
    ck_assert_double_eq(descent->eta, 0.025);
    trial_free(&trial);
}
END_TEST

static const struct {
    const char *line;
    int column;
    const char *part;
} refused[] = {
    {"set lr -0.1", 8, "0 or more"},
    {"set lr fast", 8, "`fast`"},
    {"set lr inf", 8, "`inf`"},
    {"set lr", 7, "VALUE"},
    {"set lr 1 2", 10, "`2`"},
    {"set loss l2", 10, "`l2`"},
    {"set loss bce", 10, "sigmoid"},
    {"set optimizer nadam", 15, "`nadam`"},
    {"set optimizer adam beta=1", 20, "beta"},
    {"set optimizer adam beta1=1", 20, "beta1"},
    {"set optimizer adam beta1", 20, "`beta1`"},
    {"set optimizer sgd momentum=0.9", 19, "momentum"},
    {"set optimizer adam beta=1", 20, "only beta1= and beta2="},
    {"set optimizer adam lr=0.1", 20, "`lr` is a setting of its own: `set lr 0.1`"},
    {"set mode mini batch=16", 15, "`batch` is a setting of its own: `set batch 16`"},
    {"set mode mini updates=16", 15, "unexpected `updates=16`"},
    {"set laps 3", 5, "no setting or symbol `laps`"},
    {"init 2-2-1 lr=0.1", 12, "`set lr 0.1`"},
    {"train 10 lr=", 10, "unknown key"},
    {"set schedule", 13, "VALUE"},
    {"set schedule linear", 14, "`linear`"},
    {"set schedule step every=2.5", 19, "whole number from 1"},
    {"set schedule step every=0", 19, "every="},
    {"set schedule step factor=-1", 19, "0 or more"},
    {"set schedule step factor=inf", 19, "factor="},
    {"set schedule step gamma=1", 19, "only every= and factor="},
    {"set schedule 1/t decay=0.1 every=1", 28, "only decay="},
    {"set schedule cosine 50", 21, "`50`"},
    {"set schedule constant every=1", 23, "nothing to set"},
    {"set decay -1", 11, "0 (none) or more"},
    {"set decay much", 11, "`much`"},
    {"set epoch -1", 11, "`-1`"},
    {"set clip", 9, "VALUE"},
    {"set clip norm=0", 15, "norm"},
    {"set clip value=-1", 16, "value"},
    {"set clip hard", 10, "`hard`"},
    {"set seed -1", 10, "`-1`"},
    {"set random 1 2 3", 0, "4 numbers"},
    {"set random 1 2 3 x", 18, "`x`"},
    {"set random 0 0 0 0", 12, "all 0"},
    {"set updates -1", 13, "`-1`"},
    {"set memo maybe", 10, "`maybe`"},
    {"set digits 18", 12, "17"},
    {"set digits 0", 12, "`0`"},
    {"set terms 2", 11, "3"},
    {"set width 19", 11, "20"},
    {"set width 10001", 11, "10000"},
    {"set ascii yes", 11, "`yes`"},
    {"set colour on", 5, "`color`"},
    {"set xyzzy 1", 5, "`xyzzy`"},
    {"show xyzzy", 6, "`xyzzy`"},
};

START_TEST(values_that_make_no_sense_are_refused)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1");
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        trial_fails(&trial, refused[i].line, refused[i].column, refused[i].part);
    trial_free(&trial);
}
END_TEST

UNIT("settings", every_row_has_a_name_of_its_own, what_is_shown_can_be_set_and_shows_the_same,
     values_are_taken_and_taken_back, the_rate_in_use_follows_at_once,
     epochs_are_counted_by_the_rows, values_that_make_no_sense_are_refused)
