#include <string.h>

#include "engine/net.h"
#include "nets.h"

static const char *const shapes[] = {"2-2-1",
                                     "1-1",
                                     "2-2-2",
                                     "2-2:sigmoid-1:sigmoid",
                                     "5-4:relu-3:tanh-2-1",
                                     "12-11:elu-10:softmax",
                                     "3-1:softplus-1-3",
                                     "2-3-3-3-3-3-3-3-3-3-13:tanh"};

START_TEST(every_element_is_found_by_its_name)
{
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        Net *net = net_from(shapes[i]);
        for (size_t e = 0; e < net->elements; e++) {
            char name[SYMBOL_SIZE];
            symbol_spell(name, net_symbol(net, e));
            ck_assert_msg(element_of(net, name) == e, "%s: %s", shapes[i], name);
        }
        net_release(net);
    }
}
END_TEST

static void has_elements(const char *sizes, const char *names)
{
    Net *net = net_from(sizes);
    for (size_t e = 0; e < net->elements; e++) {
        char name[SYMBOL_SIZE];
        symbol_spell(name, net_symbol(net, e));
        size_t length = strcspn(names, " ");
        ck_assert_msg(strlen(name) == length && !strncmp(name, names, length), "%s: %s, not %s",
                      sizes, name, names);
        names += length + (names[length] == ' ');
    }
    ck_assert_pstr_eq(names, "");
    net_release(net);
}

START_TEST(elements_lie_in_the_order_promised)
{
    has_elements("2-2-1", "w11^1 w12^1 w21^1 w22^1 b11 b12 w11^2 w21^2 b21 "
                          "x1 x2 o11 o12 yhat y L");
    has_elements("1-2:relu-2:sigmoid", "w11^1 w12^1 b11 b12 w11^2 w12^2 w21^2 w22^2 b21 b22 "
                                       "x1 z11 z12 o11 o12 z21 z22 yhat1 yhat2 y1 y2 L");
}
END_TEST

static void same_element(const char *sizes, const char *name, const char *alias)
{
    Net *net = net_from(sizes);
    ck_assert_msg(element_of(net, name) == element_of(net, alias), "%s: %s and %s", sizes, name,
                  alias);
    net_release(net);
}

START_TEST(some_elements_have_several_names)
{
    same_element("2-2-1", "o21", "yhat");
    same_element("2-2-1", "z21", "yhat");
    same_element("2-2-1", "z11", "o11");
    same_element("2-2-1", "yhat1", "yhat");
    same_element("2-2-1", "y1", "y");
    same_element("2-2:sigmoid-2:sigmoid", "o22", "yhat2");
    Net *net = net_from("2-2:sigmoid-1:sigmoid");
    ck_assert_uint_ne(element_of(net, "z11"), element_of(net, "o11"));
    ck_assert_uint_ne(element_of(net, "z21"), element_of(net, "yhat"));
    net_release(net);
}
END_TEST

START_TEST(parameters_are_counted_as_the_notes_should_have)
{
    static const struct {
        const char *sizes;
        size_t parameters;
    } cases[] = {{"2-2-1", 9}, {"5-4-3-2-1", 50}, {"4-4-3-2-1", 46}, {"784-128:relu-10", 101770}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Net *net = net_from(cases[i].sizes);
        ck_assert_uint_eq(net->parameters, cases[i].parameters);
        net_release(net);
    }
}
END_TEST

START_TEST(parameters_have_an_owner_and_elements_a_vector)
{
    Net *net = net_from("3-2:tanh-4-2:relu");
    for (int k = 1; k <= 3; k++) {
        ck_assert_ptr_eq(net_owner(net, net_weight(net, k, 1, 1)), net_affine(net, k));
        ck_assert_ptr_eq(net_owner(net, net_bias(net, k, net->architecture.sizes[k])),
                         net_affine(net, k));
        ck_assert_ptr_null(net_vector(net, net_bias(net, k, 1)));
    }
    for (int v = 0; v < net->vector_count; v++) {
        const Vector *vector = &net->vectors[v];
        ck_assert_ptr_null(net_owner(net, vector->at));
        ck_assert_ptr_eq(net_vector(net, vector->at), vector);
        ck_assert_ptr_eq(net_vector(net, vector->at + (size_t)vector->size - 1), vector);
    }
    net_release(net);
}
END_TEST

