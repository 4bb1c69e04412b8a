#include <assert.h>

#include "command/asking.h"
#include "command/asking_chain.h"
#include "explain/closed_form.h"
#include "explain/symbols.h"
#include "quiz/key.h"
#include "quiz/question.h"
#include "session/untraced.h"
#include "session/emit.h"

/* What is done with the derivation; the session's asking points at the factor that is asked. */
typedef void Look(Session *session, const Derivation *derivation);

typedef struct View {
    Session *session;
    Look *look;
} View;

/* A chain of one link is its own product. */
static int question_count(const Chain *chain)
{
    return chain->count > 1 ? chain->count + 1 : 1;
}

/* NULL: the product. */
static const Factor *asked_factor(const Session *session, const Derivation *derivation)
{
    int factor = session->asking.factor;
    const Chain *chain = &derivation->chain;
    return factor < chain->count ? &chain->factors[factor] : NULL;
}

static const Expr *asked_symbol(const Session *session, const Derivation *derivation)
{
    const Factor *factor = asked_factor(session, derivation);
    return factor ? factor->symbol : derivation->of;
}

static void point_at_asked(Session *session, const Derivation *derivation)
{
    const Expr *asked = asked_symbol(session, derivation);
    session->asking.upper = asked->symbol;
    session->asking.lower = asked->over;
}

/* Derivations on the way to the one that is asked for have another symbol. */
static void take_derivation(void *self, const Derivation *derivation)
{
    const View *view = self;
    Asking *asking = &view->session->asking;
    if (!symbol_equal(derivation->of->over, asking->of)) return;
    int last = question_count(&derivation->chain) - 1;
    if (asking->factor > last) asking->factor = last;
    point_at_asked(view->session, derivation);
    view->look(view->session, derivation);
}

static bool look_at_chain(Session *session, Look *look, Error *err)
{
    size_t element;
    Error why;
    if (!session->pass || !session_row_ready(session, &why) ||
        !net_element(session_net(session), session->asking.of, 0, &element, &why) ||
        !session_forward(session, &why)) {
        asking_close(session, ASKING_STOPPED);
        return fail(err, 0, "what was asked is no longer there: %.400s", why.message);
    }
    View view = {session, look};
    Untraced untraced = untraced_begin(session);
    bool done =
        untraced_derive(&untraced, element, "ask", &(DerivationSink){take_derivation, &view});
    untraced_end(&untraced);
    return done || session_stop(session, err);
}

/* Asking. */

static void show_asked(Session *session, const Derivation *derivation)
{
    const Expr *asked = asked_symbol(session, derivation);
    const Factor *factor = asked_factor(session, derivation);
    bool whole = key_is_whole(factor ? factor->value : derivation->value);
    emit_note(session, "%s%e = ?%s", factor ? "" : "and the product, ", asked,
              whole ? "" : " (to 4 significant digits, or a formula)");
    emit_symbol(session, "question", asked);
}

static void show_chain(Session *session, const Derivation *derivation)
{
    if (derivation->chain.count > 1)
        emit_note(session, "%e = %e", derivation->of,
                  symbols_of_chain(&session->arena, &derivation->chain));
    show_asked(session, derivation);
}

bool asking_chain_show(Session *session, Error *err)
{
    return look_at_chain(session, show_chain, err);
}

bool asking_chain_begin(Session *session, const char *symbol, int column, Error *err)
{
    Key key;
    const char *text = arena_print(&session->arena, "grad %s", symbol);
    if (!key_read(session, text, column, &key, err)) return false;
    session->asking =
        (Asking){.state = ASKING_OPEN, .of = net_symbol(session_net(session), key.element)};
    return asking_chain_show(session, err);
}

/* The formula of what is asked; of a sum over paths that of its paths. */
static const Expr *formula_asked(Session *session, const Derivation *derivation)
{
    const Factor *factor = asked_factor(session, derivation);
    if (!factor) return derivation->closed_form;
    if (factor->formula) return factor->formula;
    return factor->terms ? closed_form(&session->arena, &(Chain){.factors = factor, .count = 1})
                         : NULL;
}

/* Hints. */

static const Expr *product_of_numbers(Arena *arena, const Chain *chain)
{
    const Expr **items = arena_new(arena, sizeof *items * (size_t)chain->count);
    for (int i = 0; i < chain->count; i++) items[i] = expr_number(arena, chain->factors[i].value);
    return expr_node(arena, EXPR_MULTIPLY, items, chain->count);
}

static void say_hint(Session *session, Prose words)
{
    asking_say(session, "hint: ", "hint", words);
}

