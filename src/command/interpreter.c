#include <stdlib.h>

#include "base/lines.h"
#include "base/memory.h"
#include "base/text.h"
#include "command/asking.h"
#include "command/command.h"
#include "command/interpreter.h"
#include "command/recording.h"
#include "session/emit.h"
#include "session/events.h"
#include "session/timeline.h"
#include "show/position.h"

const char *session_repeat(const Session *session)
{
    return session->repeat;
}

void session_prompt(const Session *session, Text *text)
{
    if (session->asking.state == ASKING_OPEN) {
        asking_prompt(&session->asking, text);
        return;
    }
    text_add(text, "bp");
    if (session->habits.place_in_prompt && session->trainer.rows.count) {
        text_add_char(text, ' ');
        position_spell(session, text);
    }
    text_add(text, "> ");
}

/* What must exist before COMMAND runs. */
static bool ready_for(Session *session, const Command *command, const Word *word, Error *err)
{
    if ((command->flags & (NEEDS_NET | NEEDS_ROW)) && !session->pass)
        return fail(err, word->column, "there is no network yet: `init 2-2-1` makes one");
    if (!(command->flags & NEEDS_ROW) || session_row_ready(session, err)) return true;
    err->column = word->column;
    return false;
}

static void remember_for_repeat(Session *session, const Command *command, const char *line)
{
    if (session->depth) return; /* what a file did is not the user's last command */
    free(session->repeat);
    session->repeat = command->flags & REPEATS ? memory_copy(line) : NULL;
}

/* What a command has changed makes a new future. What it has left alone goes on as it was, in the
   midst of the update that was begun; but events are not for assumed nodes. */
static void settle_run(Session *session, const Snapshot *before)
{
    size_t done = snapshot_done(before);
    bool assumed = session->pass && session->pass->pin_count;
    if (!snapshot_agrees(before, session))
        timeline_branch(session, session->line, done > 0);
    else if (!assumed && !session->trainer.done)
        events_repeat(session, done);
    else if (assumed && done)
        timeline_note_anew(session);
}

/* The command is over: what undo goes back to is kept only if it has changed something. */
static void settle(Session *session, const Command *command, bool ok)
{
    Snapshot *before = session->before;
    if (!before) return;
    if (!(command->flags & MOVES)) settle_run(session, before);
    points_settle(session);
    if (ok || session->partly)
        history_push(session, before);
    else
        snapshot_release(before);
    timeline_fit(session);
}

/* In the middle of the update phase some parameters are new, and all derivatives are those by the
   old ones: so these are in place while it is explained. */
static bool explain(Session *session, const Command *command, const Arguments *arguments,
                    Error *err)
{
    Trainer *trainer = &session->trainer;
    if (!(command->flags & EXPLAINS) || !trainer_is_half_updated(trainer))
        return command->run(session, arguments, err);
    emit_note(session, "in the middle of an update: with the old parameters");
    trainer_exchange(trainer);
    bool ok = command->run(session, arguments, err);
    if (trainer->exchanged) trainer_exchange(trainer);
    return ok;
}

/* Runs COMMAND as a transaction. */
static bool run_ready(Session *session, const Command *command, const Arguments *arguments,
                      Error *err)
{
    Snapshot *outer = session->before;
    session->before = NULL;
    session->partly = false;
    if (command->flags & (MOVES | STAYS))
        session->before = snapshot_take(session, session->line);
    else if (command->flags & CHANGES)
        session_keep(session);
    bool ok = explain(session, command, arguments, err);
    settle(session, command, ok);
    session->before = outer;
    return ok;
}

static bool run_command(Session *session, const Command *command, const Words *words, Error *err)
{
    Arguments arguments;
    Words rest = {words->items + 1, words->count - 1};
    return arguments_match(&arguments, command->name, command->usage, &rest, session->line,
                           &session->arena, err) &&
           ready_for(session, command, words->items, err) &&
           run_ready(session, command, &arguments, err);
}

/* `g w11^1   # why` is remembered as `grad w11^1`. */
static const char *full_name(Session *session, const Command *command, const Words *words)
{
    Text name = {0};
    text_add(&name, command->name);
    for (int i = 1; i < words->count; i++) {
        const Word *word = &words->items[i];
        text_add_char(&name, ' ');
        text_add_bytes(&name, session->line + word->column - 1, (size_t)word->length);
    }
    return text_move(&name, &session->arena);
}