static void refuse(const char *sizes, const char *name, const char *why)
{
    Net *net = net_from(sizes);
    size_t element = 77;
    Error err = {0};
    ck_assert_msg(!net_element(net, symbol_of(name), 12, &element, &err), "%s", name);
    ck_assert_pstr_eq(err.message, why);
    ck_assert_int_eq(err.column, 12);
    ck_assert_uint_eq(element, 77);
    net_release(net);
}

START_TEST(errors_say_what_there_is_instead)
{
    refuse("2-2-1", "w12^2", "there is no w12^2: layer 2 has 1 node");
    refuse("2-2-1", "w31^1", "there is no w31^1: the input has 2 nodes");
    refuse("2-2-1", "w31^2", "there is no w31^2: layer 1 has 2 nodes");
    refuse("2-2-1", "w11^3", "there is no w11^3: the layers of this network are numbered 1 to 2");
    refuse("2-2-1", "b31", "there is no b31: the layers of this network are numbered 1 to 2");
    refuse("2-2-1", "b22", "there is no b22: layer 2 has 1 node");
    refuse("2-2-1", "o13", "there is no o13: layer 1 has 2 nodes");
    refuse("2-2-1", "z10,1", "there is no z10,1: the layers of this network are numbered 1 to 2");
    refuse("2-2-1", "x3", "there is no x3: the input has 2 nodes");
    refuse("2-2-1", "y2", "there is no y2: the output has 1 node");
    refuse("2-2-2", "yhat3", "there is no yhat3: the output has 2 nodes");
    refuse("2-2-2", "y", "y needs an index here: the network has 2 outputs");
    refuse("2-2-2", "yhat", "yhat needs an index here: the network has 2 outputs");
}
END_TEST

START_TEST(a_matrix_is_found_or_refused)
{
    static const struct {
        const char *sizes, *name, *why;
    } rows[] = {
        {"2-2-1", "W^3", "there is no W^3: the layers of this network are numbered 1 to 2"},
        {"2-2-1", "b^7", "there is no b^7: the layers of this network are numbered 1 to 2"},
        {"2-2+bn-1", "b^1", "layer 1 has no biases: the beta of its batch norm takes their place"},
        {"2-2+bn-1", "mean^2", "there is no mean^2: layer 2 has no batch norm (`+bn`)"},
        {"2-2-1", "gamma^1", "there is no gamma^1: layer 1 has no batch norm (`+bn`)"},
    };
    Stored stored = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Net *net = net_from(rows[i].sizes);
        Error err = {0};
        Symbol symbol;
        symbol_scan_matrix(rows[i].name, &symbol);
        ck_assert_msg(!net_matrix(net, symbol, 12, &stored, &err), "%s", rows[i].name);
        ck_assert_str_eq(err.message, rows[i].why);
        ck_assert_int_eq(err.column, 12);
        net_release(net);
    }
    Net *net = net_from("3-2+bn-4");
    ck_assert(net_matrix(net, (Symbol){SYMBOL_SHIFT, 1, 0, 0}, 1, &stored, NULL));
    ck_assert_uint_eq(stored.first, 8);
    ck_assert(net_matrix(net, (Symbol){SYMBOL_WEIGHT, 2, 0, 0}, 1, &stored, NULL));
    ck_assert(stored.first == 10 && stored.rows == 2 && stored.columns == 4);
    net_release(net);
}
END_TEST

START_TEST(symbols_that_nobody_spelled_are_refused)
{
    static const Symbol symbols[] = {{.kind = SYMBOL_NONE},
                                     {SYMBOL_WEIGHT, 1, 0, 1},
                                     {SYMBOL_WEIGHT, 0, 1, 1},
                                     {SYMBOL_BIAS, 1, 0, -1},
                                     {SYMBOL_INPUT, 0, 0, -1}};
    Net *net = net_from("2-2-1");
    size_t element;
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++)
        ck_assert(!net_element(net, symbols[i], 0, &element, NULL));
    net_release(net);
}
END_TEST

