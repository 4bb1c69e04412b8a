#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "quiz/key.h"
#include "session/gauge.h"
#include "session/symbol_word.h"

const char *key_text(Session *session, const char *text)
{
    static const char word[] = "grad ";
    while (*text == ' ') text++;
    if (strncmp(text, word, strlen(word)) != 0) return text;
    text += strlen(word);
    while (*text == ' ') text++;
    return arena_print(&session->arena, "dL/d%s", symbol_word(text));
}

bool key_has_derivative(const Expr *expr)
{
    bool norm = expr->kind == EXPR_NORM && expr->over.kind;
    if (expr->kind == EXPR_DERIVATIVE || norm) return true;
    for (int i = 0; i < expr->count; i++)
        if (key_has_derivative(expr->items[i])) return true;
    return false;
}

static bool has_name(const Expr *expr)
{
    if (expr_is_leaf(expr)) return expr->kind != EXPR_NUMBER;
    for (int i = 0; i < expr->count; i++)
        if (has_name(expr->items[i])) return true;
    return false;
}

static bool has_name_of_its_own(const Expr *expr)
{
    if (expr->kind == EXPR_NAME) return true;
    for (int i = 0; i < expr->count; i++)
        if (has_name_of_its_own(expr->items[i])) return true;
    return false;
}

static const char *spell_leaf(Session *session, const Expr *leaf)
{
    char name[SYMBOL_SIZE];
    if (leaf->kind == EXPR_NAME) return leaf->name;
    if (leaf->kind != EXPR_SYMBOL) return NULL;
    symbol_spell(name, leaf->symbol);
    return arena_copy(&session->arena, name, strlen(name));
}

static bool occurs(Session *session, const char *name, const Expr *expr)
{
    const char *here = spell_leaf(session, expr);
    if (here && !strcmp(here, name)) return true;
    for (int i = 0; i < expr->count; i++)
        if (occurs(session, name, expr->items[i])) return true;
    return false;
}

static const char *find_stranger(Session *session, const Expr *key, const Expr *answer)
{
    const char *name = spell_leaf(session, answer);
    if (name) return occurs(session, name, key) ? NULL : name;
    for (int i = 0; i < answer->count && !name; i++)
        name = find_stranger(session, key, answer->items[i]);
    return name;
}

static bool take_any(void *self, Expr *leaf, int column, Error *err)
{
    (void)self, (void)leaf, (void)column, (void)err;
    return true;
}

bool key_parse(Session *session, const char *text, const Expr **expr, Error *err)
{
    static const Scope scope = {take_any, NULL};
    return expr_parse(text, strlen(text), 1, &session->arena, &scope, expr, err);
}

const char *key_stranger(Session *session, const char *text, const char *words)
{
    const Expr *key, *answer;
    if (!key_parse(session, key_text(session, text), &key, NULL) ||
        !key_parse(session, words, &answer, NULL) || !has_name_of_its_own(key))
        return NULL;
    return find_stranger(session, key, answer);
}

/* What people write who have no formula in mind: it may read as a product of names. */
static bool is_prose(const char *answer)
{
    enum { LONG = 3 };
    static const char signs[] = "0123456789+-*/^()=<>.,";
    int letters = 0, longest = 0;
    for (const char *at = answer; *at; at++) {
        letters = isalpha((unsigned char)*at) ? letters + 1 : 0;
        if (letters > longest) longest = letters;
    }
    return longest >= LONG && strchr(answer, ' ') && !strpbrk(answer, signs);
}

bool key_refuse_unreadable(const char *answer, Error *err)
{
    static const char number[] = "+-0123456789., ";
    if (strchr(answer, ',') && !answer[strspn(answer, number)])
        return fail(err, 0, "a number has no comma here: write 30448, and 0.5 with a point");
    if (is_prose(answer))
        return fail(err, 0, "this is neither a number nor a formula; `hint` helps");
    return false;
}

bool key_check_answer(Session *session, const char *text, bool *formula, Error *err)
{
    const Expr *expr;
    if (!key_parse(session, text, &expr, err)) return key_refuse_unreadable(text, err);
    *formula = has_name(expr);
    return !key_has_derivative(expr) ||
           fail(err, 0,
                "an answer holds no derivatives, since these are what is asked: give a "
                "number, or a formula of symbols such as -2*(y - yhat)*o11");
}

/* What is read off a forward pass has it remembered, as ever: only the memo is spared. */
static bool evaluate(Session *session, const Gauge *gauge, int column, double *value, Error *err)
{
    Error why;
    bool forward = gauge->reads & (READS_NODES | READS_LOSS) && !probe_needed(session);
    if (forward && !session_forward(session, &why)) return fail(err, column, "%s", why.message);
    Probe *probe = probe_new(session);
    *value = gauge_value(gauge, probe);
    probe_free(probe);
    char spelled[NUMBER_SIZE];
    number_spell(spelled, *value, 0);
    return isfinite(*value) || fail(err, column, "this comes to %s", spelled);
}

bool key_read(Session *session, const char *text, int column, Key *key, Error *err)
{
    Gauge gauge;
    *key = (Key){0};
    text = key_text(session, text);
    if (!gauge_compile(session, text, column, &gauge, err) ||
        !evaluate(session, &gauge, column, &key->value, err))
        return false;
    const Expr *expr = gauge.expr;
    key->gradient = expr->kind == EXPR_DERIVATIVE && expr->symbol.kind == SYMBOL_LOSS;
    return !key->gradient ||
           net_element(session_net(session), expr->over, column, &key->element, err);
}

bool key_is_whole(double value)
{
    return value == floor(value) && fabs(value) < 1e15;
}

static double slack_of(double value, double tolerance)
{
    enum { DIGITS = 4 };
    const double rounding = 1 + 1e-9; /* of what was typed, and of this */
    if (tolerance > 0) return tolerance * rounding;
    if (key_is_whole(value)) return 0;
    return pow(10, floor(log10(fabs(value))) - (DIGITS - 1)) / 2 * rounding;
}

bool key_is_near(double answer, double value, double tolerance)
{
    return fabs(answer - value) <= slack_of(value, tolerance);
}
