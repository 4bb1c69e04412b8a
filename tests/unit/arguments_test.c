#include <string.h>

#include "base/text.h"
#include "command/arguments.h"
#include "command/complete.h"
#include "unit.h"

static bool match(Arguments *arguments, const char *usage, const char *line, Arena *arena,
                  Error *err)
{
    Words words;
    ck_assert(words_split(&words, line, arena, NULL));
    return arguments_match(arguments, "do", usage, &words, line, arena, err);
}

/* WANT lists what matched: "SIZES: 2-2-1, loss: mse", several words with blanks between. */
static void check_match(const char *usage, const char *line, const char *want)
{
    Arena arena = {0};
    Arguments arguments;
    Error err = {0};
    Text seen = {0};
    bool ok = match(&arguments, usage, line, &arena, &err);
    ck_assert_msg(ok, "%s | %s: %s", usage, line, err.message);
    for (int i = 0; i < arguments.count; i++) {
        const Match *found = &arguments.matches[i];
        text_print(&seen, "%s%s:", i ? ", " : "", found->item);
        for (int k = 0; k < found->count; k++) text_print(&seen, " %s", found->words[k].text);
    }
    ck_assert_str_eq(text_string(&seen), want);
    text_release(&seen);
    arena_release(&arena);
}

/* LINE is refused at COLUMN with a message that holds PART. */
static void check_error(const char *usage, const char *line, int column, const char *part,
                        bool with_usage)
{
    Arena arena = {0};
    Arguments arguments;
    Error err = {0};
    ck_assert_msg(!match(&arguments, usage, line, &arena, &err), "%s | %s", usage, line);
    ck_assert_msg(strstr(err.message, part), "%s | %s: %s", usage, line, err.message);
    ck_assert_msg(err.column == column, "%s | %s: column %d", usage, line, err.column);
    ck_assert_msg(!strstr(err.message, "usage: do") == !with_usage, "%s | %s: %s", usage, line,
                  err.message);
    ck_assert(!match(&arguments, usage, line, &arena, NULL));
    arena_release(&arena);
}

/* A word that is not of its kind: the message says what would be. */
static void check_refusal(const char *usage, const char *line, int column, const char *part)
{
    check_error(usage, line, column, part, false);
}

/* A line of another form: the usage says what would be right. */
static void check_form(const char *usage, const char *line, int column, const char *part)
{
    check_error(usage, line, column, part, true);
}

START_TEST(no_arguments)
{
    check_match("", "", "");
    check_form("", "x", 1, "`x`");
}
END_TEST

START_TEST(literal_words)
{
    check_match("on|off", "on", "on|off: on");
    check_match("on|off", "off", "on|off: off");
    check_form("on|off", "offf", 1, "`offf`");
    check_form("on|off", "on|off", 1, "on|off");
    check_form("on|off", "\"on\"", 1, "on|off");
    check_form("on|off", "", 0, "on|off");
    check_form("on|off", "on off", 4, "`off`");
}
END_TEST

START_TEST(a_choice_can_be_cut_to_its_first_letters)
{
    check_match("on|off", "of", "on|off: off");
    check_match("net|data|display", "n", "net|data|display: net");
    check_match("[net|data|display]", "di", "net|data|display: display");
    check_form("on|off", "o", 1, "`o`");
    check_form("on|off", "\"of\"", 1, "on|off");
    check_form("[net|data|display]", "d", 1, "`d`");
    check_form("[all]", "al", 1, "`al`");
}
END_TEST

START_TEST(words_of_a_kind)
{
    check_match("N", "3", "N: 3");
    check_match("SYMBOL N", "w₁₁² 3", "SYMBOL: w₁₁², N: 3");
    check_refusal("N", "0", 1, "`0`");
    check_refusal("SYMBOL N", "w11^2 x", 7, "`x`");
    check_form("SYMBOL N", "w11^2", 6, "N");
    check_form("SYMBOL N", "  w11^2", 8, "N");
}
END_TEST

START_TEST(one_or_more)
{
    check_match("X...", "1", "X: 1");
    check_match("X...", "1 -2 3e4", "X: 1 -2 3e4");
    check_form("X...", "", 0, "X");
    check_refusal("X...", "1 two 3", 3, "`two`");
    check_refusal("X...", "1 nan", 3, "`nan`");
}
END_TEST

START_TEST(optional_groups)
{
    check_match("[N]", "", "");
    check_match("[N]", "7", "N: 7");
    check_match("SYMBOL [paths]", "w11^2", "SYMBOL: w11^2");
    check_match("SYMBOL [paths]", "w11^2 paths", "SYMBOL: w11^2, paths: paths");
    check_match("[at N] TEXT", "at 3 x", "at: at, N: 3, TEXT: x");
    check_match("[at N] TEXT", "x", "TEXT: x");
    check_form("SYMBOL [paths]", "w11^2 path", 7, "`path`");
    check_form("[at N]", "at", 3, "N");
}
END_TEST

