#include <stdio.h>

#include "explain/symbols.h"
#include "session/by_hand.h"
#include "session/emit.h"
#include "session/untraced.h"
#include "show/batch_show.h"
#include "show/by_hand_show.h"
#include "show/calculation.h"
#include "show/worksheet.h"

typedef struct Sheet {
    Session *session;
    Untraced untraced;
    bool answers;
    long number; /* of the derivation */
} Sheet;

/* Room for a formula, and for a value. */
static const char blank[] = "= ______________________________ = ____________";

static const Column blank_columns[] = {{NULL, "symbol"}, {NULL, "blank"}};
static const Table blank_table = {.columns = blank_columns, .count = 2, .headless = true};

static void emit_blank(const Sheet *sheet, const char *indent, const Expr *symbol)
{
    Session *session = sheet->session;
    emit_row(session, (Cell[]){CELL_OF_PROSE(prose_print(session, "%s%e", indent, symbol)),
                               CELL_OF_TEXT(blank)});
}

/* What is given, and the way forward. */

static void emit_network(Session *session)
{
    const Net *net = session_net(session);
    Text layers = {0};
    architecture_spell(&layers, &net->architecture);
    bool single = net_outputs(net) == 1;
    const Expr *loss = single ? explain_formula(&session->explainer, net_loss(net))
                              : expr_name(&session->arena, session->setup.loss->name, 0);
    emit_note(session, "network %s, loss %e", text_string(&layers), loss);
    text_release(&layers);
}

/* A key that is computed by hand begins with the page's parameters. */
static Span number_span(Session *session, size_t element, double value)
{
    if (!session->page) return (Span){.kind = SPAN_NUMBER, .number = value};
    const char *spelled = by_hand_spell(session, by_hand_element(session, element));
    return (Span){.kind = SPAN_TEXT, .text = spelled};
}

static void emit_parameters(Session *session)
{
    const Net *net = session_net(session);
    size_t most = session->style.terms ? (size_t)session->style.terms : net->parameters;
    if (net->parameters > most) {
        emit_note(session, "the parameters: see %c", "params");
        return;
    }
    Span *spans = arena_new(&session->arena, sizeof *spans * 4 * net->parameters);
    int count = 0;
    for (size_t i = 0; i < net->parameters; i++) {
        const Expr *symbol = explain_symbol(&session->explainer, net_parameter(net, i));
        if (i) spans[count++] = (Span){.kind = SPAN_TEXT, .text = ", "};
        spans[count++] = (Span){.kind = SPAN_EXPR, .expr = symbol};
        spans[count++] = (Span){.kind = SPAN_TEXT, .text = " = "};
        spans[count++] = number_span(session, net_parameter(net, i), symbol->value);
    }
    emit_block(session, &(Block){.kind = BLOCK_NOTE, .spans = spans, .span_count = count});
}

static void emit_node(const Sheet *sheet, size_t element)
{
    Session *session = sheet->session;
    ArenaMark mark = arena_mark(&session->arena);
    if (sheet->answers)
        calculation_show_node(session, element);
    else
        emit_blank(sheet, "", explain_symbol(&session->explainer, element));
    arena_reset(&session->arena, mark);
}

/* Layer by layer and node by node, as `forward` goes. */
static void emit_forward(const Sheet *sheet)
{
    Session *session = sheet->session;
    const Net *net = session_net(session);
    emit_heading(session, "forward");
    if (!sheet->answers) emit_table(session, NULL, FOR_PEOPLE, &blank_table);
    for (int k = 1; k <= net->architecture.layers; k++)
        for (int j = 0; j < net->architecture.sizes[k]; j++)
            for (const Op *op = net_affine(net, k); op <= net_last(net, k); op++)
                emit_node(sheet, net->vectors[op->out].at + (size_t)j);
    if (sheet->answers)
        calculation_show_loss(session);
    else
        emit_node(sheet, net_loss(net));
    if (!sheet->answers) emit_table_end(session);
}

/* Derivations. */

