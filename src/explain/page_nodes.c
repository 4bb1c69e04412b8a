/* What a page says of nodes and of L. */
#include "base/memory.h"
#include "engine/norm.h"
#include "engine/sweep.h"
#include "explain/page_inside.h"

static const Pin *find_pin(const Pass *pass, int row, size_t element)
{
    return row == pass->shown ? pass_pin_of(pass, element) : NULL;
}

int page_note_row(const Pass *pass, size_t node, int row)
{
    SymbolKind kind = net_vector(pass->net, node)->kind;
    return kind == SYMBOL_MEAN || kind == SYMBOL_VARIANCE ? NOTE_OF_ALL : row;
}

/* What was computed of a vector is written down, row by row. */
static void write_down(Page *page, int index)
{
    Pass *pass = page->pass;
    const Vector *out = &pass->net->vectors[index];
    for (int row = 0; row < pass->rows; row++)
        for (size_t e = out->at; e < out->at + (size_t)out->size; e++) {
            double *value = &pass->value[pass_place(pass, e, row)];
            const Pin *pin = find_pin(pass, row, e);
            const PageNote *note = page_find_note(page, page_note_row(pass, e, row), e, e);
            *value = pin ? pin->value : note ? note->value : page_round(page, *value);
        }
}

/* Of a batch norm each step is a line of its own. */
static void normalise(Page *page, const Op *op)
{
    Pass *pass = page->pass;
    int nodes = pass->net->vectors[op->out].size;
    for (int j = 0; j < nodes; j++) norm_write_mean(pass, op, j);
    write_down(page, op->mean);
    for (int j = 0; j < nodes; j++) norm_write_variance(pass, op, j);
    write_down(page, op->variance);
    for (int j = 0; j < nodes; j++) norm_write_normalised(pass, op, j);
    write_down(page, op->out);
}

static void compute(Page *page, const Op *op)
{
    if (op->kind == OP_NORMALISE) {
        normalise(page, op);
    } else {
        pass_forward_op(page->pass, op, 0, page->pass->net->vectors[op->out].size);
        write_down(page, op->out);
    }
}

/* L is computed as its formula says, from ŷ: the stable form, from z, is not what a person sees. */
static void go_forward(Page *page)
{
    Pass *pass = page->pass;
    const Net *net = pass->net;
    const Fusion *fusion = pass->fusion;
    pass->fusion = NULL;
    for (int i = 0; i < net->op_count; i++) compute(page, &net->ops[i]);
    pass->fusion = fusion;
}

Pass *page_settle(Page *page)
{
    const Pass *exact = page->exact;
    if (!page->pass || page->seen != exact->forgotten) {
        page_erase(page);
        page->pass = pass_copy(exact);
        memory_copy_numbers(page->pass->value, page->numbers, page->stored);
        page->seen = exact->forgotten;
        page->swept = false;
        go_forward(page);
    }
    page->pass->shown = exact->shown;
    return page->pass;
}

double page_value(Page *page, size_t element)
{
    return pass_value(page_settle(page), element);
}

double page_loss(Page *page)
{
    const Pass *pass = page_settle(page);
    double loss = pass_loss(pass);
    if (pass->rows == 1) return loss;
    size_t at = net_loss(pass->net);
    const PageNote *note = page_find_note(page, NOTE_OF_ALL, at, at);
    return note ? note->value : page_round(page, loss);
}

double page_losses(Page *page)
{
    const Pass *pass = page_settle(page);
    size_t at = net_loss(pass->net);
    const PageNote *note = page_find_note(page, NOTE_OF_ALL, at, at);
    double sum = 0;
    for (int row = 0; row < pass->rows; row++) sum += note ? note->value : pass_row_loss(pass, row);
    return page_round(page, sum);
}
