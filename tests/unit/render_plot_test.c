#include "base/utf8.h"
#include "render/plot_ink.h"
#include "spelled.h"

/* Prose of one piece. */
static Prose words(Arena *arena, const char *text)
{
    Span *span = arena_new(arena, sizeof *span);
    *span = (Span){.kind = SPAN_TEXT, .text = text};
    return (Prose){span, 1};
}

static Prose formula(Arena *arena, const char *text)
{
    Span *span = arena_new(arena, sizeof *span);
    *span = (Span){.kind = SPAN_EXPR, .expr = parse(arena, text)};
    return (Prose){span, 1};
}

static void emit_plot(Sink *sink, Arena *arena, Plot plot)
{
    plot.title = words(arena, "∂ as a title");
    plot.x = words(arena, "epoch");
    plot.y = words(arena, "ŷ");
    sink->block(sink, &(Block){.kind = BLOCK_PLOT, .key = "plot", .plot = plot});
}

static Series line(Arena *arena, const char *name, const PlotPoint *points, int count)
{
    return (Series){formula(arena, name), SERIES_LINE, 0, points, count};
}

/* A line of its own. */
static void emit_line(Sink *sink, Arena *arena, const PlotPoint *points, int count)
{
    const Series series = line(arena, "L", points, count);
    emit_plot(sink, arena, (Plot){.series = &series, .series_count = 1});
}

static void straight(Sink *sink, Arena *arena)
{
    emit_line(sink, arena, (PlotPoint[]){{0, -1}, {4, 1}}, 2);
}

START_TEST(a_line_in_its_axes)
{
    check_text(style_of(false, false, 36), straight,
               "∂ as a title\n"
               "   ŷ\n"
               "   1 ┤                           ⡠⠔⠊\n"
               "     │                       ⢀⡠⠒⠉\n"
               "     │                    ⣀⠔⠊⠁\n"
               "     │                ⢀⡠⠔⠉\n"
               "   0 ┤             ⢀⠤⠒⠁\n"
               "     │          ⣀⠔⠊⠁\n"
               "     │      ⢀⡠⠔⠉\n"
               "     │   ⣀⠤⠊⠁\n"
               "  -1 ┤⡠⠔⠊\n"
               "     └┬──────────────┬─────────────┬\n"
               "      0              2             4\n"
               "                               epoch\n");
    check_text(style_of(true, false, 36), straight,
               "d as a title\n"
               "  yhat\n"
               "   1 +                            **\n"
               "     |                        ****\n"
               "     |                    ****\n"
               "     |                 ***\n"
               "   0 +             ****\n"
               "     |          ***\n"
               "     |      ****\n"
               "     |  ****\n"
               "  -1 +**\n"
               "     ++--------------+-------------+\n"
               "      0              2             4\n"
               "                               epoch\n");
    check_text(style_of(false, true, 36), straight,
               "\x1b[1m∂ as a title\x1b[0m\n"
               "   ŷ\n"
               "   1 ┤                           \x1b[36m⡠⠔⠊\x1b[0m\n"
               "     │                       \x1b[36m⢀⡠⠒⠉\x1b[0m\n"
               "     │                    \x1b[36m⣀⠔⠊⠁\x1b[0m\n"
               "     │                \x1b[36m⢀⡠⠔⠉\x1b[0m\n"
               "   0 ┤             \x1b[36m⢀⠤⠒⠁\x1b[0m\n"
               "     │          \x1b[36m⣀⠔⠊⠁\x1b[0m\n"
               "     │      \x1b[36m⢀⡠⠔⠉\x1b[0m\n"
               "     │   \x1b[36m⣀⠤⠊⠁\x1b[0m\n"
               "  -1 ┤\x1b[36m⡠⠔⠊\x1b[0m\n"
               "     └┬──────────────┬─────────────┬\n"
               "      0              2             4\n"
               "                               epoch\n");
}
END_TEST

/* From 1000 to 0.1, a tenth each epoch. */
static void decades(Sink *sink, Arena *arena)
{
    const PlotPoint points[] = {{1, 1000}, {2, 100}, {3, 10}, {4, 1}, {5, 0.1}};
    const Series series = line(arena, "L", points, 5);
    emit_plot(sink, arena,
              (Plot){.series = &series, .series_count = 1, .whole = true, .wide = true});
}

