/* Where the run stands, in every phase and mode: as text, as JSON, in the prompt. */
#include "told.h"

#define NOTES "init 2-2-1 weights=0.1\ndata n0\nset lr 0.0001\n"

/* After SETUP and so many EVENTS. */
typedef struct Place {
    const char *setup;
    int events;
    const char *text, *event, *prompt;
} Place;

/* One row at a time in 2-2-1: an update is 1 + 3 + 1 + 9 + 9 events. */
static const Place by_row[] = {
    {NOTES, 0, "epoch 1: row 1 of 4 comes next",
     "{\"epoch\":1,\"row\":1,\"phase\":\"row\",\"symbol\":null}", "bp 1:1 row> "},
    {NOTES, 1, "epoch 1, row 1 of 4, forward: o₁₁ comes next",
     "{\"epoch\":1,\"row\":1,\"phase\":\"forward\",\"symbol\":\"o11\"}", "bp 1:1 forward o11> "},
    {NOTES, 3, "epoch 1, row 1 of 4, forward: ŷ comes next",
     "{\"epoch\":1,\"row\":1,\"phase\":\"forward\",\"symbol\":\"yhat\"}", "bp 1:1 forward yhat> "},
    {NOTES, 4, "epoch 1, row 1 of 4, loss: L comes next",
     "{\"epoch\":1,\"row\":1,\"phase\":\"loss\",\"symbol\":\"L\"}", "bp 1:1 loss L> "},
    {NOTES, 5, "epoch 1, row 1 of 4, backward: ∂L/∂w₁₁² comes next",
     "{\"epoch\":1,\"row\":1,\"phase\":\"backward\",\"symbol\":\"w11^2\"}",
     "bp 1:1 backward w11^2> "},
    {NOTES, 13, "epoch 1, row 1 of 4, backward: ∂L/∂b₁₂ comes next",
     "{\"epoch\":1,\"row\":1,\"phase\":\"backward\",\"symbol\":\"b12\"}", "bp 1:1 backward b12> "},
    {NOTES, 14, "epoch 1, row 1 of 4, update: w₁₁² comes next",
     "{\"epoch\":1,\"row\":1,\"phase\":\"update\",\"symbol\":\"w11^2\"}", "bp 1:1 update w11^2> "},
    {NOTES, 22, "epoch 1, row 1 of 4, update: b₁₂ comes next",
     "{\"epoch\":1,\"row\":1,\"phase\":\"update\",\"symbol\":\"b12\"}", "bp 1:1 update b12> "},
    {NOTES, 23, "epoch 1: row 2 of 4 comes next",
     "{\"epoch\":1,\"row\":2,\"phase\":\"row\",\"symbol\":null}", "bp 1:2 row> "},
    {NOTES, 3 * 23 + 4, "epoch 1, row 4 of 4, loss: L comes next",
     "{\"epoch\":1,\"row\":4,\"phase\":\"loss\",\"symbol\":\"L\"}", "bp 1:4 loss L> "},
    {NOTES, 4 * 23, "epoch 1: its average loss comes next",
     "{\"epoch\":1,\"row\":4,\"phase\":\"epoch\",\"symbol\":null}", "bp 1 epoch> "},
    {NOTES, 4 * 23 + 1, "epoch 2: row 1 of 4 comes next",
     "{\"epoch\":2,\"row\":1,\"phase\":\"row\",\"symbol\":null}", "bp 2:1 row> "},
};

static const Place others[] = {
    {NOTES "set mode batch", 0, "epoch 1: the batch of all 4 rows comes next",
     "{\"epoch\":1,\"row\":1,\"phase\":\"row\",\"symbol\":null}", "bp 1:1 row> "},
    {NOTES "set mode batch", 23 + 1 + 5,
     "epoch 2, the batch of all 4 rows, backward: ∂L/∂w₁₁² comes next",
     "{\"epoch\":2,\"row\":1,\"phase\":\"backward\",\"symbol\":\"w11^2\"}",
     "bp 2:1 backward w11^2> "},
    {NOTES "set mode batch\nrow 3", 2, "epoch 1, the batch of all 4 rows, forward: o₁₂ comes next",
     "{\"epoch\":1,\"row\":3,\"phase\":\"forward\",\"symbol\":\"o12\"}", "bp 1:1 forward o12> "},
    {NOTES "set mode mini\nset batch 3", 4,
     "epoch 1, batch 1 of 2 (rows 1 to 3), loss: L comes next",
     "{\"epoch\":1,\"row\":1,\"phase\":\"loss\",\"symbol\":\"L\"}", "bp 1:1 loss L> "},
    {NOTES "set mode mini\nset batch 3", 23, "epoch 1: batch 2 of 2 (row 4) comes next",
     "{\"epoch\":1,\"row\":4,\"phase\":\"row\",\"symbol\":null}", "bp 1:2 row> "},
    {NOTES "set mode mini\nset batch 3", 2 * 23, "epoch 1: its average loss comes next",
     "{\"epoch\":1,\"row\":4,\"phase\":\"epoch\",\"symbol\":null}", "bp 1 epoch> "},
    {NOTES "set mode mini\nset batch 2\nrow 4", 0, "epoch 1: batch 2 of 2 (rows 3 to 4) comes next",
     "{\"epoch\":1,\"row\":4,\"phase\":\"row\",\"symbol\":null}", "bp 1:2 row> "},
    {NOTES "set mode mini", 0, "epoch 1: the batch of all 4 rows comes next",
     "{\"epoch\":1,\"row\":1,\"phase\":\"row\",\"symbol\":null}", "bp 1:1 row> "},
    {"init 2-2-1\ninput 1 2 -> 3\nset mode batch", 5,
     "epoch 1, the typed row, backward: ∂L/∂w₁₁² comes next",
     "{\"epoch\":1,\"row\":1,\"phase\":\"backward\",\"symbol\":\"w11^2\"}",
     "bp 1:1 backward w11^2> "},
    {"init 2-12:relu-1\ninput 1 2 -> 3", 10, "epoch 1, the typed row, forward: z₁,₁₀ comes next",
     "{\"epoch\":1,\"row\":1,\"phase\":\"forward\",\"symbol\":\"z1,10\"}",
     "bp 1:1 forward z1,10> "},
};