/* `set echo on`: a script reads like a session that was typed. COMMAND NULL: an answer. */
static void show_command(Session *session, const Command *command)
{
    if (session->habits.echo && session->file && !(command && command->flags & UNSEEN))
        emit_note(session, "bp> %f", session->line);
}

/* An answer to the open question, without what is only a comment. */
static bool execute_answer(Session *session, const Words *words, Error *err)
{
    const Word *last = &words->items[words->count - 1];
    size_t length = (size_t)(last->column + last->length - 1);
    const char *answer = arena_copy(&session->arena, session->line, length);
    show_command(session, NULL);
    return asking_answer(session, answer, err);
}

static bool execute_text(Session *session, const char *line, Error *err)
{
    Words words;
    if (!words_split(&words, line, &session->arena, err)) return false;
    if (!words.count) return true;
    if (asking_takes(session, line, &words)) return execute_answer(session, &words, err);
    const char *word = asking_word(session, &words);
    const Command *command = command_find(word, words.items[0].column, err);
    if (!command) return false;
    session->name = full_name(session, command, &words);
    show_command(session, command);
    remember_for_repeat(session, command, line);
    return run_command(session, command, &words, err);
}

static void report(Session *session, const Error *err)
{
    Failure failure = {err->message, session->line, err->column, session->file,
                       session->line_number};
    session->options.sink->end(session->options.sink, &failure);
}

/* Whether LINE says nothing: no object, no output, no history. */
static bool is_blank(const char *line, size_t length)
{
    size_t at = 0;
    while (at < length && (line[at] == ' ' || line[at] == '\t')) at++;
    return at == length || line[at] == '#';
}

static Outcome settle_outcome(Session *session, bool ok)
{
    Outcome asked = session->outcome;
    session->outcome = OUTCOME_OK;
    if (asked == OUTCOME_QUIT || asked == OUTCOME_INTERRUPTED) return asked;
    return ok ? asked : OUTCOME_FAILED;
}

Outcome session_execute(Session *session, const char *line, size_t length)
{
    Error err = {0};
    const Recording *recording = session->recording;
    if (is_blank(line, length)) return recording_remark(session, line, length), OUTCOME_OK;
    ArenaMark mark = arena_mark(&session->arena);
    const char *outer_line = session->line, *outer_name = session->name;
    session->line = arena_copy(&session->arena, line, length);
    session->by = NULL;
    session->level++;
    session->options.sink->begin(session->options.sink, session->line);
    bool ok = line_check(line, length, &err) && execute_text(session, session->line, &err);
    if (recording && recording == session->recording) recording_take(session, ok);
    if (ok)
        session->options.sink->end(session->options.sink, NULL);
    else
        report(session, &err);
    session->level--;
    session->line = outer_line;
    session->name = outer_name;
    session->by = NULL;
    arena_reset(&session->arena, mark);
    return settle_outcome(session, ok);
}

/* A line that is no text fails like a command that does not exist. */
static Outcome refuse_line(Session *session, const Error *err)
{
    session->line = "";
    session->options.sink->begin(session->options.sink, "");
    report(session, err);
    return OUTCOME_FAILED;
}

static Outcome run_lines(Session *session, Lines *lines, bool keep_going)
{
    Outcome worst = OUTCOME_OK;
    const char *line;
    size_t length;
    Error err;
    for (;;) {
        LineStatus status = lines_next(lines, &line, &length, &err);
        if (session_interrupted(session)) return OUTCOME_INTERRUPTED;
        if (status == LINE_END) return worst;
        session->line_number++;
        Outcome outcome = status == LINE_READ ? session_execute(session, line, length)
                                              : refuse_line(session, &err);
        if (outcome == OUTCOME_FAILED) worst = outcome;
        if (outcome == OUTCOME_QUIT || outcome == OUTCOME_INTERRUPTED) return outcome;
        if (outcome == OUTCOME_FAILED && !keep_going) return outcome;
        if (status == LINE_FAILED) return outcome;
    }
}

Outcome session_source(Session *session, int descriptor, const char *name, bool keep_going)
{
    const char *outer_file = session->file, *outer_line = session->line;
    long outer_number = session->line_number;
    Lines *lines = lines_new(descriptor);
    session_set_place(session, name, 0);
    session->depth++;
    Outcome outcome = run_lines(session, lines, keep_going);
    session->depth--;
    lines_free(lines);
    session_set_place(session, outer_file, outer_number);
    session->line = outer_line;
    return outcome;
}
