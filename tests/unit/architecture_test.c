#include <string.h>

#include "engine/architecture.h"
#include "unit.h"

static Architecture parsed(const char *text)
{
    Architecture architecture;
    Error err = {0};
    bool read = architecture_parse(&architecture, text, activation_linear(), 1, &err);
    ck_assert_msg(read, "%s: %s", text, err.message);
    return architecture;
}

/* What is wrong with TEXT, which stands in column 6 as in `init 2-2-1`. */
static void refuse(const char *text, int column, const char *why)
{
    Architecture untouched = {.layers = 77}, architecture = untouched;
    Error err = {0};
    ck_assert_msg(!architecture_parse(&architecture, text, activation_linear(), 6, &err), "%s",
                  text);
    ck_assert_pstr_eq(err.message, why);
    ck_assert_msg(err.column == column, "%s: column %d, not %d", text, err.column, column);
    ck_assert_mem_eq(&architecture, &untouched, sizeof untouched);
}

START_TEST(sizes_and_activations_by_layer)
{
    Architecture a = parsed("5-4:relu-3-12:softmax");
    ck_assert_int_eq(a.layers, 3);
    for (int k = 0; k <= 3; k++) ck_assert_int_eq(a.sizes[k], ((int[]){5, 4, 3, 12})[k]);
    ck_assert_pstr_eq(a.activations[0]->name, "relu");
    ck_assert_pstr_eq(a.activations[1]->name, "linear");
    ck_assert_pstr_eq(a.activations[2]->name, "softmax");
    ck_assert(a.biases);
    architecture_release(&a);
    ck_assert_ptr_null(a.sizes);
}
END_TEST

START_TEST(layers_without_an_activation_get_the_one_given)
{
    Architecture a;
    ck_assert(architecture_parse(&a, "2-3-1:tanh", activation_find("sigmoid"), 1, NULL));
    ck_assert_pstr_eq(a.activations[0]->name, "sigmoid");
    ck_assert_pstr_eq(a.activations[1]->name, "tanh");
    architecture_release(&a);
}
END_TEST

START_TEST(every_activation_can_be_named)
{
    for (size_t i = 0; activation_row(i); i++) {
        Text text = {0};
        text_print(&text, "2-3:%s-4:%s", activation_row(i)->name, activation_row(i)->name);
        Architecture a = parsed(text_string(&text));
        ck_assert_int_eq(a.sizes[2], 4);
        ck_assert_ptr_eq(a.activations[0], activation_row(i));
        ck_assert_ptr_eq(a.activations[1], activation_row(i));
        architecture_release(&a);
        text_release(&text);
    }
}
END_TEST

START_TEST(what_is_spelled_reads_back)
{
    static const char *const texts[] = {"2-2-1", "1-1", "2-3:leaky-relu-1:sigmoid",
                                        "10000000-1:step", "784-128:relu-10:softmax"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Architecture a = parsed(texts[i]);
        Text text = {0};
        architecture_spell(&text, &a);
        ck_assert_pstr_eq(text_string(&text), texts[i]);
        architecture_release(&a);
        text_release(&text);
    }
}
END_TEST

START_TEST(a_copy_is_its_own)
{
    Architecture a = parsed("2-3:relu-1"), copy;
    a.biases = false;
    architecture_copy(&copy, &a);
    architecture_release(&a);
    ck_assert_int_eq(copy.layers, 2);
    ck_assert_int_eq(copy.sizes[1], 3);
    ck_assert_pstr_eq(copy.activations[0]->name, "relu");
    ck_assert(!copy.biases);
    architecture_release(&copy);
}
END_TEST

#define NAMES "linear, step, sigmoid, tanh, relu, leaky-relu, elu, softplus, softmax"
#define SIZE_WANTED "expected a number of nodes, as in 2-2-1 or 2-3:relu-1:sigmoid"

START_TEST(errors_say_what_and_where)
{
    refuse("", 6, SIZE_WANTED);
    refuse("x", 6, SIZE_WANTED);
    refuse("2", 7, "a network needs an input and at least one layer, as in 2-1");
    refuse("2-", 8, SIZE_WANTED);
    refuse("2--1", 8, SIZE_WANTED);
    refuse("-2-1", 6, SIZE_WANTED);
    refuse("2-2-", 10, SIZE_WANTED);
    refuse("2-two-1", 8, SIZE_WANTED);
    refuse("2-0-1", 8, "a layer needs at least 1 node");
    refuse("0-1", 6, "a layer needs at least 1 node");
    refuse("2.5-1", 7, "unexpected `.5-1`: sizes are written 2-2-1");
    refuse("2-2x1", 9, "unexpected `x1`: sizes are written 2-2-1");
    refuse("2:relu-1", 7, "the input layer has no activation");
    refuse("2-2:swish-1", 10, "unknown activation `swish`; there are " NAMES);
    refuse("2-2:relu6-1", 10, "unknown activation `relu6`; there are " NAMES);
    refuse("2-2:leaky-1", 10, "unknown activation `leaky`; there are " NAMES);
    refuse("2-2:-1", 10, "unknown activation ``; there are " NAMES);
    refuse("2-3:relu-1:ReLU", 17, "unknown activation `ReLU`; there are " NAMES);
}
END_TEST

START_TEST(sizes_have_a_limit)
{
    refuse("2-10000001-1", 8, "a layer has at most 10000000 nodes");
    refuse("99999999999999999999999-1", 6, "a layer has at most 10000000 nodes");
}
END_TEST

START_TEST(the_depth_has_a_limit)
{
    Text text = {0};
    text_add(&text, "1");
    for (int i = 0; i < LAYERS_LIMIT; i++) text_add(&text, "-1");
    Architecture a = parsed(text_string(&text));
    ck_assert_int_eq(a.layers, 1000);
    architecture_release(&a);
    text_add(&text, "-1");
    refuse(text_string(&text), 6 + 2002, "a network has at most 1000 layers");
    text_release(&text);
}
END_TEST

UNIT("architecture", sizes_and_activations_by_layer, layers_without_an_activation_get_the_one_given,
     every_activation_can_be_named, what_is_spelled_reads_back, a_copy_is_its_own,
     errors_say_what_and_where, sizes_have_a_limit, the_depth_has_a_limit)
