#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "engine/dataset.h"
#include "unit.h"

static const DatasetOptions plain = {.header = HEADER_GUESS};
static char path[] = "build/dataset_test_XXXXXX";

static Dataset *load_bytes(const char *bytes, size_t length, DatasetOptions options, Error *err)
{
    strcpy(path + sizeof path - 7, "XXXXXX");
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, bytes, length), (ssize_t)length);
    close(file);
    *err = (Error){0};
    Dataset *data = dataset_load(path, &options, err);
    unlink(path);
    return data;
}

static Dataset *load(const char *text, DatasetOptions options)
{
    Error err;
    Dataset *data = load_bytes(text, strlen(text), options, &err);
    ck_assert_msg(data != NULL, "%s", err.message);
    return data;
}

static void refuse_bytes(const char *bytes, size_t length, DatasetOptions options,
                         const char *expected)
{
    Error err;
    ck_assert_ptr_null(load_bytes(bytes, length, options, &err));
    ck_assert_int_eq(strncmp(err.message, path, strlen(path)), 0);
    ck_assert_pstr_eq(err.message + strlen(path), expected);
    ck_assert_int_eq(err.column, 0);
}

static void refuse(const char *text, DatasetOptions options, const char *expected)
{
    refuse_bytes(text, strlen(text), options, expected);
}

/* Whether TEXT gives ROWS rows whose inputs and targets are VALUES, in that order. */
static void holds(const char *text, DatasetOptions options, size_t rows, int inputs,
                  const double *values)
{
    Dataset *data = load(text, options);
    ck_assert_uint_eq(data->rows, rows);
    ck_assert_int_eq(data->inputs, inputs);
    for (size_t i = 0; i < rows * (size_t)(data->inputs + data->targets); i++)
        ck_assert_double_eq(data->values[i], values[i]);
    dataset_release(data);
}

START_TEST(reads_rows_of_inputs_and_targets)
{
    Dataset *data = load("iq,cgpa,lpa\n80,8,3\n60,9.5,-5e-1\n", plain);
    ck_assert_uint_eq(data->rows, 2);
    ck_assert_int_eq(data->inputs, 2);
    ck_assert_int_eq(data->targets, 1);
    ck_assert_pstr_eq(data->name, path);
    ck_assert_pstr_eq(data->columns[0], "iq");
    ck_assert_pstr_eq(data->columns[2], "lpa");
    ck_assert_double_eq(dataset_inputs(data, 1)[1], 9.5);
    ck_assert_double_eq(dataset_targets(data, 1)[0], -0.5);
    ck_assert(data->coding == CODING_NONE && data->scaling == SCALING_NONE);
    dataset_release(data);
}
END_TEST

