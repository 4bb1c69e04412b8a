#include <stdio.h>
#include <string.h>

#include "command/matrix_name.h"

static bool read_part(const char *text, MatrixName *name)
{
    Symbol symbol;
    size_t length = symbol_scan(text, &symbol);
    if (!length || text[length]) return false;
    name->layer = symbol.layer, name->from = symbol.from, name->node = symbol.node;
    for (int i = 0; matrix_kind(i); i++)
        if (matrix_kind(i)->kind == symbol.kind) name->kind = matrix_kind(i);
    return name->kind != NULL;
}

static bool read_whole(const char *text, MatrixName *name)
{
    int used = 0;
    const char *raised = strchr(text, '^');
    if (!raised || sscanf(raised, "^%4d%n", &name->layer, &used) != 1 || raised[used]) return false;
    size_t length = (size_t)(raised - text);
    for (int i = 0; matrix_kind(i); i++)
        if (strlen(matrix_kind(i)->name) == length && !strncmp(text, matrix_kind(i)->name, length))
            name->kind = matrix_kind(i);
    return name->kind != NULL;
}

bool matrix_name_read(const Word *word, MatrixName *name)
{
    static const char page[] = "page.";
    const char *at = word->text;
    *name = (MatrixName){.column = word->column, .page = !strncmp(at, page, strlen(page))};
    if (name->page) at += strlen(page);
    const char *dot = strchr(at, '.');
    if (dot) {
        if ((size_t)(dot - at) >= sizeof name->slot) return false;
        memcpy(name->slot, at, (size_t)(dot - at));
        at = dot + 1;
    }
    return read_whole(at, name) || read_part(at, name);
}

/* The numbers of a slot, laid out like the parameters. */
static double *slot_numbers(Session *session, const MatrixName *name, Error *err)
{
    const Optimizer *optimizer = session->setup.descent.optimizer;
    if (!*name->slot) return session->pass->value;
    if (!name->kind->trained) {
        fail(err, name->column, "an optimizer keeps nothing of %s", name->kind->name);
        return NULL;
    }
    for (int s = 0; s < optimizer_slots(optimizer); s++)
        if (!strcmp(optimizer->slots[s], name->slot))
            return session->slots + (size_t)s * session_net(session)->parameters;
    fail(err, name->column, "the optimizer %s keeps no `%s`", optimizer->name, name->slot);
    return NULL;
}

static bool find_whole(const Session *session, const MatrixName *name, double *numbers,
                       MatrixPlace *place, Error *err)
{
    const Architecture *made = &session_net(session)->architecture;
    if (name->layer < 1 || name->layer > made->layers)
        return fail(err, name->column, "there is no layer %d: this network has %d", name->layer,
                    made->layers);
    Stored stored;
    if (!net_stored(session_net(session), name->kind->kind, name->layer, &stored))
        return fail(err, name->column, "layer %d of this network has no %s", name->layer,
                    name->kind->name);
    *place = (MatrixPlace){
        .numbers = numbers + stored.first, .rows = stored.rows, .columns = stored.columns};
    return true;
}

static bool find_part(const Session *session, const MatrixName *name, double *numbers,
                      MatrixPlace *place, Error *err)
{
    const Net *net = session_net(session);
    Symbol symbol = {name->kind->kind, name->layer, name->from, name->node};
    size_t element;
    Stored stored;
    if (!net_element(net, symbol, name->column, &element, err)) return false;
    net_stored(net, symbol.kind, symbol.layer, &stored);
    size_t end = stored.first + (size_t)stored.rows * (size_t)stored.columns;
    *place = (MatrixPlace){.numbers = numbers + element, .rows = 1, .room = (int)(end - element)};
    return true;
}

bool matrix_find(Session *session, const MatrixName *name, MatrixPlace *place, Error *err)
{
    if (name->page && !session->page)
        return fail(err, name->column,
                    "nothing is computed by hand: `set round 4` begins a page with 4 decimals");
    double *numbers = slot_numbers(session, name, err);
    if (!numbers) return false;
    bool found = name->node ? find_part(session, name, numbers, place, err)
                            : find_whole(session, name, numbers, place, err);
    if (!found) return false;
    place->unsigned_only = name->kind->kind == SYMBOL_RUNNING_VARIANCE;
    place->page = name->page;
    place->first = *name->slot
                       ? session_net(session)->stored + (size_t)(place->numbers - session->slots)
                       : (size_t)(place->numbers - numbers);
    return true;
}
