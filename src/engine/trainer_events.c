/* The trainer's events, one by one. */
#include "engine/memo.h"
#include "engine/sweep.h"
#include "engine/trainer.h"

Event trainer_event(const Trainer *trainer)
{
    const Net *net = trainer->pass->net;
    Event event = {trainer->phase, net->elements};
    if (event.phase == PHASE_FORWARD)
        event.element = net->vectors[net->ops[trainer->op].out].at + trainer->at;
    else if (event.phase == PHASE_LOSS)
        event.element = net_loss(net);
    else if (event.phase == PHASE_BACKWARD || event.phase == PHASE_UPDATE)
        event.element = net_parameter(net, trainer->at);
    return event;
}

static void enter(Trainer *trainer, Phase phase)
{
    trainer->phase = phase;
    trainer->at = 0;
    trainer->op = 0;
}

/* The first event of an update: what it begins with is remembered. */
static void begin_update(Trainer *trainer)
{
    trainer_make_room(trainer);
    trainer->begun = *trainer->course;
    trainer->counted = trainer->descent->updates;
    enter(trainer, PHASE_FORWARD);
}

/* Whether the event was interrupted: then it is the next one still. */
static bool gave_up(Trainer *trainer)
{
    bool stopped = trainer->pass->memo.stopped;
    if (stopped) trainer->done--;
    return stopped;
}

static void do_forward(Trainer *trainer)
{
    const Net *net = trainer->pass->net;
    const Op *op = &net->ops[trainer->op];
    int node = (int)trainer->at;
    pass_forward_op(trainer->pass, op, node, node + 1);
    if (gave_up(trainer) || (int)++trainer->at < net->vectors[op->out].size) return;
    trainer->at = 0;
    if (net->ops[++trainer->op].kind == OP_LOSS) enter(trainer, PHASE_LOSS);
}

static bool do_loss(Trainer *trainer, UpdateResult *result)
{
    Pass *pass = trainer->pass;
    pass_forward_op(pass, &pass->net->ops[pass->net->op_count - 1], 0, 1);
    trainer->update.loss = pass_loss(pass);
    trainer->update.broken = pass_broken(pass);
    if (trainer->update.broken < pass->net->elements) {
        *result = UPDATE_NODE_BROKE;
        trainer->done--;
        return false;
    }
    pass->forward_done = true;
    enter(trainer, PHASE_BACKWARD);
    return true;
}

static void do_backward(Trainer *trainer, const char *by)
{
    const Net *net = trainer->pass->net;
    memo_adjoint(trainer->pass, net_parameter(net, trainer->at), by);
    if (!gave_up(trainer) && ++trainer->at == net->parameters) enter(trainer, PHASE_UPDATE);
}

/* After the last parameter: the update is done, or taken back. */
static bool settle_update(Trainer *trainer, UpdateResult *result)
{
    *result = update_end(&trainer->update, trainer->pass, trainer->descent, trainer->slots);
    if (*result != UPDATE_MADE) {
        trainer->done -= trainer->at; /* all of this phase are taken back */
        enter(trainer, PHASE_UPDATE);
        return false;
    }
    if (trainer_conclude(trainer))
        enter(trainer, PHASE_EPOCH);
    else
        trainer_load(trainer);
    return true;
}

static bool do_update(Trainer *trainer, UpdateResult *result)
{
    const Net *net = trainer->pass->net;
    Update *update = &trainer->update;
    if (!trainer->at) update_begin(update, trainer->pass, trainer->descent, trainer->slots);
    descent_apply(trainer->descent, net->parameters, net_parameter(net, trainer->at), 1,
                  trainer->pass->value, update->gradient, trainer->slots);
    return ++trainer->at < net->parameters || settle_update(trainer, result);
}

bool trainer_next(Trainer *trainer, const char *by, UpdateResult *result)
{
    trainer->done++;
    trainer->pass->memo.stopped = false; /* by an earlier request */
    switch (trainer->phase) {
    case PHASE_ROW: begin_update(trainer); return true;
    case PHASE_FORWARD: do_forward(trainer); return true;
    case PHASE_LOSS: return do_loss(trainer, result);
    case PHASE_BACKWARD: do_backward(trainer, by); return true;
    case PHASE_UPDATE: return do_update(trainer, result);
    case PHASE_EPOCH: break;
    }
    trainer_end_epoch(trainer);
    trainer_load(trainer);
    return true;
}
