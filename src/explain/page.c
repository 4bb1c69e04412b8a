#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/kernel.h"
#include "engine/norm.h"
#include "engine/sweep.h"
#include "explain/page.h"
#include "explain/page_norm.h"
#include "explain/way.h"

/* The state. */

static size_t numbers_of(const Page *page)
{
    return page->stored + page->slots;
}

/* What was worked out with other numbers is no good any more. */
static void erase(Page *page)
{
    pass_free(page->pass);
    page->pass = NULL;
    page->prepared = false;
}

Page *page_new(int decimals, const Pass *pass, const double *slots, size_t slot_count)
{
    Page *page = memory_new(sizeof *page);
    page->decimals = decimals;
    page->stored = pass->net->stored;
    page->slots = slot_count;
    page->numbers = memory_new(numbers_of(page) * sizeof *page->numbers);
    memory_copy_numbers(page->numbers, pass->value, page->stored);
    memory_copy_numbers(page->numbers + page->stored, slots, slot_count);
    page->exact = pass;
    return page;
}

void page_attach(Page *page, const Pass *pass)
{
    erase(page);
    page->exact = pass;
}

static size_t note_bytes(const Page *page)
{
    return (size_t)page->note_count * sizeof *page->notes;
}

Page *page_copy(const Page *from)
{
    if (!from) return NULL;
    Page *page = memory_new(sizeof *page);
    page->decimals = from->decimals;
    page->stored = from->stored;
    page->slots = from->slots;
    page->numbers = memory_new(numbers_of(from) * sizeof *page->numbers);
    memory_copy_numbers(page->numbers, from->numbers, numbers_of(from));
    page->losses = from->losses;
    page->average = from->average;
    page->note_count = from->note_count;
    page->notes = memory_new(note_bytes(from));
    if (from->note_count) memcpy(page->notes, from->notes, note_bytes(from));
    return page;
}

void page_free(Page *page)
{
    if (!page) return;
    erase(page);
    page_free(page->before);
    free(page->numbers);
    free(page->notes);
    free(page->clipped);
    free(page);
}

static bool same_note(const PageNote *a, const PageNote *b)
{
    return a->upper == b->upper && a->element == b->element && a->row == b->row &&
           a->value == b->value;
}

/* To the bit: NaN is like itself. */
static bool same_number(double a, double b)
{
    return !memcmp(&a, &b, sizeof a);
}

bool page_same(const Page *a, const Page *b)
{
    if (!a || !b) return a == b;
    bool alike = a->decimals == b->decimals && a->stored == b->stored && a->slots == b->slots &&
                 a->note_count == b->note_count && same_number(a->losses, b->losses) &&
                 same_number(a->average, b->average);
    if (!alike || memcmp(a->numbers, b->numbers, numbers_of(a) * sizeof *a->numbers) != 0)
        return false;
    int i = 0;
    while (i < a->note_count && same_note(&a->notes[i], &b->notes[i])) i++;
    return i == a->note_count;
}

size_t page_bytes(const Page *page)
{
    return page ? sizeof *page + numbers_of(page) * sizeof *page->numbers + note_bytes(page) : 0;
}

void page_write(Page *page, size_t first, const double *numbers, size_t count)
{
    memory_copy_numbers(page->numbers + first, numbers, count);
    erase(page);
}

void page_reset_slots(Page *page, size_t slot_count)
{
    page->slots = slot_count;
    page->numbers =
        memory_resize(page->numbers, numbers_of(page) * sizeof *page->numbers + !page->stored);
    for (size_t i = 0; i < slot_count; i++) page->numbers[page->stored + i] = 0;
    free(page->clipped);
    page->clipped = NULL;
    erase(page);
}

static const PageNote *find_note(const Page *page, int row, size_t upper, size_t element)
{
    for (int i = 0; i < page->note_count; i++) {
        const PageNote *note = &page->notes[i];
        if (note->row == row && note->upper == upper && note->element == element) return note;
    }
    return NULL;
}

void page_note(Page *page, PageNote note)
{
    const PageNote *old = find_note(page, note.row, note.upper, note.element);
    size_t place = old ? (size_t)(old - page->notes) : (size_t)page->note_count++;
    page->notes = memory_resize(page->notes, note_bytes(page));
    page->notes[place] = note;
    erase(page);
}

void page_forget(Page *page, PageNote note)
{
    const PageNote *old = find_note(page, note.row, note.upper, note.element);
    if (!old) return;
    page->notes[old - page->notes] = page->notes[--page->note_count];
    erase(page);
}

void page_clear_notes(Page *page)
{
    page->note_count = 0;
    erase(page);
}

/* The nodes. */

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
            const PageNote *note = find_note(page, page_note_row(pass, e, row), e, e);
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

