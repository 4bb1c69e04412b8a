#include <math.h>
#include <string.h>

#include "base/number.h"
#include "quiz/alike.h"
#include "quiz/key.h"
#include "session/reading.h"

enum { TRIES = 50 * ALIKE_POINTS }; /* points that may be drawn to find those */

typedef struct Leaf Leaf;
struct Leaf {
    Expr *expr;
    int column;
    Reading reading; /* of a formula about the network */
    Leaf *next;
};

/* An expression, or (EXPR NULL) a derivative that is taken wrongly. */
typedef struct Formula {
    Session *session;
    const Expr *expr;
    Leaf *leaves;
    const WrongWay *way;
} Formula;

/* Where the two are compared. */
typedef struct Draw {
    Random random;
    Pass *network; /* drawn anew for every point; NULL: the names are free */
} Draw;

static bool keep_leaf(void *self, Expr *expr, int column, Error *err)
{
    (void)err;
    Formula *formula = self;
    Leaf *leaf = arena_new(&formula->session->arena, sizeof *leaf);
    *leaf = (Leaf){.expr = expr, .column = column, .next = formula->leaves};
    formula->leaves = leaf;
    return true;
}

static bool parse(Session *session, const char *text, Formula *formula, Error *err)
{
    *formula = (Formula){.session = session};
    Scope scope = {keep_leaf, formula};
    return expr_parse(text, strlen(text), 1, &session->arena, &scope, &formula->expr, err);
}

static bool resolve(const Formula *formula, Error *err)
{
    for (Leaf *leaf = formula->leaves; leaf; leaf = leaf->next)
        if (!reading_resolve(formula->session, leaf->expr, leaf->column, &leaf->reading, err))
            return false;
    return true;
}

/* Called alike: o21 and yhat may be the same. */
static void rename_leaves(const Formula *formula)
{
    char name[SYMBOL_SIZE];
    for (Leaf *leaf = formula->leaves; leaf; leaf = leaf->next) {
        if (leaf->expr->kind != EXPR_SYMBOL) continue;
        symbol_spell(name, leaf->expr->symbol);
        leaf->expr->name = arena_copy(&formula->session->arena, name, strlen(name));
    }
}

/* What a derivative is follows from a network; all else is as free as the names in it. But where
   these are the network's, so are the answer's. */
static bool look_up(const Formula *key, const Formula *answer, bool *of_network, Error *err)
{
    *of_network = key_has_derivative(key->expr) || key_has_derivative(answer->expr);
    if (!*of_network && (!key->leaves || !resolve(key, NULL))) return true;
    if (!resolve(key, err) || !resolve(answer, err)) return false;
    rename_leaves(key);
    rename_leaves(answer);
    return true;
}

/* Targets between 0 and 1 suit every loss; running variances are positive. */
static void draw_network(Draw *draw)
{
    Pass *pass = draw->network;
    const Net *net = pass->net;
    const Vector *x = &net->vectors[net->input], *y = &net->vectors[net->target];
    for (size_t e = 0; e < net->parameters; e++)
        pass->value[e] = random_uniform(&draw->random, -1, 1);
    for (size_t e = net->parameters; e < net->stored; e++)
        pass->value[e] = random_uniform(&draw->random, 0.5, 1.5);
    for (size_t i = 0; i < (size_t)x->size; i++)
        pass->value[x->at + i] = random_uniform(&draw->random, -2, 2);
    for (size_t i = 0; i < (size_t)y->size; i++)
        pass->value[y->at + i] = random_uniform(&draw->random, 0.1, 0.9);
    pass_forget(pass);
    pass_forward(pass);
}

static double read_adjoint_norm(Pass *pass, const Reading *reading)
{
    for (size_t i = 0; i < reading->count; i++) memo_adjoint(pass, reading->element + i, "drawn");
    return number_norm(pass->adjoint + reading->element, reading->count);
}

static double read_drawn(const Session *session, Pass *pass, const Reading *reading)
{
    switch (reading->kind) {
    case READING_NAME: return reading_at_hand(reading, session);
    case READING_NORM: return number_norm(pass->value + reading->element, reading->count);
    case READING_ADJOINT: return memo_adjoint(pass, reading->element, "drawn");
    case READING_ADJOINT_NORM: return read_adjoint_norm(pass, reading);
    case READING_DERIVATIVE: return pass_derivative(pass, reading->upper, reading->element);
    default: return pass_value(pass, reading->element);
    }
}

static void fill_from_network(const Formula *formula, const Draw *draw)
{
    for (Leaf *leaf = formula->leaves; leaf; leaf = leaf->next)
        leaf->expr->value = read_drawn(formula->session, draw->network, &leaf->reading);
}

