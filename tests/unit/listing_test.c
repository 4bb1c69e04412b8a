/* The listing: its lines keep their numbers, and the arrow stands at the phase that comes next. */
#include "render/pieces.h"
#include "show/listing.h"
#include "told.h"

START_TEST(every_phase_has_a_line)
{
    static const int lines[PHASES] = {3, 4, 5, 6, 7, 8};
    for (int i = 0; i < PHASES; i++) {
        Phase phase = PHASE_ROW;
        bool first = true;
        ck_assert_int_eq(listing_line((Phase)i), lines[i]);
        ck_assert(listing_phase(lines[i], &phase, &first));
        ck_assert_int_eq(phase, i);
        ck_assert(!first);
    }
}
END_TEST

START_TEST(other_lines)
{
    Phase phase = PHASE_LOSS;
    bool first = false;
    static const long never[] = {1, 0, -1, 9, 4294967299};
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        ck_assert(!listing_phase(never[i], &phase, &first));
    ck_assert(phase == PHASE_LOSS && !first);
    ck_assert(listing_phase(2, &phase, &first));
    ck_assert(phase == PHASE_ROW && first);
}
END_TEST

/* The settings that change what the lines say. */
static const char *const settings[] = {
    "",
    "init 2-2-1",
    "data n0\ninit 2-2-1",
    "init 3-1\ndata n0",
    "data n0\ninit 2-2-1\nset mode batch",
    "init 2-2-1\nset mode mini\nset schedule cosine\nset optimizer adam\nset decay 0.1\n"
    "set clip norm=1 value=2",
    "data n0\ninit 2-3:relu+bn-1\nset mode mini\nset batch 2\nset shuffle on\nset schedule step",
    "data iris target=species:onehot\ninit 4-3-3:softmax loss=cce\nset mode batch",
    "init 2-1 loss=huber biases=none\nset mode batch",
    "init 2-2-2 biases=none\ninput 1 2 -> 3 4",
    "data classification target=placed:signs\ninit 2-1:step loss=hinge\nset optimizer perceptron\n"
    "set decay 0.1"};
enum { SETTINGS = sizeof settings / sizeof settings[0] };

/* Of the JSON objects `{"line":N,"phase":P,`, those whose N is new, as `N P, `. */
static void read_lines(const char *json, Text *lines)
{
    int last = 0, line;
    char phase[16];
    while ((json = strstr(json, "{\"line\":"))) {
        ck_assert_int_eq(sscanf(json, "{\"line\":%d,\"phase\":%15[^,]", &line, phase), 2);
        if (line != last) text_print(lines, "%d %s, ", line, phase);
        last = line;
        json++;
    }
}

START_TEST(lines_keep_their_numbers)
{
    for (int i = 0; i < SETTINGS; i++) {
        Told told;
        Text lines = {0};
        told_start(&told, true, settings[i]);
        read_lines(told_by(&told, "list"), &lines);
        ck_assert_str_eq(text_string(&lines), "1 null, 2 null, 3 \"row\", 4 \"forward\", 5 "
                                              "\"loss\", 6 \"backward\", 7 \"update\", 8 "
                                              "\"epoch\", ");
        text_release(&lines);
        told_free(&told);
    }
}
END_TEST

/* None has to be folded on a terminal of 80 columns, and all are in sight at once. */
START_TEST(lines_are_short)
{
    for (int i = 0; i < SETTINGS; i++) {
        Told told;
        told_start(&told, false, settings[i]);
        told.style.width = 200;
        const char *text = told_by(&told, "list");
        int count = 0;
        for (; *text; text += strcspn(text, "\n") + 1) {
            size_t length = strcspn(text, "\n");
            ck_assert_msg(columns_of(text, length) <= 80, "%.*s", (int)length, text);
            count++;
        }
        ck_assert_int_le(count, 20);
        told_free(&told);
    }
}
END_TEST

/* The number of the line that the arrow stands at. */
static int arrow_of(const char *text)
{
    static const char arrow[] = "  → ";
    int line = 0, count = 0;
    for (; *text; text += strcspn(text, "\n") + 1)
        if (!strncmp(text, arrow, strlen(arrow))) line = atoi(text + strlen(arrow)), count++;
    ck_assert_int_le(count, 1);
    return line;
}

START_TEST(the_arrow_stands_at_what_comes_next)
{
    static const int lines[] = {3, 4, 4, 4, 5, 6, 6, 6, 6, 6, 6, 6,
                                6, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7};
    enum { EVENTS = sizeof lines / sizeof lines[0] };
    Told told;
    told_start(&told, false, "init 2-2-1 weights=0.1\nset lr 1e-5\ndata n0");
    for (int i = 0; i < 4 * EVENTS; i++) {
        Event event = trainer_event(&told.session->trainer);
        ck_assert_int_eq(arrow_of(told_by(&told, "list")), lines[i % EVENTS]);
        Event still = trainer_event(&told.session->trainer);
        ck_assert(event.phase == still.phase && event.element == still.element);
        told_move(&told, 1);
    }
    ck_assert_int_eq(arrow_of(told_by(&told, "list")), 8);
    told_move(&told, 1);
    ck_assert_int_eq(arrow_of(told_by(&told, "list")), 3);
    told_free(&told);
}
END_TEST

START_TEST(programs_get_the_line_and_the_event)
{
    Told told;
    told_start(&told, true, "init 2-2-1 weights=0.1\ninput 1 2 -> 3");
    told_move(&told, 2);
    const char *end = "],\"line\":4,\"event\":{\"epoch\":1,\"row\":1,\"phase\":\"forward\","
                      "\"symbol\":\"o12\"},\"status\":\"ok\"}\n";
    const char *said = told_by(&told, "list");
    ck_assert_ptr_nonnull(strstr(said, end));
    told_free(&told);
    told_start(&told, true, "init 2-2-1");
    said = told_by(&told, "list");
    ck_assert_ptr_nonnull(strstr(said, "\"}],\"status\":\"ok\"}\n"));
    told_free(&told);
}
END_TEST

UNIT("listing", every_phase_has_a_line, other_lines, lines_keep_their_numbers, lines_are_short,
     the_arrow_stands_at_what_comes_next, programs_get_the_line_and_the_event)
