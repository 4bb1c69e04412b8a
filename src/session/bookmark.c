#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/bookmark.h"
#include "session/state.h"

/* What a pass and its memo know beyond what they were given. */
typedef struct Knowledge {
    bool forward_done;
    double *values;              /* [rows * nodes]; NULL: none are known */
    double *adjoints;            /* [stored + rows * nodes]; NULL likewise */
    Mark *marks;                 /* [elements], with the adjoints */
    Arena names;                 /* that these point to */
    unsigned request, forgotten; /* of the memo, with the marks */
    double multiplications, naive;
    size_t bytes;
} Knowledge;

struct Bookmark {
    Snapshot *snapshot;
    States undo, redo;
    Style style;
    Asking asking;
    char *repeat; /* or NULL */
    Knowledge knowledge;
};

static size_t count_nodes(const Pass *pass)
{
    return (size_t)pass->rows * pass_nodes(pass->net);
}

static double *copy_numbers(Knowledge *knowledge, const double *numbers, size_t count)
{
    double *copy = memory_new(count * sizeof *copy);
    memory_copy_numbers(copy, numbers, count);
    knowledge->bytes += count * sizeof *copy;
    return copy;
}

/* MARK with its name in NAMES; marks that come one after the other mostly have the same, LAST. */
static Mark copy_mark(Mark mark, Arena *names, Mark *last, const char **copy)
{
    if (!mark.by) return mark;
    if (mark.by != last->by) *copy = arena_copy(names, mark.by, strlen(mark.by));
    *last = mark;
    mark.by = *copy;
    return mark;
}

static void take_adjoints(Knowledge *knowledge, const Pass *pass)
{
    size_t elements = pass->net->elements, stored = pass->net->stored;
    Mark last = {0};
    const char *name = NULL;
    knowledge->adjoints = copy_numbers(knowledge, pass->adjoint, stored + count_nodes(pass));
    knowledge->marks = memory_new(elements * sizeof *knowledge->marks);
    knowledge->bytes += elements * sizeof *knowledge->marks;
    for (size_t e = 0; e < elements; e++)
        if (memo_knows(pass, e)) /* the names of others are gone */
            knowledge->marks[e] = copy_mark(pass->memo.marks[e], &knowledge->names, &last, &name);
}

static void take_knowledge(Knowledge *knowledge, const Pass *pass)
{
    const Memo *memo = &pass->memo;
    knowledge->forward_done = pass->forward_done;
    knowledge->request = memo->request;
    knowledge->forgotten = memo->forgotten;
    knowledge->multiplications = memo->multiplications;
    knowledge->naive = memo->naive;
    if (pass->forward_done)
        knowledge->values =
            copy_numbers(knowledge, pass->value + pass->net->stored, count_nodes(pass));
    if (memo->request != memo->forgotten) take_adjoints(knowledge, pass);
}

static void return_adjoints(Session *session, const Knowledge *knowledge)
{
    Pass *pass = session->pass;
    Mark last = {0};
    const char *name = NULL;
    pass->memo.request = knowledge->request;
    pass->memo.forgotten = knowledge->forgotten;
    memory_copy_numbers(pass->adjoint, knowledge->adjoints, pass->net->stored + count_nodes(pass));
    for (size_t e = 0; e < pass->net->elements; e++)
        pass->memo.marks[e] = copy_mark(knowledge->marks[e], &session->words, &last, &name);
}

static void return_knowledge(Session *session, const Knowledge *knowledge)
{
    Pass *pass = session->pass;
    pass->forward_done = knowledge->forward_done;
    pass->memo.multiplications = knowledge->multiplications;
    pass->memo.naive = knowledge->naive;
    if (knowledge->values)
        memory_copy_numbers(pass->value + pass->net->stored, knowledge->values, count_nodes(pass));
    if (knowledge->marks) return_adjoints(session, knowledge);
}

Bookmark *bookmark_take(Session *session)
{
    Bookmark *bookmark = memory_new(sizeof *bookmark);
    bookmark->snapshot = snapshot_take(session, "");
    bookmark->undo = history_share(session->history.undo);
    bookmark->redo = history_share(session->history.redo);
    bookmark->style = session->style;
    bookmark->asking = session->asking;
    bookmark->repeat = session->repeat ? memory_copy(session->repeat) : NULL;
    if (session->pass) take_knowledge(&bookmark->knowledge, session->pass);
    return bookmark;
}

void bookmark_free(Bookmark *bookmark)
{
    if (!bookmark) return;
    snapshot_release(bookmark->snapshot);
    history_release(&bookmark->undo);
    history_release(&bookmark->redo);
    free(bookmark->repeat);
    free(bookmark->knowledge.values);
    free(bookmark->knowledge.adjoints);
    free(bookmark->knowledge.marks);
    arena_release(&bookmark->knowledge.names);
    free(bookmark);
}

static void return_states(States *states, States kept)
{
    history_release(states);
    *states = history_share(kept);
}

void bookmark_return(Session *session, const Bookmark *bookmark)
{
    snapshot_restore(session, bookmark->snapshot);
    return_states(&session->history.undo, bookmark->undo);
    return_states(&session->history.redo, bookmark->redo);
    session->style = bookmark->style;
    session->asking = bookmark->asking;
    free(session->repeat);
    session->repeat = bookmark->repeat ? memory_copy(bookmark->repeat) : NULL;
    if (session->pass) return_knowledge(session, &bookmark->knowledge);
}

size_t bookmark_bytes(const Bookmark *bookmark)
{
    return sizeof *bookmark + snapshot_bytes(bookmark->snapshot) + bookmark->knowledge.bytes;
}