START_TEST(a_network_may_have_no_biases)
{
    Architecture architecture;
    ck_assert(architecture_parse(&architecture, "2-3-1", activation_linear(), 1, NULL));
    architecture.biases = false;
    Net *net = net_new(&architecture, 0, NULL);
    architecture_release(&architecture);
    ck_assert_uint_eq(net->parameters, 9);
    ck_assert_uint_eq(element_of(net, "w31^2"), 8);
    for (size_t e = 0; e < net->parameters; e++)
        ck_assert_int_eq(net_symbol(net, e).kind, SYMBOL_WEIGHT);
    size_t element;
    Error err = {0};
    ck_assert(!net_element(net, symbol_of("b11"), 6, &element, &err));
    ck_assert_pstr_eq(err.message, "this network has no biases (`init ... biases=none`)");
    net_release(net);
}
END_TEST

START_TEST(what_no_memory_holds_is_refused)
{
    static const char *const sizes[] = {"10000000-10000000", "10000000-10000000-10000000:relu",
                                        "1-10000000-1000000"};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        Architecture architecture;
        Error err = {0};
        ck_assert(architecture_parse(&architecture, sizes[i], activation_linear(), 1, NULL));
        ck_assert_ptr_null(net_new(&architecture, 0, &err));
        ck_assert_msg(strstr(err.message, "GB, and it may have"), "%s", err.message);
        architecture_release(&architecture);
    }
}
END_TEST

START_TEST(a_network_is_shared)
{
    Net *net = net_from("2-2-1");
    Net *same = net_retain(net);
    net_release(net);
    ck_assert_ptr_eq(same, net);
    ck_assert_uint_eq(same->parameters, 9);
    net_release(same);
    net_release(NULL);
    ck_assert_ptr_null(net_retain(NULL));
}
END_TEST

/* The nine of 2-2-1 as the notes number them, and a net without biases. */
START_TEST(parameters_have_an_order_of_derivation)
{
    static const struct {
        const char *sizes;
        bool biases;
        const char *names[10];
    } orders[] = {
        {"2-2-1",
         true,
         {"w11^2", "w21^2", "b21", "w11^1", "w21^1", "b11", "w12^1", "w22^1", "b12"}},
        {"2-1-2", false, {"w11^2", "w12^2", "w11^1", "w21^1"}},
        {"1-2:tanh+bn-1",
         true,
         {"w11^2", "w21^2", "b21", "w11^1", "gamma11", "beta11", "w12^1", "gamma12", "beta12"}},
    };
    for (size_t k = 0; k < sizeof orders / sizeof orders[0]; k++) {
        Architecture architecture;
        ck_assert(architecture_parse(&architecture, orders[k].sizes, activation_linear(), 1, NULL));
        architecture.biases = orders[k].biases;
        Net *net = net_new(&architecture, 0, NULL);
        architecture_release(&architecture);
        for (size_t i = 0; i < net->parameters; i++) {
            char name[SYMBOL_SIZE];
            symbol_spell(name, net_symbol(net, net_parameter(net, i)));
            ck_assert_str_eq(name, orders[k].names[i]);
            ck_assert_uint_eq(net_parameter_index(net, net_parameter(net, i)), i);
        }
        ck_assert_ptr_null(orders[k].names[net->parameters]);
        ck_assert_uint_eq(net_layer_index(net, 2), 0);
        ck_assert_uint_eq(net_layer_index(net, 0), net->parameters);
        net_release(net);
    }
}
END_TEST

UNIT("net", parameters_have_an_order_of_derivation, every_element_is_found_by_its_name,
     elements_lie_in_the_order_promised, some_elements_have_several_names,
     parameters_are_counted_as_the_notes_should_have,
     parameters_have_an_owner_and_elements_a_vector, errors_say_what_there_is_instead,
     a_matrix_is_found_or_refused, symbols_that_nobody_spelled_are_refused,
     a_network_may_have_no_biases, what_no_memory_holds_is_refused, a_network_is_shared)
