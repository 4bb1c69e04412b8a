/* Commands that give the network a row to work on: data, row, input. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"
#include "command/command.h"
#include "command/files.h"
#include "session/by_hand.h"
#include "session/emit.h"
#include "session/pins.h"
#include "show/batch_show.h"
#include "show/calculation.h"

static void emit_row_fields(Session *session, size_t rows, size_t row)
{
    emit_integer(session, "rows", (long)rows);
    emit_integer(session, "row", (long)row + 1);
}

static int read_values(const Arguments *arguments, const char *item, double **values)
{
    Words words = arguments_words(arguments, item);
    *values = arena_new(arguments->arena, sizeof(double) * (size_t)words.count);
    for (int i = 0; i < words.count; i++) number_read(words.items[i].text, &(*values)[i]);
    return words.count;
}

/* A typed row must fit the network that is there; without one any row will do. */
static bool check_typed(const Session *session, const Arguments *arguments, int inputs, int targets,
                        Error *err)
{
    if (!session->pass) return true;
    const Architecture *made = &session_net(session)->architecture;
    int takes = made->sizes[0], gives = made->sizes[made->layers];
    if (inputs != takes)
        return fail(err, arguments_word(arguments, "X")->column,
                    "the network takes %d input%s, not %d", takes, plural(takes), inputs);
    if (targets != gives)
        return fail(err, arguments_word(arguments, "Y")->column,
                    "the network has %d output%s, so a row needs as many targets, not %d", gives,
                    plural(gives), targets);
    return true;
}

static bool run_input(Session *session, const Arguments *arguments, Error *err)
{
    double *x, *y;
    int inputs = read_values(arguments, "X", &x), targets = read_values(arguments, "Y", &y);
    if (!check_typed(session, arguments, inputs, targets, err)) return false;
    Setup *setup = &session->setup;
    free(session->typed);
    session->typed = memory_new(sizeof(double) * (size_t)(inputs + targets));
    memcpy(session->typed, x, sizeof *x * (size_t)inputs);
    memcpy(session->typed + inputs, y, sizeof *y * (size_t)targets);
    setup->typed = true;
    course_restart(&setup->course);
    setup->typed_inputs = inputs, setup->typed_targets = targets;
    pins_release(session);
    by_hand_turn_page(session);
    session_place_row(session);
    emit_row_fields(session, 1, 0);
    calculation_show_row(session);
    return true;
}

static bool run_row(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "N");
    long row = arguments_integer(arguments, "N", 1);
    if (!session->data) return fail(err, word->column, "there are no rows: `data n0` loads some");
    if (row < 1 || (size_t)row > session->data->rows)
        return fail(err, word->column, "there is no row %ld: %s has rows 1 to %zu", row,
                    session->data->name, session->data->rows);
    session->setup.typed = false;
    pins_release(session);
    by_hand_turn_page(session);
    session_go_to_row(session, (size_t)row - 1);
    emit_row_fields(session, session->data->rows, session_row(session));
    calculation_show_row(session);
    return true;
}

enum { SHOWN_COLUMNS = 32, SHOWN_ROWS = 10, OTHER_COLUMNS = 20 /* of the row and its mark */ };

/* What column I takes of a line: its heading or its widest number, and a gap. */
static int column_width(const Session *session, int i)
{
    const Dataset *data = session->data;
    int width = utf8_width(data->columns[i], strlen(data->columns[i]));
    for (size_t row = 0; row < data->rows && row < SHOWN_ROWS; row++) {
        char number[NUMBER_SIZE];
        int length = number_spell(number, dataset_inputs(data, row)[i], session->style.digits);
        if (length > width) width = length;
    }
    return width + 2;
}

/* A wide table shows its last columns, where the targets are: those that fit in a line. */
static int first_shown_column(const Session *session)
{
    int total = session->data->inputs + session->data->targets, first = total - 1;
    int room = session->style.width - OTHER_COLUMNS - column_width(session, first);
    while (first && total - first < SHOWN_COLUMNS) {
        room -= column_width(session, first - 1);
        if (room < 0) break;
        first--;
    }
    return first;
}

static void describe_rows(Session *session)
{
    const Dataset *data = session->data;
    int first = first_shown_column(session), total = data->inputs + data->targets;
    int count = total - first + 2;
    Column columns[SHOWN_COLUMNS + 2] = {{"row", "row"}};
    for (int i = first; i < total; i++) columns[i - first + 1] = (Column){"", data->columns[i]};
    columns[count - 1] = (Column){"here", ""};
    emit_table(session, NULL, FOR_PEOPLE, &(Table){.columns = columns, .count = count});
    for (size_t row = 0; row < data->rows && row < SHOWN_ROWS; row++) {
        Cell cells[SHOWN_COLUMNS + 2] = {CELL_OF_INTEGER((long)row + 1)};
        const double *values = dataset_inputs(data, row);
        for (int i = first; i < total; i++) cells[i - first + 1] = CELL_OF_NUMBER(values[i]);
        bool here = !session->setup.typed && row == session_row(session);
        cells[count - 1] = CELL_OF_TEXT(here ? "← this row" : "");
        emit_row(session, cells);
    }
    emit_table_end(session);
    long more = (long)data->rows - SHOWN_ROWS;
    if (more > 0) emit_note(session, "… and %d more row%s", more, plural(more));
    if (first)
        emit_note(session, "… and %d more column%s before these", (long)first, plural(first));
}

