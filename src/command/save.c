#include <stdio.h>

#include "base/number.h"
#include "base/words.h"
#include "command/save.h"
#include "command/settings.h"
#include "session/by_hand.h"
#include "session/checkpoint.h"
#include "command/matrix_text.h"

/* Longer rows are set in parts, so that no line of the script is too long. */
enum { NUMBERS_IN_LINE = 500 };

static void add_numbers(Text *text, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i) text_add_char(text, ' ');
        number_add(text, numbers[i]);
    }
}

static void save_init(const Session *session, Text *text)
{
    const Architecture *made = &session_net(session)->architecture;
    text_add(text, "init ");
    architecture_spell(text, made);
    text_print(text, " loss=%s%s\n", session->setup.loss->name, made->biases ? "" : " biases=none");
}

/* Parts of a matrix, each named by the element it starts with. */
static void save_parts(const Session *session, Text *text, const char *slot, size_t first,
                       size_t count, const double *numbers)
{
    for (size_t at = 0; at < count; at += NUMBERS_IN_LINE) {
        size_t part = count - at < NUMBERS_IN_LINE ? count - at : NUMBERS_IN_LINE;
        char name[SYMBOL_SIZE];
        symbol_spell(name, net_symbol(session_net(session), first + at));
        text_print(text, "set %s%s [", slot, name);
        add_numbers(text, numbers + first + at, part);
        text_add(text, "]\n");
    }
}

static void save_matrix(const Session *session, Text *text, const char *slot,
                        const MatrixKind *kind, int layer, const double *numbers)
{
    Stored stored;
    if (!net_stored(session_net(session), kind->kind, layer, &stored)) return;
    size_t count = (size_t)stored.rows * (size_t)stored.columns;
    if (count > NUMBERS_IN_LINE) {
        save_parts(session, text, slot, stored.first, count, numbers);
        return;
    }
    text_print(text, "set %s%s^%d ", slot, kind->name, layer);
    matrix_spell(text, numbers + stored.first, stored.rows, stored.columns);
    text_add_char(text, '\n');
}

/* All matrices of NUMBERS, laid out like the parameters; SLOT is "", "m.", or with the page's
   prefix before it. ALL: running statistics, too. */
static void save_numbers(const Session *session, Text *text, const char *slot, bool all,
                         const double *numbers)
{
    int layers = session_net(session)->architecture.layers;
    for (int k = 1; k <= layers; k++)
        for (int i = 0; matrix_kind(i); i++)
            if (matrix_kind(i)->trained || all)
                save_matrix(session, text, slot, matrix_kind(i), k, numbers);
}

static void save_setting(const Session *session, Text *text, const Setting *setting)
{
    text_print(text, "set %s ", setting->name);
    setting->show(session, text);
    text_add_char(text, '\n');
}

/* Some come later than the others: `losses` after the data, whose loading begins an epoch; `event`
   at the end. */
static void save_settings(const Session *session, Text *text)
{
    for (size_t i = 0; setting_row(i); i++)
        if (setting_row(i)->of == OF_MODEL) save_setting(session, text, setting_row(i));
}

/* PREFIX: "", or "page." for the page's. */
static void save_slots(const Session *session, Text *text, const char *prefix, const double *slots)
{
    const Optimizer *optimizer = session->setup.descent.optimizer;
    for (int s = 0; slots && s < optimizer_slots(optimizer); s++) {
        char slot[16];
        snprintf(slot, sizeof slot, "%s%s.", prefix, optimizer->slots[s]);
        save_numbers(session, text, slot, false,
                     slots + (size_t)s * session_net(session)->parameters);
    }
}

/* That the present update takes or begins with. */
static size_t first_row(const Session *session)
{
    const Trainer *trainer = &session->trainer;
    size_t next = checkpoint_beginning(session).course->next;
    return trainer->rows.count ? trainer_row(trainer, next) : next;
}

static void save_row(const Session *session, Text *text)
{
    static const char *const scalings[] = {"none", "standard", "minmax"};
    const Setup *setup = &session->setup;
    if (session->data) {
        text_add(text, "data ");
        word_quote(text, session->raw->name);
        if (session->raw->target) {
            text_add(text, " target=");
            word_quote(text, session->raw->target);
        }
        if (session->raw->header != HEADER_GUESS)
            text_print(text, " header=%s", session->raw->header == HEADER_YES ? "yes" : "no");
        text_print(text, "\ndata scale %s\nrow %zu\n", scalings[session->data->scaling],
                   first_row(session) + 1);
    }
    if (!setup->typed) return;
    text_add(text, "input ");
    add_numbers(text, session->typed, (size_t)setup->typed_inputs);
    text_add(text, " -> ");
    add_numbers(text, session->typed + setup->typed_inputs, (size_t)setup->typed_targets);
    text_add_char(text, '\n');
}

static void save_pins(const Session *session, Text *text)
{
    for (int i = 0; i < session->pass->pin_count; i++) {
        const Pin *pin = &session->pass->pins[i];
        char name[SYMBOL_SIZE], value[NUMBER_SIZE];
        symbol_spell(name, net_symbol(session_net(session), pin->element));
        number_spell(value, pin->value, 0);
        text_print(text, "assume %s = %s\n", name, value);
    }
}

/* What the page says of nodes and derivatives. */
static void save_notes(const Session *session, Text *text, const Page *page)
{
    const Net *net = session_net(session);
    for (int i = 0; i < page->note_count; i++) {
        const PageNote *note = &page->notes[i];
        char upper[SYMBOL_SIZE], name[SYMBOL_SIZE], value[NUMBER_SIZE];
        symbol_spell(upper, net_symbol(net, note->upper));
        symbol_spell(name, net_symbol(net, note->element));
        number_spell(value, note->value, 0);
        if (note->upper == note->element)
            text_print(text, "page %s = %s\n", name, value);
        else
            text_print(text, "page d%s/d%s = %s\n", upper, name, value);
    }
}

static void save_page(const Session *session, Text *text)
{
    static const char prefix[] = "page.";
    const Page *page = by_hand_beginning(session);
    if (!page) return;
    save_numbers(session, text, prefix, true, page->numbers);
    save_slots(session, text, prefix, page->slots ? page->numbers + page->stored : NULL);
    save_notes(session, text, page);
}

void save_script(const Session *session, Text *text)
{
    /* A typed row that does not fit the network can only be typed before there is that one. */
    const Setup *setup = &session->setup;
    bool misfit = setup->typed && session->pass && !session_row_ready(session, NULL);
    Beginning from = checkpoint_beginning(session);
    text_add(text, "# a session of backprop: `source` this file to go on where it stood\n");
    if (misfit) text_print(text, "init %d-%d\n", setup->typed_inputs, setup->typed_targets);
    if (misfit) save_row(session, text);
    if (session->pass) save_init(session, text);
    save_settings(session, text);
    if (!misfit) save_row(session, text);
    if (from.course->counted || from.course->epoch)
        save_setting(session, text, setting_find("losses"));
    if (!session->pass) return;
    save_numbers(session, text, "", true, from.stored);
    save_slots(session, text, "", from.slots);
    save_pins(session, text);
    save_page(session, text);
    if (session->trainer.done) save_setting(session, text, setting_find("event"));
}
