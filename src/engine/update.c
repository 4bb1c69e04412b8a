#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/sweep.h"
#include "engine/update.h"

static size_t slot_numbers(const Pass *pass, const Optimizer *optimizer)
{
    return (size_t)optimizer_slots(optimizer) * pass->net->parameters;
}

Update update_new(const Pass *pass, const Optimizer *optimizer)
{
    size_t parameters = pass->net->parameters, slots = slot_numbers(pass, optimizer);
    double *numbers = memory_new((2 * parameters + slots) * sizeof(double));
    return (Update){
        .old = numbers, .gradient = numbers + parameters, .old_slots = numbers + 2 * parameters};
}

void update_release(Update *update)
{
    free(update->old);
    *update = (Update){0};
}

/* The first of COUNT numbers that is not finite; COUNT when all are. */
static size_t first_broken(const double *numbers, size_t count)
{
    size_t i = 0;
    while (i < count && isfinite(numbers[i])) i++;
    return i;
}

/* The first parameter that is not finite, or of which the optimizer keeps what is not. */
static size_t first_broken_parameter(const Pass *pass, const double *slots, size_t slot_count)
{
    size_t parameters = pass->net->parameters;
    size_t value = first_broken(pass->value, parameters), slot = first_broken(slots, slot_count);
    return value == parameters && slot < slot_count ? slot % parameters : value;
}

/* Fills in the old parameters, the loss and the gradient. */
static UpdateResult differentiate(Update *update, Pass *pass)
{
    const Net *net = pass->net;
    size_t nodes = net->elements - net->parameters;
    if (!pass->forward_done) pass_forward(pass);
    update->loss = pass_loss(pass);
    update->broken = net->parameters + first_broken(pass->value + net->parameters, nodes);
    if (update->broken < net->elements) return UPDATE_NODE_BROKE;
    pass_backward(pass);
    memory_copy_numbers(update->old, pass->value, net->parameters);
    memory_copy_numbers(update->gradient, pass->adjoint, net->parameters);
    update->broken = first_broken(update->gradient, net->parameters);
    return update->broken < net->parameters ? UPDATE_GRADIENT_BROKE : UPDATE_MADE;
}

UpdateResult update_make(Update *update, Pass *pass, Descent *descent, double *slots)
{
    size_t parameters = pass->net->parameters;
    size_t slot_count = slot_numbers(pass, descent->optimizer);
    UpdateResult result = differentiate(update, pass);
    if (result != UPDATE_MADE) return result;
    memory_copy_numbers(update->old_slots, slots, slot_count);
    descent_clip(descent, parameters, update->gradient);
    descent_update(descent, parameters, pass->value, update->gradient, slots);
    update->broken = first_broken_parameter(pass, slots, slot_count);
    if (update->broken < parameters) {
        memory_copy_numbers(pass->value, update->old, parameters);
        memory_copy_numbers(slots, update->old_slots, slot_count);
        descent->updates--;
        return UPDATE_PARAMETER_BROKE;
    }
    pass_forget(pass);
    return UPDATE_MADE;
}
