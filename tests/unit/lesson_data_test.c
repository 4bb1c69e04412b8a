#include "engine/dataset.h"
#include "unit.h"

START_TEST(shipped_files_have_the_shapes_of_the_notes)
{
    static const struct {
        const char *path, *target;
        size_t rows;
        int inputs, targets;
        double last[3]; /* the last row's */
    } cases[] = {
        {"lessons/data/n0.csv", "lpa", 4, 2, 1, {120, 7, 11}},
        {"lessons/data/n1.csv", "salary", 3, 2, 1, {70, 3.2, 2}},
        {"lessons/data/regression.csv", "salary", 4, 2, 1, {5, 12, 7}},
        {"lessons/data/classification.csv", "placed", 4, 2, 1, {5, 5, 0}},
        {"lessons/data/xor.csv", "y", 4, 2, 1, {1, 1, 0}},
        {"lessons/data/n4.csv", "y", 1, 1, 1, {1.2, 0.4, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Error err;
        DatasetOptions options = {.target = cases[i].target, .header = HEADER_GUESS};
        Dataset *data = dataset_load(cases[i].path, &options, &err);
        ck_assert_msg(data != NULL, "%s", err.message);
        ck_assert_uint_eq(data->rows, cases[i].rows);
        ck_assert_int_eq(data->inputs, cases[i].inputs);
        ck_assert_int_eq(data->targets, cases[i].targets);
        for (int j = 0; j < data->inputs + data->targets; j++)
            ck_assert_double_eq(dataset_inputs(data, data->rows - 1)[j], cases[i].last[j]);
        dataset_release(data);
    }
}
END_TEST

static Dataset *load_iris(void)
{
    Error err;
    Dataset *data =
        dataset_load("lessons/data/iris.csv",
                     &(DatasetOptions){.target = "species:onehot", .header = HEADER_GUESS}, &err);
    ck_assert_msg(data != NULL, "%s", err.message);
    return data;
}

/* Means by species as Fisher 1936 prints them, and the two rows that a well-known copy has wrong.
 */
START_TEST(iris_is_fishers)
{
    static const double means[3][4] = {
        {5.006, 3.428, 1.462, 0.246}, {5.936, 2.770, 4.260, 1.326}, {6.588, 2.974, 5.552, 2.026}};
    static const char *const species[] = {"setosa", "versicolor", "virginica"};
    static const double row35[] = {4.9, 3.1, 1.5, 0.2}, row38[] = {4.9, 3.6, 1.4, 0.1};
    Dataset *data = load_iris();
    ck_assert_uint_eq(data->rows, 150);
    ck_assert_int_eq(data->targets, 3);
    for (size_t k = 0; k < 3; k++) {
        ck_assert_pstr_eq(data->columns[4 + k], species[k]);
        for (int j = 0; j < 4; j++) {
            double sum = 0;
            for (size_t i = 50 * k; i < 50 * k + 50; i++) {
                sum += dataset_inputs(data, i)[j];
                ck_assert_double_eq(dataset_targets(data, i)[k], 1);
            }
            ck_assert_double_eq_tol(sum / 50, means[k][j], 1e-12);
        }
    }
    ck_assert_mem_eq(dataset_inputs(data, 34), row35, sizeof row35);
    ck_assert_mem_eq(dataset_inputs(data, 37), row38, sizeof row38);
    dataset_release(data);
}
END_TEST

/* The first row as scikit-learn's StandardScaler gives it. */
START_TEST(iris_scaled_agrees_with_other_programs)
{
    static const double expected[] = {-0.90068117, 1.01900435, -1.34022653, -1.3154443};
    Dataset *data = load_iris(), *scaled = dataset_scale(data, SCALING_STANDARD, NULL);
    ck_assert_ptr_nonnull(scaled);
    for (int j = 0; j < 4; j++)
        ck_assert_double_eq_tol(dataset_inputs(scaled, 0)[j], expected[j], 5e-9);
    ck_assert_mem_eq(dataset_targets(scaled, 0), dataset_targets(data, 0), 3 * sizeof(double));
    dataset_release(data);
    dataset_release(scaled);
}
END_TEST

UNIT("lesson_data", shipped_files_have_the_shapes_of_the_notes, iris_is_fishers,
     iris_scaled_agrees_with_other_programs)
