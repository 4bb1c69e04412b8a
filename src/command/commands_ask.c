/* Commands that ask: ask, hint, skip, worksheet. */
#include "command/asking.h"
#include "command/asking_chain.h"
#include "command/command.h"
#include "session/emit.h"
#include "session/reading.h"
#include "session/scope.h"
#include "show/worksheet.h"

static bool is_open(const Session *session, Error *err)
{
    return session->asking.state == ASKING_OPEN ||
           fail(err, 1, "no question is open: `ask w11^1` asks for dL/dw11^1, factor by factor");
}

static bool run_ask(Session *session, const Arguments *arguments, Error *err)
{
    const Word *symbol = arguments_word(arguments, "SYMBOL");
    if (symbol && session->asking.question)
        return fail(err, 1, "the lesson's question comes first: `skip` shows its answer");
    if (symbol) return asking_chain_begin(session, symbol->text, symbol->column, err);
    if (!is_open(session, err)) return false;
    if (!arguments_has(arguments, "stop")) return asking_show(session, err);
    asking_close(session, ASKING_STOPPED);
    emit_note(session, "no question is open any more");
    return true;
}

static bool run_hint(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments;
    return is_open(session, err) && asking_hint(session, err);
}

static bool run_skip(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments;
    return is_open(session, err) && asking_skip(session, err);
}

static bool run_worksheet(Session *session, const Arguments *arguments, Error *err)
{
    Words words = arguments_words(arguments, "SYMBOL");
    bool answers = arguments_has(arguments, "answers");
    size_t *elements = arena_new(&session->arena, sizeof *elements * (size_t)words.count);
    for (int i = 0; i < words.count; i++)
        if (!scope_element(session, &words.items[i], &elements[i], err) ||
            !reading_derivable(session, elements[i], words.items[i].column, err))
            return false;
    return worksheet_emit(session, words.count ? elements : NULL, (size_t)words.count, answers,
                          err);
}

static const Command commands[] = {
    {"ask", NULL, "[stop] | [grad] SYMBOL", 0,
     "let yourself be asked for a derivative, factor by factor",
     "While a question is open the prompt shows what is asked, and a line that begins no command "
     "is "
     "an answer: a number, arithmetic, or a formula of the network's symbols, which has to be "
     "right "
     "whatever the numbers are. Each factor is shown when you have found it, and at last the whole "
     "derivation. A wrong number is compared with well-known mistakes made on this very network. "
     "All other commands work in between; `ask` alone repeats the question, `ask stop` ends it.",
     "ask w11^1\n-2*(y - yhat)\nw11^2\nhint\n80\n27680", run_ask},
    {"hint", NULL, "", 0, "help with the question that is open",
     "Each time a little more. While a question is open, `h` alone is short for it.",
     "ask w11^2\nhint\nhint", run_hint},
    {"skip", NULL, "", 0, "show the answer to the question that is open, and go on", "",
     "ask w11^2\nskip\nskip\nskip", run_skip},
    {"worksheet", NULL, "[answers] | SYMBOL... [answers]", NEEDS_ROW,
     "print derivations with blanks to fill in by hand",
     "Of all parameters in the notes' order, or of the symbols named. With `answers` the same "
     "sheet "
     "filled in: the key. Both fit 80 columns; `set ascii on` spells them in plain letters. "
     "Nothing "
     "is remembered of it.",
     "worksheet w11^2 w11^1\nworksheet w11^2 w11^1 answers", run_worksheet},
};

const CommandGroup ask_commands = {"questions", commands, sizeof commands / sizeof commands[0]};
