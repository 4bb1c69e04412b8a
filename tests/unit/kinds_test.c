#include "command/kinds.h"
#include "trial.h"

static const Kind *find(const char *name)
{
    return kind_find(name, strlen(name));
}

START_TEST(kinds_are_found_by_their_whole_name)
{
    ck_assert_str_eq(find("SYMBOL")->name, "SYMBOL");
    ck_assert_str_eq(kind_find("SYMBOLS", 6)->name, "SYMBOL");
    ck_assert_ptr_null(find("SYMBO"));
    ck_assert_ptr_null(find("SYMBOLS"));
    ck_assert_ptr_null(find(""));
    ck_assert_ptr_null(find("symbol"));
}
END_TEST

static void check_words(const char *kind, const char *const *good, const char *const *bad)
{
    for (; *good; good++) ck_assert_msg(find(kind)->check(*good, 1, NULL), "%s %s", kind, *good);
    for (; *bad; bad++) {
        Error err = {0};
        ck_assert_msg(!find(kind)->check(*bad, 7, &err), "%s %s", kind, *bad);
        ck_assert_msg(strstr(err.message, *bad), "%s %s: %s", kind, *bad, err.message);
        ck_assert_int_eq(err.column, 7);
    }
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

START_TEST(forms_are_checked)
{
    check_words("NUMBER", WORDS("0", "-1", "1.5", "1e-300", ".5"),
                WORDS("x", "1x", "1e999", "nan", "inf", "-inf", "0x10", "1,5", "--1"));
    check_words("N", WORDS("1", "42", "1000000000"),
                WORDS("0", "-1", "1.5", "1e3", "1000000001", "99999999999999999999", "x"));
    check_words("SEED", WORDS("0", "1", "9007199254740992"),
                WORDS("-1", "9007199254740993", "1.5", "x"));
    check_words("SYMBOL", WORDS("w11^2", "w_{11}^{2}", "w₁₁²", "b21", "o11", "x1", "ŷ", "yhat2"),
                WORDS("loss", "w11^2x", "w111^2", "11", "dL/dloss"));
    check_words("ACTIVATION", WORDS("relu", "leaky-relu", "softmax"), WORDS("rel", "RELU", "bn"));
    check_words("LOSS", WORDS("mse", "half-sse", "hinge"), WORDS("ms", "MSE", "l2"));
    check_words("OPTIMIZER", WORDS("sgd", "adam"), WORDS("Adam", "sg"));
}
END_TEST

typedef struct Found {
    Text names;
    int count;
} Found;

static void add_name(void *self, const char *candidate)
{
    Found *found = self;
    text_print(&found->names, "%s ", candidate);
    found->count++;
}

static Found names_of(const Trial *trial, const char *kind)
{
    Found found = {{0}, 0};
    kind_names(find(kind), trial->session, &(Names){add_name, &found, &(Words){0}});
    return found;
}

static void check_names(const Trial *trial, const char *kind, const char *want)
{
    Found found = names_of(trial, kind);
    ck_assert_str_eq(text_string(&found.names), want);
    text_release(&found.names);
}

START_TEST(symbols_are_those_of_the_network)
{
    Trial trial;
    trial_start(&trial);
    check_names(&trial, "SYMBOL", "");
    trial_do(&trial, "init 2-1:sigmoid-1");
    check_names(&trial, "SYMBOL", "w11^1 w21^1 b11 w11^2 b21 x1 x2 z11 o11 yhat ");
    trial_do(&trial, "init 1-2 biases=none");
    check_names(&trial, "SYMBOL", "w11^1 w12^1 x1 yhat1 yhat2 ");
    trial_free(&trial);
}
END_TEST

/* A batch norm's symbols, and after the settings all that it stores. */
START_TEST(symbols_of_batch_norm_and_skips_are_named)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 1-1:tanh+bn+skip-1");
    check_names(&trial, "NODE", "z11 n11 s11 a11 o11 yhat ");
    check_names(&trial, "SYMBOL", "w11^1 gamma11 beta11 w11^2 b21 x1 z11 n11 s11 a11 o11 yhat ");
    Found found = names_of(&trial, "NAME");
    ck_assert_str_eq(strstr(found.names.bytes, "w11^1 "),
                     "w11^1 gamma11 beta11 w11^2 b21 mean11 var11 "
                     "W^1 gamma^1 beta^1 mean^1 var^1 W^2 b^2 ");
    text_release(&found.names);
    trial_free(&trial);
}
END_TEST

START_TEST(of_a_large_network_the_last_symbols_are_named)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 100-100-1");
    Found found = names_of(&trial, "SYMBOL");
    ck_assert_int_eq(found.count, 1998);
    ck_assert_ptr_nonnull(strstr(found.names.bytes, " yhat "));
    text_release(&found.names);
    trial_free(&trial);
}
END_TEST

START_TEST(rows_of_the_engine_are_named)
{
    Trial trial;
    trial_start(&trial);
    Found losses = names_of(&trial, "LOSS"), data = names_of(&trial, "DATA");
    ck_assert_ptr_nonnull(strstr(losses.names.bytes, "mse sse half-sse "));
    ck_assert_ptr_nonnull(strstr(data.names.bytes, "n0 "));
    ck_assert_ptr_nonnull(strstr(data.names.bytes, "iris "));
    ck_assert_ptr_null(strstr(data.names.bytes, ".csv"));
    text_release(&losses.names);
    text_release(&data.names);
    trial_free(&trial);
}
END_TEST

/* Every kind that names candidates accepts them all. */
START_TEST(what_is_named_is_accepted)
{
    static const char *const kinds[] = {"ACTIVATION", "LOSS", "OPTIMIZER", "SYMBOL", "NODE"};
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 11-12:sigmoid-2:softmax");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        Found found = names_of(&trial, kinds[i]);
        ck_assert_int_gt(found.count, 0);
        for (char *name = strtok(found.names.bytes, " "); name; name = strtok(NULL, " "))
            ck_assert_msg(find(kinds[i])->check(name, 1, NULL), "%s %s", kinds[i], name);
        text_release(&found.names);
    }
    trial_free(&trial);
}
END_TEST

UNIT("kinds", kinds_are_found_by_their_whole_name, forms_are_checked,
     symbols_are_those_of_the_network, symbols_of_batch_norm_and_skips_are_named,
     of_a_large_network_the_last_symbols_are_named, rows_of_the_engine_are_named,
     what_is_named_is_accepted)