START_TEST(a_sign_needs_no_blanks)
{
    check_match("X... -> Y...", "80 8 -> 3", "X: 80 8, ->: ->, Y: 3");
    check_match("X... -> Y...", "80 8->3", "X: 80 8, ->: ->, Y: 3");
    check_match("X... -> Y...", "80 8 ->3 4", "X: 80 8, ->: ->, Y: 3 4");
    check_match("X... -> Y...", "-1->-2", "X: -1, ->: ->, Y: -2");
    check_match("NODE = NUMBER", "yhat=18", "NODE: yhat, =: =, NUMBER: 18");
    check_match("NODE = NUMBER", "yhat = 18", "NODE: yhat, =: =, NUMBER: 18");
    check_match("NODE = NUMBER", "yhat= -18", "NODE: yhat, =: =, NUMBER: -18");
    check_match("EXPR ~ WANTED", "L~0.5", "EXPR: L, ~: ~, WANTED: 0.5");
    check_form("NODE = NUMBER", "yhat == 18", 6, "`==`");
    check_refusal("NODE = NUMBER", "\"yhat=18\"", 1, "yhat=18");
    check_refusal("NODE = NUMBER", "yhat=x", 6, "`x`");
    check_form("X... -> Y...", "80 8", 5, "->");
    check_form("X... -> Y...", "-> 3", 0, "X");
    check_form("X... -> Y...", "80 8 ->", 8, "Y");
    check_refusal("X... -> Y...", "80 8->x", 7, "`x`");
}
END_TEST

#define KEYED "SIZES [ACTIVATION] [loss=LOSS] [seed=SEED] [header=yes|no]"

START_TEST(keys_stand_anywhere)
{
    check_match(KEYED, "2-1", "SIZES: 2-1");
    check_match(KEYED, "2-1 relu loss=mse", "loss: mse, SIZES: 2-1, ACTIVATION: relu");
    check_match(KEYED, "seed=3 2-1 loss=mae relu header=no",
                "seed: 3, loss: mae, header: no, SIZES: 2-1, ACTIVATION: relu");
    check_match("DATA [target=COLUMNS]", "a.csv target=\"my column\"",
                "target: my column, DATA: a.csv");
    check_match("DATA [target=COLUMNS]", "\"target=a.csv\"", "DATA: target=a.csv");
    check_match("KNOB...", "beta=0.9", "KNOB: beta=0.9");
    check_form(KEYED, "2-1 loss=", 5, "`loss=`");
    check_form(KEYED, "2-1 los=mse", 5, "`los=mse`");
    check_form(KEYED, "2-1 losses=mse", 5, "`losses=mse`");
    check_form(KEYED, "2-1 header=maybe", 12, "yes|no");
    check_refusal(KEYED, "2-1 seed=-1", 10, "`-1`");
    check_form(KEYED, "loss=mse", 0, "SIZES");
}
END_TEST

#define DERIVE "EXPR wrt NAME [at BINDING...]"

START_TEST(expressions_go_up_to_the_next_literal)
{
    check_match("EXPR", "1 + 2", "EXPR: 1 + 2");
    check_match(DERIVE, "x ^ 2 wrt x", "EXPR: x ^ 2, wrt: wrt, NAME: x");
    check_match(DERIVE, "x*y wrt x at x=2 y=3",
                "EXPR: x*y, wrt: wrt, NAME: x, at: at, BINDING: x=2 y=3");
    check_form(DERIVE, "x^2", 4, "wrt");
    check_form(DERIVE, "wrt x", 0, "EXPR");
    check_form(DERIVE, "x wrt x at", 11, "BINDING");
}
END_TEST

START_TEST(alternatives_are_tried_in_order)
{
    const char *grad = "all | layer K | SYMBOL [paths]", *equal = "EXPR ~ WANTED | EXPR";
    check_match(grad, "all", "all: all");
    check_match(grad, "layer 2", "layer: layer, K: 2");
    check_match(grad, "w11^2 paths", "SYMBOL: w11^2, paths: paths");
    check_match(equal, "a ~ b 1e-3", "EXPR: a, ~: ~, WANTED: b 1e-3");
    check_match(equal, "a > b", "EXPR: a > b");
}
END_TEST

START_TEST(the_alternative_that_got_furthest_says_what_is_wrong)
{
    const char *grad = "all | layer K | SYMBOL [paths]";
    check_form(grad, "layer", 6, "K");
    check_refusal(grad, "layer x", 7, "`x`");
    check_form(grad, "all x", 5, "`x`");
    check_refusal(grad, "loss", 1, "`loss`");
}
END_TEST

START_TEST(a_long_word_still_leaves_room_for_the_usage)
{
    Arena arena = {0};
    Arguments arguments;
    Error err = {0};
    char line[1001] = {0};
    memset(line, 'x', 1000);
    ck_assert(!match(&arguments, "on|off", line, &arena, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "; usage: do on|off"));
    arena_release(&arena);
}
END_TEST

