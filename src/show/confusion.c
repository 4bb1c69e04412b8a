#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "session/emit.h"
#include "show/confusion.h"

const char *confusion_class(const Dataset *data, ScoreKind kind, int i)
{
    static const char *const bits[] = {"0", "1"}, *const signs[] = {"-1", "1"};
    int count;
    char *const *names = dataset_class_names(data, &count);
    if (names) return names[i];
    if (kind == SCORE_LARGEST) return data->columns[data->inputs + i];
    return kind == SCORE_HALF ? bits[i] : signs[i];
}

/* Whether a table of classes by classes fits in a line. */
static bool table_fits(const Session *session, const Score *score, const Dataset *rows)
{
    enum { INDENT = 2, GAP = 2 };
    char number[NUMBER_SIZE];
    int digits = number_spell(number, (double)score->rows, 0), widest = 0, width = INDENT;
    for (int i = 0; i < score->classes; i++) {
        const char *name = confusion_class(rows, score->kind, i);
        int own = utf8_width(name, strlen(name));
        widest = own > widest ? own : widest;
        width += GAP + (own > digits ? own : digits);
    }
    return width + widest <= session->style.width;
}

static void describe_confusion(Session *session, const Score *score, const Dataset *rows)
{
    size_t classes = (size_t)score->classes, size = classes + 1;
    Column *columns = arena_new(&session->arena, size * sizeof *columns);
    Cell *cells = arena_new(&session->arena, size * sizeof *cells);
    columns[0] = (Column){NULL, "class"};
    for (int i = 0; i < score->classes; i++)
        columns[i + 1] = (Column){NULL, confusion_class(rows, score->kind, i)};
    emit_note(session, "each class, and what its rows were taken for:");
    emit_table(session, NULL, FOR_PEOPLE, &(Table){.columns = columns, .count = (int)size});
    for (size_t i = 0; i < classes; i++) {
        cells[0] = CELL_OF_FOREIGN(columns[i + 1].heading);
        for (size_t j = 0; j < classes; j++)
            cells[j + 1] = CELL_OF_INTEGER((long)score->confusion[i * classes + j]);
        emit_row(session, cells);
    }
    emit_table_end(session);
}

/* Of too many classes for a table: how often each was right. */
static void describe_classes(Session *session, const Score *score, const Dataset *rows)
{
    static const Column columns[] = {
        {NULL, "class"}, {NULL, "right"}, {NULL, "others taken for it"}};
    size_t classes = (size_t)score->classes;
    emit_table(session, NULL, FOR_PEOPLE, &(Table){.columns = columns, .count = 3});
    for (size_t i = 0; i < classes; i++) {
        size_t taken = 0, right = score->confusion[i * classes + i];
        for (size_t j = 0; j < classes; j++) taken += score->confusion[j * classes + i];
        emit_row(session,
                 (Cell[]){CELL_OF_FOREIGN(confusion_class(rows, score->kind, (int)i)),
                          CELL_OF_INTEGER((long)right), CELL_OF_INTEGER((long)(taken - right))});
    }
    emit_table_end(session);
}

static void emit_counts(Session *session, const Score *score, const Dataset *rows)
{
    static const Column class = {"class", NULL}, line = {"predicted", NULL};
    size_t classes = (size_t)score->classes;
    double *counts = arena_new(&session->arena, classes * sizeof *counts);
    emit_table(session, "classes", FOR_PROGRAMS,
               &(Table){.columns = &class, .count = 1, .list = true});
    for (int i = 0; i < score->classes; i++)
        emit_row(session, &CELL_OF_FOREIGN(confusion_class(rows, score->kind, i)));
    emit_table_end(session);
    emit_table(session, "confusion", FOR_PROGRAMS,
               &(Table){.columns = &line, .count = 1, .list = true});
    for (size_t i = 0; i < classes; i++) {
        for (size_t j = 0; j < classes; j++) counts[j] = (double)score->confusion[i * classes + j];
        emit_row(session, &CELL_OF_NUMBERS(counts, classes));
    }
    emit_table_end(session);
}

void confusion_emit(Session *session, const Score *score, const Dataset *rows)
{
    if (table_fits(session, score, rows))
        describe_confusion(session, score, rows);
    else
        describe_classes(session, score, rows);
    emit_counts(session, score, rows);
}
