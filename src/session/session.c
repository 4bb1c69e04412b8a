#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/lines.h"
#include "base/memory.h"
#include "session/asking_parts.h"
#include "session/batch.h"
#include "session/command.h"
#include "session/emit.h"
#include "session/events.h"
#include "session/by_hand.h"
#include "session/perceptron.h"
#include "session/recording.h"
#include "session/timeline.h"

Session *session_new(const SessionOptions *options)
{
    Session *session = memory_new(sizeof *session);
    session->options = *options;
    session->style = options->style;
    session->explainer.arena = &session->arena;
    session->explainer.row_number = batch_row_number;
    session->explainer.rows = session;
    session->setup.loss = loss_find("mse");
    session->setup.descent.rate = 0.1;
    descent_choose(&session->setup.descent, optimizer_find("sgd"));
    session->setup.decimals = NO_PAGE;
    session->setup.plan = (Plan){MODE_STOCHASTIC, 32, false};
    session->habits = (Habits){.epochs = 100, .memory = HISTORY_BYTES};
    random_seed(&session->setup.course.random, 0);
    return session;
}

void session_free(Session *session)
{
    if (!session) return;
    trainer_release(&session->trainer);
    page_free(session->page);
    recording_free(session->recording);
    pass_free(session->pass);
    dataset_release(session->raw);
    dataset_release(session->data);
    record_release(session->record);
    tape_release(session->tape);
    points_free(session->points);
    free(session->change);
    explainer_release(&session->explainer);
    arena_release(&session->arena);
    arena_release(&session->words);
    history_release(&session->history.undo);
    history_release(&session->history.redo);
    assert(!session->history.bytes);
    free(session->slots);
    free(session->typed);
    free(session->repeat);
    free(session);
}

Style *session_style(Session *session)
{
    return &session->style;
}

const char *session_repeat(const Session *session)
{
    return session->repeat;
}

void session_set_place(Session *session, const char *file, long line)
{
    session->file = file;
    session->line_number = line;
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

void session_keep(Session *session)
{
    if (session->before) return;
    session->before = snapshot_take(session, session->line);
    trainer_rewind(&session->trainer);
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
    if (command->flags & (MOVES | ASIDE))
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

void session_set_net(Session *session, Net *net)
{
    trainer_release(&session->trainer);
    by_hand_end(session);
    pass_free(session->pass);
    session->pass = pass_new(net, session->setup.loss);
    session->pass->memo.interrupted = session->options.interrupted;
    session->pass->memo.off = session->habits.memo_off;
    session->explainer.pass = session->pass;
    net_release(net);
    session_reset_slots(session);
}

void session_reset_slots(Session *session)
{
    int slots = optimizer_slots(session->setup.descent.optimizer);
    free(session->slots);
    session->slots = NULL;
    if (slots && session->pass)
        session->slots =
            memory_new((size_t)slots * session_net(session)->parameters * sizeof(double));
    if (session->page)
        page_reset_slots(session->page, (size_t)slots * session_net(session)->parameters);
    trainer_set_slots(&session->trainer, session->slots);
}

void session_record(Session *session, long epoch, double loss)
{
    session->record = session->record
                          ? record_own(session->record)
                          : record_new(session_net(session)->parameters, session->habits.memory / 8,
                                       &session->history.bytes);
    record_add(session->record, epoch, loss, session->pass->value);
}

/* The rows that the loop goes through; none: count 0. */
static Rows chosen_rows(const Session *session)
{
    const Setup *setup = &session->setup;
    const Dataset *data = session->data;
    if (setup->typed) return (Rows){session->typed, 1, setup->typed_inputs, setup->typed_targets};
    return data ? (Rows){data->values, data->rows, data->inputs, data->targets} : (Rows){0};
}

void session_place_row(Session *session)
{
    Setup *setup = &session->setup;
    trainer_release(&session->trainer);
    if (!session->pass) return;
    session_forget(session);
    perceptron_settle(session);
    pass_set_rows(session->pass, 1, 0, NULL);
    by_hand_settle(session);
    if (!session_row_ready(session, NULL)) return;
    trainer_begin(&session->trainer, session->pass, &setup->descent, session->slots, &setup->course,
                  setup->plan, chosen_rows(session), session->options.memory);
    session->trainer.follower = by_hand_follower(session);
}

size_t session_row(const Session *session)
{
    const Trainer *trainer = &session->trainer;
    return trainer->rows.count ? trainer_present_row(trainer) : session->setup.course.next;
}

void session_go_to_row(Session *session, size_t row)
{
    session_place_row(session); /* the data may be new */
    bool placed = session->trainer.rows.count;
    session->setup.course.next = placed ? trainer_place(&session->trainer, row) : row;
    session_place_row(session);
}

bool session_row_ready(const Session *session, Error *err)
{
    Rows rows = chosen_rows(session);
    if (!rows.count)
        return fail(err, 1, "there is no row to work on: `input 80 8 -> 3` or `data n0` gives one");
    const Net *net = session_net(session);
    int takes = net->vectors[net->input].size, gives = net->vectors[net->target].size;
    if (rows.inputs == takes && rows.targets == gives) return true;
    return fail(err, 1,
                "the row has %d input%s and %d target%s, but the network takes %d and gives %d",
                rows.inputs, plural(rows.inputs), rows.targets, plural(rows.targets), takes, gives);
}

static bool accepts_targets(const Pass *pass, Error *err)
{
    const Vector *target = &pass->net->vectors[pass->net->target];
    for (int row = 0; row < pass->rows; row++) {
        const double *y = pass->value + pass_place(pass, target->at, row);
        if (!loss_accepts(pass->loss, y, target->size, err)) return false;
    }
    return true;
}

bool session_forward(Session *session, Error *err)
{
    Pass *pass = session->pass;
    if (pass->forward_done) return true;
    if (!accepts_targets(pass, err)) return false;
    return pass_forward(pass) || session_stop(session, err);
}

void session_forget(Session *session)
{
    arena_release(&session->words);
    session->by = NULL;
    if (session->pass) pass_forget(session->pass);
}

const char *session_by(Session *session)
{
    if (!session->by)
        session->by = arena_copy(&session->words, session->name, strlen(session->name));
    return session->by;
}

bool session_interrupted(const Session *session)
{
    return session->options.interrupted && *session->options.interrupted;
}

bool session_stop(Session *session, Error *err)
{
    session->outcome = OUTCOME_INTERRUPTED;
    return fail(err, 0, "interrupted");
}

bool session_adjoint(Session *session, size_t element, double *value, Error *err)
{
    *value = memo_adjoint(session->pass, element, session_by(session));
    return !session->pass->memo.stopped || session_stop(session, err);
}
