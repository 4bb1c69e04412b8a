#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "engine/dataset_coding.h"

/* The first few of NAMES: "a, b, c, ...". */
static void list(Text *text, const char *const *names, int count)
{
    enum { LISTED = 3 };
    for (int i = 0; i < count && i < LISTED; i++) {
        char shown[CSV_EXCERPT_SIZE];
        csv_excerpt(shown, names[i], strlen(names[i]));
        text_print(text, "%s%s", i ? ", " : "", shown);
    }
    if (count > LISTED) text_add(text, ", ...");
}

static bool refuse_new(const Dataset *like, const CsvField *field, Error *err)
{
    int count;
    char *const *names = dataset_class_names(like, &count);
    char shown[CSV_EXCERPT_SIZE];
    Text known = {0};
    list(&known, (const char *const *)names, count);
    csv_fail(err, field->place, "\"%s\" is none of the classes of %s: %s",
             csv_excerpt(shown, field->text, field->length), like->name, text_string(&known));
    text_release(&known);
    return false;
}

/* Of adopted classes the names are as they are shown. */
static int code_of(Classes *classes, const CsvField *field)
{
    if (!classes->closed) return classes_code(classes, field->text);
    Text shown = {0};
    utf8_add_escaped(&shown, field->text, field->length);
    int code = classes_code(classes, text_string(&shown));
    text_release(&shown);
    return code;
}

bool coding_read(Classes *classes, const Dataset *like, const CsvField *field, double *code,
                 Error *err)
{
    if (!field->length) return csv_fail(err, field->place, "the value is missing");
    *code = code_of(classes, field);
    if (*code >= 0) return true;
    if (classes->closed) return refuse_new(like, field, err);
    return csv_fail(err, field->place, "more than %d classes", DATASET_CLASS_LIMIT);
}

static bool refuse_count(const Dataset *data, const Ranking *ranking, Error *err)
{
    char shown[CSV_EXCERPT_SIZE];
    Text names = {0};
    list(&names, ranking->names, ranking->count);
    csv_fail(err, (CsvPlace){.path = data->name},
             "target \"%s\": signs are for two classes, but there %s %d: %s%s",
             csv_excerpt(shown, data->target, strlen(data->target)),
             ranking->count == 1 ? "is" : "are", ranking->count, text_string(&names),
             ranking->count == 1 ? "" : "; more than two take :onehot");
    text_release(&names);
    return false;
}

bool coding_rank(const Dataset *data, Classes *classes, Ranking *ranking, Error *err)
{
    classes_rank(classes, data->coding, ranking);
    return data->coding != CODING_SIGNS || ranking->count == 2 || refuse_count(data, ranking, err);
}

static void write_signs(Dataset *data, const int *ranks)
{
    size_t width = (size_t)data->inputs + 1;
    for (size_t row = 0; row < data->rows; row++) {
        double *target = data->values + row * width + data->inputs;
        *target = ranks[(int)*target] ? 1 : -1;
    }
}

/* Widens the rows in place, from the last to the first so that none is overwritten unread. */
static void write_one_hot(Dataset *data, const int *ranks)
{
    size_t inputs = (size_t)data->inputs, width = inputs + (size_t)data->targets;
    for (size_t row = data->rows; row-- > 0;) {
        double *from = data->values + row * (inputs + 1), *to = data->values + row * width;
        int rank = ranks[(int)from[inputs]];
        memmove(to, from, inputs * sizeof *to);
        for (int i = 0; i < data->targets; i++) to[inputs + (size_t)i] = i == rank;
    }
}

void coding_write(Dataset *data, const int *ranks)
{
    if (data->coding == CODING_SIGNS)
        write_signs(data, ranks);
    else
        write_one_hot(data, ranks);
}
