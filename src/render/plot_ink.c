#include "render/plot_ink.h"

typedef struct Sign {
    const char *unicode, *ascii;
} Sign;

enum { INKS = 6 };

static const Sign lines[INKS] = {{"●", "*"}, {"▲", "+"}, {"■", "o"},
                                 {"◆", "x"}, {"★", "#"}, {"▼", "@"}};
static const Sign right_points[INKS] = {{"●", "a"}, {"▲", "b"}, {"■", "c"},
                                        {"◆", "d"}, {"★", "e"}, {"▼", "f"}};
static const Sign wrong_points[INKS] = {{"○", "A"}, {"△", "B"}, {"□", "C"},
                                        {"◇", "D"}, {"☆", "E"}, {"▽", "F"}};
static const Sign marks[INKS] = {{"●", "O"}, {"◆", "X"}, {"■", "#"},
                                 {"▲", "+"}, {"★", "@"}, {"▼", "%"}};

/* Two bytes a letter. */
static const char small_letters[] = "a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0"
                                    "n\0o\0p\0q\0r\0s\0t\0u\0v\0w\0x\0y\0z";
static const char large_letters[] = "A\0B\0C\0D\0E\0F\0G\0H\0I\0J\0K\0L\0M\0"
                                    "N\0O\0P\0Q\0R\0S\0T\0U\0V\0W\0X\0Y\0Z";

static Ink ink_of(const Sign *signs, int index, const Style *style)
{
    const Sign *sign = &signs[index % INKS];
    return (Ink){style->ascii ? sign->ascii : sign->unicode, paint_series(index)};
}

static Ink ink_of_point(const Plot *plot, int class, bool wrong, const Style *style)
{
    if (plot->regions.class_count <= INKS)
        return ink_of(wrong ? wrong_points : right_points, class, style);
    const char *letters = wrong ? large_letters : small_letters;
    return (Ink){letters + 2 * (class % 26), paint_series(class)};
}

Ink ink_of_series(const Plot *plot, int index, const Style *style)
{
    const Series *series = &plot->series[index];
    switch (series->style) {
    case SERIES_POINTS: return ink_of_point(plot, series->kin, false, style);
    case SERIES_WRONG: return ink_of_point(plot, series->kin, true, style);
    case SERIES_TANGENT: return (Ink){style->ascii ? "." : "⠐", paint_series(index)};
    default: return ink_of(lines, index, style);
    }
}

Ink ink_of_mark(int index, const Style *style)
{
    return (Ink){ink_of(marks, index, style).sign, PAINT_RESULT};
}

Ink ink_of_class(const Plot *plot, int class, const Style *style)
{
    return ink_of_point(plot, class, false, style);
}

Ink ink_of_region(int class)
{
    static const char *const signs[INKS] = {" ", ".", ":", "-", "=", "~"};
    return (Ink){signs[class % INKS], paint_series(class)};
}

bool ink_fills(int class, int x, int y, const Style *style)
{
    static const char *const patterns[INKS][4] = {
        {"    ", "    ", "    ", "    "}, {"    ", "#   ", "    ", "    "},
        {"#   ", "    ", "  # ", "    "}, {"####", "    ", "    ", "    "},
        {"#   ", "#   ", "#   ", "#   "}, {"# # ", " # #", "# # ", " # #"}};
    return style->ascii ? class % INKS != 0 : patterns[class % INKS][y % 4][x % 4] == '#';
}