/* Which formula is differentiated: that of the upper one, or the sum over the paths. */
static void hint_at_rule(Session *session, const Derivation *derivation)
{
    Explainer *x = &session->explainer;
    Arena *arena = &session->arena;
    const Factor *factor = asked_factor(session, derivation);
    size_t upper;
    if (!factor)
        say_hint(session,
                 prose_print(session, "%e", product_of_numbers(arena, &derivation->chain)));
    else if (factor->rows)
        say_hint(session,
                 prose_print(session, "the mean over %d rows of %e", (long)factor->term_count,
                             symbols_of_chain(arena, factor_term(factor, 0))));
    else if (factor->terms)
        say_hint(session,
                 prose_print(session, "%e = %e", factor->symbol, symbols_of_paths(arena, factor)));
    else if (net_element(x->pass->net, factor->symbol->symbol, 0, &upper, NULL))
        say_hint(session, prose_print(session, "%e = %e", explain_symbol(x, upper),
                                      explain_formula(x, upper)));
}

static void hint_at_form(Session *session, const Derivation *derivation)
{
    const Expr *asked = asked_symbol(session, derivation);
    const Expr *formula = formula_asked(session, derivation);
    const Factor *factor = asked_factor(session, derivation);
    if (formula)
        say_hint(session, prose_print(session, "%e = %e", asked, formula));
    else if (factor->rows)
        say_hint(session, prose_print(session, "in each row %e",
                                      closed_form(&session->arena, factor_term(factor, 0))));
    else
        say_hint(session, prose_print(session, "%c shows %e", "skip", asked));
}

bool asking_chain_hint(Session *session, Error *err)
{
    static Look *const hints[ASKING_CHAIN_HINTS] = {hint_at_rule, hint_at_form};
    return look_at_chain(session, hints[session->asking.hints++], err);
}

/* Going on. */

static void show_factor(Session *session, const Derivation *derivation)
{
    const Factor *factor = asked_factor(session, derivation);
    const Expr *formula = formula_asked(session, derivation);
    assert(factor); /* the product is not shown, but derived */
    Equation equation = {.left = factor->symbol,
                         .formula = formula ? formula : factor->symbol,
                         .value = factor->value,
                         .hand = factor->hand};
    emit_block(session, &(Block){.kind = BLOCK_EQUATION, .equation = equation});
    emit_number(session, "value", factor->value);
    session->asking.factor++;
    session->asking.hints = 0;
    point_at_asked(session, derivation);
    show_asked(session, derivation);
}

static bool is_product(const Asking *asking)
{
    return asking->upper.kind == SYMBOL_LOSS && symbol_equal(asking->lower, asking->of);
}

/* What was asked is shown, and the next factor asked for; after the product there is none. */
static bool go_on(Session *session, AskingState end, Error *err)
{
    const Asking *asking = &session->asking;
    if (!is_product(asking)) return look_at_chain(session, show_factor, err);
    asking_close(session, end);
    return asking_derive(session, asking->of, err);
}

/* Whether the same is still asked as the prompt said. In another network the chain may be another:
   then it is shown, and asked for anew. */
static bool is_still_asked(Session *session, bool *still, Error *err)
{
    const Asking before = session->asking;
    const Asking *now = &session->asking;
    if (!look_at_chain(session, point_at_asked, err)) return false;
    *still = symbol_equal(before.upper, now->upper) && symbol_equal(before.lower, now->lower);
    if (*still) return true;
    emit_note(session, "the network is another now, and so is the chain:");
    return asking_chain_show(session, err);
}

bool asking_chain_skip(Session *session, Error *err)
{
    bool still;
    return is_still_asked(session, &still, err) && (!still || go_on(session, ASKING_SKIPPED, err));
}

/* A formula has to be right whatever the numbers are. */
static bool judge(Session *session, const char *answer, Verdict *verdict, Error *err)
{
    const Asking *asking = &session->asking;
    char upper[SYMBOL_SIZE], lower[SYMBOL_SIZE];
    symbol_spell(upper, asking->upper);
    symbol_spell(lower, asking->lower);
    Question question = {.answer = arena_print(&session->arena, "d%s/d%s", upper, lower)};
    return key_check_answer(session, answer, &question.symbolic, err) &&
           question_judge(session, &question, answer, verdict, err);
}

bool asking_chain_answer(Session *session, const char *answer, Error *err)
{
    bool still;
    Verdict verdict;
    if (!is_still_asked(session, &still, err)) return false;
    if (!still) return true;
    if (!judge(session, answer, &verdict, err)) return false;
    asking_tell(session, &verdict);
    return !verdict.right || go_on(session, ASKING_ANSWERED, err);
}
