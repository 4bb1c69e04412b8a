/* Settings of what is shown, and how. */
#include <string.h>

#include <ctype.h>
#include <string.h>

#include "base/number.h"
#include "command/settings.h"
#include "session/timeline.h"

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
    session->style.ascii = setting_on(arguments);
    return true;
}

static void show_ascii(const Session *session, Text *text)
{
    setting_show_on(text, session->style.ascii);
}

static bool set_color(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->style.color = setting_on(arguments);
    return true;
}

static void show_color(const Session *session, Text *text)
{
    setting_show_on(text, session->style.color);
}

static bool set_echo(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->habits.echo = setting_on(arguments);
    return true;
}

static void show_echo(const Session *session, Text *text)
{
    setting_show_on(text, session->habits.echo);
}

static bool set_prompt(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->habits.place_in_prompt =
        !strcmp(arguments_text(arguments, "plain|position"), "position");
    return true;
}

static void show_prompt(const Session *session, Text *text)
{
    text_add(text, session->habits.place_in_prompt ? "position" : "plain");
}

/* 64M, 512K, 1G or a number of bytes. */
static bool read_size(const Word *word, size_t *size, Error *err)
{
    static const char units[] = "KMG";
    char digits[32] = "";
    long number;
    size_t length = strlen(word->text);
    const char *unit =
        length ? strchr(units, toupper((unsigned char)word->text[length - 1])) : NULL;
    if (length && length < sizeof digits) memcpy(digits, word->text, length - (unit != NULL));
    if (!number_read_integer(digits, 1, 1L << 32, &number))
        return fail(err, word->column, "expected a size such as 64M, 512K or 1G, not `%s`",
                    word->text);
    *size = (size_t)number << (unit ? 10 * (unit - units + 1) : 0);
    return true;
}

static bool set_history(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "SIZE");
    size_t size = 0;
    if (!read_size(word, &size, err)) return false;
    if (size < 1 << 20) return fail(err, word->column, "the history needs 1M at the least");
    session->habits.memory = size;
    timeline_fit(session);
    return true;
}

static void show_history(const Session *session, Text *text)
{
    static const char *const units[] = {"", "K", "M", "G"};
    size_t size = session->habits.memory;
    int unit = 0;
    for (; unit < 3 && size % 1024 == 0; unit++) size /= 1024;
    text_print(text, "memory %zu%s", size, units[unit]);
}

static const Setting rows[] = {
    {"digits", "full | N", "significant digits of numbers", set_digits, show_digits, OF_USER},
    {"terms", "all | N", "longest sum, list or matrix side shown whole", set_terms, show_terms,
     OF_USER},
    {"width", "N", "columns to fold lines at", set_width, show_width, OF_USER},
    {"ascii", "on|off", "plain ASCII output", set_ascii, show_ascii, OF_USER},
    {"echo", "on|off", "show the commands of a script", set_echo, show_echo, OF_USER},
    {"history", "memory SIZE", "most memory for what undo and time travel go back to", set_history,
     show_history, OF_USER},
    {"color", "on|off", "colours", set_color, show_color, OF_USER},
    {"prompt", "plain|position", "`bp>` alone, or with the loop's place", set_prompt, show_prompt,
     OF_USER},
};

const SettingGroup style_settings = {rows, sizeof rows / sizeof rows[0]};
