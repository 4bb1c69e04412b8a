#include "session/by_hand.h"
#include "session/emit.h"
#include "show/by_hand_show.h"
#include "show/matrix_kind.h"
#include "show/picture.h"

/* What stands in a matrix: the elements' names, their values, or what these are by hand. */
typedef enum Content { NAMES, VALUES, BY_HAND } Content;

/* On the page a number is spelled with its decimals. */
static const Expr *cell_by_hand(Session *session, size_t element)
{
    double value = by_hand_element(session, element);
    return expr_name(&session->arena, by_hand_spell(session, value), value);
}

static const Expr *cell(Session *session, size_t element, Content content)
{
    switch (content) {
    case NAMES: return explain_symbol(&session->explainer, element);
    case VALUES: return expr_number(&session->arena, pass_value(session->pass, element));
    case BY_HAND: break;
    }
    return cell_by_hand(session, element);
}

static const char *shape(Session *session, const char *name, int rows, int columns)
{
    return arena_print(&session->arena, "%s %d×%d", name, rows, columns);
}

static Matrix weights(Session *session, const Op *op, bool transposed, Content content)
{
    const Net *net = session_net(session);
    int from = net->vectors[op->in].size, to = net->vectors[op->out].size;
    const Expr **cells = arena_new(&session->arena, sizeof(Expr *) * (size_t)from * (size_t)to);
    for (int i = 0; i < from; i++)
        for (int j = 0; j < to; j++) {
            size_t element = op->weights + (size_t)i * (size_t)to + (size_t)j;
            int place = transposed ? j * from + i : i * to + j;
            cells[place] = cell(session, element, content);
        }
    int rows = transposed ? to : from, columns = transposed ? from : to;
    const char *caption = shape(session, transposed ? "Wᵀ" : "W", rows, columns);
    return (Matrix){"", caption, rows, columns, cells};
}

static Matrix column(Session *session, const char *before, const char *name, size_t at, int size,
                     Content content)
{
    const Expr **cells = arena_new(&session->arena, sizeof(Expr *) * (size_t)size);
    for (int i = 0; i < size; i++) cells[i] = cell(session, at + (size_t)i, content);
    return (Matrix){before, shape(session, name, size, 1), size, 1, cells};
}

static Matrix vector_column(Session *session, const char *before, const Vector *vector,
                            Content content)
{
    static const char *const names[] = {
        [SYMBOL_INPUT] = "x",  [SYMBOL_SUM] = "z",     [SYMBOL_NORMALISED] = "n",
        [SYMBOL_SCALED] = "s", [SYMBOL_BRANCH] = "a",  [SYMBOL_OUTPUT] = "o",
        [SYMBOL_MEAN] = "μ",   [SYMBOL_VARIANCE] = "v"};
    return column(session, before, names[vector->kind], vector->at, vector->size, content);
}

static void emit_matrices(Session *session, const Matrix *matrices, int count)
{
    emit_block(session,
               &(Block){.kind = BLOCK_MATRICES, .matrices = matrices, .matrix_count = count});
}

static int affine_matrices(Session *session, const Op *op, Content content, Matrix *matrices)
{
    const Net *net = session_net(session);
    int count = 0;
    matrices[count++] = weights(session, op, true, content);
    matrices[count++] = vector_column(session, "·", &net->vectors[op->in], content);
    if (op->biased)
        matrices[count++] =
            column(session, "+", "b", op->biases, net->vectors[op->out].size, content);
    return count;
}

/* Wᵀx + b written out: a column of sums. */
static void picture_sums(Session *session, const Vector *out, bool biased)
{
    const Expr **cells = arena_new(&session->arena, sizeof(Expr *) * (size_t)out->size);
    for (int i = 0; i < out->size; i++)
        cells[i] = explain_formula(&session->explainer, out->at + (size_t)i);
    const char *caption = shape(session, "Wᵀx + b", out->size, 1);
    Matrix matrices[] = {{"", caption, out->size, 1, cells},
                         vector_column(session, "=", out, NAMES)};
    if (!biased) matrices[0].caption = "Wᵀx";
    emit_matrices(session, matrices, 2);
}

/* For the first of matrices that are the page's. */
static const char by_hand[] = "by hand:";

static void sum_up(Session *session, const Vector *vector)
{
    by_hand_sum_up(session, vector->at, vector->at + (size_t)vector->size);
}

static void picture_activation(Session *session, const Op *op)
{
    const Vector *in = &session_net(session)->vectors[op->in];
    const Vector *out = &session_net(session)->vectors[op->out];
    const char *apply = arena_print(&session->arena, "= %s", op->activation->symbol);
    Matrix matrices[] = {vector_column(session, "", out, NAMES),
                         vector_column(session, apply, in, VALUES),
                         vector_column(session, "=", out, VALUES)};
    emit_matrices(session, matrices, 3);
    if (!session->page) return;
    Matrix page[] = {vector_column(session, by_hand, out, NAMES),
                     vector_column(session, apply, in, BY_HAND),
                     vector_column(session, "=", out, BY_HAND)};
    emit_matrices(session, page, 3);
    sum_up(session, out);
}

