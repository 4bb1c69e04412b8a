#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "session/probe.h"

struct Probe {
    const Session *session;
    Pass *copy;         /* of the session's pass; NULL until it is needed */
    bool fresh;         /* ... with the present batch, gone forward */
    bool backward_done; /* ... and backward */
};

Probe *probe_new(const Session *session)
{
    Probe *probe = memory_new(sizeof *probe);
    probe->session = session;
    return probe;
}

void probe_free(Probe *probe)
{
    if (!probe) return;
    pass_free(probe->copy);
    free(probe);
}

void probe_stale(Probe *probe)
{
    probe->fresh = false;
}

bool probe_needed(const Session *session)
{
    const Trainer *trainer = &session->trainer;
    return trainer->rows.count && trainer_old(trainer) != session->pass->value;
}

/* What the session's pass holds, with the parameters that its nodes belong to. */
static void refresh(Probe *probe)
{
    const Pass *pass = probe->session->pass;
    const Net *net = pass->net;
    if (!probe->copy) probe->copy = pass_copy(pass);
    Pass *copy = probe->copy;
    pass_set_rows(copy, pass->rows, SIZE_MAX, NULL); /* the session's pass takes as much */
    copy->shown = pass->shown;
    memory_copy_numbers(copy->value, trainer_old(&probe->session->trainer), net->stored);
    memory_copy_numbers(copy->value + net->stored, pass->value + net->stored,
                        (size_t)pass->rows * pass_nodes(net));
    if (!pass->forward_done) pass_forward(copy);
    probe->fresh = true;
    probe->backward_done = false;
}

Pass *probe_pass(Probe *probe)
{
    if (!probe->fresh) refresh(probe);
    return probe->copy;
}

static Pass *gone_backward(Probe *probe)
{
    Pass *copy = probe_pass(probe);
    if (!probe->backward_done) pass_backward(copy);
    probe->backward_done = true;
    return copy;
}

/* A pass with the batch's nodes. */
static const Pass *nodes(Probe *probe)
{
    const Pass *pass = probe->session->pass;
    return pass->forward_done ? pass : probe_pass(probe);
}

/* ... and with the parameters that these were computed with. */
static const Pass *whole(Probe *probe)
{
    return probe_needed(probe->session) ? probe_pass(probe) : nodes(probe);
}

/* Training takes no derivatives by x, and so pass_backward doesn't. */
static double read_adjoint(Probe *probe, size_t element)
{
    const Vector *vector = net_vector(session_net(probe->session), element);
    if (vector && vector->kind == SYMBOL_INPUT)
        return memo_adjoint(probe_pass(probe), element, "probe");
    return pass_adjoint(gone_backward(probe), element);
}

double probe_read(Probe *probe, const Reading *reading)
{
    size_t element = reading->element;
    switch (reading->kind) {
    case READING_NODE: return pass_value(nodes(probe), element);
    case READING_LOSS: return pass_loss(nodes(probe));
    case READING_ADJOINT: return read_adjoint(probe, element);
    case READING_ADJOINT_NORM:
        return number_norm(gone_backward(probe)->adjoint + element, reading->count);
    case READING_DERIVATIVE: return pass_derivative(whole(probe), reading->upper, element);
    default: return reading_at_hand(reading, probe->session);
    }
}
