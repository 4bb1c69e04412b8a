/* Commands of the expression language: print, derive, assert. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "command/command.h"
#include "explain/calculus.h"
#include "session/emit.h"
#include "session/gauge.h"
#include "session/scope.h"
#include "show/by_hand_show.h"

static Hand judge_by_hand(Session *session, const char *text, double value)
{
    Gauge gauge;
    bool page = session->page && gauge_compile(session, text, 1, &gauge, NULL);
    return page ? gauge_by_hand(session, &gauge, value) : (Hand){0};
}

static bool run_print(Session *session, const Arguments *arguments, Error *err)
{
    int column;
    const Expr *expr;
    const char *text = arguments_raw(arguments, "EXPR", &column);
    if (!scope_parse(session, text, column, &expr, err)) return false;
    double value = expr_value(expr);
    char spelled[NUMBER_SIZE];
    number_spell(spelled, value, 0);
    Hand hand = judge_by_hand(session, text, value);
    emit_note(session, "%e = %s%s", expr, spelled, by_hand_words(session, "; ", hand));
    emit_number(session, "value", value);
    by_hand_emit(session, hand);
    return true;
}

/* In `derive` every name is a variable; a value may be given to each after `at`. */
typedef struct Bindings {
    const char **names;
    const Expr **values;
    int count;
} Bindings;

/* The variable that TEXT names, however it is spelled, as the parser calls it; NULL and an
   error when it is none. */
static const char *read_variable(Session *session, const char *text, size_t length, int column,
                                 Error *err)
{
    const Expr *expr;
    if (!expr_parse(text, length, column, &session->arena, NULL, &expr, err)) return NULL;
    if (expr->kind == EXPR_NAME) return expr->name;
    return fail(err, column, "`%.*s` is no variable", (int)length, text), NULL;
}

static bool read_binding(Session *session, const Word *word, Bindings *point, Error *err)
{
    const char *equals = strchr(word->text, '=');
    double value;
    if (!equals || equals == word->text || !number_read(equals + 1, &value))
        return fail(err, word->column, "expected NAME=NUMBER, as in x=3, not `%s`", word->text);
    size_t length = (size_t)(equals - word->text);
    const char *name = read_variable(session, word->text, length, word->column, err);
    if (!name) return false;
    point->names[point->count] = name;
    point->values[point->count++] = expr_number(&session->arena, value);
    return true;
}

static bool read_point(Session *session, const Arguments *arguments, Bindings *point, Error *err)
{
    Words words = arguments_words(arguments, "BINDING");
    size_t room = sizeof(void *) * (size_t)words.count;
    *point = (Bindings){arena_new(&session->arena, room), arena_new(&session->arena, room), 0};
    for (int i = 0; i < words.count; i++)
        if (!read_binding(session, &words.items[i], point, err)) return false;
    return true;
}

static const char *first_free_name(const Expr *expr)
{
    if (expr->kind == EXPR_NAME) return expr->name;
    const char *name = NULL;
    for (int i = 0; i < expr->count && !name; i++) name = first_free_name(expr->items[i]);
    return name;
}

/* "xy" reads as one name; whoever writes it next to x most likely means x*y. */
static bool check_products(const Expr *expr, const char *name, int column, Error *err)
{
    if (expr->kind == EXPR_NAME && strlen(name) == 1 && strlen(expr->name) == 2 &&
        strchr(expr->name, name[0]) && strspn(expr->name, "abcdefghijklmnopqrstuvwxyz") == 2)
        return fail(err, column, "`%s` is read as one name; a product is written %c*%c or %c %c",
                    expr->name, expr->name[0], expr->name[1], expr->name[0], expr->name[1]);
    for (int i = 0; i < expr->count; i++)
        if (!check_products(expr->items[i], name, column, err)) return false;
    return true;
}

/* One rule a line: `chain: (3x)² → 18x, by d(f(u)) = f'(u)·du with u = 3x`. */
static void describe_rule(Session *session, const RuleUse *use)
{
    if (use->inner)
        emit_note(session, "  %s: %e → %e, by %s with %s = %e", use->rule, use->of, use->gives,
                  use->statement, use->letter, use->inner);
    else
        emit_note(session, "  %s: %e → %e, by %s", use->rule, use->of, use->gives, use->statement);
}

static void emit_rules(Session *session, const RuleLog *log)
{
    static const Column column = {"rule", NULL};
    for (int i = 0; i < log->count; i++) describe_rule(session, &log->uses[i]);
    emit_table(session, "rules", FOR_PROGRAMS,
               &(Table){.columns = &column, .count = 1, .list = true});
    for (int i = 0; i < log->count; i++) emit_row(session, &CELL_OF_TEXT(log->uses[i].rule));
    emit_table_end(session);
}

/* The derivative with the point's numbers put in; NULL and an error when a name has none. */
static const Expr *put_in(Session *session, const Expr *derivative, const Bindings *point,
                          int column, Error *err)
{
    const Expr *there =
        expr_substitute(&session->arena, derivative, point->names, point->values, point->count);
    const char *missing = first_free_name(there);
    if (!missing) return there;
    return fail(err, column, "%s has no value: add %s=NUMBER after `at`", missing, missing), NULL;
}