START_TEST(reads_every_dialect)
{
    static const char *const texts[] = {
        "a,b,c\n1,2,3\n4,5,6\n",
        "a,b,c\r\n1,2,3\r\n4,5,6\r\n",
        "a,b,c\r1,2,3\r4,5,6\r",
        "a,b,c\n1,2,3\n4,5,6",
        "a,b,c\n1,2,3\n4,5,\"6\"",
        "\xef\xbb\xbfx,y,z\n1,2,3\n4,5,6\n",
        "a;b;c\n1;2;3\n4;5;6\n",
        "a\tb\tc\n1\t2\t3\n4\t5\t6\n",
        "\n\n  \na,b,c\n\n1,2,3\r\n\r\n   \n4,5,6\n\n",
        " a , b , c \n 1 ,\t2, 3 \n\" 4\t\" , \"5\" ,6\n",
        "\"a,x\",\"b \"\"y\"\"\",\"c\nz\"\n1,2,3\n4,5,6\n",
        "\"a,x\";\"b,y\";\"c,z\"\n1;2;3\n4;5;6\n",
        "\"a;x\",\"b\ty\",c\n1,2,3\n4,5,6\n",
        "a;\tb;\tc\n1;\t2;\t3\n4;5;6\n",
        "1,2,3\n4,5,6\n",
        "+1,2.,3.0e0\n.4e1,5,600e-2\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        holds(texts[i], plain, 2, 2, (double[]){1, 2, 3, 4, 5, 6});
}
END_TEST

START_TEST(headings_are_guessed_or_told)
{
    const DatasetOptions yes = {.header = HEADER_YES}, no = {.header = HEADER_NO};
    holds("1,2\n3,4\n", plain, 2, 1, (double[]){1, 2, 3, 4});
    holds("1,2\n3,4\n", yes, 1, 1, (double[]){3, 4});
    holds("1,2\n3,4\n", no, 2, 1, (double[]){1, 2, 3, 4});
    refuse("a,b\n3,4\n", no, ":1: column 1: \"a\" is not a number");
    refuse("1,b\n3,4\n", plain,
           ":1: column 2: \"b\" is not a number; for a line of headings say header=yes");
}
END_TEST

START_TEST(columns_without_a_heading_get_the_names_of_the_notes)
{
    static const char *const names[] = {"x1", "b", "y1", "y2"};
    Dataset *data =
        load(",b,,\n1,2,3,4\n", (DatasetOptions){.target = "3,4", .header = HEADER_GUESS});
    for (int i = 0; i < 4; i++) ck_assert_pstr_eq(data->columns[i], names[i]);
    dataset_release(data);
    data = load("1,2\n", plain);
    ck_assert_pstr_eq(data->columns[1], "y");
    dataset_release(data);
}
END_TEST

START_TEST(headings_are_safe_to_show)
{
    Dataset *data = load("a\x1b[2J,caf\xc3\xa9\n1,2\n", plain);
    ck_assert_pstr_eq(data->columns[0], "a\\x1b[2J");
    ck_assert_pstr_eq(data->columns[1], "caf\xc3\xa9");
    dataset_release(data);
}
END_TEST

START_TEST(refuses_what_is_no_number_and_says_where)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"iq,cgpa,lpa\n1,2,3\n4,abc,6\n", ":3: column 2 (cgpa): \"abc\" is not a number"},
        {"iq,cgpa,lpa\n1,,3\n", ":2: column 2 (cgpa): the value is missing"},
        {"iq,cgpa,lpa\n1,2,\"  \"\n", ":2: column 3 (lpa): the value is missing"},
        {"iq,cgpa,lpa\n1,2,\n", ":2: column 3 (lpa): the value is missing"},
        {"a,b\n1,nan\n", ":2: column 2 (b): \"nan\" is not a finite number"},
        {"a,b\n-Infinity,1\n", ":2: column 1 (a): \"-Infinity\" is not a finite number"},
        {"a,b\n1e999,1\n", ":2: column 1 (a): \"1e999\" is not a finite number"},
        {"a,b\n0x10,1\n", ":2: column 1 (a): \"0x10\" is not a number"},
        {"a,b\n1 2,1\n", ":2: column 1 (a): \"1 2\" is not a number"},
        {"a;b\n3,5;1\n",
         ":2: column 1 (a): \"3,5\" is not a number; decimals are written with a point"},
        {"a,b\n\"-3,5e2\",1\n",
         ":2: column 1 (a): \"-3,5e2\" is not a number; decimals are written with a point"},
        {"a,b\n\"1,2,3\",1\n", ":2: column 1 (a): \"1,2,3\" is not a number"},
        {"a,b\n1,yes\n",
         ":2: column 2 (b): \"yes\" is not a number; for classes say target=2:onehot"},
        {"a,b\n1,2\n\x1b]0;x\x07,1\n", ":3: column 1 (a): \"\\x1b]0;x\\x07\" is not a number"},
        {"a,b\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\xc3\xa9zz,1\n",
         ":2: column 1 (a): \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...\" is not a number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        refuse(cases[i].text, plain, cases[i].expected);
}
END_TEST

START_TEST(lines_are_counted_as_an_editor_counts_them)
{
    const DatasetOptions first = {.target = "1", .header = HEADER_GUESS};
    refuse("\n\"a\",\"b\nc\"\n\n\"\n1\n\",x\n", first,
           ":7: column 2 (b\\x0ac): \"x\" is not a number");
    refuse("a,b\n1,\"\n\nx\"\n", first, ":2: column 2 (b): \"x\" is not a number");
    refuse("a,b\r\n\r\n1,2\r\n1,x\r\n", first, ":4: column 2 (b): \"x\" is not a number");
    refuse("a,b\r\r1,2\r\"1\n\",x\r", first, ":5: column 2 (b): \"x\" is not a number");
    refuse("a,b\r\"1\n\",2\r1,x\r", first, ":4: column 2 (b): \"x\" is not a number");
}
END_TEST

