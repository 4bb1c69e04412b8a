#include "session/perceptron.h"

static bool suits(const Session *session)
{
    const Architecture *made = &session_net(session)->architecture;
    return made->layers == 1 && !made->extras[0] &&
           fusion_trick(made->activations[0], session->setup.loss);
}

void perceptron_settle(Session *session)
{
    Pass *pass = session->pass;
    bool trick = pass && session->setup.descent.optimizer->trick && suits(session);
    if (pass && pass->trick != trick) pass_set_trick(pass, trick);
}

bool perceptron_suits(const Session *session, Error *err)
{
    if (!session->setup.descent.optimizer->trick || suits(session)) return true;
    const Architecture *made = &session_net(session)->architecture;
    bool step =
        made->layers == 1 && !made->extras[0] && made->activations[0] == activation_find("step");
    if (step)
        return fail(err, 0, "the perceptron needs a hinge loss, not %s: `set loss hinge`",
                    session->setup.loss->name);
    return fail(
        err, 0,
        "the perceptron needs a single layer with a step activation and a hinge loss: `init "
        "%d-%d:step loss=hinge`; any other takes `set optimizer sgd`",
        made->sizes[0], made->sizes[made->layers]);
}

static void add_mistake(Mistakes *mistakes, Mistake mistake)
{
    if (mistakes->count < MISTAKES_KEPT) mistakes->kept[mistakes->count] = mistake;
    mistakes->count++;
}

void perceptron_look(Session *session, Mistakes *mistakes)
{
    Pass *pass = session->pass;
    const Trainer *trainer = &session->trainer;
    const Net *net = pass->net;
    size_t first;
    int rows;
    mistakes->count = 0;
    if (!pass->trick) return;
    bool known = pass->forward_done;
    if (!known && !pass_forward(pass)) return;
    pass->forward_done = known; /* events of an update that has begun are still to come */
    trainer_batch(trainer, &first, &rows);
    for (int row = 0; row < rows; row++) {
        const double *yhat = pass->value + pass_place(pass, net->vectors[net->prediction].at, row);
        const double *y = pass->value + pass_place(pass, net->vectors[net->target].at, row);
        for (int j = 0; j < net_outputs(net); j++)
            if (y[j] * yhat[j] < 0)
                add_mistake(mistakes, (Mistake){trainer_row(trainer, first + (size_t)row), j});
    }
}
