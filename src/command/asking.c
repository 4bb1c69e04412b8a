#include <string.h>

#include "command/asking.h"
#include "command/asking_chain.h"
#include "command/command.h"
#include "command/interpreter.h"
#include "quiz/choices.h"
#include "quiz/key.h"
#include "quiz/question.h"
#include "session/emit.h"

const Asking *asking_state(const Session *session)
{
    return &session->asking;
}

bool asking_has_hint(const Session *session)
{
    const Asking *asking = &session->asking;
    int hints = asking->question ? asking->question->hint_count : ASKING_CHAIN_HINTS;
    return asking->state == ASKING_OPEN && asking->hints < hints;
}

void asking_prompt(const Asking *asking, Text *text)
{
    char upper[SYMBOL_SIZE], lower[SYMBOL_SIZE];
    symbol_spell(upper, asking->upper);
    symbol_spell(lower, asking->lower);
    if (asking->question)
        text_add(text, "answer> ");
    else
        text_print(text, "d%s/d%s = ", upper, lower);
}

void asking_close(Session *session, AskingState state)
{
    session->asking.state = state;
    session->asking.question = NULL;
}

bool asking_open(Session *session, const Question *question)
{
    static const char ask[] = "ask";
    session->asking = (Asking){.state = ASKING_OPEN, .question = question};
    if (session_execute(session, ask, strlen(ask)) == OUTCOME_OK) return true;
    asking_close(session, ASKING_STOPPED);
    return false;
}

void asking_count_on(Session *session, int hints, int wrong)
{
    session->asking.hints = hints;
    session->asking.wrong = wrong;
}

/* `i do not know` is no `info`: a command that is not called by its full name is one only if what
   follows fits. */
static bool begins_command(Session *session, const char *line, const Words *words)
{
    const Word *first = words->items;
    Words rest = {words->items + 1, words->count - 1};
    const Command *command = command_find(first->text, 1, NULL);
    Arguments arguments;
    if (!command || !rest.count || !strcmp(command->name, first->text)) return command;
    return arguments_match(&arguments, command->name, command->usage, &rest, line, &session->arena,
                           NULL);
}

bool asking_takes(Session *session, const char *line, const Words *words)
{
    const Asking *asking = &session->asking;
    if (asking->state != ASKING_OPEN) return false;
    bool choice = asking->question && !asking->question->answer;
    bool letter = !words->items->text[1]; /* where choices have them, none is short for a command */
    if (choice && (letter || choices_read(asking->question, line, &session->arena))) return true;
    return !begins_command(session, line, words);
}

const char *asking_word(const Session *session, const Words *words)
{
    const char *first = words->items[0].text;
    bool open = session->asking.state == ASKING_OPEN;
    return open && words->count == 1 && !strcmp(first, "h") ? "hint" : first;
}

static void emit_choices(Session *session, const Question *question)
{
    static const Column columns[] = {{NULL, "label"}, {"choices", "choice"}};
    emit_table(session, "choices", FOR_ALL,
               &(Table){.columns = columns, .count = 2, .headless = true, .list = true});
    for (int i = 0; i < question->choice_count; i++) {
        const char *label = choices_label(i, &session->arena);
        emit_row(session,
                 (Cell[]){CELL_OF_PROSE(prose_print(session, "  %s", label)),
                          CELL_OF_PROSE(prose_print(session, "%w", question->choices[i].text))});
    }
    emit_table_end(session);
}

/* What is WANTED may be said in the question already. */
static void emit_question(Session *session, const char *text, const char *wanted)
{
    if (strstr(text, wanted))
        emit_note(session, "%w", text);
    else
        emit_note(session, "%w (%s)", text, wanted);
    emit_string(session, "question", text);
    emit_string(session, "wanted", wanted);
}

/* A key without a value is not worth waiting for an answer to. */
static bool show_question(Session *session, const Question *question, Error *err)
{
    Key key;
    bool number = question->answer && !question->symbolic;
    if (number && !key_read(session, question->answer, 0, &key, err)) return false;
    emit_question(session, question->text, question_wanted(session, question));
    if (!question->answer) emit_choices(session, question);
    return true;
}

