#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "explain/binding.h"
#include "session/emit.h"
#include "session/rule.h"
#include "session/scope.h"

static void bind_number(Session *session, Binding *binding, const char *name, double value)
{
    binding_add(binding, name, expr_name(&session->arena, name, value));
}

static void bind_knobs(Session *session, Binding *binding, const Knob *knobs, const double *values)
{
    for (int i = 0; i < KNOBS && knobs[i].name; i++)
        bind_number(session, binding, knobs[i].letter, values[i]);
}

static const Expr *bound(Session *session, const Binding *binding, const char *text)
{
    return binding_apply(&session->explainer, text, binding);
}

/* The formulas alone. */

static void describe_line(void *self, const RuleLine *line)
{
    Session *session = self;
    emit_block(session, &(Block){.kind = BLOCK_EQUATION,
                                 .equation = {.left = scope_parse_row(session, line->target),
                                              .formula = scope_parse_row(session, line->formula),
                                              .bare = true}});
}

void rule_each_line(const Optimizer *optimizer, void (*constant)(void *self, const RuleLine *),
                    void (*line)(void *self, const RuleLine *), void *self)
{
    for (const RuleLine *at = optimizer->lines; at->target; at++) {
        for (const RuleLine *once = optimizer->constants; !at[1].target && once->target; once++)
            constant(self, once);
        line(self, at);
    }
}

void rule_describe(Session *session, const Optimizer *optimizer)
{
    rule_each_line(optimizer, describe_line, describe_line, session);
}

void rule_describe_decay(Session *session)
{
    describe_line(session, &weight_decay);
}

void rule_describe_schedule(Session *session, const Schedule *schedule)
{
    describe_line(session, &(RuleLine){"eta", schedule->formula});
}

/* The formulas with the numbers of one update. */

typedef struct Shown {
    Session *session;
    const Update *update;
    const Descent *descent;
    size_t element;    /* the parameter */
    double derivative; /* ∂L by it, */
    double clipped;    /* and after clipping */
    Binding binding;
} Shown;

/* The value of slot NAME after the update; the parameter's own when it is no slot's name. */
static double new_value(const Shown *shown, const char *name)
{
    const Session *session = shown->session;
    const Optimizer *optimizer = shown->descent->optimizer;
    for (int s = 0; s < optimizer_slots(optimizer); s++)
        if (!strcmp(optimizer->slots[s], name))
            return session->slots[(size_t)s * session_net(session)->parameters + shown->element];
    return session->pass->value[shown->element];
}

static void show_constant(void *self, const RuleLine *line)
{
    Shown *shown = self;
    Session *session = shown->session;
    const Expr *formula = bound(session, &shown->binding, line->formula);
    double value = expr_value(formula);
    emit_equation(session, scope_parse_row(session, line->target), formula, value);
    bind_number(session, &shown->binding, line->target, value);
}

static void show_line(void *self, const RuleLine *line)
{
    Shown *shown = self;
    Session *session = shown->session;
    const Expr *left = bound(session, &shown->binding, line->target);
    double value = new_value(shown, line->target);
    emit_equation(session, left, bound(session, &shown->binding, line->formula), value);
    bind_number(session, &shown->binding, line->target, value);
}

static void show_schedule(Shown *shown)
{
    Session *session = shown->session;
    const Descent *descent = shown->descent;
    if (descent->schedule == schedule_constant()) return;
    Binding binding = {0};
    bind_number(session, &binding, "eta0", descent->rate);
    bind_number(session, &binding, "epoch", (double)descent->epoch);
    bind_number(session, &binding, "pi", M_PI);
    bind_knobs(session, &binding, descent->schedule->knobs, descent->schedule_knobs);
    emit_equation(session, scope_parse_row(session, "eta"),
                  bound(session, &binding, descent->schedule->formula), descent->eta);
}

/* g = FORMULA = VALUE, which is g from here on. */
static void show_gradient(Shown *shown, const Expr *formula, double value, const char *remark)
{
    Session *session = shown->session;
    const Expr *g = expr_name(&session->arena, "g", value);
    emit_block(
        session,
        &(Block){.kind = BLOCK_EQUATION,
                 .equation = {.left = g, .formula = formula, .value = value, .remark = remark}});
    binding_add(&shown->binding, "g", g);
}

/* Clipping makes smaller; what is not a number stays so. */
static bool is_clipped(const Shown *shown)
{
    return fabs(shown->clipped) < fabs(shown->derivative);
}

/* What becomes of ∂L/∂w on its way into the rule. A rule of one line takes it as it is; what the
   perceptron's trick puts in its place goes by the name g. */
static void show_gradients(Shown *shown)
{
    Session *session = shown->session;
    const Expr *derivative =
        session->pass->trick
            ? expr_name(&session->arena, "g", shown->derivative)
            : explain_gradient(&session->explainer, shown->element, shown->derivative);
    binding_add(&shown->binding, "g", derivative);
    if (is_clipped(shown)) {
        emit_equation(session, derivative, expr_number(&session->arena, shown->derivative),
                      shown->derivative);
        show_gradient(shown, expr_number(&session->arena, shown->clipped), shown->clipped,
                      "clipped");
    }
    if (shown->descent->decay > 0)
        show_gradient(shown, bound(session, &shown->binding, weight_decay.formula),
                      shown->update->gradient[shown->element], NULL);
    else if (!is_clipped(shown) && optimizer_slots(shown->descent->optimizer))
        show_gradient(shown, derivative, shown->derivative, NULL);
}

/* All derivatives are clipped together: how far depends on their norm. */
static double clip(Session *session, const Descent *descent, size_t element)
{
    const Pass *pass = session->pass;
    size_t count = pass->net->parameters;
    if (!(descent->clip_norm > 0 || descent->clip_value > 0)) return pass->adjoint[element];
    double *gradient = arena_new(&session->arena, count * sizeof *gradient);
    memory_copy_numbers(gradient, pass->adjoint, count);
    descent_clip(descent, count, gradient);
    return gradient[element];
}

static void bind_parameter(Shown *shown)
{
    Session *session = shown->session;
    const Descent *descent = shown->descent;
    const Update *update = shown->update;
    const Net *net = session_net(session);
    Binding *binding = &shown->binding;
    size_t element = shown->element;
    binding_add(binding, "w",
                expr_symbol(&session->arena, net_symbol(net, element), update->old[element]));
    for (int s = 0; s < optimizer_slots(descent->optimizer); s++)
        bind_number(session, binding, descent->optimizer->slots[s],
                    update->old_slots[(size_t)s * net->parameters + element]);
    bind_number(session, binding, "eta", descent->eta);
    bind_number(session, binding, "lambda", descent->decay);
    bind_number(session, binding, "t", (double)descent->updates);
    bind_knobs(session, binding, descent->optimizer->knobs, descent->knobs);
}

void rule_show_parameter(Session *session, const Update *update, const Descent *descent,
                         size_t element)
{
    ArenaMark mark = arena_mark(&session->arena);
    Shown shown = {.session = session,
                   .update = update,
                   .descent = descent,
                   .element = element,
                   .derivative = session->pass->adjoint[element],
                   .clipped = clip(session, descent, element)};
    bind_parameter(&shown);
    show_schedule(&shown);
    show_gradients(&shown);
    rule_each_line(descent->optimizer, show_constant, show_line, &shown);
    arena_reset(&session->arena, mark);
}

void rule_show(Session *session, const Update *update, const Descent *descent)
{
    rule_show_parameter(session, update, descent, net_parameter(session_net(session), 0));
}
