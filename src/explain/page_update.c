/* An update by hand: the optimizer's texts, line by line, each line rounded. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "explain/expr.h"
#include "explain/page_norm.h"

enum { NAMES = 16 };

/* The rule as trees over leaves that get one parameter's numbers after the other. */
typedef struct Rule {
    Arena arena;
    const char *names[NAMES];
    const Expr *by[NAMES];
    double *values[NAMES]; /* of these leaves */
    int count;
    const Expr *lines[RULE_LINES];
} Rule;

static double *add_name(Rule *rule, const char *name, double value)
{
    Expr *leaf = arena_new(&rule->arena, sizeof *leaf);
    *leaf = (Expr){.kind = EXPR_NAME, .name = name, .value = value};
    rule->names[rule->count] = name;
    rule->by[rule->count] = leaf;
    return rule->values[rule->count++] = &leaf->value;
}

static double *value_of(const Rule *rule, const char *name)
{
    int i = 0;
    while (strcmp(rule->names[i], name) != 0) i++;
    return rule->values[i];
}

static const Expr *tree_of(Rule *rule, const char *text)
{
    const Expr *expr = NULL;
    expr_parse(text, strlen(text), 1, &rule->arena, NULL, &expr, NULL);
    return expr_substitute(&rule->arena, expr, rule->names, rule->by, rule->count);
}

static void add_constants(Rule *rule, const Page *page, const Descent *descent)
{
    const Optimizer *optimizer = descent->optimizer;
    bool scheduled = descent->schedule != schedule_constant();
    add_name(rule, "eta", scheduled ? page_round(page, descent->eta) : descent->eta);
    add_name(rule, "t", (double)descent->updates);
    for (int i = 0; i < KNOBS && optimizer->knobs[i].name; i++)
        add_name(rule, optimizer->knobs[i].letter, descent->knobs[i]);
    for (const RuleLine *line = optimizer->constants; line->target; line++)
        add_name(rule, line->target, page_round(page, expr_value(tree_of(rule, line->formula))));
}

static void make_rule(Rule *rule, const Page *page, const Descent *descent)
{
    const Optimizer *optimizer = descent->optimizer;
    *rule = (Rule){0};
    add_constants(rule, page, descent);
    add_name(rule, "w", 0);
    add_name(rule, "g", 0);
    for (int s = 0; s < optimizer_slots(optimizer); s++) add_name(rule, optimizer->slots[s], 0);
    for (int i = 0; optimizer->lines[i].target; i++)
        rule->lines[i] = tree_of(rule, optimizer->lines[i].formula);
}

/* One parameter's new number, and what the optimizer keeps of it. */
static void apply(const Rule *rule, Page *page, const Optimizer *optimizer, size_t element)
{
    double *slot = page->after + page->stored + element;
    size_t parameters = page->exact->net->parameters;
    *value_of(rule, "w") = page->numbers[element];
    *value_of(rule, "g") = page->gradient[element];
    for (int s = 0; s < optimizer_slots(optimizer); s++)
        *value_of(rule, optimizer->slots[s]) = slot[(size_t)s * parameters];
    for (int i = 0; optimizer->lines[i].target; i++)
        *value_of(rule, optimizer->lines[i].target) = page_round(page, expr_value(rule->lines[i]));
    page->after[element] = *value_of(rule, "w");
    for (int s = 0; s < optimizer_slots(optimizer); s++)
        slot[(size_t)s * parameters] = *value_of(rule, optimizer->slots[s]);
}

static void round_all(const Page *page, double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) numbers[i] = page_round(page, numbers[i]);
}

static void find_gradients(Page *page, const Descent *descent)
{
    size_t count = page->exact->net->parameters;
    for (size_t e = 0; e < count; e++) page->clipped[e] = page_gradient(page, e);
    descent_clip(descent, count, page->clipped);
    if (descent->clip_norm > 0 || descent->clip_value > 0) round_all(page, page->clipped, count);
    memory_copy_numbers(page->gradient, page->clipped, count);
    descent_decay(descent, count, page->numbers, page->gradient);
    if (descent->decay > 0) round_all(page, page->gradient, count);
}

static void make_room(Page *page)
{
    size_t count = page->exact->net->parameters, numbers = page->stored + page->slots;
    if (page->clipped) return;
    page->clipped = memory_new((2 * count + numbers) * sizeof *page->clipped);
    page->gradient = page->clipped + count;
    page->after = page->gradient + count;
}

void page_prepare(Page *page, const Descent *descent)
{
    Rule rule;
    const Net *net = page->exact->net;
    double loss = page_loss(page); /* what was prepared for other rows is erased */
    if (page->prepared) return;
    page->loss = loss;
    page->yhat = page_value(page, net->vectors[net->prediction].at);
    make_room(page);
    find_gradients(page, descent);
    memory_copy_numbers(page->after, page->numbers, page->stored + page->slots);
    make_rule(&rule, page, descent);
    for (size_t e = 0; e < net->parameters; e++) apply(&rule, page, descent->optimizer, e);
    arena_release(&rule.arena);
    page_norm_follow(page);
    page->prepared = true;
}

void page_update(Page *page, const Descent *descent)
{
    page_prepare(page, descent);
    page_free(page->before);
    page->before = page_copy(page);
    page->losses = page_round(page, page->losses + page_losses(page));
    page_write(page, 0, page->after, page->stored + page->slots);
    page_clear_notes(page);
}

void page_take_back(Page *page)
{
    Page *before = page->before;
    page->before = NULL;
    page_write(page, 0, before->numbers, page->stored + page->slots);
    page->losses = before->losses;
    PageNote *notes = page->notes;
    page->notes = before->notes;
    page->note_count = before->note_count;
    before->notes = notes;
    page_free(before);
}

void page_end_epoch(Page *page, size_t rows)
{
    page->average = page_round(page, page->losses / (double)rows);
    page->losses = 0;
}