bool asking_show(Session *session, Error *err)
{
    const Question *question = session->asking.question;
    return question ? show_question(session, question, err) : asking_chain_show(session, err);
}

void asking_say(Session *session, const char *before, const char *key, Prose words)
{
    Span *spans = arena_new(&session->arena, sizeof *spans * (size_t)(words.count + 1));
    spans[0] = (Span){.kind = SPAN_TEXT, .text = before};
    memcpy(spans + 1, words.spans, sizeof *spans * (size_t)words.count);
    Block note = {.kind = BLOCK_NOTE, .spans = spans, .span_count = words.count + 1};
    Block field = {.kind = BLOCK_NOTE,
                   .key = key,
                   .data = true,
                   .spans = words.spans,
                   .span_count = words.count};
    emit_block(session, &note);
    emit_block(session, &field);
}

bool asking_hint(Session *session, Error *err)
{
    Asking *asking = &session->asking;
    if (!asking_has_hint(session))
        return fail(err, 1, "there is no other hint: `skip` shows the answer");
    if (!asking->question) return asking_chain_hint(session, err);
    const char *hint = asking->question->hints[asking->hints++];
    asking_say(session, "hint: ", "hint", prose_print(session, "%w", hint));
    return true;
}

/* Answers that are shown. */

bool asking_derive(Session *session, Symbol symbol, Error *err)
{
    char name[SYMBOL_SIZE];
    symbol_spell(name, symbol);
    const char *command = arena_print(&session->arena, "grad %s", name);
    return session_execute(session, command, strlen(command)) == OUTCOME_OK ||
           fail(err, 0, "`%s` failed", command);
}

static void reveal_choices(Session *session, const Question *question)
{
    for (int i = 0; i < question->choice_count; i++)
        if (question->choices[i].right)
            emit_note(session, "the answer: %s %w", choices_label(i, &session->arena),
                      question->choices[i].text);
}

static bool reveal_key(Session *session, const Question *question, Error *err)
{
    Key key;
    const Expr *expr;
    bool number = key_read(session, question->answer, 0, &key, NULL);
    if (number && key.gradient)
        return asking_derive(session, net_symbol(session_net(session), key.element), err);
    if (!key_parse(session, key_text(session, question->answer), &expr, err)) return false;
    if (number && !question->symbolic && expr->kind != EXPR_NUMBER)
        emit_note(session, "the answer: %e = %n", expr, key.value);
    else
        emit_note(session, "the answer: %e", expr);
    return true;
}

bool asking_skip(Session *session, Error *err)
{
    const Question *question = session->asking.question;
    if (!question) return asking_chain_skip(session, err);
    asking_close(session, ASKING_SKIPPED);
    if (question->answer) return reveal_key(session, question, err);
    reveal_choices(session, question);
    return true;
}

/* Answers that are given. */

void asking_tell(Session *session, const Verdict *verdict)
{
    emit_string(session, "verdict", verdict->right ? "right" : "wrong");
    if (verdict->misconception) emit_string(session, "misconception", verdict->misconception);
    if (verdict->right) {
        emit_note(session, "right");
        return;
    }
    session->asking.wrong++;
    bool hint = asking_has_hint(session);
    if (verdict->words.count)
        asking_say(session, "no: ", "message", verdict->words);
    else
        emit_note(session, "no; %c %s", hint ? "hint" : "skip", hint ? "helps" : "shows it");
}

bool asking_answer(Session *session, const char *line, Error *err)
{
    const Question *question = session->asking.question;
    Verdict verdict;
    if (!question) return asking_chain_answer(session, line, err);
    if (!question_judge(session, question, line, &verdict, err)) return false;
    asking_tell(session, &verdict);
    if (verdict.right) asking_close(session, ASKING_ANSWERED);
    return true;
}