START_TEST(matches_are_asked_for_by_item)
{
    Arena arena = {0};
    Arguments arguments;
    int column;
    const char *line = "  1  +  2  wrt  x1  at  x=2  y=3 # why";
    ck_assert(match(&arguments, DERIVE, line, &arena, NULL));
    ck_assert_str_eq(arguments_raw(&arguments, "EXPR", &column), "1  +  2");
    ck_assert_int_eq(column, 3);
    ck_assert_str_eq(arguments_raw(&arguments, "BINDING", &column), "x=2  y=3");
    ck_assert_int_eq(column, 25);
    ck_assert_str_eq(arguments_text(&arguments, "NAME"), "x1");
    ck_assert_int_eq(arguments_word(&arguments, "NAME")->column, 17);
    ck_assert_int_eq(arguments_words(&arguments, "BINDING").count, 2);
    ck_assert(arguments_has(&arguments, "at"));

    ck_assert(match(&arguments, "EXPR [eps=EPS] [seed=SEED]", "x eps=1e-3 seed=12", &arena, NULL));
    ck_assert(arguments_number(&arguments, "eps", 5) == 1e-3);
    ck_assert_int_eq(arguments_integer(&arguments, "seed", 5), 12);
    ck_assert_int_eq(arguments_word(&arguments, "eps")->column, 7);
    arena_release(&arena);
}
END_TEST

START_TEST(what_did_not_match_is_not_there)
{
    Arena arena = {0};
    Arguments arguments;
    int column = 5;
    ck_assert(match(&arguments, "[N] [eps=EPS]", "", &arena, NULL));
    ck_assert(!arguments_has(&arguments, "N"));
    ck_assert_ptr_null(arguments_word(&arguments, "N"));
    ck_assert_ptr_null(arguments_text(&arguments, "N"));
    ck_assert_int_eq(arguments_words(&arguments, "N").count, 0);
    ck_assert_str_eq(arguments_raw(&arguments, "N", &column), "");
    ck_assert_int_eq(column, 0);
    ck_assert(arguments_number(&arguments, "eps", 0.5) == 0.5);
    ck_assert_int_eq(arguments_integer(&arguments, "N", 7), 7);
    arena_release(&arena);
}
END_TEST

static void add_item(void *self, const char *item)
{
    text_print(self, "%s ", item);
}

static void check_next(const char *usage, const char *before, const char *want)
{
    Arena arena = {0};
    Words words;
    Text seen = {0};
    ck_assert(words_split(&words, before, &arena, NULL));
    usage_next(usage, &words, &arena, add_item, &seen);
    ck_assert_str_eq(text_string(&seen), want);
    text_release(&seen);
    arena_release(&arena);
}

START_TEST(what_may_come_next)
{
    const char *grad = "all | layer K | SYMBOL [paths]", *keyed = "SIZES [ACTIVATION] [loss=LOSS]";
    check_next("", "", "");
    check_next("on|off", "", "on|off ");
    check_next("on|off", "on", "");
    check_next(grad, "", "all layer SYMBOL ");
    check_next(grad, "layer", "K ");
    check_next(grad, "layer 1", "");
    check_next(grad, "w11^2", "paths ");
    check_next(keyed, "", "SIZES loss=LOSS ");
    check_next(keyed, "2-1", "ACTIVATION loss=LOSS ");
    check_next(keyed, "2-1 loss=mse relu", "loss=LOSS ");
    check_next("[N] TEXT", "", "N TEXT ");
    check_next(DERIVE, "x +", "EXPR ");
    check_next(DERIVE, "x wrt x", "at ");
    check_next("X... -> Y...", "1 2", "X ");
    check_next("X... -> Y...", "1 2 ->", "Y ");
}
END_TEST

START_TEST(alternatives_that_begin_with_a_word_are_all_named)
{
    static const char usage[] = "loss | curve SYMBOL | boundary";
    check_form(usage, "los", 1, "expected one of loss, curve, boundary here, not `los`");
    check_form(usage, "", 0, "expected one of loss, curve, boundary; usage");
    check_form(usage, "curve", 6, "SYMBOL is missing");
    check_form(usage, "loss it", 6, "unexpected `it`");
    check_form("all | [mode=yes|no]", "mode=maybe", 6, "expected yes|no here, not `maybe`");
}
END_TEST

UNIT("arguments", no_arguments, literal_words, a_choice_can_be_cut_to_its_first_letters,
     words_of_a_kind, one_or_more, optional_groups, a_sign_needs_no_blanks, keys_stand_anywhere,
     expressions_go_up_to_the_next_literal, alternatives_are_tried_in_order,
     the_alternative_that_got_furthest_says_what_is_wrong,
     a_long_word_still_leaves_room_for_the_usage, matches_are_asked_for_by_item,
     what_did_not_match_is_not_there, what_may_come_next,
     alternatives_that_begin_with_a_word_are_all_named)
