#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "explain/binding.h"
#include "session/by_hand.h"
#include "session/emit.h"
#include "session/scope.h"
#include "show/update_rule.h"

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

void update_rule_each_line(const Optimizer *optimizer,
                           void (*constant)(void *self, const RuleLine *),
                           void (*line)(void *self, const RuleLine *), void *self)
{
    for (const RuleLine *at = optimizer->lines; at->target; at++) {
        for (const RuleLine *once = optimizer->constants; !at[1].target && once->target; once++)
            constant(self, once);
        line(self, at);
    }
}

void update_rule_describe(Session *session, const Optimizer *optimizer)
{
    update_rule_each_line(optimizer, describe_line, describe_line, session);
}

void update_rule_describe_decay(Session *session)
{
    describe_line(session, &weight_decay);
}

void update_rule_describe_schedule(Session *session, const Schedule *schedule)
{
    describe_line(session, &(RuleLine){"eta", schedule->formula});
}

/* The formulas with the numbers of one update. */

typedef struct Shown {
    Session *session;
    const Update *update;
    const Descent *descent;
    size_t element;      /* the parameter */
    double derivative;   /* ∂L by it, */
    double clipped;      /* and after clipping */
    const double *after; /* by hand: see by_hand_after */
    Binding binding;
} Shown;

/* Where slot NAME of the parameter stands among what the network stores and the optimizer keeps of
   it; the parameter itself when it is no slot's name. */
static size_t place_of(const Shown *shown, const char *name)
{
    const Net *net = session_net(shown->session);
    const Optimizer *optimizer = shown->descent->optimizer;
    for (int s = 0; s < optimizer_slots(optimizer); s++)
        if (!strcmp(optimizer->slots[s], name))
            return net->stored + (size_t)s * net->parameters + shown->element;
    return shown->element;
}

/* The number that stands there after the update. */
static double new_value(const Shown *shown, size_t place)
{
    const Session *session = shown->session;
    size_t stored = session_net(session)->stored;
    return place < stored ? session->pass->value[place] : session->slots[place - stored];
}

static void emit_line(const Shown *shown, const Expr *left, const Expr *formula, double value,
                      double hand)
{
    Equation line = {.left = left,
                     .formula = formula,
                     .value = value,
                     .hand = page_judge(shown->session->page, value, hand)};
    emit_block(shown->session, &(Block){.kind = BLOCK_EQUATION, .equation = line});
}

static void show_constant(void *self, const RuleLine *line)
{
    Shown *shown = self;
    Session *session = shown->session;
    const Expr *formula = bound(session, &shown->binding, line->formula);
    double value = expr_value(formula);
    emit_line(shown, scope_parse_row(session, line->target), formula, value, value);
    bind_number(session, &shown->binding, line->target, value);
}

static void show_line(void *self, const RuleLine *line)
{
    Shown *shown = self;
    Session *session = shown->session;
    const Expr *left = bound(session, &shown->binding, line->target);
    size_t place = place_of(shown, line->target);
    double value = new_value(shown, place), hand = shown->after ? shown->after[place] : 0;
    emit_line(shown, left, bound(session, &shown->binding, line->formula), value, hand);
    bind_number(session, &shown->binding, line->target, value);
}

static void show_schedule(const Shown *shown)
{
    Session *session = shown->session;
    const Descent *descent = shown->descent;
    if (descent->schedule == schedule_constant()) return;
    Binding binding = {0};
    bind_number(session, &binding, "eta0", descent->rate);
    bind_number(session, &binding, "epoch", (double)descent->epoch);
    bind_number(session, &binding, "pi", M_PI);
    bind_knobs(session, &binding, descent->schedule->knobs, descent->schedule_knobs);
    emit_line(shown, scope_parse_row(session, "eta"),
              bound(session, &binding, descent->schedule->formula), descent->eta, descent->eta);
}

/* g = FORMULA = VALUE, which is g from here on; by hand it is among HANDS, if it is computed. */
static void show_gradient(Shown *shown, const Expr *formula, double value, const double *hands,
                          const char *remark)
{
    Session *session = shown->session;
    const Expr *g = expr_name(&session->arena, "g", value);
    emit_block(session, &(Block){.kind = BLOCK_EQUATION,
                                 .equation = {.left = g,
                                              .formula = formula,
                                              .value = value,
                                              .remark = remark,
                                              .hand = hands ? page_judge(session->page, value,
                                                                         hands[shown->element])
                                                            : (Hand){0}}});
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
    const Page *page = session->page;
    const Expr *derivative =
        session->pass->trick
            ? expr_name(&session->arena, "g", shown->derivative)
            : explain_gradient(&session->explainer, shown->element, shown->derivative);
    binding_add(&shown->binding, "g", derivative);
    if (is_clipped(shown)) {
        emit_equation(session, derivative, expr_number(&session->arena, shown->derivative),
                      shown->derivative);
        show_gradient(shown, expr_number(&session->arena, shown->clipped), shown->clipped,
                      page ? page->clipped : NULL, "clipped");
    }
    if (shown->descent->decay > 0)
        show_gradient(shown, bound(session, &shown->binding, weight_decay.formula),
                      shown->update->gradient[shown->element], page ? page->gradient : NULL, NULL);
    else if (!is_clipped(shown) && optimizer_slots(shown->descent->optimizer))
        show_gradient(shown, derivative, shown->derivative, NULL, NULL);
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

void update_rule_show_parameter(Session *session, const Update *update, const Descent *descent,
                                size_t element)
{
    ArenaMark mark = arena_mark(&session->arena);
    Shown shown = {.session = session,
                   .update = update,
                   .descent = descent,
                   .element = element,
                   .derivative = session->pass->adjoint[element],
                   .clipped = clip(session, descent, element),
                   .after = by_hand_after(session, descent)};
    bind_parameter(&shown);
    show_schedule(&shown);
    show_gradients(&shown);
    update_rule_each_line(descent->optimizer, show_constant, show_line, &shown);
    arena_reset(&session->arena, mark);
}

void update_rule_show(Session *session, const Update *update, const Descent *descent)
{
    update_rule_show_parameter(session, update, descent, net_parameter(session_net(session), 0));
}