static void check_place(const Place *place)
{
    Told told;
    char want[512];
    told_start(&told, false, place->setup);
    told_move(&told, place->events);
    snprintf(want, sizeof want, "%s\n", place->text);
    const char *said = told_by(&told, "where");
    ck_assert_msg(!strncmp(said, want, strlen(want)), "want %ssaid %s", want, said);
    told_do(&told, "set prompt position");
    Text prompt = {0};
    session_prompt(told.session, &prompt);
    ck_assert_str_eq(text_string(&prompt), place->prompt);
    text_release(&prompt);
    told_free(&told);
    told_start(&told, true, place->setup);
    told_move(&told, place->events);
    snprintf(want, sizeof want, "{\"command\":\"where\",\"event\":%s,\"updates\":", place->event);
    said = told_by(&told, "where");
    ck_assert_msg(!strncmp(said, want, strlen(want)), "want %s, said %s", want, said);
    told_free(&told);
}

START_TEST(row_by_row)
{
    for (size_t i = 0; i < sizeof by_row / sizeof by_row[0]; i++) check_place(&by_row[i]);
}
END_TEST

START_TEST(batches_and_a_typed_row)
{
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) check_place(&others[i]);
}
END_TEST

/* In a new order the row and its turn are two things. */
START_TEST(shuffled_rows)
{
    Told told;
    told_start(&told, false, NOTES "set shuffle on\nset seed 3");
    bool moved = false;
    for (long turn = 1; turn <= 4; turn++) {
        long row = (long)session_row(told.session) + 1;
        char want[128];
        snprintf(want, sizeof want, "epoch 1: row %ld (%ld of 4) comes next\n", row, turn);
        ck_assert_ptr_nonnull(strstr(told_by(&told, "where"), want));
        moved |= row != turn;
        told_move(&told, 23);
    }
    ck_assert(moved);
    told_do(&told, "set mode mini\nset batch 3");
    ck_assert_ptr_nonnull(strstr(told_by(&told, "where"), "batch 1 of 2 (3 rows)"));
    told_move(&told, 23);
    ck_assert_ptr_nonnull(strstr(told_by(&told, "where"), "batch 2 of 2 (1 row)"));
    told_free(&told);
}
END_TEST

START_TEST(progress)
{
    Told told;
    told_start(&told, false, NOTES);
    ck_assert_ptr_nonnull(strstr(told_by(&told, "where"), "\n0 updates made\n"));
    told_do(&told, "step");
    ck_assert_ptr_nonnull(strstr(told_by(&told, "where"), "\n1 update made\n"));
    told_do(&told, "step 3");
    told.session->setup.course.average = 12.5;
    ck_assert_str_eq(told_by(&told, "bt"), "epoch 2: row 1 of 4 comes next\n4 updates made; the "
                                           "average loss of epoch 1 was 12.5\n");
    told_free(&told);
    told_start(&told, true, NOTES "step 4");
    told.session->setup.course.average = 12.5;
    const char *end = ",\"updates\":4,\"average_loss\":12.5,\"status\":\"ok\"}\n";
    ck_assert_ptr_nonnull(strstr(told_by(&told, "where"), end));
    told_free(&told);
}
END_TEST

static void check_prompt(Told *told, const char *want)
{
    Text prompt = {0};
    session_prompt(told->session, &prompt);
    ck_assert_str_eq(text_string(&prompt), want);
    text_release(&prompt);
}

START_TEST(the_prompt_is_plain_unless_there_is_a_place_to_show)
{
    Told told;
    told_start(&told, false, "");
    check_prompt(&told, "bp> ");
    told_do(&told, "set prompt position");
    check_prompt(&told, "bp> ");
    told_do(&told, "init 2-2-1");
    check_prompt(&told, "bp> ");
    told_do(&told, "input 1 2 -> 3");
    check_prompt(&told, "bp 1:1 row> ");
    told_do(&told, "init 3-1"); /* which the row does not fit */
    check_prompt(&told, "bp> ");
    told_do(&told, "input 1 2 3 -> 3\nset prompt plain");
    check_prompt(&told, "bp> ");
    told_do(&told, "undo");
    check_prompt(&told, "bp 1:1 row> ");
    told_free(&told);
}
END_TEST

UNIT("position", row_by_row, batches_and_a_typed_row, shuffled_rows, progress,
     the_prompt_is_plain_unless_there_is_a_place_to_show)