/* The mean and the variance that a batch norm takes. */
static void picture_statistics(Session *session, const Op *op)
{
    const Vector *vectors = session_net(session)->vectors;
    const Vector *mean = &vectors[op->mean], *variance = &vectors[op->variance];
    Matrix matrices[] = {vector_column(session, "", mean, VALUES),
                         vector_column(session, " ", variance, VALUES)};
    emit_matrices(session, matrices, 2);
    if (!session->page) return;
    Matrix page[] = {vector_column(session, by_hand, mean, BY_HAND),
                     vector_column(session, " ", variance, BY_HAND)};
    emit_matrices(session, page, 2);
    by_hand_sum_up(session, mean->at, variance->at + (size_t)variance->size);
}

/* What batch norm and a skip do, node by node. */
static void picture_nodes(Session *session, const Op *op)
{
    const Vector *out = &session_net(session)->vectors[op->out];
    if (op->kind == OP_NORMALISE) picture_statistics(session, op);
    const Expr **cells = arena_new(&session->arena, sizeof(Expr *) * (size_t)out->size);
    for (int i = 0; i < out->size; i++)
        cells[i] = explain_formula(&session->explainer, out->at + (size_t)i);
    Matrix matrices[] = {vector_column(session, "", out, NAMES),
                         {"=", "", out->size, 1, cells},
                         vector_column(session, "=", out, VALUES)};
    emit_matrices(session, matrices, 3);
    if (!session->page) return;
    Matrix page[] = {vector_column(session, by_hand, out, NAMES),
                     vector_column(session, "=", out, BY_HAND)};
    emit_matrices(session, page, 2);
    sum_up(session, out);
}

static void picture_product(Session *session, const Op *affine, Content content)
{
    Matrix matrices[4];
    int count = affine_matrices(session, affine, content, matrices);
    const Vector *out = &session_net(session)->vectors[affine->out];
    matrices[count++] = vector_column(session, "=", out, content);
    if (content == BY_HAND) matrices[0].before = by_hand;
    emit_matrices(session, matrices, count);
    if (content == BY_HAND) sum_up(session, out);
}

static void picture_symbols(Session *session, const Op *affine)
{
    Matrix start = weights(session, affine, false, NAMES);
    emit_matrices(session, &start, 1);
    picture_product(session, affine, NAMES);
    picture_sums(session, &session_net(session)->vectors[affine->out], affine->biased);
}

static void picture_numbers(Session *session, const Op *affine, const Op *last)
{
    picture_product(session, affine, VALUES);
    if (session->page) picture_product(session, affine, BY_HAND);
    for (const Op *op = affine + 1; op <= last; op++)
        (op->kind == OP_ACTIVATION ? picture_activation : picture_nodes)(session, op);
}

void picture_layer(Session *session, int layer, PictureParts parts)
{
    ArenaMark mark = arena_mark(&session->arena);
    const Net *net = session_net(session);
    const Op *affine = net_affine(net, layer);
    emit_heading(session, "layer %d", (long)layer);
    if (parts & PICTURE_SYMBOLS) picture_symbols(session, affine);
    if (parts & PICTURE_NUMBERS) picture_numbers(session, affine, net_last(net, layer));
    arena_reset(&session->arena, mark);
}

static void picture_stored(Session *session, int layer, const char *before, Content content)
{
    ArenaMark mark = arena_mark(&session->arena);
    const Net *net = session_net(session);
    Matrix matrices[6] = {weights(session, net_affine(net, layer), false, content)};
    matrices[0].before = before;
    int count = 1;
    Stored stored;
    for (int i = 1; matrix_kind(i); i++)
        if (net_stored(net, matrix_kind(i)->kind, layer, &stored))
            matrices[count++] =
                column(session, " ", matrix_kind(i)->name, stored.first, stored.columns, content);
    emit_matrices(session, matrices, count);
    arena_reset(&session->arena, mark);
}

void picture_parameters(Session *session, int layer)
{
    picture_stored(session, layer, arena_print(&session->arena, "layer %d:", layer), VALUES);
    if (session->page) picture_stored(session, layer, by_hand, BY_HAND);
}

static Cell numbers(Session *session, const Vector *vector)
{
    const Pass *pass = session->pass;
    size_t first = pass_place(pass, vector->at, pass->shown);
    return CELL_OF_NUMBERS(pass->value + first, (size_t)vector->size);
}

void picture_fields(Session *session, int chosen)
{
    static const Column columns[] = {{"layer", NULL}, {"rows", NULL}, {"columns", NULL},
                                     {"W", NULL},     {"b", NULL},    {"z", NULL},
                                     {"o", NULL}};
    const Net *net = session_net(session);
    const double *value = session->pass->value;
    emit_table(session, "layers", FOR_PROGRAMS, &(Table){.columns = columns, .count = 7});
    for (int k = 1; k <= net->architecture.layers; k++) {
        if (chosen && k != chosen) continue;
        const Op *op = net_affine(net, k);
        const Vector *in = &net->vectors[op->in], *z = &net->vectors[op->out];
        const Vector *o = &net->vectors[net_last(net, k)->out];
        size_t biases = op->biased ? (size_t)z->size : 0;
        Cell cells[] = {CELL_OF_INTEGER(k),
                        CELL_OF_INTEGER(in->size),
                        CELL_OF_INTEGER(z->size),
                        CELL_OF_NUMBERS(value + op->weights, (size_t)in->size * (size_t)z->size),
                        CELL_OF_NUMBERS(value + op->biases, biases),
                        numbers(session, z),
                        numbers(session, o)};
        emit_row(session, cells);
    }
    emit_table_end(session);
}
