/* What a page that is computed by hand says: page. */
#include "command/command.h"
#include "engine/sweep.h"
#include "render/spell.h"
#include "session/by_hand.h"
#include "session/emit.h"
#include "session/reading.h"
#include "session/scope.h"
#include "show/by_hand_show.h"

/* A number of the page: as it is exactly, as it comes out by hand, and as the page has it. */
typedef struct Entry {
    const Expr *symbol;
    Reading reading;
    double exact, hand, said;
} Entry;

/* Whether it is what one element is multiplied by in a chain, a line of its own. */
static bool is_factor(const Session *session, const Reading *reading)
{
    const Pass *pass = session->pass;
    if (reading->kind != READING_DERIVATIVE || by_hand_lacks(session, reading)) return false;
    int i = 0, count = pass_dependents(pass, reading->element);
    while (i < count && pass_dependent(pass, reading->element, i) != reading->upper) i++;
    return i < count;
}

static bool is_said(const Session *session, const Reading *reading)
{
    ReadingKind kind = reading->kind;
    return kind == READING_STORED || kind == READING_NODE || kind == READING_LOSS ||
           kind == READING_ADJOINT || is_factor(session, reading);
}

static bool refuse(const Session *session, const Reading *reading, int column, Error *err)
{
    if (reading->kind != READING_DERIVATIVE)
        return fail(err, column,
                    "a page says what a node, a parameter, dL/dSYMBOL or a factor of its chain is: "
                    "`page o11 = 0.6457`");
    if (by_hand_lacks(session, reading))
        return fail(err, column,
                    "what a node is multiplied by through the statistics of a batch is no line of "
                    "a page");
    const Net *net = session_net(session);
    char lower[SYMBOL_SIZE], upper[SYMBOL_SIZE];
    size_t next = pass_dependent(session->pass, reading->element, 0);
    symbol_spell(lower, net_symbol(net, reading->element));
    symbol_spell(upper, net_symbol(net, next));
    return fail(err, column, "no chain has this factor: what comes after %s is d%s/d%s", lower,
                upper, lower);
}

static bool read_said(const Arguments *arguments, Entry *entry, Error *err)
{
    SymbolKind kind = entry->symbol->symbol.kind;
    bool variance = entry->symbol->kind == EXPR_SYMBOL &&
                    (kind == SYMBOL_VARIANCE || kind == SYMBOL_RUNNING_VARIANCE);
    entry->said = arguments_number(arguments, "NUMBER", 0);
    return !variance || entry->said >= 0 ||
           fail(err, arguments_word(arguments, "NUMBER")->column, "a variance cannot be negative");
}

static bool read_entry(Session *session, const Arguments *arguments, Entry *entry, Error *err)
{
    const Word *word = arguments_word(arguments, "LINE");
    const Expr *expr;
    if (!scope_parse(session, word->text, word->column, &expr, err)) return false;
    Expr *leaf = arena_new(&session->arena, sizeof *leaf);
    *leaf = *expr;
    bool named = expr->kind == EXPR_SYMBOL || expr->kind == EXPR_DERIVATIVE;
    if (named && !reading_resolve(session, leaf, word->column, &entry->reading, err)) return false;
    if (!named || !is_said(session, &entry->reading))
        return refuse(session, &entry->reading, word->column, err);
    entry->symbol = leaf;
    entry->exact = expr->value;
    return read_said(arguments, entry, err);
}

/* What the page says of READING, in the row that is shown unless it is of all rows. */
static PageNote note_of(const Session *session, const Reading *reading, double said)
{
    const Pass *pass = session->pass;
    const Net *net = pass->net;
    PageNote note = {reading->element, reading->element, pass->shown, said};
    if (reading->kind == READING_ADJOINT) note.upper = net_loss(net);
    if (reading->kind == READING_DERIVATIVE) note.upper = reading->upper;
    bool mean = reading->kind == READING_LOSS && pass->rows > 1;
    bool parameter = reading->kind == READING_ADJOINT && reading->element < net->stored;
    if (mean || parameter) note.row = NOTE_OF_ALL;
    if (reading->kind == READING_NODE) note.row = page_note_row(pass, note.element, note.row);
    return note;
}

/* As it comes out of the lines before, whatever an earlier entry says of it. */
static double by_hand(Session *session, const Entry *entry)
{
    const Reading *reading = &entry->reading;
    page_forget(session->page, note_of(session, reading, entry->said));
    return reading->kind == READING_DERIVATIVE
               ? page_partial(session->page, reading->upper, reading->element)
               : by_hand_read(session, reading);
}

/* From here on the page has it. */
static void take_over(Session *session, const Entry *entry)
{
    const Reading *reading = &entry->reading;
    if (reading->kind == READING_STORED)
        page_write(session->page, reading->element, &entry->said, 1);
    else
        page_note(session->page, note_of(session, reading, entry->said));
}

static const char *distance(Session *session, double units_off)
{
    Text text = {0};
    spell_distance(&text, units_off);
    return text_move(&text, &session->arena);
}

static void judge(Session *session, const Entry *entry)
{
    const Page *page = session->page;
    double off = page_judge(page, entry->hand, entry->said).units_off;
    bool exact = page_judge(page, entry->exact, entry->said).units_off == 0;
    const char *said = by_hand_spell(session, entry->said);
    const char *hand = by_hand_spell(session, entry->hand);
    if (off == 0)
        emit_note(session, "%e = %s, as it comes out by hand (exactly %n)", entry->symbol, said,
                  entry->exact);
    else if (exact)
        emit_note(session,
                  "%e = %s: no slip, but computed with more digits than are written; with these it "
                  "comes out as %s (exactly %n)",
                  entry->symbol, said, hand, entry->exact);
    else
        emit_note(session, "%e = %s: a slip, %s; by hand it is %s (exactly %n)", entry->symbol,
                  said, distance(session, off), hand, entry->exact);
    if (off != 0) emit_note(session, "the page goes on from %s", said);
    emit_number(session, "value", entry->exact);
    emit_number(session, "hand", entry->hand);
    emit_number(session, "page", entry->said);
    emit_number(session, "units_off", off);
}

static bool run_page(Session *session, const Arguments *arguments, Error *err)
{
    Entry entry = {0};
    if (!session->page)
        return fail(err, 0,
                    "nothing is computed by hand: `set round 4` begins a page with 4 decimals");
    if (!session_forward(session, err) || !read_entry(session, arguments, &entry, err))
        return false;
    entry.hand = by_hand(session, &entry);
    judge(session, &entry);
    take_over(session, &entry);
    return true;
}

static const Command commands[] = {
    {"page", NULL, "LINE [=] NUMBER", NEEDS_ROW | CHANGES,
     "enter what a page that was computed by hand says, and have it judged",
     "Needs `set round N`. A line is a node, L, a parameter, dL/dSYMBOL, or a factor of its chain, "
     "as in dyhat/do11. The number is compared with what comes out by hand from the lines "
     "before, and with the exact value: so a slip is told from mere rounding. What follows goes on "
     "from the page's number. What it says of a row's nodes, derivatives and their factors holds "
     "until the next update or another row; what it says of a parameter stays. "
     "Another entry of the same line is judged afresh and takes its place; that of a parameter is "
     "taken back by `undo`. See `help by-hand`.",
     "set round 2\npage o11 = 88\npage dL/dyhat = 347\npage dyhat/do11 = 1\ngrad w11^1", run_page},
};

const CommandGroup page_commands = {"checking", commands, sizeof commands / sizeof commands[0]};
