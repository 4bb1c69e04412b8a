#include <stdlib.h>

#include "engine/dataset.h"

static size_t width(const Dataset *data)
{
    return (size_t)data->inputs + (size_t)data->targets;
}

const double *dataset_inputs(const Dataset *data, size_t row)
{
    return data->values + row * width(data);
}

const double *dataset_targets(const Dataset *data, size_t row)
{
    return dataset_inputs(data, row) + data->inputs;
}

char *const *dataset_class_names(const Dataset *data, int *count)
{
    *count = data->coding == CODING_SIGNS ? 2 : data->coding == CODING_ONE_HOT ? data->targets : 0;
    if (!*count) return NULL;
    return data->coding == CODING_SIGNS ? data->signs : data->columns + data->inputs;
}

size_t dataset_bytes(const Dataset *data)
{
    return data ? data->rows * width(data) * sizeof *data->values : 0;
}

Dataset *dataset_retain(Dataset *data)
{
    if (data) data->references++;
    return data;
}

void dataset_release(Dataset *data)
{
    if (!data || --data->references > 0) return;
    for (size_t i = 0; data->columns && i < width(data); i++) free(data->columns[i]);
    free(data->columns);
    free(data->signs[0]);
    free(data->signs[1]);
    free(data->scales);
    free(data->values);
    free(data->name);
    free(data->target);
    free(data);
}
