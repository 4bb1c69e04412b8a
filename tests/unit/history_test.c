#include "session/history.h"
#include "session/tape.h"
#include "trial.h"

/* Commands that change something, each in a state that makes it do so. */
static const char *const changes[] = {
    "init 2-2-1",
    "input 80 8 -> 3",
    "set w11^1 0.5",
    "set W^1 [0.1 0.2; 0.3 0.4]",
    "set b^2 [0.25]",
    "set w21^1 [7 8]",
    "assume yhat = 18",
    "assume o11 = 2",
    "forward",
    "set lr 1e-7",
    "step",
    "step 3",
    "set optimizer adam beta1=0.8",
    "step 2",
    "set m.W^1 [1 2; 3 4]",
    "set clip norm=1",
    "set memo off",
    "set loss mae",
    "set seed 5",
    "data n0",
    "row 3",
    "data scale standard",
    "step",
    "input 1 2 -> 3",
    "row 2",
    "data iris target=species:onehot",
    "data scale minmax",
    "init 4-3:relu-3:softmax loss=cce weights=he seed=3",
    "step 5",
    "set updates 100",
    "set random 1 2 3 4",
    "set digits 3",
    "set terms all",
    "set width 60",
    "set ascii on",
    "set color on",
    "init 2-2-1 biases=none",
    "data scale none",
    "data n1",
};
enum { CHANGES_COUNT = sizeof changes / sizeof changes[0] };

/* All that undo takes back: the script, and the style, which it does not hold. */
static char *state_of(const Trial *trial)
{
    const Style *style = session_style(trial->session);
    char *script = trial_script(trial);
    Text text = {0};
    text_print(&text, "%s%d %d %d %d %d\n", script, style->ascii, style->color, style->width,
               style->digits, style->terms);
    free(script);
    return text.bytes;
}

START_TEST(undo_and_redo_walk_through_all_states)
{
    char *states[CHANGES_COUNT + 1];
    Trial trial;
    trial_start(&trial);
    states[0] = state_of(&trial);
    for (int i = 0; i < CHANGES_COUNT; i++) {
        trial_do(&trial, changes[i]);
        states[i + 1] = state_of(&trial);
        ck_assert_msg(strcmp(states[i], states[i + 1]) != 0, "%s", changes[i]);
    }
    for (int turn = 0; turn < 2; turn++) {
        for (int i = CHANGES_COUNT - 1; i >= 0; i--) {
            trial_do(&trial, "undo");
            char *now = state_of(&trial);
            ck_assert_msg(!strcmp(now, states[i]), "undo %s:\n%s\n%s", changes[i], now, states[i]);
            free(now);
        }
        trial_fails(&trial, "undo", 0, "nothing to undo");
        for (int i = 0; i < CHANGES_COUNT; i++) {
            trial_do(&trial, "redo");
            char *now = state_of(&trial);
            ck_assert_msg(!strcmp(now, states[i + 1]), "redo %s:\n%s\n%s", changes[i], now,
                          states[i + 1]);
            free(now);
        }
        trial_fails(&trial, "redo", 0, "nothing to redo");
    }
    for (int i = 0; i <= CHANGES_COUNT; i++) free(states[i]);
    trial_free(&trial);
}
END_TEST

START_TEST(what_changes_nothing_is_not_kept)
{
    static const char *const lines =
        "forward\nloss\ngrad all\nmemo\ncheck\nnudge w11^1 0.1\nparams\nmatrices\nprint L\nshow\n"
        "info\nderive x^2 wrt x\nassert 1\necho x\nhelp\ndata\nundo\nredo";
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ndata n0\nset lr 0.01\nset lr 0.02\nundo");
    const History *history = &trial.session->history;
    trial_do(&trial, lines);
    ck_assert_int_eq(history_count(history->undo), 3);
    ck_assert_int_eq(history_count(history->redo), 1);
    trial_fails(&trial, "set lr -1", 8, "");
    trial_fails(&trial, "row 9", 5, "");
    ck_assert_int_eq(history_count(history->undo), 3);
    ck_assert_int_eq(history_count(history->redo), 1);
    trial_free(&trial);
}
END_TEST

START_TEST(a_change_after_undo_drops_what_could_be_redone)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "set lr 1\nset lr 2\nset lr 3\nundo\nundo\nset lr 4");
    trial_fails(&trial, "redo", 0, "nothing to redo");
    trial_do(&trial, "assert lr == 4\nundo\nassert lr == 1\nundo\nassert lr == 0.1\nredo\nredo\n"
                     "assert lr == 4");
    trial_free(&trial);
}
END_TEST

