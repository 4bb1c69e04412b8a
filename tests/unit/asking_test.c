/* Asking: what is open after each line, what the prompt says, and what is left alone. */
#include "command/asking.h"
#include "command/interpreter.h"
#include "quiz/question.h"
#include "trial.h"

static void check_prompt(const Session *session, const char *line, const char *prompt)
{
    Text text = {0};
    session_prompt(session, &text);
    ck_assert_msg(!strcmp(text_string(&text), prompt), "%s: %s", line, text_string(&text));
    text_release(&text);
}

/* A line, whether it succeeds, and the prompt after it. */
typedef struct Turn {
    const char *line;
    bool fails;
    const char *prompt;
} Turn;

static void take_turns(Trial *trial, const Turn *turns)
{
    for (; turns->line; turns++) {
        Outcome outcome = trial_run(trial, turns->line);
        ck_assert_msg(outcome == (turns->fails ? OUTCOME_FAILED : OUTCOME_OK), "%s: %s",
                      turns->line, trial->message);
        check_prompt(trial->session, turns->line, turns->prompt);
    }
}

START_TEST(a_chain_is_asked_factor_by_factor)
{
    static const Turn turns[] = {{"init 2-2-1", false, "bp> "},
                                 {"input 80 8 -> 3", false, "bp> "},
                                 {"346", true, "bp> "},
                                 {"hint", true, "bp> "},
                                 {"skip", true, "bp> "},
                                 {"ask", true, "bp> "},
                                 {"ask stop", true, "bp> "},
                                 {"ask w99^9", true, "bp> "},
                                 {"ask y", true, "bp> "},
                                 {"ask grad w11^1", false, "dL/dyhat = "},
                                 {"-346", false, "dL/dyhat = "},
                                 {"346 +", true, "dL/dyhat = "},
                                 {"dL/dyhat", true, "dL/dyhat = "},
                                 {"hint", false, "dL/dyhat = "},
                                 {"h", false, "dL/dyhat = "},
                                 {"hint", true, "dL/dyhat = "},
                                 {"", false, "dL/dyhat = "},
                                 {"# 346", false, "dL/dyhat = "},
                                 {"loss", false, "dL/dyhat = "},
                                 {"print yhat", false, "dL/dyhat = "},
                                 {"ask", false, "dL/dyhat = "},
                                 {"-2*(y - yhat)  # or so", false, "dyhat/do11 = "},
                                 {"w21^2", false, "dyhat/do11 = "},
                                 {"w11^2", false, "do11/dw11^1 = "},
                                 {"skip", false, "dL/dw11^1 = "},
                                 {"undo", false, "dL/dw11^1 = "},
                                 {"hint", true, "bp> "}, /* there is no row any more */
                                 {"redo", false, "bp> "},
                                 {"ask w11^1", false, "dL/dyhat = "},
                                 {"ask b21", false, "dL/dyhat = "},
                                 {"skip", false, "dyhat/db21 = "},
                                 {"1", false, "dL/db21 = "},
                                 {"346", false, "bp> "},
                                 {"ask yhat", false, "dL/dyhat = "},
                                 {"-2*(y-yhat)", false, "bp> "},
                                 {"ask x1", false, "dL/dx1 = "},
                                 {"init 3-1", false, "dL/dx1 = "},
                                 {"input 1 2 3 -> 4", false, "dL/dx1 = "},
                                 {"ask", false, "dL/dyhat = "}, /* the same symbol, another chain */
                                 {"ask stop", false, "bp> "},
                                 {NULL, false, NULL}};
    Trial trial;
    trial_start(&trial);
    take_turns(&trial, turns);
    trial_free(&trial);
}
END_TEST

/* In another network the chain to the same symbol is another. */
START_TEST(a_chain_that_has_changed_is_asked_anew)
{
    static const Turn turns[] = {{"init 2-2-1", false, "bp> "},
                                 {"input 80 8 -> 3", false, "bp> "},
                                 {"ask w11^1", false, "dL/dyhat = "},
                                 {"skip", false, "dyhat/do11 = "},
                                 {"skip", false, "do11/dw11^1 = "},
                                 {"init 2-1", false, "do11/dw11^1 = "},
                                 {"skip", false, "dL/dw11^1 = "},
                                 {"init 2-2-1", false, "dL/dw11^1 = "},
                                 {"80", false, "do11/dw11^1 = "},
                                 {"80", false, "dL/dw11^1 = "},
                                 {"init 1-1", false, "dL/dw11^1 = "},
                                 {"80", true, "bp> "},
                                 {NULL, false, NULL}};
    Trial trial;
    trial_start(&trial);
    take_turns(&trial, turns);
    trial_free(&trial);
}
END_TEST

/* Every chain can be walked to its end by skipping, whatever the network. */
START_TEST(every_chain_ends)
{
    static const char *const nets[] = {
        "init 2-3:tanh-2:softmax loss=cce weights=normal seed=2\ninput 1 2 -> 0 1",
        "init 2-2:tanh+bn-2:tanh+skip-1 weights=normal seed=3\ndata n0\ndata scale standard\n"
        "set mode batch",
        "init 2-2:tanh+bn-1 weights=normal seed=3\ninput 1 2 -> 3",
        "init 2-1:step loss=hinge\ndata classification target=placed:signs\n"
        "set optimizer perceptron",
        "init 2-2:relu-2:relu-1 weights=normal seed=5\ninput 1 2 -> 3\nset memo off",
    };
    for (size_t i = 0; i < sizeof nets / sizeof nets[0]; i++) {
        Trial trial;
        trial_start(&trial);
        trial_do(&trial, nets[i]);
        const Net *net = session_net(trial.session);
        for (size_t p = 0; p < net->parameters; p++) {
            char name[SYMBOL_SIZE], line[64];
            symbol_spell(name, net_symbol(net, net_parameter(net, p)));
            snprintf(line, sizeof line, "ask %s", name);
            trial_do(&trial, line);
            int turns = 0;
            for (; asking_state(trial.session)->state == ASKING_OPEN; turns++)
                trial_do(&trial, "hint\nhint\nskip");
            ck_assert_int_lt(turns, 12);
        }
        trial_free(&trial);
    }
}
END_TEST