START_TEST(refuses_what_is_no_table)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", ": the file is empty"},
        {"\n \n\n", ": the file is empty"},
        {"\xef\xbb\xbf", ": the file is empty"},
        {"a,b\n", ": a line of headings, but no rows"},
        {"a,b", ": a line of headings, but no rows"},
        {"a b\n1 2\n", ":1: only one column; inputs and a target are needed, separated by commas, "
                       "semicolons or tabs"},
        {"a,b\n1,2\n3\n", ":3: 1 column, but line 1 has 2"},
        {"\na,b\n1,2\n3,4,x\n", ":4: 3 columns, but line 2 has 2"},
        {"a,b\n1,2\n\"3\n\"\n4,5\n", ":3: 1 column, but line 1 has 2"},
        {"a,b\n1,\"2\n3,4\n",
         ":2: column 2: its quotes do not match; a quote inside quotes is written twice"},
        {"a,b\n1,2\n3,\"4\"x\n",
         ":3: column 2: its quotes do not match; a quote inside quotes is written twice"},
        {"a,b\n1\"\",2\n",
         ":2: column 1: its quotes do not match; a quote inside quotes is written twice"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        refuse(cases[i].text, plain, cases[i].expected);
    refuse_bytes("a,b\n1,2\n\0,3\n", 12, plain, ":3: a NUL byte; a CSV file is text in UTF-8");
}
END_TEST

START_TEST(refuses_files_that_cannot_be_read)
{
    Error err;
    ck_assert_ptr_null(dataset_load("no/such.csv", &plain, &err));
    ck_assert_pstr_eq(err.message, "no/such.csv: No such file or directory");
    ck_assert_ptr_null(dataset_load("build", &plain, &err));
    ck_assert_pstr_eq(err.message, "build: Is a directory");
}
END_TEST

static char *repeat(const char *piece, size_t times, const char *end)
{
    size_t size = strlen(piece);
    char *text = malloc(size * times + strlen(end) + 1);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < times; i++) memcpy(text + i * size, piece, size);
    strcpy(text + size * times, end);
    return text;
}

START_TEST(refuses_what_has_no_measure)
{
    char *text = repeat("1,2\n3,4\n", 20000, "");
    text[4] = '"';
    refuse(text, plain, ":2: column 1: longer than 65536 bytes; is its closing quote missing?");
    free(text);
    text = repeat("x", 65536, ",1\n");
    refuse(text, plain, ":1: column 1: longer than 65536 bytes; is its closing quote missing?");
    free(text);
    text = repeat("1,2\n", 40000, ",1\n");
    memset(text + 8000, 'x', 70000);
    refuse(text, plain, ":2001: column 1: longer than 65536 bytes; is its closing quote missing?");
    free(text);
    text = repeat("1,", 100000, "2\n");
    refuse(text, plain, ":1: column 100001: more than 100000 columns");
    text[2 * 99999 + 1] = '\0';
    dataset_release(load(text, plain));
    free(text);
}
END_TEST

START_TEST(reads_on_where_one_piece_of_the_file_ends)
{
    enum { ROWS = 40000 };
    char *text = malloc(ROWS * 32), *at = text;
    ck_assert_ptr_nonnull(text);
    at += sprintf(at, "\xef\xbb\xbf");
    for (int i = 0; i < ROWS; i++)
        at += sprintf(at, i % 3 ? "%d.5,\"%d\"\r\n" : "%d.5,\"\n%d\"\n", i, -i);
    Dataset *data = load(text, plain);
    ck_assert_uint_eq(data->rows, ROWS);
    for (int i = 0; i < ROWS; i++) {
        ck_assert_double_eq(*dataset_inputs(data, (size_t)i), i + 0.5);
        ck_assert_double_eq(*dataset_targets(data, (size_t)i), -i);
    }
    dataset_release(data);
    strcpy(at, "1,x\n");
    refuse(text, (DatasetOptions){.target = "1", .header = HEADER_NO},
           ":53335: column 2: \"x\" is not a number");
    free(text);
}
END_TEST