/* The value that a leaf of the same name has among those from LEAF up to END. */
static const double *value_of_name(const Leaf *leaf, const Leaf *end, const char *name)
{
    for (; leaf != end; leaf = leaf->next)
        if (!strcmp(leaf->expr->name, name)) return &leaf->expr->value;
    return NULL;
}

static void fill_freely(const Formula *formula, const Formula *other, Draw *draw)
{
    for (Leaf *leaf = formula->leaves; leaf; leaf = leaf->next) {
        const char *name = leaf->expr->name;
        const double *known = other ? value_of_name(other->leaves, NULL, name) : NULL;
        if (!known) known = value_of_name(formula->leaves, leaf, name);
        leaf->expr->value = known ? *known : random_uniform(&draw->random, -2, 2);
    }
}

static void draw_point(const Formula *key, const Formula *answer, Draw *draw)
{
    if (!draw->network) {
        fill_freely(key, NULL, draw);
        fill_freely(answer, key, draw);
        return;
    }
    draw_network(draw);
    fill_from_network(key, draw);
    fill_from_network(answer, draw);
}

/* NaN where the wrong way leads nowhere. */
static double take_wrong_way(const WrongWay *way, Pass *network)
{
    double value = NAN;
    Slip slip = {.pass = network,
                 .element = way->element,
                 .right = memo_adjoint(network, way->element, "drawn"),
                 .rate = way->rate};
    return way->value(&slip, way->variant, &value) ? value : NAN;
}

static double value_of(const Formula *formula, const Draw *draw)
{
    return formula->expr ? expr_value(formula->expr) : take_wrong_way(formula->way, draw->network);
}

/* Rounding apart. */
static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b)) + 1e-13;
}

static bool compare(const Formula *key, const Formula *answer, Draw *draw, bool *same, Error *err)
{
    int points = 0;
    for (int i = 0; i < TRIES && points < ALIKE_POINTS; i++) {
        if (session_interrupted(key->session)) return session_stop(key->session, err);
        draw_point(key, answer, draw);
        double a = value_of(key, draw), b = value_of(answer, draw);
        if (!isfinite(a) || !isfinite(b)) continue;
        points++;
        if (!is_near(a, b)) return *same = false, true;
    }
    *same = points == ALIKE_POINTS;
    return true;
}

static bool draw_and_compare(const Formula *key, const Formula *answer, bool of_network, bool *same,
                             Error *err)
{
    Draw draw = {.network = of_network ? pass_copy_stored(key->session->pass) : NULL};
    random_seed(&draw.random, 1);
    bool done = compare(key, answer, &draw, same, err);
    pass_free(draw.network);
    return done;
}

bool alike_compare(Session *session, const char *first, const char *second, bool *same, Error *err)
{
    Formula key, answer;
    bool of_network;
    return parse(session, key_text(session, first), &key, err) &&
           parse(session, key_text(session, second), &answer, err) &&
           look_up(&key, &answer, &of_network, err) &&
           draw_and_compare(&key, &answer, of_network, same, err);
}

bool alike_compare_wrong(Session *session, const WrongWay *way, const char *words, bool *same,
                         Error *err)
{
    Formula wrong = {.session = session, .way = way}, answer;
    return parse(session, words, &answer, err) && resolve(&answer, err) &&
           draw_and_compare(&wrong, &answer, true, same, err);
}

static bool is_misspelt(const Expr *leaf)
{
    return leaf->kind == EXPR_NAME && leaf->name[1] && reading_meant(leaf->name);
}

/* Among names of the network one that is nearly another is no free variable, but misspelt. */
static bool check_spelling(const Formula *formula, Error *err)
{
    Error why = {0};
    const Leaf *unknown = NULL;
    bool of_network = false;
    for (Leaf *leaf = formula->leaves; leaf; leaf = leaf->next) {
        Error now;
        if (reading_resolve(formula->session, leaf->expr, leaf->column, &leaf->reading, &now)) {
            of_network = true;
        } else if (is_misspelt(leaf->expr)) {
            unknown = leaf;
            why = now;
        }
    }
    return !unknown || !of_network || fail(err, why.column, "%s", why.message);
}

bool alike_ready(Session *session, const char *text, Error *err)
{
    bool finite;
    Formula formula;
    return parse(session, key_text(session, text), &formula, err) &&
           check_spelling(&formula, err) && alike_compare(session, text, text, &finite, err) &&
           (finite || fail(err, 1, "this is a number at too few points to compare it at"));
}
