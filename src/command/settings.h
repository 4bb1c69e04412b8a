/* Settings: what `set NAME VALUE` changes and `show` shows, one row each, in the
   settings_*.c files. */
#ifndef COMMAND_SETTINGS_H
#define COMMAND_SETTINGS_H

#include "base/text.h"
#include "command/arguments.h"
#include "session/state.h"

/* What a setting is of. */
typedef enum Concern {
    OF_USER, /* the run is the same, whatever it is */
    OF_RUN,
    OF_MODEL /* of the run, and `save` writes it with the others */
} Concern;

typedef struct Setting {
    const char *name;
    const char *usage;   /* the grammar of its value, see arguments.h */
    const char *summary; /* NULL: for saved scripts only, not listed */
    bool (*set)(Session *session, const Arguments *arguments, Error *err);
    void (*show)(const Session *session, Text *text); /* the value, as `set` reads it back */
    Concern of;
} Setting;

/* The settings of one settings_*.c file. */
typedef struct SettingGroup {
    const Setting *rows;
    size_t count;
} SettingGroup;

extern const SettingGroup model_settings, loop_settings, style_settings;

const Setting *setting_row(size_t index); /* NULL past the last */
const Setting *setting_find(const char *name);

/* The value of a setting whose usage is on|off. */
bool setting_on(const Arguments *arguments);
void setting_show_on(Text *text, bool on);

/* Gives the setting NAME the value that WORD of the line says. */
bool setting_apply(Session *session, const char *name, const Word *word, Error *err);

/* Whether WORD, where it has no place, is written key=value with a setting's name for its key;
   then the error says how that is set. */
bool setting_claims(const Word *word, Error *err);

/* WORD as a setting, or an error that names the nearest. */
const Setting *setting_named(const Word *word, Error *err);

#endif