/* The same, and then nothing is left to learn. */
static void decades_to_zero(Sink *sink, Arena *arena)
{
    const PlotPoint points[] = {{1, 1000}, {2, 100}, {3, 10}, {4, 1}, {5, 0.1}, {6, 0}};
    const Series series = line(arena, "L", points, 6);
    emit_plot(sink, arena,
              (Plot){.series = &series, .series_count = 1, .whole = true, .wide = true});
}

START_TEST(many_decades_are_a_straight_line_on_a_logarithmic_axis)
{
    check_text(style_of(true, false, 36), decades,
               "d as a title\n"
               "  yhat (log scale)\n"
               "      |**\n"
               "      |  ****\n"
               "  100 +      ***\n"
               "      |         ****\n"
               "      |             ***\n"
               "      |                ****\n"
               "    1 +                    ***\n"
               "      |                       ****\n"
               "      |                           **\n"
               "      +-------+-------------+-------\n"
               "              2             4\n"
               "                               epoch\n");
    check_text(style_of(true, false, 36), decades_to_zero,
               "d as a title\n"
               "  yhat (log scale, 0 at the bottom)\n"
               "    |**\n"
               "    |  ***\n"
               "    |     ****\n"
               "    |         *****\n"
               "    |              ***\n"
               "  1 +                 ****\n"
               "    |                     *****\n"
               "    |                          ***\n"
               "    |                             **\n"
               "    +------+-----------+-----------+\n"
               "           2           4           6\n"
               "                               epoch\n");
}
END_TEST

/* Two that lie on each other and one of its own. */
static void three_lines(Sink *sink, Arena *arena)
{
    const PlotPoint rising[] = {{1, 0}, {9, 8}}, falling[] = {{1, 8}, {9, 2}};
    const Series series[] = {line(arena, "w11^1", rising, 2), line(arena, "w12^1", rising, 2),
                             line(arena, "b21", falling, 2)};
    emit_plot(sink, arena, (Plot){.series = series, .series_count = 3, .whole = true});
}

START_TEST(lines_are_told_apart_by_their_signs)
{
    check_text(style_of(false, false, 48), three_lines,
               "∂ as a title\n"
               "   ŷ\n"
               "  10 ┤\n"
               "     │\n"
               "     │⠒⠤⢄⣀                                   ●⠤⠒\n"
               "     │    ⠉⠑⠢⠤⣀⡀                        ⢀⡠⠤⠒⠉\n"
               "     │         ⠈⠉⠒⠢⠤⣀■              ⢀⡠⠔⠊⠁\n"
               "   5 ┤               ⠈⠑⠒⠤⢄⣀     ⣀▲⠒⠉⠁\n"
               "     │                     ⢉⡱⠖⠶⢍⡀\n"
               "     │                 ⣀⡠⠔⠊●    ⠈⠉⠒⠢⠤⣀⡀\n"
               "     │             ⣀⠤⠒⠉               ⠈■⠒⠢⢄⣀\n"
               "     │        ⢀▲⠔⠊⠉                         ⠉⠑⠒⠤\n"
               "     │    ⣀⠤⠔⠊⠁\n"
               "   0 ┤⣀⠤⠒●\n"
               "     └─────┬─────────┬──────────┬─────────┬─────\n"
               "           2         4          6         8\n"
               "                                           epoch\n"
               "  ● w₁₁¹   ▲ w₁₂¹   ■ b₂₁\n");
    check_text(style_of(true, false, 48), three_lines,
               "d as a title\n"
               "  yhat\n"
               "  10 +\n"
               "     |\n"
               "     |ooo                                    *++\n"
               "     |   oooooo                          ++++\n"
               "     |         oooooo               +++++\n"
               "   5 +               oooooo     ++++\n"
               "     |                     *ooooo\n"
               "     |                +++++      oooooo\n"
               "     |            ++++                 oooooo\n"
               "     |       +++++                           ooo\n"
               "     |   *+++\n"
               "   0 ++++\n"
               "     +-----+---------+----------+---------+-----\n"
               "           2         4          6         8\n"
               "                                           epoch\n"
               "  * w11^1   + w12^1   o b21\n");
}
END_TEST