START_TEST(states_are_named_by_their_command)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "set lr 1\ninit 2-2-1 # small");
    const History *history = &trial.session->history;
    ck_assert_str_eq(history_command(history->undo, 0), "init 2-2-1 # small");
    ck_assert_str_eq(history_command(history->undo, 1), "set lr 1");
    ck_assert_ptr_null(history_command(history->undo, 2));
    trial_do(&trial, "undo");
    ck_assert_str_eq(history_command(history->redo, 0), "init 2-2-1 # small");
    trial_free(&trial);
}
END_TEST

START_TEST(the_number_of_states_is_bounded)
{
    Trial trial;
    trial_start(&trial);
    for (int i = 1; i <= HISTORY_STATES + 50; i++) {
        char line[32];
        snprintf(line, sizeof line, "set lr %d", i);
        trial_do(&trial, line);
    }
    const History *history = &trial.session->history;
    ck_assert_int_eq(history_count(history->undo), HISTORY_STATES);
    for (int i = 0; i < HISTORY_STATES; i++) trial_do(&trial, "undo");
    trial_do(&trial, "assert lr == 50");
    trial_fails(&trial, "undo", 0, "nothing");
    ck_assert_int_eq(history_count(history->redo), HISTORY_STATES);
    trial_free(&trial);
}
END_TEST

START_TEST(the_bytes_of_states_are_bounded)
{
    enum { STATE = 1001 * 1000 * 8 }; /* bytes of the parameters */
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 1000-1000");
    for (int i = 0; i < 12; i++) trial_do(&trial, i % 2 ? "set lr 1" : "set lr 2");
    ck_assert_int_eq(history_count(trial.session->history.undo), HISTORY_BYTES / STATE);
    trial_free(&trial);
}
END_TEST

/* Scaled rows are a copy, which counts beside the session's own. Those that a state shares with a
   newer one count once. */
START_TEST(the_rows_of_states_are_bounded)
{
    enum { ROWS = 400000, STATE = ROWS * 5 * 8 };
    FILE *file = fopen("build/rows.csv", "w");
    ck_assert_ptr_nonnull(file);
    for (int i = 0; i < ROWS; i++) fprintf(file, "%d,0,0,0,1\n", i % 2);
    ck_assert_int_eq(fclose(file), 0);
    Trial trial;
    const History *history;
    trial_start(&trial);
    history = &trial.session->history;
    trial_do(&trial, "data build/rows.csv");
    for (int i = 0; i < 12; i++)
        trial_do(&trial, i % 2 ? "data scale minmax" : "data scale standard");
    ck_assert_int_eq(history_count(history->undo), HISTORY_BYTES / STATE);
    for (int i = 0; i < 12; i++) trial_do(&trial, "set lr 1");
    ck_assert_int_eq(history_count(history->undo), HISTORY_BYTES / STATE + 12);
    trial_free(&trial);
    ck_assert_int_eq(remove("build/rows.csv"), 0);
}
END_TEST

START_TEST(the_width_of_the_terminal_is_not_taken_back)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "set lr 1");
    session_style(trial.session)->width = 100;
    trial_do(&trial, "undo");
    ck_assert_int_eq(session_style(trial.session)->width, 100);
    trial_do(&trial, "redo");
    ck_assert_int_eq(session_style(trial.session)->width, 100);
    trial_free(&trial);
}
END_TEST

/* The bend of a run says which command made it, though another one was undone since. */
START_TEST(what_has_changed_the_run_is_remembered)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ndata n0\nset lr 1e-6\nstep 2\nset lr 2e-6\nset clip norm=1");
    trial_do(&trial, "undo\nundo\nredo\nstep");
    const Checkpoint *bend = tape_next_bend(trial.session->tape, 0);
    ck_assert_ptr_nonnull(bend);
    ck_assert_str_eq(bend->change, "set lr 2e-6");
    trial_free(&trial);
}
END_TEST

/* In the network's numbers, too, not only in what `show` says. */
START_TEST(the_memo_is_on_or_off_as_it_was)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ninput 1 2 -> 3\nset memo off\nundo\ngrad all");
    const Pass *pass = trial.session->pass;
    ck_assert(!pass->memo.off && pass->memo.multiplications < pass->memo.naive);
    trial_do(&trial, "redo\ngrad all");
    ck_assert(pass->memo.off && pass->memo.multiplications == pass->memo.naive);
    trial_free(&trial);
}
END_TEST

UNIT("history", undo_and_redo_walk_through_all_states, what_changes_nothing_is_not_kept,
     a_change_after_undo_drops_what_could_be_redone, states_are_named_by_their_command,
     the_number_of_states_is_bounded, the_bytes_of_states_are_bounded,
     the_rows_of_states_are_bounded, the_width_of_the_terminal_is_not_taken_back,
     what_has_changed_the_run_is_remembered, the_memo_is_on_or_off_as_it_was)
