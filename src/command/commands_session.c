/* Commands about the session itself: source, save, echo, info, undo, redo, quit. */
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "command/command.h"
#include "command/files.h"
#include "command/interpreter.h"
#include "command/save.h"
#include "command/settings.h"
#include "session/emit.h"
#include "session/timeline.h"
#include "show/points_show.h"
#include "show/update_rule.h"
#include "show/stop_report.h"

enum { SOURCE_DEPTH = 16 };

static bool run_source(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "FILE");
    if (file_ends_in(word->text, ".md"))
        return fail(err, word->column, "%s is a lesson: `lesson %s` plays it", word->text,
                    word_typed(word->text, &session->arena));
    if (session->depth >= SOURCE_DEPTH)
        return fail(err, word->column, "`source` is nested %d deep: does %s source itself?",
                    SOURCE_DEPTH, word->text);
    const char *path = files_find(session, word, err);
    int descriptor = path ? file_open(path, word->column, err) : -1;
    if (descriptor < 0) return false;
    Outcome outcome = session_source(session, descriptor, word->text, false);
    close(descriptor);
    if (outcome == OUTCOME_QUIT || outcome == OUTCOME_INTERRUPTED) session->outcome = outcome;
    if (outcome == OUTCOME_INTERRUPTED) return fail(err, word->column, "interrupted");
    return outcome != OUTCOME_FAILED ||
           fail(err, word->column, "%s stopped at its first failing command", word->text);
}

static bool run_save(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "FILE");
    if (!files_may_write(session, word, err)) return false;
    Text script = {0};
    save_script(session, &script);
    bool ok = file_replace(word->text, script.bytes, script.length, word->column, err);
    text_release(&script);
    if (ok) emit_note(session, "saved; %c %f restores it", "source", word->text);
    return ok;
}

static bool run_echo(Session *session, const Arguments *arguments, Error *err)
{
    int column;
    (void)err;
    const char *text = arguments_raw(arguments, "TEXT", &column);
    Words words = arguments_words(arguments, "TEXT");
    if (words.count == 1 && words.items[0].quoted) text = words.items[0].text;
    emit_note(session, "%f", text);
    emit_string(session, "text", text);
    return true;
}

static void info_net(Session *session)
{
    if (!session->pass) {
        emit_note(session, "no network yet: %c makes one", "init 2-2-1");
        return;
    }
    const Net *net = session_net(session);
    Text spec = {0};
    architecture_spell(&spec, &net->architecture);
    long layers = net->architecture.layers, parameters = (long)net->parameters;
    emit_note(session, "network %s: %d layer%s, %d parameter%s, loss %s", text_string(&spec),
              layers, plural(layers), parameters, plural(parameters), session->setup.loss->name);
    emit_string(session, "net", text_string(&spec));
    text_release(&spec);
    for (int i = 0; i < session->pass->pin_count; i++) {
        const Pin *pin = &session->pass->pins[i];
        emit_note(session, "%e = %n is assumed", explain_symbol(&session->explainer, pin->element),
                  pin->value);
    }
}

static void info_data(Session *session)
{
    const Setup *setup = &session->setup;
    const Dataset *data = session->data;
    if (data)
        emit_note(session, "data %f: %d row%s, %d input%s, %d target%s, row %d is next", data->name,
                  (long)data->rows, plural((long)data->rows), (long)data->inputs,
                  plural(data->inputs), (long)data->targets, plural(data->targets),
                  (long)session_row(session) + 1);
    else if (!setup->typed)
        emit_note(session, "no data yet: %c loads some", "data n0");
    if (setup->typed)
        emit_note(session, "the row was typed: %d input%s, %d target%s", (long)setup->typed_inputs,
                  plural(setup->typed_inputs), (long)setup->typed_targets,
                  plural(setup->typed_targets));
    if (data) emit_string(session, "data", data->name);
}

static void info_schedule(Session *session)
{
    const Descent *descent = &session->setup.descent;
    if (descent->schedule == schedule_constant()) return;
    Text settings = {0};
    setting_find("schedule")->show(session, &settings);
    emit_note(session, "schedule %s, lr=%n, after %d epoch%s:", text_string(&settings),
              descent->rate, descent->epoch, plural(descent->epoch));
    text_release(&settings);
    update_rule_describe_schedule(session, descent->schedule);
}