/* A parabola with its tangent at 2 and two marks. */
static void parabola(Sink *sink, Arena *arena)
{
    PlotPoint points[41], tangent[] = {{-3, -16}, {3, 8}};
    for (int i = 0; i < 41; i++) {
        double x = -3 + 0.15 * i;
        points[i] = (PlotPoint){x, x * x};
    }
    const Series series[] = {line(arena, "L", points, 41),
                             {words(arena, "tangent"), SERIES_TANGENT, 0, tangent, 2}};
    const PlotMark marks[] = {{words(arena, "now"), {2, 4}}, {words(arena, "minimum"), {0, 0}}};
    emit_plot(sink, arena,
              (Plot){.series = series, .series_count = 2, .marks = marks, .mark_count = 2});
}

START_TEST(a_tangent_touches_its_curve_and_ends_at_the_frame)
{
    check_text(style_of(false, false, 50), parabola,
               "∂ as a title\n"
               "   ŷ\n"
               "  10 ┤\n"
               "     │⢢                                          ⡰\n"
               "     │ ⢣                                        ⣰⠁\n"
               "     │  ⠣⡀                                    ⢀⠴⠁\n"
               "     │   ⠈⢆                                  ⢠⠓\n"
               "   5 ┤    ⠈⢆                                ⡰⠉\n"
               "     │      ⠣⡀                            ⢀⠜\n"
               "     │       ⠑⡄                          ⢠●\n"
               "     │        ⠈⠒⢄                      ⣠⠚⠁\n"
               "     │           ⠑⢄                  ⡠⠪\n"
               "     │             ⠑⢄⣀            ⣀⠤⠊⠐\n"
               "   0 ┤                ⠉⠒⠤⣀⣀⣀◆⣀⡠⠔⠊⠉ ⡀⠁\n"
               "     └───────┬──────────────┬─────────────┬───────\n"
               "            -2              0             2\n"
               "                                             epoch\n"
               "  ⠒⠒ L   ⠐⠐ tangent   ● now   ◆ minimum\n");
    check_text(style_of(true, false, 50), parabola,
               "d as a title\n"
               "  yhat\n"
               "  10 +\n"
               "     |*                                          *\n"
               "     | *                                        *.\n"
               "     |  *                                      *.\n"
               "     |   *                                    *\n"
               "   5 +    **                                **\n"
               "     |      *                             **\n"
               "     |       ***                        **O\n"
               "     |          *                      *.\n"
               "     |           ***                ***\n"
               "     |              ***          ***..\n"
               "   0 +                 *****X****  .\n"
               "     +-------+--------------+-------------+-------\n"
               "            -2              0             2\n"
               "                                             epoch\n"
               "  ** L   .. tangent   O now   X minimum\n");
}
END_TEST

/* Three columns: two classes and what is neither. */
static void regions(Sink *sink, Arena *arena)
{
    static const int cells[] = {0, 1, -1, 0, 0, 1};
    const Prose classes[] = {words(arena, "no"), words(arena, "yes")};
    const PlotPoint right[] = {{0.5, 0.5}}, wrong[] = {{0.5, 1.5}};
    const Series series[] = {{classes[0], SERIES_POINTS, 0, right, 1},
                             {classes[1], SERIES_WRONG, 1, wrong, 1}};
    emit_plot(sink, arena,
              (Plot){.series = series,
                     .series_count = 2,
                     .regions = {0, 3, 0, 2, 2, 3, cells, classes, 2}});
}

