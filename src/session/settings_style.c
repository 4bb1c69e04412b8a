/* Settings of what is shown, and how. */
#include <string.h>

#include "session/settings.h"

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
    session->setup.echo = setting_on(arguments);
    return true;
}

static void show_echo(const Session *session, Text *text)
{
    setting_show_on(text, session->setup.echo);
}

static bool set_prompt(Session *session, const Arguments *arguments, Error *err)
{
    (void)err;
    session->setup.place_in_prompt =
        !strcmp(arguments_text(arguments, "plain|position"), "position");
    return true;
}

static void show_prompt(const Session *session, Text *text)
{
    text_add(text, session->setup.place_in_prompt ? "position" : "plain");
}

static const Setting rows[] = {
    {"digits", "full | N", "significant digits of numbers", set_digits, show_digits, false},
    {"terms", "all | N", "longest sum, list or matrix side shown whole", set_terms, show_terms,
     false},
    {"width", "N", "columns to fold lines at", set_width, show_width, false},
    {"ascii", "on|off", "plain ASCII output", set_ascii, show_ascii, false},
    {"echo", "on|off", "show the commands of a script", set_echo, show_echo, false},
    {"color", "on|off", "colours", set_color, show_color, false},
    {"prompt", "plain|position", "`bp>` alone, or with the loop's place", set_prompt, show_prompt,
     false},
};

const SettingGroup style_settings = {rows, sizeof rows / sizeof rows[0]};
