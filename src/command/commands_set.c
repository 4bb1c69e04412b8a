/* Commands for settings and exact parameters: set, show. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "command/command.h"
#include "command/settings.h"
#include "session/emit.h"
#include "session/scope.h"
#include "command/matrix_text.h"

static const char *shown(Session *session, const Setting *setting)
{
    Text text = {0};
    setting->show(session, &text);
    return text_move(&text, &session->arena);
}

static void describe(Session *session, const Setting *setting)
{
    const char *text = shown(session, setting);
    double number;
    emit_note(session, "%s = %s", setting->name, text);
    if (number_read(text, &number))
        emit_number(session, setting->name, number);
    else
        emit_string(session, setting->name, text);
}

static bool set_setting(Session *session, const Setting *setting, const Arguments *arguments,
                        Error *err)
{
    Arguments values;
    Words words = arguments_words(arguments, "VALUE");
    const char *name = arena_print(&session->arena, "set %s", setting->name);
    if (!arguments_match(&values, name, setting->usage, &words, arguments->line, &session->arena,
                         err) ||
        !setting->set(session, &values, err))
        return false;
    describe(session, setting);
    return true;
}

/* `set w11^1 0.5`: the value may be any expression. */
static bool set_parameter(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "NAME");
    int column;
    const char *text = arguments_raw(arguments, "VALUE", &column);
    size_t element;
    double value;
    if (!scope_element(session, word, &element, err)) return false;
    if (element >= session_net(session)->stored)
        return fail(
            err, word->column,
            "only what a network stores can be set (w, b, gamma, beta, mean, var); `input` types a "
            "row, `assume` holds a node");
    if (!scope_value(session, text, column, &value, err)) return false;
    if (!isfinite(value)) return fail(err, column, "a parameter must be a finite number");
    Symbol symbol = net_symbol(session_net(session), element);
    if (symbol.kind == SYMBOL_RUNNING_VARIANCE && value < 0)
        return fail(err, column, "a variance cannot be negative");
    session_forget(session);
    session->pass->value[element] = value;
    if (session->page) page_write(session->page, element, &value, 1);
    emit_note(session, "%e = %n", explain_symbol(&session->explainer, element), value);
    emit_number(session, "value", value);
    return true;
}

/* Where `W^2`, `b^1` or an optimizer's `m^1` keeps its numbers. */
static bool set_matrix(Session *session, const MatrixName *name, const Arguments *arguments,
                       Error *err)
{
    int column;
    const char *text = arguments_raw(arguments, "VALUE", &column);
    MatrixPlace place;
    double *numbers;
    if (!matrix_find(session, name, &place, err) ||
        !matrix_read(&session->arena, text, column, &place, &numbers, err))
        return false;
    session_forget(session);
    size_t count = (size_t)place.rows * (size_t)place.columns;
    if (!place.page) memcpy(place.numbers, numbers, sizeof *numbers * count);
    if (session->page) page_write(session->page, place.first, numbers, count);
    emit_note(session, "%s: %d×%d numbers set", arguments_text(arguments, "NAME"), (long)place.rows,
              (long)place.columns);
    return true;
}

static bool run_set(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "NAME");
    const Setting *setting = setting_find(word->text);
    if (!setting || setting->of != OF_USER) trainer_rewind(&session->trainer);
    if (setting) return set_setting(session, setting, arguments, err);
    MatrixName name;
    Symbol symbol;
    bool list = *arguments_text(arguments, "VALUE") == '[';
    bool matrix = matrix_name_read(word, &name) && (list || !name.node);
    size_t length = symbol_scan(word->text, &symbol);
    if (!matrix && !(length && !word->text[length])) return setting_named(word, err) != NULL;
    if (!session->pass)
        return fail(err, word->column, "there is no network yet: `init 2-2-1` makes one");
    return matrix ? set_matrix(session, &name, arguments, err)
                  : set_parameter(session, arguments, err);
}

static void show_all(Session *session)
{
    static const Column columns[] = {{"name", "setting"}, {"value", "value"}, {NULL, "what it is"}};
    emit_table(session, NULL, FOR_PEOPLE, &(Table){.columns = columns, .count = 3});
    for (size_t i = 0; setting_row(i); i++) {
        const Setting *setting = setting_row(i);
        if (!setting->summary) continue;
        emit_row(session,
                 (Cell[]){CELL_OF_TEXT(setting->name), CELL_OF_TEXT(shown(session, setting)),
                          CELL_OF_TEXT(setting->summary)});
    }
    emit_table_end(session);
    emit_table(session, "settings", FOR_PROGRAMS,
               &(Table){.columns = columns, .count = 2, .map = true});
    for (size_t i = 0; setting_row(i); i++) {
        const char *text = shown(session, setting_row(i));
        double number;
        Cell value = number_read(text, &number) ? CELL_OF_NUMBER(number) : CELL_OF_TEXT(text);
        emit_row(session, (Cell[]){CELL_OF_TEXT(setting_row(i)->name), value});
    }
    emit_table_end(session);
}

static bool run_show(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "SETTING");
    if (!word) return show_all(session), true;
    const Setting *setting = setting_named(word, err);
    if (!setting) return false;
    describe(session, setting);
    return true;
}

static const Command commands[] = {
    {"set", NULL, "NAME [=] VALUE...", STAYS, "set parameters exactly, or change a setting",
     "`set W^1 [a b; c d]` and `set b^1 [a b]` set a layer's parameters: row = source node, "
     "column = target node. `set w11^1 0.5` sets one, `set w11^1 [1 2 3]` it and those that "
     "follow "
     "it in the matrix. The settings are listed by `show`.",
     "set w11^1 0.5\nset W^1 [0.1 0.2; 0.3 0.4]\nset lr 0.001\nset optimizer adam beta1=0.8",
     run_set},
    {"show", NULL, "[SETTING]", 0, "show a setting, or all of them", "", "show lr\nshow", run_show},
};

const CommandGroup setting_commands = {"settings", commands, sizeof commands / sizeof commands[0]};