START_TEST(targets_are_columns_of_any_name_number_and_order)
{
    static const char text[] = "a,b,3,d\n1,2,3,4\n";
    static const struct {
        const char *target;
        int inputs;
        double values[4];
    } cases[] = {
        {NULL, 3, {1, 2, 3, 4}}, {"d", 3, {1, 2, 3, 4}},     {"a", 3, {2, 3, 4, 1}},
        {"1", 3, {2, 3, 4, 1}},  {"4,2", 2, {1, 3, 4, 2}},   {"b, d", 2, {1, 3, 2, 4}},
        {"3", 3, {1, 2, 4, 3}},  {"d,b,a", 1, {3, 4, 2, 1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        holds(text, (DatasetOptions){.target = cases[i].target, .header = HEADER_YES}, 1,
              cases[i].inputs, cases[i].values);
    Dataset *data = load("a,b,c\n1,2,3\n", (DatasetOptions){.target = "a", .header = HEADER_GUESS});
    ck_assert_pstr_eq(data->columns[0], "b");
    ck_assert_pstr_eq(data->columns[2], "a");
    dataset_release(data);
    holds("a,b,3\n7,8,9\n", (DatasetOptions){.target = "3", .header = HEADER_YES}, 1, 2,
          (double[]){7, 8, 9});
    holds("3,b,c\n7,8,9\n", (DatasetOptions){.target = "3", .header = HEADER_YES}, 1, 2,
          (double[]){8, 9, 7});
}
END_TEST

START_TEST(refuses_targets_that_are_no_columns)
{
    static const struct {
        const char *target, *expected;
    } cases[] = {
        {"speces", ": no column \"speces\"; did you mean \"species\"?"},
        {"Species:onehot", ": no column \"Species\"; did you mean \"species\"?"},
        {"weight", ": no column \"weight\"; give a heading or a number from 1 to 4"},
        {"0", ": no column \"0\"; give a heading or a number from 1 to 4"},
        {"5", ": no column \"5\"; give a heading or a number from 1 to 4"},
        {"", ": no column \"\"; give a heading or a number from 1 to 4"},
        {"b,,species", ": no column \"\"; give a heading or a number from 1 to 4"},
        {"b,2", ": target \"2\": named twice"},
        {"a", ": target \"a\": several columns are called so; give its number"},
        {"1,2,3,4", ": target \"1,2,3,4\": no column is left as an input"},
        {"1,species:onehot", ": target \"1,species:onehot\": one-hot coding takes one column"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        refuse("a,b,a,species\n1,2,3,4\n",
               (DatasetOptions){.target = cases[i].target, .header = HEADER_GUESS},
               cases[i].expected);
    refuse("1,2\n", (DatasetOptions){.target = "b", .header = HEADER_GUESS},
           ": no column \"b\": without headings, give a number from 1 to 2");
}
END_TEST

START_TEST(one_hot_codes_one_target_for_each_class)
{
    Dataset *data = load("kind,x\nred,1\nblue,2\n red ,3\n\"a,b\",4\n",
                         (DatasetOptions){.target = "kind:onehot", .header = HEADER_GUESS});
    static const char *const names[] = {"x", "a,b", "blue", "red"};
    static const double values[] = {1, 0, 0, 1, 2, 0, 1, 0, 3, 0, 0, 1, 4, 1, 0, 0};
    ck_assert_int_eq(data->coding, CODING_ONE_HOT);
    ck_assert_int_eq(data->inputs, 1);
    ck_assert_int_eq(data->targets, 3);
    for (int i = 0; i < 4; i++) ck_assert_pstr_eq(data->columns[i], names[i]);
    for (int i = 0; i < 16; i++) ck_assert_double_eq(data->values[i], values[i]);
    dataset_release(data);
}
END_TEST

START_TEST(classes_that_are_numbers_are_sorted_by_size)
{
    Dataset *data = load("1,10\n2,9\n3,-1\n4,9.0\n",
                         (DatasetOptions){.target = "2:onehot", .header = HEADER_GUESS});
    static const char *const names[] = {"-1", "9", "10"};
    static const double targets[] = {0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0};
    ck_assert_int_eq(data->targets, 3);
    for (int i = 0; i < 3; i++) ck_assert_pstr_eq(data->columns[1 + i], names[i]);
    for (size_t i = 0; i < 12; i++)
        ck_assert_double_eq(dataset_targets(data, i / 3)[i % 3], targets[i]);
    dataset_release(data);
    data =
        load("1,10\n2,9\n3,nan\n", (DatasetOptions){.target = "2:onehot", .header = HEADER_GUESS});
    ck_assert_pstr_eq(data->columns[1], "10");
    ck_assert_pstr_eq(data->columns[2], "9");
    dataset_release(data);
}
END_TEST

START_TEST(one_hot_has_limits)
{
    const DatasetOptions options = {.target = "2:onehot", .header = HEADER_YES};
    refuse("a,kind\n1,\n", options, ":2: column 2 (kind): the value is missing");
    char text[16 * 1002] = "a,kind\n", *at = text + strlen(text);
    for (int i = 0; i < 1000; i++) at += sprintf(at, "%d,k%03d\n", i, 999 - i);
    Dataset *data = load(text, options);
    ck_assert_int_eq(data->targets, 1000);
    for (size_t i = 0; i < 1000; i++) ck_assert_double_eq(dataset_targets(data, i)[999 - i], 1);
    dataset_release(data);
    strcpy(at, "0,more\n");
    refuse(text, options, ":1002: column 2 (kind): more than 1000 classes");
}
END_TEST

static const DatasetOptions signs = {.target = "2:signs", .header = HEADER_YES};

/* Whether the rows of TEXT have these targets, and NEGATIVE and POSITIVE are what they mean. */
static void codes(const char *text, size_t rows, const double *targets, const char *negative,
                  const char *positive)
{
    Dataset *data = load(text, signs);
    ck_assert_int_eq(data->coding, CODING_SIGNS);
    ck_assert_int_eq(data->targets, 1);
    ck_assert_pstr_eq(data->columns[1], "kind");
    ck_assert_uint_eq(data->rows, rows);
    for (size_t i = 0; i < rows; i++) {
        ck_assert_double_eq(*dataset_inputs(data, i), (double)i);
        ck_assert_double_eq(*dataset_targets(data, i), targets[i]);
    }
    int count;
    char *const *names = dataset_class_names(data, &count);
    ck_assert_int_eq(count, 2);
    ck_assert_pstr_eq(names[0], negative);
    ck_assert_pstr_eq(names[1], positive);
    dataset_release(data);
}

START_TEST(two_classes_become_signs)
{
    codes("x,kind\n0,yes\n1,no\n2,yes\n", 3, (double[]){-1, 1, -1}, "yes", "no");
    codes("x,kind\n0,b\n1,a\n2,b\n", 3, (double[]){-1, 1, -1}, "b", "a");
    codes("x,kind\n0,1\n1,0\n2,1\n", 3, (double[]){1, -1, 1}, "0", "1");
    codes("x,kind\n0,1\n1,-1\n2,1.0\n3,+1\n", 4, (double[]){1, -1, 1, 1}, "-1", "+1");
    codes("x,kind\n0,10\n1,9\n", 2, (double[]){1, -1}, "9", "10");
    codes("x,kind\n0,1\n1,none\n", 2, (double[]){-1, 1}, "1", "none");
    codes("x,kind\n0,caf\xc3\xa9\n1,\x1b\n", 2, (double[]){-1, 1}, "caf\xc3\xa9", "\\x1b");
    Dataset *data = load("kind,x\nb,5\na,6\n",
                         (DatasetOptions){.target = "kind:signs", .header = HEADER_GUESS});
    static const double values[] = {5, -1, 6, 1};
    for (int i = 0; i < 4; i++) ck_assert_double_eq(data->values[i], values[i]);
    dataset_release(data);
}
END_TEST

START_TEST(signs_are_for_two_classes)
{
    refuse("x,kind\n0,yes\n1,yes\n", signs,
           ": target \"2:signs\": signs are for two classes, but there is 1: yes");
    refuse("x,kind\n0,1\n1,1.0\n", signs,
           ": target \"2:signs\": signs are for two classes, but there is 1: 1");
    refuse("x,kind\n0,c\n1,a\n2,b\n", signs,
           ": target \"2:signs\": signs are for two classes, but there are 3: c, a, b; more than "
           "two take :onehot");
    refuse("x,kind\n0,4\n1,3\n2,2\n3,1\n", signs,
           ": target \"2:signs\": signs are for two classes, but there are 4: 1, 2, 3, ...; more "
           "than two take :onehot");
    refuse("x,kind\n0,a\n1,\n", signs, ":3: column 2 (kind): the value is missing");
    refuse("a,b,c\n1,2,3\n", (DatasetOptions){.target = "b,c:signs", .header = HEADER_GUESS},
           ": target \"b,c:signs\": coding by signs takes one column");
}
END_TEST

START_TEST(uncoded_targets_have_no_class_names)
{
    int count = 7;
    Dataset *data = load("1,2\n", plain);
    ck_assert_ptr_null(dataset_class_names(data, &count));
    ck_assert_int_eq(count, 0);
    dataset_release(data);
}
END_TEST

/* Another file may have the classes in another order, spelled otherwise, or not all of them. */
START_TEST(classes_can_be_those_of_another_dataset)
{
    DatasetOptions one_hot = {.target = "2:onehot", .header = HEADER_YES}, other = signs;
    Dataset *first = load("x,kind\n0,yes\n1,no\n", signs);
    other.like = first;
    Dataset *data = load("x,kind\n0,no\n", other);
    ck_assert_double_eq(*dataset_targets(data, 0), 1);
    ck_assert_pstr_eq(data->signs[0], "yes");
    dataset_release(data);
    dataset_release(first);
    first = load("x,kind\n0,1\n1,2\n2,10\n", one_hot);
    one_hot.like = first;
    data = load("x,kind\n0,10.0\n1,2\n", one_hot);
    static const double targets[] = {0, 0, 1, 0, 1, 0};
    ck_assert_int_eq(data->targets, 3);
    for (size_t i = 0; i < 6; i++)
        ck_assert_double_eq(dataset_targets(data, i / 3)[i % 3], targets[i]);
    ck_assert_pstr_eq(data->columns[3], "10");
    dataset_release(data);
    dataset_release(first);
}
END_TEST

/* Shown otherwise, they would sort otherwise. */
START_TEST(classes_that_are_not_safe_to_show_are_known_again)
{
    DatasetOptions one_hot = {.target = "2:onehot", .header = HEADER_YES};
    const char *rows = "x,kind\n0,a\x01z\n1,aB\n2,\xffz\n";
    Dataset *first = load(rows, one_hot);
    one_hot.like = first;
    Dataset *data = load(rows, one_hot);
    ck_assert_pstr_eq(first->columns[1], "a\\x01z");
    ck_assert_int_eq(data->targets, 3);
    for (int i = 0; i < 3; i++) ck_assert_pstr_eq(data->columns[1 + i], first->columns[1 + i]);
    ck_assert_int_eq(memcmp(data->values, first->values, 3 * 4 * sizeof(double)), 0);
    dataset_release(data);
    dataset_release(first);
}
END_TEST

START_TEST(refuses_what_the_other_dataset_has_not)
{
    DatasetOptions other = signs;
    Dataset *first = load("x,kind\n0,yes\n1,no\n", signs);
    free(first->name);
    first->name = strdup("first.csv");
    other.like = first;
    refuse("x,kind\n0,no\n1,maybe\n", other,
           ":3: column 2 (kind): \"maybe\" is none of the classes of first.csv: yes, no");
    refuse("x,kind\n0,no\n1,1\n", other,
           ":3: column 2 (kind): \"1\" is none of the classes of first.csv: yes, no");
    refuse("x,kind,z\n0,no,oops\n", other, ": 2 inputs, but first.csv has 1");
    dataset_release(first);
}
END_TEST

START_TEST(is_shared_by_reference)
{
    Dataset *data = load("1,2\n", plain);
    ck_assert_ptr_eq(dataset_retain(data), data);
    dataset_release(data);
    ck_assert_double_eq(*dataset_targets(data, 0), 2);
    dataset_release(data);
    ck_assert_ptr_null(dataset_retain(NULL));
    dataset_release(NULL);
}
END_TEST

static Dataset *scale(const Dataset *data, Scaling scaling)
{
    Error err;
    Dataset *scaled = dataset_scale(data, scaling, &err);
    ck_assert_msg(scaled != NULL, "%s", err.message);
    ck_assert_int_eq(scaled->scaling, scaling);
    ck_assert_uint_eq(scaled->rows, data->rows);
    ck_assert_pstr_eq(scaled->columns[0], data->columns[0]);
    return scaled;
}

/* The textbook example of a standard deviation: mean 5, deviation 2. */
START_TEST(scales_by_mean_and_deviation_or_by_range)
{
    static const double x[] = {2, 4, 4, 4, 5, 5, 7, 9};
    Dataset *data =
        load("x,c,y\n2,.1,2\n4,.1,4\n4,.1,4\n4,.1,4\n5,.1,5\n5,.1,5\n7,.1,7\n9,.1,9\n", plain);
    Dataset *standard = scale(data, SCALING_STANDARD), *range = scale(data, SCALING_MINMAX);
    Dataset *copy = scale(data, SCALING_NONE);
    for (size_t i = 0; i < 8; i++) {
        ck_assert_double_eq(dataset_inputs(standard, i)[0], (x[i] - 5) / 2);
        ck_assert_double_eq(dataset_targets(standard, i)[0], (x[i] - 5) / 2);
        ck_assert_double_eq(dataset_inputs(range, i)[0], (x[i] - 2) / 7);
        ck_assert_double_eq(dataset_inputs(standard, i)[1], .1);
        ck_assert_double_eq(dataset_inputs(range, i)[1], .1);
        ck_assert_double_eq(dataset_inputs(copy, i)[0], x[i]);
    }
    dataset_release(data);
    dataset_release(standard);
    dataset_release(range);
    dataset_release(copy);
}
END_TEST

START_TEST(a_scaled_dataset_knows_how)
{
    Dataset *data = load("x,c,y\n2,3,0\n4,3,1\n6,3,0\n", plain);
    Dataset *standard = scale(data, SCALING_STANDARD), *range = scale(data, SCALING_MINMAX);
    const ColumnScale *scales = standard->scales;
    ck_assert_double_eq(scales[0].center, 4);
    ck_assert_double_eq_tol(scales[0].unit, 1.632993161855452, 1e-15); /* √(8/3) */
    ck_assert_double_eq(range->scales[0].center, 2);
    ck_assert_double_eq(range->scales[0].unit, 4);
    for (int i = 0; i < 3; i++) {
        ck_assert(data->scales[i].center == 0 && data->scales[i].unit == 1);
        if (i) ck_assert(scales[i].center == 0 && scales[i].unit == 1);
    }
    dataset_release(data);
    dataset_release(standard);
    dataset_release(range);
}
END_TEST

START_TEST(other_rows_are_put_on_the_same_scale)
{
    Dataset *data = load("x,y\n2,10\n4,30\n6,20\n", plain), *other = load("x,y\n8,5\n", plain);
    Dataset *range = scale(data, SCALING_MINMAX);
    Error err;
    Dataset *scaled = dataset_scale_like(other, range, &err);
    ck_assert_msg(scaled != NULL, "%s", err.message);
    ck_assert_int_eq(scaled->scaling, SCALING_MINMAX);
    ck_assert_double_eq(*dataset_inputs(scaled, 0), 1.5);
    ck_assert_double_eq(*dataset_targets(scaled, 0), -0.25);
    ck_assert_double_eq(scaled->scales[1].unit, 20);
    ck_assert_double_eq(*dataset_inputs(other, 0), 8);
    double x = 5, y = 1.5;
    dataset_scale_inputs(range, &x, &x);
    dataset_unscale_targets(range, &y, &y);
    ck_assert_double_eq(x, 0.75);
    ck_assert_double_eq(y, 40);
    dataset_release(data);
    dataset_release(other);
    dataset_release(range);
    dataset_release(scaled);
}
END_TEST

/* TEXT must not fit the scale of x,z,y; EXPECTED follows its name. */
static void refuse_scale(const char *text, const char *expected)
{
    Dataset *data = load("x,z,y\n2,1,1\n2.5,1,2\n", plain), *other = load(text, plain);
    Dataset *scaled = scale(data, SCALING_MINMAX);
    free(scaled->name);
    scaled->name = strdup("first.csv");
    Error err;
    ck_assert_ptr_null(dataset_scale_like(other, scaled, &err));
    ck_assert_int_eq(strncmp(err.message, path, strlen(path)), 0);
    ck_assert_pstr_eq(err.message + strlen(path), expected);
    dataset_release(data);
    dataset_release(scaled);
    dataset_release(other);
}

START_TEST(refuses_other_rows_that_do_not_fit)
{
    refuse_scale("x,y\n1,2\n", " has 1 input and 1 target, but first.csv has 2 and 1");
    refuse_scale("z,x,y\n1,2,3\n", ": its columns come in another order than those of first.csv: "
                                   "z instead of x");
    refuse_scale("x,z,y\n1,2,3\n1.7e308,2,3\n", ": row 2: x is too far off the scale of the data");
    Error err;
    Dataset *data = load("x,z,y\n2,1,1\n", plain), *other = load("1,2,3\n", plain);
    Dataset *fits = dataset_scale_like(other, data, &err);
    ck_assert_ptr_nonnull(fits);
    dataset_release(data);
    dataset_release(other);
    dataset_release(fits);
}
END_TEST

START_TEST(class_labels_are_not_scaled)
{
    Dataset *data =
        load("x,y,z\n0,0,-1\n1,1,2\n", (DatasetOptions){.target = "y,z", .header = HEADER_GUESS});
    Dataset *scaled = scale(data, SCALING_STANDARD);
    static const double expected[] = {-1, 0, -1, 1, 1, 1};
    for (int i = 0; i < 6; i++) ck_assert_double_eq(scaled->values[i], expected[i]);
    dataset_release(data);
    dataset_release(scaled);
}
END_TEST

START_TEST(refuses_to_scale_beyond_doubles)
{
    Error err;
    Dataset *data = load("x,y\n-1e308,1\n1e308,2\n", plain);
    ck_assert_ptr_null(dataset_scale(data, SCALING_MINMAX, &err));
    ck_assert_pstr_eq(err.message,
                      "column x cannot be scaled: the distances between its values are too large");
    dataset_release(data);
    data = load("x,y\n0,1\n1e-200,2\n", plain);
    ck_assert_ptr_null(dataset_scale(data, SCALING_STANDARD, &err));
    ck_assert_pstr_eq(err.message,
                      "column x cannot be scaled: the distances between its values are too small");
    dataset_release(data);
}
END_TEST

UNIT("dataset", reads_rows_of_inputs_and_targets, reads_every_dialect, headings_are_guessed_or_told,
     columns_without_a_heading_get_the_names_of_the_notes, headings_are_safe_to_show,
     refuses_what_is_no_number_and_says_where, lines_are_counted_as_an_editor_counts_them,
     refuses_what_is_no_table, refuses_files_that_cannot_be_read, refuses_what_has_no_measure,
     reads_on_where_one_piece_of_the_file_ends, targets_are_columns_of_any_name_number_and_order,
     refuses_targets_that_are_no_columns, one_hot_codes_one_target_for_each_class,
     classes_that_are_numbers_are_sorted_by_size, one_hot_has_limits, two_classes_become_signs,
     signs_are_for_two_classes, uncoded_targets_have_no_class_names,
     classes_can_be_those_of_another_dataset, classes_that_are_not_safe_to_show_are_known_again,
     refuses_what_the_other_dataset_has_not, is_shared_by_reference,
     scales_by_mean_and_deviation_or_by_range, a_scaled_dataset_knows_how,
     other_rows_are_put_on_the_same_scale, refuses_other_rows_that_do_not_fit,
     class_labels_are_not_scaled, refuses_to_scale_beyond_doubles)