/* A symbol of the network is only a name here, and stands for nothing that depends on another. */
static void note_constant(Session *session, const Expr *expr, const char *name)
{
    if (expr_mentions(expr, name)) return;
    emit_note(session, "%f does not occur in it, so it is a constant; %c goes through the network",
              name, "grad");
}

static bool run_derive(Session *session, const Arguments *arguments, Error *err)
{
    int column, place;
    const char *text = arguments_raw(arguments, "EXPR", &column);
    const char *at = arguments_raw(arguments, "BINDING", &place);
    const Word *word = arguments_word(arguments, "NAME");
    const char *name = read_variable(session, word->text, strlen(word->text), word->column, err);
    const Expr *expr, *derivative, *there = NULL;
    RuleLog log = {0};
    Bindings point;
    if (!name || !expr_parse(text, strlen(text), column, &session->arena, NULL, &expr, err) ||
        !check_products(expr, name, column, err) || !read_point(session, arguments, &point, err) ||
        !expr_differentiate(&session->arena, expr, name, &log, &derivative, err))
        return false;
    if (point.count && !(there = put_in(session, derivative, &point, place, err))) return false;
    emit_rules(session, &log);
    emit_note(session, "d/d%e (%e) = %e", expr_name(&session->arena, name, 0), expr, derivative);
    note_constant(session, expr, name);
    emit_symbol(session, "derivative", derivative);
    if (!there) return true;
    emit_note(session, "at %f: %e = %n", at, there, expr_value(there));
    emit_number(session, "value", expr_value(there));
    return true;
}

static bool assert_true(Session *session, const Arguments *arguments, Error *err)
{
    int column;
    double value;
    const char *text = arguments_raw(arguments, "EXPR", &column);
    if (!scope_value(session, text, column, &value, err)) return false;
    return (value != 0 && !isnan(value)) || fail(err, column, "assertion failed: %s", text);
}

/* The right side of `~` may end in a tolerance of its own: `assert L ~ 0.5 1e-3`. */
static bool read_right(Session *session, const Arguments *arguments, double *value,
                       double *tolerance, Error *err)
{
    int column;
    const char *text = arguments_raw(arguments, "WANTED", &column);
    Words words = arguments_words(arguments, "WANTED");
    const Word *last = &words.items[words.count - 1];
    *tolerance = 1e-9;
    if (scope_value(session, text, column, value, err)) return true;
    if (words.count < 2 || !number_read(last->text, tolerance)) return false;
    const char *left = arena_copy(&session->arena, text, (size_t)(last->column - column));
    return scope_value(session, left, column, value, err);
}

static bool assert_close(Session *session, const Arguments *arguments, Error *err)
{
    int column;
    double got, want, tolerance;
    const char *text = arguments_raw(arguments, "EXPR", &column);
    if (!scope_value(session, text, column, &got, err) ||
        !read_right(session, arguments, &want, &tolerance, err))
        return false;
    bool close = got == want || (isnan(got) && isnan(want)) ||
                 fabs(got - want) <= tolerance * fmax(1, fabs(want));
    if (close) return true;
    char first[NUMBER_SIZE], second[NUMBER_SIZE];
    number_spell(first, got, 0);
    number_spell(second, want, 0);
    return fail(err, column, "assertion failed: %s is %s, not %s", text, first, second);
}

static bool run_assert(Session *session, const Arguments *arguments, Error *err)
{
    return arguments_has(arguments, "~") ? assert_close(session, arguments, err)
                                         : assert_true(session, arguments, err);
}

static const Command commands[] = {
    {"print", "p", "EXPR", 0, "evaluate an expression, with all digits",
     "Numbers, symbols, derivatives, + - * / ^, comparisons, && || !, c ? a : b, and the "
     "functions exp log sqrt sin cos tanh sigmoid relu abs max min. norm(W^1) is √(Σ w²) over a "
     "whole matrix, norm(dL/dW^1) that of its derivatives. A power of a node is (o11)^2. What is "
     "printed can be typed: -2(y - ŷ) w₁₁² x₁, o₁₁², e^(-z₁₁), √(2), |y|, ‖W¹‖, a if c else b. A "
     "product needs no sign where its factors stand apart: w x, o11(1 - o11), but not wx. It binds "
     "as * does: 1/2x is (1/2)*x.",
     "print dL/dw11^2 / (y - yhat)\nprint -2(y - yhat) w11^2 x1\nprint norm(dL/dW^1)", run_print},
    {"derive", NULL, "EXPR wrt NAME [at BINDING...]", 0,
     "differentiate an expression, rule by rule",
     "Every name in the expression is a variable of its own.",
     "derive x^2 + 2*x*y + y^2 wrt x\nderive (3*x)^2 wrt x at x=2", run_derive},
    {"assert", NULL, "EXPR ~ WANTED | EXPR", UNSEEN,
     "fail unless an expression is true, or near a value",
     "`assert A ~ B TOLERANCE`: |A - B| is at most TOLERANCE times the larger of 1 and |B|; "
     "without a tolerance it is 1e-9.",
     "assert L > 0\nassert dL/dw11^2 ~ 30448\nassert L ~ 29930 1e-3", run_assert},
};

const CommandGroup calculus_commands = {"expressions", commands,
                                        sizeof commands / sizeof commands[0]};