START_TEST(regions_are_filled_by_class)
{
    check_text(style_of(false, false, 30), regions,
               "∂ as a title\n"
               "  ŷ\n"
               "  2 ┤                ⡇ ⠂ ⠂ ⠂ ⠂\n"
               "    │                ⡇ ⠂ ⠂ ⠂ ⠂\n"
               "    │    △           ⡇ ⠂ ⠂ ⠂ ⠂\n"
               "    │        ⢀⣀⣀⣀⣀⣀⣀⣀⣇⣀⣂⣀⣂⣀⣂⣀⣂\n"
               "    │        ⡇ ⠂ ⠂ ⠂ ⡇\n"
               "    │    ●   ⡇ ⠂ ⠂ ⠂ ⡇\n"
               "    │        ⡇ ⠂ ⠂ ⠂ ⡇\n"
               "  0 ┤        ⡇ ⠂ ⠂ ⠂ ⡇\n"
               "    └┬───────┬───────┬───────┬\n"
               "     0       1       2       3\n"
               "                         epoch\n"
               "  ● no   ▲ yes ⠂ ⠂\n"
               "  △ (hollow) predicted wrongly\n");
    check_text(style_of(true, false, 30), regions,
               "d as a title\n"
               "  yhat\n"
               "  2 +                 ........\n"
               "    |                 ........\n"
               "    |    B            ........\n"
               "    |                 ........\n"
               "    |        .........\n"
               "    |    a   .........\n"
               "    |        .........\n"
               "  0 +        .........\n"
               "    ++-------+-------+-------+\n"
               "     0       1       2       3\n"
               "                         epoch\n"
               "  a no   b yes ...\n"
               "  B (capitals) predicted\n"
               "    wrongly\n");
}
END_TEST