static void info_optimizer(Session *session)
{
    const Descent *descent = &session->setup.descent;
    Text settings = {0};
    setting_find("optimizer")->show(session, &settings);
    emit_note(session, "%s, η = %n: %s", text_string(&settings), descent->eta,
              descent->optimizer->summary);
    update_rule_describe(session, descent->optimizer);
    info_schedule(session);
    if (descent->decay > 0) emit_note(session, "weight decay %n:", descent->decay);
    if (descent->decay > 0) update_rule_describe_decay(session);
    emit_note(session, "%d update%s made", descent->updates, plural(descent->updates));
    emit_string(session, "optimizer", text_string(&settings));
    text_release(&settings);
}

static const char *spell_bytes(Session *session, size_t bytes)
{
    double megabytes = (double)bytes / (1 << 20);
    return megabytes < 1 ? "less than 1 MB" : arena_print(&session->arena, "%.4g MB", megabytes);
}

static void info_history(Session *session)
{
    enum { SHOWN = 10 };
    const History *history = &session->history;
    int undo = history_count(history->undo), redo = history_count(history->redo);
    emit_note(session, "%d to undo, %d to redo", (long)undo, (long)redo);
    for (int i = 0; i < undo && i < SHOWN; i++)
        emit_note(session, "%s%f",
                  i ? "before that: " : "last change: ", history_command(history->undo, i));
    emit_note(session, "kept of the past: %s, at most %s",
              spell_bytes(session, history_bytes(session)),
              spell_bytes(session, session->habits.memory));
    emit_integer(session, "undo", undo);
    emit_integer(session, "redo", redo);
    emit_integer(session, "marks", session->tape ? session->tape->count : 0);
    emit_integer(session, "bytes", (long)history_bytes(session));
}

static bool run_info(Session *session, const Arguments *arguments, Error *err)
{
    static const struct {
        const char *name;
        void (*show)(Session *session);
        bool always; /* also without being asked for by name */
    } rows[] = {{"net", info_net, true},
                {"data", info_data, true},
                {"optimizer", info_optimizer, true},
                {"history", info_history, true},
                {"breakpoints", points_list_stops, false},
                {"display", points_list_displays, false}};
    (void)err;
    const char *name = arguments_text(arguments, "net|data|optimizer|history|breakpoints|display");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (name ? !strcmp(rows[i].name, name) : rows[i].always) rows[i].show(session);
    return true;
}

/* On the run; NOWHERE without one. */
enum { NOWHERE = -1 };
static long place(const Session *session)
{
    return session->trainer.rows.count ? timeline_now(session) : NOWHERE;
}

/* One change back or forward, as TRAVEL does it. */
static bool retrace(Session *session, const char *(*travel)(Session *session, Error *err),
                    const char *what, Error *err)
{
    long before = place(session);
    const char *command = travel(session, err);
    if (!command) return false;
    emit_note(session, "%s: %f", what, command);
    emit_string(session, what, command);
    if (place(session) != before && place(session) != NOWHERE) stop_show_place(session);
    return true;
}

static bool run_undo(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments;
    return retrace(session, history_undo, "undone", err);
}

static bool run_redo(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments;
    return retrace(session, history_redo, "redone", err);
}

static bool run_quit(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments, (void)err;
    session->outcome = OUTCOME_QUIT;
    return true;
}

static const Command commands[] = {
    {"info", "i", "[net|data|optimizer|history|breakpoints|display]", 0, "describe what there is",
     "", "info\ninfo net", run_info},
    {"undo", NULL, "", 0, "take back the last command that changed something", "",
     "set lr 0.01\nundo", run_undo},
    {"redo", NULL, "", 0, "do again what was undone", "", "set lr 0.01\nundo\nredo", run_redo},
    {"source", NULL, "FILE", 0, "run the commands in a file",
     "Stops at the first that fails. A file may `source` others, 16 deep.",
     "source lessons/data/mazur.bp", run_source},
    {"save", NULL, "FILE", 0, "write a script that restores the model exactly",
     "Network, parameters, data, row, settings, and what the optimizer remembers.",
     "save build/session.bp\nsource build/session.bp", run_save},
    {"echo", NULL, "[TEXT]", UNSEEN, "print a line", "", "echo two factors make the first gradient",
     run_echo},
    {"quit", "q", "", 0, "leave", "Ctrl-D does too.", "quit", run_quit},
};

const CommandGroup session_commands = {"session", commands, sizeof commands / sizeof commands[0]};