static void describe_data(Session *session)
{
    const Dataset *data = session->data;
    static const char *const scalings[] = {"", ", scaled to mean 0 and deviation 1",
                                           ", scaled to [0, 1]"};
    emit_note(session, "%f: %d row%s, %d input%s, %d target%s%s", data->name, (long)data->rows,
              plural((long)data->rows), (long)data->inputs, plural(data->inputs),
              (long)data->targets, plural(data->targets), scalings[data->scaling]);
    if (data->coding == CODING_SIGNS)
        emit_note(session, "%f is -1, %f is +1", data->signs[0], data->signs[1]);
    describe_rows(session);
    size_t row = session->setup.typed ? 0 : session_row(session);
    emit_row_fields(session, data->rows, row);
    emit_numbers(session, "x", dataset_inputs(data, row), (size_t)data->inputs);
    emit_numbers(session, "y", dataset_targets(data, row), (size_t)data->targets);
    batch_note_misfit(session);
}

static void use_data(Session *session, Dataset *data)
{
    dataset_release(session->data);
    session->data = data;
    pins_release(session);
    by_hand_turn_page(session);
    session_place_row(session);
}

static bool load_data(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "DATA");
    const char *header = arguments_text(arguments, "header");
    /* The name is the one the user knows, wherever the file was found. */
    DatasetOptions options = {.name = word->text,
                              .target = arguments_text(arguments, "target"),
                              .interrupted = session->options.interrupted};
    if (header) options.header = strcmp(header, "yes") ? HEADER_NO : HEADER_YES;
    const char *path = files_find_data(session, word, err);
    if (!path) return false;
    Dataset *data = dataset_load(path, &options, err);
    if (!data && session_interrupted(session)) return session_stop(session, err);
    if (!data) return err->column = word->column, false;
    session_keep(session);
    dataset_release(session->raw);
    session->raw = data;
    session->setup.typed = false;
    course_restart(&session->setup.course);
    use_data(session, dataset_retain(data));
    return true;
}

static bool scale_data(Session *session, const Arguments *arguments, Error *err)
{
    static const char *const names[] = {"none", "standard", "minmax"};
    const char *scaling = arguments_text(arguments, "standard|minmax|none");
    if (!session->raw) return fail(err, 0, "there is no data to scale: `data n0` loads some");
    Scaling chosen = SCALING_NONE;
    while (strcmp(names[chosen], scaling) != 0) chosen++;
    Dataset *data = chosen == SCALING_NONE ? dataset_retain(session->raw)
                                           : dataset_scale(session->raw, chosen, err);
    if (!data) return false;
    session_keep(session);
    use_data(session, data);
    return true;
}

static bool run_data(Session *session, const Arguments *arguments, Error *err)
{
    const Word *target = arguments_word(arguments, "target"),
               *header = arguments_word(arguments, "header");
    if (arguments_has(arguments, "scale")) {
        if (!scale_data(session, arguments, err)) return false;
    } else if (arguments_has(arguments, "DATA")) {
        if (!load_data(session, arguments, err)) return false;
    } else if (target || header) {
        return fail(err, (target ? target : header)->column, "this goes with a file to load");
    } else if (!session->data) {
        return fail(err, 0, "there is no data: `data n0` or `data FILE.csv` loads some");
    }
    describe_data(session);
    return true;
}

static const Command commands[] = {
    {"data", NULL, "scale standard|minmax|none | [DATA] [target=COLUMNS] [header=yes|no]", 0,
     "load rows from a CSV file, show or scale them",
     "DATA is a CSV file or the name of a table that comes with the lessons: n0, n1, n4, "
     "regression, classification, xor, iris. The last column is the target unless `target=` names "
     "others, by heading or number; `target=species:onehot` gives each class a target of its own, "
     "`target=placed:signs` makes the two classes of a column -1 and +1, as hinge loss and the "
     "perceptron want them. `data` alone shows what is loaded. `data scale standard` brings each "
     "column to mean 0 and deviation 1.",
     "data n0\ndata iris target=species:onehot\ndata scale standard\n"
     "data classification target=placed:signs",
     run_data},
    {"row", "r", "N", CHANGES, "choose the row of the data to work on", "", "data n0\nrow 2",
     run_row},
    {"input", NULL, "X... -> Y...", CHANGES, "type one row by hand: inputs, an arrow, targets", "",
     "input 80 8 -> 3", run_input},
};

const CommandGroup data_commands = {"data", commands, sizeof commands / sizeof commands[0]};
