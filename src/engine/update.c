#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "engine/norm.h"
#include "engine/sweep.h"
#include "engine/update.h"

static size_t slot_numbers(const Pass *pass, const Optimizer *optimizer)
{
    return (size_t)optimizer_slots(optimizer) * pass->net->parameters;
}

Update update_new(const Pass *pass, const Optimizer *optimizer)
{
    size_t stored = pass->net->stored, parameters = pass->net->parameters;
    double *numbers =
        memory_new((stored + parameters + slot_numbers(pass, optimizer)) * sizeof(double));
    return (Update){
        .old = numbers, .gradient = numbers + stored, .old_slots = numbers + stored + parameters};
}

void update_release(Update *update)
{
    free(update->old);
    *update = (Update){0};
}

/* The first parameter that is not finite, or of which the optimizer keeps what is not. */
static size_t first_broken_parameter(const Pass *pass, const double *slots, size_t slot_count)
{
    size_t parameters = pass->net->parameters, stored = pass->net->stored;
    size_t value = number_first_broken(pass->value, stored),
           slot = number_first_broken(slots, slot_count);
    return value == stored && slot < slot_count ? slot % parameters : value;
}

/* Forward and loss. *BROKEN becomes the first node that is not finite (see pass_broken). */
static UpdateResult forward(Pass *pass, size_t *broken)
{
    if (!pass->forward_done && !pass_forward(pass)) return UPDATE_GIVEN_UP;
    *broken = pass_broken(pass);
    return *broken < pass->net->elements ? UPDATE_NODE_BROKE : UPDATE_MADE;
}

/* False when it was given up. */
static bool backward_and_update(Pass *pass, Descent *descent, double *slots)
{
    if (descent_is_plain(descent)) {
        if (!pass_descend(pass, descent->eta)) return false;
        descent->updates++;
        return true;
    }
    if (!pass_backward(pass)) return false;
    descent_update(descent, pass->net->parameters, pass->value, pass->adjoint, slots);
    return true;
}

UpdateResult update_make_fast(Pass *pass, Descent *descent, double *slots)
{
    size_t broken;
    UpdateResult result = forward(pass, &broken);
    if (result != UPDATE_MADE) return result;
    if (!backward_and_update(pass, descent, slots)) return UPDATE_GIVEN_UP;
    norm_follow(pass, pass->value);
    pass_forget(pass);
    return UPDATE_MADE;
}

bool update_sound(const Pass *pass, const Descent *descent, const double *slots)
{
    size_t count = slot_numbers(pass, descent->optimizer), stored = pass->net->stored;
    return number_first_broken(pass->value, stored) == stored &&
           number_first_broken(slots, count) == count;
}

/* Clips and decays the gradient; of the first parameter it is told how. */
static void prepare_gradient(Update *update, const Net *net, const Descent *descent)
{
    const double *first = update->gradient + net_parameter(net, 0);
    update->derivative = *first;
    descent_clip(descent, net->parameters, update->gradient);
    update->clipped = *first;
    descent_decay(descent, net->parameters, update->old, update->gradient);
}

void update_begin(Update *update, Pass *pass, const Descent *descent, const double *slots)
{
    const Net *net = pass->net;
    memory_copy_numbers(update->old, pass->value, net->stored);
    memory_copy_numbers(update->gradient, pass->adjoint, net->parameters);
    memory_copy_numbers(update->old_slots, slots, slot_numbers(pass, descent->optimizer));
    prepare_gradient(update, net, descent);
}

/* Takes the update back and names what broke. */
static UpdateResult take_back(Update *update, Pass *pass, const Descent *descent, double *slots)
{
    const Net *net = pass->net;
    size_t slot_count = slot_numbers(pass, descent->optimizer);
    update->broken = number_first_broken(update->gradient, net->parameters);
    bool gradient = update->broken < net->parameters;
    if (!gradient) update->broken = first_broken_parameter(pass, slots, slot_count);
    memory_copy_numbers(pass->value, update->old, net->stored);
    memory_copy_numbers(slots, update->old_slots, slot_count);
    return gradient ? UPDATE_GRADIENT_BROKE : UPDATE_PARAMETER_BROKE;
}

UpdateResult update_end(Update *update, Pass *pass, Descent *descent, double *slots)
{
    norm_follow(pass, pass->value);
    if (!update_sound(pass, descent, slots)) return take_back(update, pass, descent, slots);
    descent->updates++;
    pass_forget(pass);
    return UPDATE_MADE;
}

UpdateResult update_make(Update *update, Pass *pass, Descent *descent, double *slots)
{
    UpdateResult result = forward(pass, &update->broken);
    update->loss = pass_loss(pass);
    if (result != UPDATE_MADE) return result;
    if (!pass_backward(pass)) return UPDATE_GIVEN_UP;
    update_begin(update, pass, descent, slots);
    size_t parameters = pass->net->parameters;
    descent_apply(descent, parameters, 0, parameters, pass->value, update->gradient, slots);
    return update_end(update, pass, descent, slots);
}
