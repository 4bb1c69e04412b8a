#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "explain/page_inside.h"

/* The state. */

static size_t numbers_of(const Page *page)
{
    return page->stored + page->slots;
}

void page_erase(Page *page)
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
    page_erase(page);
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
    page_erase(page);
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
    page_erase(page);
}

void page_reset_slots(Page *page, size_t slot_count)
{
    page->slots = slot_count;
    page->numbers =
        memory_resize(page->numbers, numbers_of(page) * sizeof *page->numbers + !page->stored);
    for (size_t i = 0; i < slot_count; i++) page->numbers[page->stored + i] = 0;
    free(page->clipped);
    page->clipped = NULL;
    page_erase(page);
}

const PageNote *page_find_note(const Page *page, int row, size_t upper, size_t element)
{
    for (int i = 0; i < page->note_count; i++) {
        const PageNote *note = &page->notes[i];
        if (note->row == row && note->upper == upper && note->element == element) return note;
    }
    return NULL;
}

void page_note(Page *page, PageNote note)
{
    const PageNote *old = page_find_note(page, note.row, note.upper, note.element);
    size_t place = old ? (size_t)(old - page->notes) : (size_t)page->note_count++;
    page->notes = memory_resize(page->notes, note_bytes(page));
    page->notes[place] = note;
    page_erase(page);
}

void page_forget(Page *page, PageNote note)
{
    const PageNote *old = page_find_note(page, note.row, note.upper, note.element);
    if (!old) return;
    page->notes[old - page->notes] = page->notes[--page->note_count];
    page_erase(page);
}

void page_clear_notes(Page *page)
{
    page->note_count = 0;
    page_erase(page);
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
