#include <string.h>

#include "render/json.h"

static void add_field(const Speller *speller, Text *out, const char *key, const Expr *expr,
                      SpellMode mode)
{
    text_add(out, key);
    json_expr(speller, out, expr, mode);
}

static void add_value(const Speller *speller, Text *out, double value)
{
    text_add(out, ",\"value\":");
    json_number(speller, out, value);
}

static void add_product(const Speller *speller, Text *out, const Chain *path, SpellMode mode,
                        bool first)
{
    for (int j = 0; j < path->count; j++) {
        if (j) text_add_char(out, '*');
        bool inside = (j || !first) && mode == SPELL_NUMBERS && path->factors[j].value < 0;
        if (inside) text_add_char(out, '(');
        if (mode == SPELL_NUMBERS)
            speller_number(speller, out, path->factors[j].value);
        else
            speller_expr(speller, out, path->factors[j].symbol, mode);
        if (inside) text_add_char(out, ')');
    }
}

static void add_sum(JsonRenderer *json, const Factor *factor, SpellMode mode)
{
    Text *out = &json->output.text;
    for (int i = 0; i < factor->term_count; i++) {
        if (i) text_add(out, " + ");
        add_product(&json->speller, out, factor_term(factor, i), mode, !i);
        json_flush_if_full(json);
    }
}

/* A mean over rows: what it is taken of is the same in each. */
static void add_mean(JsonRenderer *json, const Factor *factor, SpellMode mode)
{
    Text *out = &json->output.text;
    text_add(out, mode == SPELL_NUMBERS ? "(" : "mean(");
    if (mode == SPELL_NUMBERS)
        add_sum(json, factor, mode);
    else
        add_product(&json->speller, out, factor_term(factor, 0), mode, true);
    text_add_char(out, ')');
    if (mode == SPELL_NUMBERS) text_print(out, "/%d", factor->term_count);
}

/* A sum over paths without another form: its formula is the sum of their products. */
static void add_paths(JsonRenderer *json, const Factor *factor, SpellMode mode)
{
    text_add_char(&json->output.text, '"');
    (factor->rows ? add_mean : add_sum)(json, factor, mode);
    text_add_char(&json->output.text, '"');
}

static void add_formula(JsonRenderer *json, const Factor *factor, const char *key, SpellMode mode)
{
    Text *out = &json->output.text;
    text_add(out, key);
    if (factor->formula)
        json_expr(&json->speller, out, factor->formula, mode);
    else if (factor->term_count)
        add_paths(json, factor, mode);
    else
        text_add(out, "null");
}

static void add_row_numbers(Text *out, const Factor *factor)
{
    for (int i = 0; i < factor->term_count; i++)
        text_print(out, "%s%ld", i ? "," : ",\"rows\":[",
                   factor->rows->number(factor->rows->self, i));
    text_add_char(out, ']');
}

static void add_terms(JsonRenderer *json, const Factor *factor)
{
    Text *out = &json->output.text;
    for (int i = 0; i < factor->term_count; i++) {
        text_add(out, i ? "," : ",\"terms\":[");
        json_factors(json, factor_term(factor, i));
        json_flush_if_full(json);
    }
    if (factor->term_count) text_add_char(out, ']');
}

/* Of each term, beside `terms`. */
static void add_verdicts(JsonRenderer *json, const Factor *factor)
{
    Text *out = &json->output.text;
    if (!factor->term_count || !factor_term(factor, 0)->hand.known) return;
    for (int i = 0; i < factor->term_count; i++) {
        text_add(out, i ? ",{" : ",\"by_hand\":[{");
        json_verdict(&json->speller, out, &factor_term(factor, i)->hand);
        text_add_char(out, '}');
        json_flush_if_full(json);
    }
    text_add_char(out, ']');
}

static void add_factor(JsonRenderer *json, const Factor *factor)
{
    static const char *const sources[] = {[SOURCE_COMPUTED] = ",\"source\":\"computed\"",
                                          [SOURCE_FORWARD] = ",\"source\":\"forward\"",
                                          [SOURCE_ASSUMED] = ",\"source\":\"forward\"",
                                          [SOURCE_INPUT] = ",\"source\":\"forward\"",
                                          [SOURCE_MEMO] = ",\"source\":\"memo\""};
    Text *out = &json->output.text;
    add_field(&json->speller, out, "{\"symbol\":", factor->symbol, SPELL_FORMULA);
    add_formula(json, factor, ",\"formula\":", SPELL_FORMULA);
    add_formula(json, factor, ",\"numbers\":", SPELL_NUMBERS);
    add_value(&json->speller, out, factor->value);
    json_hand(&json->speller, out, &factor->hand);
    text_add(out, sources[factor->source]);
    if (factor->source == SOURCE_MEMO && factor->by) {
        text_add(out, ",\"by\":");
        json_string(out, factor->by, strlen(factor->by));
    }
    if (factor->trick) text_add(out, ",\"trick\":true");
    if (factor->rows) add_row_numbers(out, factor);
    add_terms(json, factor);
    add_verdicts(json, factor);
    text_add_char(out, '}');
}

void json_factors(JsonRenderer *json, const Chain *chain)
{
    text_add_char(&json->output.text, '[');
    for (int i = 0; i < chain->count; i++) {
        if (i) text_add_char(&json->output.text, ',');
        add_factor(json, &chain->factors[i]);
    }
    text_add_char(&json->output.text, ']');
}

static void add_means(const Speller *speller, Text *out, const Derivation *derivation)
{
    for (int i = 0; i < derivation->mean_count; i++) {
        const Expr *mean = derivation->means[i].mean;
        text_add(out, i ? "," : ",\"means\":[");
        add_field(speller, out, "{\"formula\":", mean, SPELL_FORMULA);
        add_field(speller, out, ",\"numbers\":", mean, SPELL_NUMBERS);
        add_value(speller, out, mean->value);
        json_hand(speller, out, &derivation->means[i].hand);
        text_add_char(out, '}');
    }
    if (derivation->mean_count) text_add_char(out, ']');
}

void json_derivation(JsonRenderer *json, const Derivation *derivation)
{
    const Speller *speller = &json->speller;
    Text *out = &json->output.text;
    add_field(speller, out, "{\"of\":", derivation->of, SPELL_FORMULA);
    if (derivation->row) text_print(out, ",\"row\":%ld", derivation->row);
    text_add(out, ",\"factors\":");
    json_factors(json, &derivation->chain);
    if (derivation->closed_form)
        add_field(speller, out, ",\"closed_form\":", derivation->closed_form, SPELL_FORMULA);
    else
        text_add(out, ",\"closed_form\":null");
    add_means(speller, out, derivation);
    add_value(speller, out, derivation->value);
    json_hand(speller, out, &derivation->hand);
    text_add_char(out, '}');
}

void json_equation(const Speller *speller, Text *out, const Equation *equation)
{
    text_add_char(out, '{');
    if (equation->left) {
        add_field(speller, out, "\"symbol\":", equation->left, SPELL_FORMULA);
        text_add_char(out, ',');
    }
    add_field(speller, out, "\"formula\":", equation->formula, SPELL_FORMULA);
    if (!equation->bare) {
        add_field(speller, out, ",\"numbers\":", equation->formula, SPELL_NUMBERS);
        add_value(speller, out, equation->value);
        json_hand(speller, out, &equation->hand);
    }
    text_add_char(out, '}');
}
