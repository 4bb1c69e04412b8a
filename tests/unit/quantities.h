/* For tests of conditions: random expressions, with values that are computed by the test itself. */
#ifndef TESTS_QUANTITIES_H
#define TESTS_QUANTITIES_H

#include <math.h>

#include "base/memory.h"
#include "random_nets.h"
#include "session/state.h"
#include "show/matrix_kind.h"

typedef enum QuantityKind {
    QUANTITY_PARAMETER,
    QUANTITY_NORM,
    QUANTITY_LOSS,
    QUANTITY_NODE,
    QUANTITY_ADJOINT,
    QUANTITY_ADJOINT_NORM,
    QUANTITY_ROW,
    QUANTITY_UPDATES,
    QUANTITY_EPOCH,
    QUANTITY_AVERAGE,
    QUANTITY_RATE
} QuantityKind;

typedef struct Quantity {
    QuantityKind kind;
    size_t element, count;
} Quantity;

typedef enum QuestionForm { PLAIN, BELOW, ABOVE, BOTH, DIFFERENCE } QuestionForm;

/* The first quantity as it is, compared with a number, or together with a second one. */
typedef struct Question {
    QuestionForm form;
    Quantity parts[2];
    double limits[2];
    bool of_epochs; /* it changes with epochs alone */
    size_t settled; /* how many parameters are new, in an update, when all that it reads are */
    char text[256];
} Question;

/* The batch that is in place, gone forward and backward with the parameters that the update began
   with. To be freed. */
static inline Pass *quantities_pass(const Session *session)
{
    Pass *copy = pass_copy(session->pass);
    memory_copy_numbers(copy->value, trainer_old(&session->trainer), copy->net->stored);
    pass_forward(copy);
    pass_backward(copy);
    return copy;
}

/* Where the squares overflow, by the largest. */
static inline double norm_of(const double *numbers, size_t count)
{
    double sum = 0, largest = 0;
    for (size_t i = 0; i < count; i++) sum += numbers[i] * numbers[i];
    for (size_t i = 0; i < count; i++) largest = fmax(largest, fabs(numbers[i]));
    if (isfinite(sum) || isinf(largest)) return sqrt(sum);
    sum = 0;
    for (size_t i = 0; i < count; i++) sum += numbers[i] / largest * (numbers[i] / largest);
    return largest * sqrt(sum);
}

static inline double quantity_value(const Quantity *quantity, const Session *session,
                                    const Pass *pass)
{
    const Setup *setup = &session->setup;
    switch (quantity->kind) {
    case QUANTITY_PARAMETER: return session->pass->value[quantity->element];
    case QUANTITY_NORM: return norm_of(session->pass->value + quantity->element, quantity->count);
    case QUANTITY_LOSS: return pass_loss(pass);
    case QUANTITY_NODE: return pass_value(pass, quantity->element);
    case QUANTITY_ADJOINT: return pass_adjoint(pass, quantity->element);
    case QUANTITY_ADJOINT_NORM: return norm_of(pass->adjoint + quantity->element, quantity->count);
    case QUANTITY_ROW: return setup->typed ? 1 : (double)trainer_present_row(&session->trainer) + 1;
    case QUANTITY_UPDATES: return (double)setup->descent.updates;
    case QUANTITY_EPOCH: return (double)setup->course.epoch + 1;
    case QUANTITY_AVERAGE: return setup->course.average;
    case QUANTITY_RATE: return setup->descent.rate;
    }
    return NAN;
}

static inline double question_value(const Question *question, const Session *session,
                                    const Pass *pass)
{
    double a = quantity_value(&question->parts[0], session, pass);
    double b = quantity_value(&question->parts[1], session, pass);
    switch (question->form) {
    case PLAIN: return a;
    case BELOW: return a < question->limits[0];
    case ABOVE: return a > question->limits[0];
    case BOTH: return a > question->limits[0] && b > question->limits[1];
    case DIFFERENCE: return a - b;
    }
    return NAN;
}

static inline void quantity_matrix(Quantity *quantity, Random *random, const Net *net)
{
    Stored stored;
    quantity->element = 0;
    int layer = random_between(random, 1, net->architecture.layers);
    ck_assert(net_stored(net, SYMBOL_WEIGHT, layer, &stored));
    quantity->element = stored.first;
    quantity->count = (size_t)stored.rows * (size_t)stored.columns;
}

/* A node that an event computes. */
static inline size_t quantity_node(Random *random, const Net *net)
{
    for (;;) {
        size_t element = net->stored + random_below(random, net->elements - net->stored);
        SymbolKind kind = net_symbol(net, element).kind;
        if (kind >= SYMBOL_SUM && kind != SYMBOL_TARGET && kind != SYMBOL_MEAN &&
            kind != SYMBOL_VARIANCE && kind != SYMBOL_LOSS)
            return element;
    }
}