/* A lesson's questions. */

static const char *const hints[] = {"faint", "clear"};
static const Mistake page[] = {{"30", "the page's invented 18", 3}};
static const Question number = {.text = "What is dL/dyhat?",
                                .answer = "grad yhat",
                                .hints = hints,
                                .hint_count = 2,
                                .mistakes = page,
                                .mistake_count = 1};
static const Choice letters[] = {{"first", false}, {"second", false}, {"third", true}};
static const Question choice = {.text = "Which?", .choices = letters, .choice_count = 3};

static void check_state(const Trial *trial, AskingState state, int wrong, int given)
{
    const Asking *asking = asking_state(trial->session);
    ck_assert_int_eq(asking->state, state);
    ck_assert_int_eq(asking->wrong, wrong);
    ck_assert_int_eq(asking->hints, given);
}

START_TEST(a_lesson_asks_what_it_likes)
{
    Trial trial;
    trial_start(&trial);
    check_state(&trial, ASKING_NOTHING, 0, 0);
    ck_assert(!asking_open(trial.session, &number));
    ck_assert(strstr(trial.message, "no network"));
    check_state(&trial, ASKING_STOPPED, 0, 0);
    trial_do(&trial, "init 2-2-1\ninput 80 8 -> 3");
    ck_assert(asking_open(trial.session, &number));
    check_prompt(trial.session, "open", "answer> ");
    trial_do(&trial, "30\n31");
    trial_fails(&trial, "3 4", 3, "");
    trial_fails(&trial, "ask yhat", 1, "the lesson's question");
    check_state(&trial, ASKING_OPEN, 2, 0);
    ck_assert(asking_has_hint(trial.session));
    trial_do(&trial, "hint\nforward\nhint");
    ck_assert(!asking_has_hint(trial.session));
    trial_do(&trial, "346");
    check_state(&trial, ASKING_ANSWERED, 2, 2);
    check_prompt(trial.session, "answered", "bp> ");
    ck_assert(asking_open(trial.session, &number));
    trial_do(&trial, "skip");
    check_state(&trial, ASKING_SKIPPED, 0, 0);
    trial_free(&trial);
}
END_TEST

/* c is short for `continue`, and b for `break`: but not where they name a choice. */
START_TEST(the_letter_of_a_choice_is_no_command)
{
    Trial trial;
    trial_start(&trial);
    ck_assert(asking_open(trial.session, &choice));
    trial_do(&trial, "b");
    check_state(&trial, ASKING_OPEN, 1, 0);
    trial_do(&trial, "echo c");
    trial_fails(&trial, "fourth", 1, "none of the choices");
    trial_fails(&trial, "d", 1, "");
    check_state(&trial, ASKING_OPEN, 1, 0);
    trial_do(&trial, "c");
    check_state(&trial, ASKING_ANSWERED, 1, 0);
    trial_fails(&trial, "c", 1, "network");
    trial_free(&trial);
}
END_TEST

/* What people write when they have no answer: i is short for `info`, n for `next`. */
START_TEST(words_are_no_command)
{
    static const char *const words[] = {"i do not know", "i don't know", "n one of them",
                                        "s how me", "it gets smaller"};
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ninput 80 8 -> 3\nask w11^1");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        trial_fails(&trial, words[i], 0, "`hint` helps");
    trial_do(&trial, "i net\np yhat\nl\nn");
    trial_fails(&trial, "info do not know", 6, "usage: info");
    trial_free(&trial);
}
END_TEST

/* Asking computes on a copy; what the derivation at the end computes is remembered as `grad`'s. */
START_TEST(the_memo_sees_only_the_derivation_at_the_end)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ninput 80 8 -> 3\nask w11^2\n-346\nhint\nhint\n346\nhint\no11");
    const Pass *pass = trial.session->pass;
    for (size_t e = 0; e < pass->net->elements; e++) ck_assert(!memo_knows(pass, e));
    trial_do(&trial, "worksheet\nworksheet answers");
    for (size_t e = 0; e < pass->net->elements; e++) ck_assert(!memo_knows(pass, e));
    trial_do(&trial, "30448");
    size_t weight = net_weight(pass->net, 2, 1, 1);
    ck_assert(memo_knows(pass, weight));
    ck_assert_str_eq(pass->memo.marks[weight].by, "grad w11^2");
    trial_free(&trial);
}
END_TEST

/* Questions are no part of what undo takes back. */
START_TEST(asking_changes_nothing_that_undo_knows)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ninput 80 8 -> 3");
    int states = history_count(trial.session->history.undo);
    char *before = trial_script(&trial);
    trial_do(&trial, "ask w11^1\n1\nskip\nhint\nskip\nskip\nskip\nworksheet answers");
    char *after = trial_script(&trial);
    ck_assert_str_eq(before, after);
    ck_assert_int_eq(history_count(trial.session->history.undo), states);
    free(before);
    free(after);
    trial_free(&trial);
}
END_TEST

UNIT("asking", a_chain_is_asked_factor_by_factor, a_chain_that_has_changed_is_asked_anew,
     every_chain_ends, a_lesson_asks_what_it_likes, the_letter_of_a_choice_is_no_command,
     words_are_no_command, the_memo_sees_only_the_derivation_at_the_end,
     asking_changes_nothing_that_undo_knows)