/* Works the rows out that the exact pass has now. */
static Pass *settle(Page *page)
{
    const Pass *exact = page->exact;
    if (!page->pass || page->seen != exact->forgotten) {
        erase(page);
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
    return pass_value(settle(page), element);
}

static size_t loss_of(const Pass *pass)
{
    return pass->net->vectors[pass->net->loss].at;
}

double page_loss(Page *page)
{
    const Pass *pass = settle(page);
    double loss = pass_loss(pass);
    if (pass->rows == 1) return loss;
    size_t at = loss_of(pass);
    const PageNote *note = find_note(page, NOTE_OF_ALL, at, at);
    return note ? note->value : page_round(page, loss);
}

double page_losses(Page *page)
{
    const Pass *pass = settle(page);
    size_t at = loss_of(pass);
    const PageNote *note = find_note(page, NOTE_OF_ALL, at, at);
    double sum = 0;
    for (int row = 0; row < pass->rows; row++) sum += note ? note->value : pass_row_loss(pass, row);
    return page_round(page, sum);
}

/* The derivatives. */

static double partial(const Page *page, size_t upper, size_t lower)
{
    const PageNote *note = find_note(page, page->pass->shown, upper, lower);
    if (note) return note->value;
    double value = pass_partial(page->pass, upper, lower);
    return way_is_read_off(page->pass, upper, lower) ? value : page_round(page, value);
}

/* Along a chain, from the loss outwards, before the product is rounded. */
static double product(const Page *page, size_t element)
{
    const Pass *pass = page->pass;
    const PageNote *note = find_note(page, pass->shown, loss_of(pass), element);
    if (note) return note->value;
    if (way_from(pass, element) != WAY_ONE) return pass_adjoint(pass, element);
    size_t upper = pass_dependent(pass, element, 0);
    return product(page, upper) * partial(page, upper, element);
}

static double path(const Page *page, size_t upper, size_t lower)
{
    return page_round(page, product(page, upper) * partial(page, upper, lower));
}

static double sum_of_paths(const Page *page, size_t element)
{
    double sum = path(page, pass_dependent(page->pass, element, 0), element);
    for (int i = 1; i < pass_dependents(page->pass, element); i++)
        sum += path(page, pass_dependent(page->pass, element, i), element);
    return sum;
}

/* ∂L/∂element of a node in the shown row; of one that is fused with the loss it is there. */
static double node_gradient(const Page *page, size_t element)
{
    const Pass *pass = page->pass;
    const PageNote *note = find_note(page, pass->shown, loss_of(pass), element);
    if (note) return note->value;
    switch (way_from(pass, element)) {
    case WAY_LOSS: return partial(page, loss_of(pass), element);
    case WAY_MANY: return page_round(page, sum_of_paths(page, element));
    case WAY_ONE: return page_round(page, product(page, element));
    default: return page_round(page, pass_adjoint(pass, element));
    }
}

static void sweep_vector(Page *page, const Vector *vector)
{
    Pass *pass = page->pass;
    int shown = pass->shown;
    Way way = way_from(pass, vector->at);
    if (way == WAY_FUSED) kernel_backward(pass, vector, 0, vector->size);
    if (way == WAY_BATCH) page_norm_spread(page, vector);
    for (pass->shown = 0; pass->shown < pass->rows; pass->shown++)
        for (size_t e = vector->at; e < vector->at + (size_t)vector->size; e++)
            pass->adjoint[pass_place(pass, e, pass->shown)] = node_gradient(page, e);
    pass->shown = shown;
}

void page_sweep(Page *page)
{
    const Net *net = settle(page)->net;
    for (int v = net->prediction; v >= 0 && !page->swept; v--)
        if (net->vectors[v].uses[0] >= 0) sweep_vector(page, &net->vectors[v]);
    page->swept = true;
}

double page_partial(Page *page, size_t upper, size_t lower)
{
    settle(page);
    return partial(page, upper, lower);
}

double page_product(Page *page, size_t element)
{
    page_sweep(page);
    return page_round(page, product(page, element));
}

double page_path(Page *page, size_t upper, size_t lower)
{
    page_sweep(page);
    return path(page, upper, lower);
}

/* A parameter serves every row: the mean of the rows' lines. */
double page_gradient(Page *page, size_t element)
{
    page_sweep(page);
    Pass *pass = page->pass;
    if (net_vector(pass->net, element)) return pass_adjoint(pass, element);
    const PageNote *note = find_note(page, NOTE_OF_ALL, loss_of(pass), element);
    if (note) return note->value;
    double sum = 0;
    int shown = pass->shown;
    for (pass->shown = 0; pass->shown < pass->rows; pass->shown++)
        sum += page_round(page, product(page, element));
    pass->shown = shown;
    return pass->rows > 1 ? page_round(page, sum / pass->rows) : sum;
}

/* The verdict. */

Hand page_judge(const Page *page, double exact, double hand)
{
    if (!page) return (Hand){0};
    double should = page_round(page, exact), is = page_round(page, hand);
    bool equal = should == is || (isnan(should) && isnan(is));
    double units = equal ? 0 : round((is - should) * pow(10, page->decimals));
    return (Hand){true, page->decimals, hand, isnan(units) ? INFINITY : units};
}