/* Six signs tell classes apart; more classes are letters, in both kinds of output. */
START_TEST(many_classes_are_letters)
{
    static const struct {
        int classes, class;
        const char *right, *wrong, *right_ascii, *wrong_ascii;
    } rows[] = {
        {6, 0, "●", "○", "a", "A"}, {6, 5, "▼", "▽", "f", "F"},   {7, 0, "a", "A", "a", "A"},
        {7, 6, "g", "G", "g", "G"}, {26, 25, "z", "Z", "z", "Z"}, {27, 26, "a", "A", "a", "A"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const Series wrong = {.style = SERIES_WRONG, .kin = rows[i].class};
        const Plot plot = {.series = &wrong, .regions.class_count = rows[i].classes};
        const Style unicode = style_of(false, false, 80), ascii = style_of(true, false, 80);
        ck_assert_str_eq(ink_of_class(&plot, rows[i].class, &unicode).sign, rows[i].right);
        ck_assert_str_eq(ink_of_series(&plot, 0, &unicode).sign, rows[i].wrong);
        ck_assert_str_eq(ink_of_class(&plot, rows[i].class, &ascii).sign, rows[i].right_ascii);
        ck_assert_str_eq(ink_of_series(&plot, 0, &ascii).sign, rows[i].wrong_ascii);
    }
}
END_TEST

static void bars(Sink *sink, Arena *arena)
{
    const PlotPoint points[] = {{1, 1}, {2, 4}, {10, 0}, {11, NAN}};
    const Series series = {words(arena, "n"), SERIES_BARS, 0, points, 4};
    emit_plot(sink, arena, (Plot){.series = &series, .series_count = 1, .wide = true});
}

static void wide_bars(Sink *sink, Arena *arena)
{
    const PlotPoint points[] = {{1, 1e-5}, {2, 1e-3}, {3, 0.1}, {4, 0}};
    const Series series = {words(arena, "n"), SERIES_BARS, 0, points, 4};
    emit_plot(sink, arena, (Plot){.series = &series, .series_count = 1, .wide = true});
}

START_TEST(bars_are_as_long_as_their_values)
{
    check_text(style_of(false, false, 40), bars,
               "∂ as a title\n"
               "  epoch\n"
               "   1 │███████▌ 1\n"
               "   2 │██████████████████████████████ 4\n"
               "  10 │ 0\n"
               "  11 │ nan\n"
               "     └┬──────────────┬─────────────┬\n"
               "      0              2             4\n"
               "                                   ŷ\n");
    check_text(style_of(true, false, 40), bars,
               "d as a title\n"
               "  epoch\n"
               "   1 |######## 1\n"
               "   2 |############################## 4\n"
               "  10 | 0\n"
               "  11 | nan\n"
               "     ++--------------+-------------+\n"
               "      0              2             4\n"
               "                                yhat\n");
    check_text(style_of(false, false, 40), wide_bars,
               "∂ as a title\n"
               "  epoch\n"
               "  1 │█████▊ 1e-05\n"
               "  2 │█████████████████▍ 0.001\n"
               "  3 │█████████████████████████████ 0.1\n"
               "  4 │ 0\n"
               "    └┬──────────┬──────────┬──────\n"
               "   1e-06     0.0001      0.01\n"
               "                     ŷ (log scale)\n");
}
END_TEST

static void one_point(Sink *sink, Arena *arena)
{
    emit_line(sink, arena, (PlotPoint[]){{3, -2}}, 1);
}

static void constant(Sink *sink, Arena *arena)
{
    emit_line(sink, arena, (PlotPoint[]){{1, 5}, {2, 5}, {3, 5}}, 3);
}

static void broken(Sink *sink, Arena *arena)
{
    const PlotPoint points[] = {{1, 1}, {2, 1}, {3, NAN},  {4, INFINITY},
                                {5, 2}, {6, 2}, {7, 1e301}};
    emit_line(sink, arena, points, 7);
}

static void nothing(Sink *sink, Arena *arena)
{
    emit_line(sink, arena, (PlotPoint[]){{1, NAN}}, 1);
}

START_TEST(what_has_no_place_is_left_out_and_said)
{
    check_text(style_of(true, false, 32), one_point,
               "d as a title\n"
               "  yhat\n"
               "     |\n"
               "     |\n"
               "     |\n"
               "  -2 +             *\n"
               "     |\n"
               "     |\n"
               "     |\n"
               "     |\n"
               "     +----+--------+-------+----\n"
               "          2        3       4\n"
               "                           epoch\n");
    check_text(style_of(true, false, 32), constant,
               "d as a title\n"
               "  yhat\n"
               "    |\n"
               "    |\n"
               "    |\n"
               "  5 +***************************\n"
               "    |\n"
               "    |\n"
               "    |\n"
               "    |\n"
               "    ++------------+------------+\n"
               "     1            2            3\n"
               "                           epoch\n");
    check_text(style_of(true, false, 32), broken,
               "d as a title\n"
               "  yhat\n"
               "  2 +                     ******\n"
               "    |\n"
               "    |\n"
               "    |\n"
               "    |\n"
               "    |\n"
               "    |\n"
               "  1 +******\n"
               "    +-----+----------+---------+\n"
               "          2          4         6\n"
               "                           epoch\n"
               "  3 points are left out: not\n"
               "  finite, or beyond 1e300\n");
    check_text(style_of(true, false, 32), nothing,
               "d as a title\n"
               "  1 point is left out: not\n"
               "  finite, or beyond 1e300\n");
}
END_TEST

/* Ranges that could overflow, vanish or round away, in pairs of ends. */
static const double ranges[][2] = {
    {-1e300, 1e300},  {1e299, 1e300},       {0, 1e-300},      {-5e-324, 5e-324},
    {1e15, 1e15 + 1}, {1, 1.0000000000001}, {-1e-9, -0.9e-9}, {123456, 123457},
    {0, 0},           {1e300, 1e300},       {-3e7, 2},        {1e-200, 1e-100},
};
static double range_low, range_high;

static void ends(Sink *sink, Arena *arena)
{
    const PlotPoint points[] = {{range_low, range_high}, {range_high, range_low}};
    const Series series[] = {line(arena, "w11^1", points, 2), line(arena, "b21", points, 2)};
    emit_plot(sink, arena, (Plot){.series = series, .series_count = 2, .wide = true});
}

/* No line wider than the plot; braille and signs are one column each. */
static void check_width(const char *lines, int width)
{
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        ck_assert_msg(utf8_width(lines, length) <= width, "%d: %.*s", width, (int)length, lines);
        lines += length + (lines[length] == '\n');
    }
}

static void check_spelled_width(void (*emit)(Sink *, Arena *), Style style)
{
    Recorder recorder = {{record}, {0}, {0}, 0};
    Arena arena = {0};
    Sink *sink = render_text(&recorder.writer, &style);
    sink->begin(sink, "command");
    emit(sink, &arena);
    sink->end(sink, NULL);
    check_width(text_string(&recorder.out), style.width < 100 ? style.width : 100);
    ck_assert_ptr_null(strstr(text_string(&recorder.out), "nan"));
    ck_assert_ptr_null(strstr(text_string(&recorder.out), "left out"));
    render_free(sink);
    recorder_release(&recorder);
    arena_release(&arena);
}

