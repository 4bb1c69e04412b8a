#include <math.h>
#include <string.h>

#include "base/number.h"
#include "command/knobs.h"
#include "command/settings.h"

static int count_of(const Knob *knobs)
{
    int count = 0;
    while (count < KNOBS && knobs[count].name) count++;
    return count;
}

/* The knob that the first LENGTH bytes of NAME name; -1 when there is none. */
static int find(const Knob *knobs, const char *name, size_t length)
{
    for (int i = 0; i < count_of(knobs); i++)
        if (strlen(knobs[i].name) == length && !strncmp(knobs[i].name, name, length)) return i;
    return -1;
}

static bool fail_unknown(const char *owner, const Knob *knobs, const Word *word, size_t length,
                         Error *err)
{
    if (setting_claims(word, err)) return false;
    Text keys = {0};
    int count = count_of(knobs);
    for (int i = 0; i < count; i++)
        text_print(&keys, "%s%s=", i == 0 ? "" : i == count - 1 ? " and " : ", ", knobs[i].name);
    if (count)
        fail(err, word->column, "%s has no `%.*s=`, only %s", owner, (int)length, word->text,
             text_string(&keys));
    else
        fail(err, word->column, "%s has nothing to set, so `%s` makes no sense", owner, word->text);
    text_release(&keys);
    return false;
}

static bool fail_range(const Knob *knob, int column, Error *err)
{
    if (knob->whole)
        return fail(err, column, "%s= must be a whole number from %g", knob->name, knob->low);
    if (isinf(knob->high))
        return fail(err, column, "%s= must be %g or more", knob->name, knob->low);
    return fail(err, column, "%s= must be at least %g and below %g", knob->name, knob->low,
                knob->high);
}

static bool read_one(const char *owner, const Knob *knobs, double *values, const Word *word,
                     Error *err)
{
    const char *equals = strchr(word->text, '=');
    double value;
    if (!equals || !number_read(equals + 1, &value))
        return fail(err, word->column, "expected key=NUMBER, not `%s`", word->text);
    size_t length = (size_t)(equals - word->text);
    int index = find(knobs, word->text, length);
    if (index < 0) return fail_unknown(owner, knobs, word, length, err);
    const Knob *knob = &knobs[index];
    bool fits = value >= knob->low && value < knob->high && (!knob->whole || value == floor(value));
    if (!fits) return fail_range(knob, word->column, err);
    values[index] = value;
    return true;
}

bool knobs_read(const char *owner, const Knob *knobs, double *values, Words words, Error *err)
{
    for (int i = 0; i < words.count; i++)
        if (!read_one(owner, knobs, values, &words.items[i], err)) return false;
    return true;
}

void knobs_show(const Knob *knobs, const double *values, Text *text)
{
    char number[NUMBER_SIZE];
    for (int i = 0; i < count_of(knobs); i++) {
        number_spell(number, values[i], 0);
        text_print(text, " %s=%s", knobs[i].name, number);
    }
}