/* A line for each row of the batch, or, if these are too many, for the first ones. */
static void emit_blank_rows(const Sheet *sheet, const Factor *mean)
{
    Session *session = sheet->session;
    int most = session->style.terms;
    for (int i = 0; i < mean->term_count && (!most || i < most); i++) {
        long row = mean->rows->number(mean->rows->self, i);
        emit_row(session, (Cell[]){CELL_OF_PROSE(prose_print(session, "  row %d", row)),
                                   CELL_OF_TEXT(blank)});
    }
}

/* The factors of a chain; before a sum over paths those of its paths. */
static void emit_blank_chain(const Sheet *sheet, const char *indent, const Chain *chain)
{
    const char *deeper = arena_print(&sheet->session->arena, "%s  ", indent);
    for (int i = 0; i < chain->count; i++) {
        const Factor *factor = &chain->factors[i];
        for (int k = 0; factor->terms && k < factor->term_count; k++)
            emit_blank_chain(sheet, deeper, &factor->terms[k]);
        emit_blank(sheet, indent, factor->symbol);
    }
}

static void emit_titles(Session *session, const Derivation *derivation)
{
    const Chain *chain = &derivation->chain;
    Arena *arena = &session->arena;
    if (chain->count > 1)
        emit_note(session, "  %e = %e", derivation->of, symbols_of_chain(arena, chain));
    const Factor *first = chain->factors;
    if (first->rows)
        emit_note(session, "  %e = mean over the %d rows of %e", derivation->of,
                  (long)first->term_count, symbols_of_chain(arena, factor_term(first, 0)));
    if (first->terms)
        emit_note(session, "  %e = %e", first->symbol, symbols_of_paths(arena, first));
}

static void emit_factors(Session *session, const Derivation *derivation)
{
    static const Column columns[] = {{"factor", NULL}};
    emit_object(session, "sheet");
    emit_symbol(session, "of", derivation->of);
    emit_table(session, "factors", FOR_PROGRAMS,
               &(Table){.columns = columns, .count = 1, .list = true});
    for (int i = 0; i < derivation->chain.count; i++)
        emit_row(session, &CELL_OF_SYMBOL(derivation->chain.factors[i].symbol));
    emit_table_end(session);
    emit_object_end(session);
}

static void emit_blanks(const Sheet *sheet, const Derivation *derivation)
{
    Session *session = sheet->session;
    emit_titles(session, derivation);
    emit_table(session, NULL, FOR_PEOPLE, &blank_table);
    const Factor *first = derivation->chain.factors;
    if (first->rows)
        emit_blank_rows(sheet, first);
    else
        emit_blank_chain(sheet, "  ", &derivation->chain);
    if (first->rows || derivation->chain.count > 1) emit_blank(sheet, "", derivation->of);
    emit_table_end(session);
    emit_factors(session, derivation);
}

static void take_derivation(void *self, const Derivation *derivation)
{
    Sheet *sheet = self;
    emit_note(sheet->session, "");
    emit_heading(sheet->session, "derivation %d", ++sheet->number);
    if (!sheet->answers)
        emit_blanks(sheet, derivation);
    else
        emit_block(
            sheet->session,
            &(Block){.kind = BLOCK_DERIVATION, .key = "derivations", .derivation = *derivation});
}

static bool derive(Sheet *sheet, size_t element)
{
    DerivationSink sink = {take_derivation, sheet};
    char by[48];
    snprintf(by, sizeof by, "derivation %ld", sheet->number + 1);
    return !session_interrupted(sheet->session) &&
           untraced_derive(&sheet->untraced, element, by, &sink);
}

static bool derive_all(Sheet *sheet, const size_t *elements, size_t count)
{
    const Net *net = session_net(sheet->session);
    for (size_t i = 0; i < (elements ? count : net->parameters); i++)
        if (!derive(sheet, elements ? elements[i] : net_parameter(net, i))) return false;
    return true;
}

bool worksheet_emit(Session *session, const size_t *elements, size_t count, bool answers,
                    Error *err)
{
    if (!session_forward(session, err)) return false;
    Sheet sheet = {.session = session, .untraced = untraced_begin(session), .answers = answers};
    emit_network(session);
    calculation_show_row(session);
    emit_parameters(session);
    batch_note_rows(session);
    emit_forward(&sheet);
    bool done = derive_all(&sheet, elements, count);
    untraced_end(&sheet.untraced);
    return done || session_stop(session, err);
}
