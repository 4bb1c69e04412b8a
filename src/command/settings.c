#include <string.h>

#include "base/nearest.h"
#include "command/settings.h"
#include "session/reading.h"

static const SettingGroup *const groups[] = {&model_settings, &loop_settings, &style_settings};

const Setting *setting_row(size_t index)
{
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
        if (index < groups[g]->count) return &groups[g]->rows[index];
        index -= groups[g]->count;
    }
    return NULL;
}

const Setting *setting_find(const char *name)
{
    for (size_t i = 0; setting_row(i); i++)
        if (!strcmp(setting_row(i)->name, name)) return setting_row(i);
    return NULL;
}

bool setting_on(const Arguments *arguments)
{
    return !strcmp(arguments_text(arguments, "on|off"), "on");
}

void setting_show_on(Text *text, bool on)
{
    text_add(text, on ? "on" : "off");
}

bool setting_apply(Session *session, const char *name, const Word *word, Error *err)
{
    const Setting *setting = setting_find(name);
    Arguments values;
    Word value = *word;
    Words words = {&value, 1};
    return arguments_match(&values, name, setting->usage, &words, session->line, &session->arena,
                           err) &&
           setting->set(session, &values, err);
}

bool setting_claims(const Word *word, Error *err)
{
    size_t length = strcspn(word->text, "=");
    if (word->quoted || !word->text[length] || !word->text[length + 1]) return false;
    for (size_t i = 0; setting_row(i); i++) {
        const char *name = setting_row(i)->name;
        if (!setting_row(i)->summary || strlen(name) != length ||
            strncmp(name, word->text, length) != 0)
            continue;
        fail(err, word->column, "`%s` is a setting of its own: `set %s %s`", name, name,
             word->text + length + 1);
        return true;
    }
    return false;
}

const Setting *setting_named(const Word *word, Error *err)
{
    enum { LIMIT = 64 };
    const char *names[LIMIT] = {NULL};
    size_t count = 0;
    const Setting *setting = setting_find(word->text);
    if (setting) return setting;
    for (size_t i = 0; count < LIMIT && setting_row(i); i++)
        if (setting_row(i)->summary) names[count++] = setting_row(i)->name;
    const char *near = nearest(word->text, names, count), *meant = reading_meant(word->text);
    if (!near && meant && setting_find(meant)) near = meant;
    if (near)
        fail(err, word->column, "there is no setting `%s`; did you mean `%s`?", word->text, near);
    else
        fail(err, word->column, "there is no setting or symbol `%s`; `show` lists the settings",
             word->text);
    return NULL;
}