START_TEST(any_range_fits_any_width)
{
    static const int widths[] = {30, 40, 80, 100, 132, 200};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        for (size_t k = 0; k < sizeof widths / sizeof widths[0]; k++) {
            range_low = ranges[i][0], range_high = ranges[i][1];
            check_spelled_width(ends, style_of(k % 2, false, widths[k]));
        }
    for (int width = 20; width <= 200; width++) {
        check_spelled_width(three_lines, style_of(false, false, width));
        check_spelled_width(parabola, style_of(true, false, width));
        check_spelled_width(wide_bars, style_of(false, false, width));
    }
}
END_TEST

static void check_json(void (*emit)(Sink *, Arena *), const char *want)
{
    const Style style = STYLE_DEFAULT;
    Recorder recorder = {{record}, {0}, {0}, 0};
    Arena arena = {0};
    Sink *sink = render_json(&recorder.writer, &style);
    sink->begin(sink, "plot");
    emit(sink, &arena);
    sink->end(sink, NULL);
    ck_assert_str_eq(text_string(&recorder.out), want);
    render_free(sink);
    recorder_release(&recorder);
    arena_release(&arena);
}

START_TEST(json_has_all_the_data)
{
    check_json(three_lines,
               "{\"command\":\"plot\",\"plot\":{\"title\":\"d as a title\",\"x\":\"epoch\","
               "\"y\":\"yhat\",\"series\":["
               "{\"name\":\"w11^1\",\"style\":\"line\",\"points\":[[1,0],[9,8]]},"
               "{\"name\":\"w12^1\",\"style\":\"line\",\"points\":[[1,0],[9,8]]},"
               "{\"name\":\"b21\",\"style\":\"line\",\"points\":[[1,8],[9,2]]}]},"
               "\"status\":\"ok\"}\n");
    check_json(regions,
               "{\"command\":\"plot\",\"plot\":{\"title\":\"d as a title\",\"x\":\"epoch\","
               "\"y\":\"yhat\",\"series\":["
               "{\"name\":\"no\",\"style\":\"points\",\"points\":[[0.5,0.5]]},"
               "{\"name\":\"yes\",\"style\":\"wrong\",\"points\":[[0.5,1.5]]}],"
               "\"regions\":{\"x\":[0,3],\"y\":[0,2],\"classes\":[\"no\",\"yes\"],"
               "\"rows\":[[0,1,-1],[0,0,1]]}},\"status\":\"ok\"}\n");
    check_json(bars, "{\"command\":\"plot\",\"plot\":{\"title\":\"d as a title\",\"x\":\"epoch\","
                     "\"y\":\"yhat\",\"series\":[{\"name\":\"n\",\"style\":\"bars\","
                     "\"points\":[[1,1],[2,4],[10,0],[11,\"nan\"]]}]},\"status\":\"ok\"}\n");
}
END_TEST

static void marked(Sink *sink, Arena *arena)
{
    const PlotMark marks[] = {{words(arena, "now"), {2, -INFINITY}}};
    const PlotPoint ends_of_tangent[] = {{0, 0}, {1, 1}};
    const Series series = {words(arena, "t"), SERIES_TANGENT, 0, ends_of_tangent, 2};
    emit_plot(sink, arena,
              (Plot){.series = &series, .series_count = 1, .marks = marks, .mark_count = 1});
}

START_TEST(json_has_marks_and_tangents)
{
    check_json(marked, "{\"command\":\"plot\",\"plot\":{\"title\":\"d as a title\",\"x\":\"epoch\","
                       "\"y\":\"yhat\",\"series\":[{\"name\":\"t\",\"style\":\"tangent\","
                       "\"points\":[[0,0],[1,1]]}],\"marks\":[{\"name\":\"now\",\"x\":2,"
                       "\"y\":\"-inf\"}]},\"status\":\"ok\"}\n");
}
END_TEST

UNIT("render_plot", a_line_in_its_axes, many_decades_are_a_straight_line_on_a_logarithmic_axis,
     lines_are_told_apart_by_their_signs, a_tangent_touches_its_curve_and_ends_at_the_frame,
     regions_are_filled_by_class, many_classes_are_letters, bars_are_as_long_as_their_values,
     what_has_no_place_is_left_out_and_said, any_range_fits_any_width, json_has_all_the_data,
     json_has_marks_and_tangents)
