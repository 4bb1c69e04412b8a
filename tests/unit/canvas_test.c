#include "render/canvas.h"
#include "unit.h"

static const Ink plain = {"*", PAINT_PLAIN}, first = {"+", PAINT_FIRST},
                 second = {"o", PAINT_SECOND};

static void check_row(const Canvas *canvas, int row, bool color, const char *want)
{
    const Style style = {.color = color};
    Text text = {0};
    canvas_add_row(canvas, row, &text, &style);
    ck_assert_str_eq(text_string(&text), want);
    text_release(&text);
}

/* The Unicode chart: dots 1 2 3 7 go down the left column, 4 5 6 8 down the right one. */
START_TEST(each_dot_is_a_bit_of_its_braille_cell)
{
    static const char *const cells[2][4] = {{"⠁", "⠂", "⠄", "⡀"}, {"⠈", "⠐", "⠠", "⢀"}};
    for (int x = 0; x < 2; x++)
        for (int y = 0; y < 4; y++) {
            Canvas canvas = canvas_new(1, 1, false);
            canvas_dot(&canvas, x, y, plain);
            check_row(&canvas, 0, false, cells[x][y]);
            canvas_release(&canvas);
        }
}
END_TEST

START_TEST(dots_add_up)
{
    Canvas canvas = canvas_new(3, 2, false);
    ck_assert_int_eq(canvas_width(&canvas), 6);
    ck_assert_int_eq(canvas_height(&canvas), 8);
    for (int y = 0; y < 8; y++) canvas_dot(&canvas, 2, y, plain);
    for (int x = 0; x < 6; x++) canvas_dot(&canvas, x, 4, plain);
    for (int y = 4; y < 8; y++) canvas_dot(&canvas, 3, y, plain);
    check_row(&canvas, 0, false, " ⡇");
    check_row(&canvas, 1, false, "⠉⣿⠉");
    canvas_release(&canvas);
}
END_TEST

START_TEST(in_ascii_a_dot_is_a_character)
{
    Canvas canvas = canvas_new(4, 2, true);
    ck_assert_int_eq(canvas_width(&canvas), 4);
    ck_assert_int_eq(canvas_height(&canvas), 2);
    canvas_dot(&canvas, 0, 0, plain);
    canvas_dot(&canvas, 2, 0, plain);
    canvas_dot(&canvas, 2, 0, first);
    check_row(&canvas, 0, false, "* +");
    check_row(&canvas, 1, false, "");
    canvas_release(&canvas);
}
END_TEST

START_TEST(a_sign_stays)
{
    Canvas canvas = canvas_new(2, 1, false), ascii = canvas_new(2, 1, true);
    canvas_sign(&canvas, 2, 3, (Ink){"●", PAINT_PLAIN});
    canvas_dot(&canvas, 2, 0, plain);
    canvas_dot(&canvas, 0, 0, plain);
    check_row(&canvas, 0, false, "⠁●");
    canvas_sign(&canvas, 3, 0, (Ink){"▲", PAINT_PLAIN});
    check_row(&canvas, 0, false, "⠁▲");
    canvas_sign(&ascii, 1, 0, second);
    canvas_dot(&ascii, 1, 0, plain);
    check_row(&ascii, 0, false, " o");
    canvas_release(&canvas);
    canvas_release(&ascii);
}
END_TEST

START_TEST(what_falls_outside_is_not_drawn)
{
    static const int places[][2] = {{-1, 0}, {0, -1}, {4, 0}, {0, 8}, {1000000, 1000000}};
    Canvas canvas = canvas_new(2, 2, false);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        canvas_dot(&canvas, places[i][0], places[i][1], plain);
        canvas_sign(&canvas, places[i][0], places[i][1], plain);
    }
    check_row(&canvas, 0, false, "");
    check_row(&canvas, 1, false, "");
    canvas_release(&canvas);
}
END_TEST

START_TEST(a_colour_lasts_for_a_run_of_cells)
{
    Canvas canvas = canvas_new(6, 1, true);
    canvas_dot(&canvas, 0, 0, plain);
    canvas_dot(&canvas, 1, 0, first);
    canvas_dot(&canvas, 2, 0, first);
    canvas_dot(&canvas, 3, 0, second);
    canvas_dot(&canvas, 5, 0, second);
    check_row(&canvas, 0, true, "*\x1b[36m++\x1b[0m\x1b[35mo o\x1b[0m");
    check_row(&canvas, 0, false, "*++o o");
    canvas_release(&canvas);
}
END_TEST

UNIT("canvas", each_dot_is_a_bit_of_its_braille_cell, dots_add_up, in_ascii_a_dot_is_a_character,
     a_sign_stays, what_falls_outside_is_not_drawn, a_colour_lasts_for_a_run_of_cells)