static inline Quantity quantity_draw(Random *random, const Net *net)
{
    static const QuantityKind kinds[] = {
        QUANTITY_PARAMETER, QUANTITY_PARAMETER, QUANTITY_PARAMETER, QUANTITY_NORM,
        QUANTITY_LOSS,      QUANTITY_LOSS,      QUANTITY_LOSS,      QUANTITY_NODE,
        QUANTITY_NODE,      QUANTITY_ADJOINT,   QUANTITY_ADJOINT,   QUANTITY_ADJOINT_NORM,
        QUANTITY_ROW,       QUANTITY_UPDATES,   QUANTITY_EPOCH,     QUANTITY_AVERAGE,
        QUANTITY_RATE};
    Quantity quantity = {.kind = kinds[random_below(random, sizeof kinds / sizeof *kinds)]};
    if (quantity.kind == QUANTITY_NORM || quantity.kind == QUANTITY_ADJOINT_NORM)
        quantity_matrix(&quantity, random, net);
    if (quantity.kind == QUANTITY_PARAMETER)
        quantity.element = random_below(random, net->parameters);
    if (quantity.kind == QUANTITY_NODE) quantity.element = quantity_node(random, net);
    if (quantity.kind == QUANTITY_ADJOINT)
        quantity.element = random_below(random, 2) ? random_below(random, net->parameters)
                                                   : quantity_node(random, net);
    return quantity;
}

static inline void quantity_spell(char *text, size_t size, const Quantity *quantity, const Net *net)
{
    static const char *const names[] = {
        [QUANTITY_LOSS] = "L",      [QUANTITY_ROW] = "row",      [QUANTITY_UPDATES] = "updates",
        [QUANTITY_EPOCH] = "epoch", [QUANTITY_AVERAGE] = "avgL", [QUANTITY_RATE] = "lr"};
    char name[SYMBOL_SIZE];
    symbol_spell(name, net_symbol(net, quantity->element));
    int layer = net_symbol(net, quantity->element).layer;
    switch (quantity->kind) {
    case QUANTITY_PARAMETER:
    case QUANTITY_NODE: snprintf(text, size, "%s", name); break;
    case QUANTITY_ADJOINT: snprintf(text, size, "dL/d%s", name); break;
    case QUANTITY_NORM: snprintf(text, size, "norm(W^%d)", layer); break;
    case QUANTITY_ADJOINT_NORM: snprintf(text, size, "norm(dL/dW^%d)", layer); break;
    default: snprintf(text, size, "%s", names[quantity->kind]);
    }
}

static inline void question_spell(Question *question, const Net *net)
{
    char parts[2][80];
    size_t size = sizeof question->text;
    for (int i = 0; i < 2; i++) quantity_spell(parts[i], sizeof parts[i], &question->parts[i], net);
    switch (question->form) {
    case PLAIN: snprintf(question->text, size, "%s", parts[0]); break;
    case BELOW: snprintf(question->text, size, "%s < %.17g", parts[0], question->limits[0]); break;
    case ABOVE: snprintf(question->text, size, "%s > %.17g", parts[0], question->limits[0]); break;
    case BOTH:
        snprintf(question->text, size, "%s > %.17g && %s > %.17g", parts[0], question->limits[0],
                 parts[1], question->limits[1]);
        break;
    case DIFFERENCE: snprintf(question->text, size, "%s - %s", parts[0], parts[1]);
    }
}

static inline double question_limit(const Quantity *quantity, const Session *session,
                                    const Pass *pass)
{
    double limit = quantity_value(quantity, session, pass);
    return isfinite(limit) ? limit : 0;
}

static inline void question_settle(Question *question, const Net *net)
{
    int parts = question->form == BOTH || question->form == DIFFERENCE ? 2 : 1;
    question->of_epochs = true;
    for (int part = 0; part < parts; part++) {
        const Quantity *quantity = &question->parts[part];
        if (quantity->kind < QUANTITY_EPOCH) question->of_epochs = false;
        bool norm = quantity->kind == QUANTITY_NORM;
        size_t end = quantity->element + (norm ? quantity->count : 1);
        for (size_t i = 0; i < net->parameters; i++) {
            size_t e = net_parameter(net, i);
            bool read = norm || quantity->kind == QUANTITY_PARAMETER;
            if (read && e >= quantity->element && e < end && i + 1 > question->settled)
                question->settled = i + 1;
        }
    }
}

/* One of the form FORM, with limits that are what the quantities are in SESSION now. */
static inline Question question_draw(Random *random, const Session *session, QuestionForm form)
{
    const Net *net = session->pass->net;
    Question question = {.form = form};
    Pass *pass = quantities_pass(session);
    for (int i = 0; i < 2; i++) {
        question.parts[i] = quantity_draw(random, net);
        question.limits[i] = question_limit(&question.parts[i], session, pass);
    }
    question_spell(&question, net);
    question_settle(&question, net);
    pass_free(pass);
    return question;
}

#endif
