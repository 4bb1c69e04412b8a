/* What a page that is computed by hand says: page. */
#include <math.h>

#include "command/command.h"
#include "session/by_hand.h"
#include "session/emit.h"
#include "session/reading.h"
#include "session/scope.h"

/* A number of the page: as it is exactly, as it comes out by hand, and as the page has it. */
typedef struct Entry {
    const Expr *symbol;
    Reading reading;
    double exact, hand, said;
} Entry;

static bool is_said(const Entry *entry)
{
    ReadingKind kind = entry->reading.kind;
    return kind == READING_STORED || kind == READING_NODE || kind == READING_LOSS ||
           kind == READING_ADJOINT;
}

static bool read_said(const Arguments *arguments, Entry *entry, Error *err)
{
    SymbolKind kind = entry->symbol->symbol.kind;
    bool variance = kind == SYMBOL_VARIANCE || kind == SYMBOL_RUNNING_VARIANCE;
    entry->said = arguments_number(arguments, "NUMBER", 0);
    return !variance || entry->said >= 0 ||
           fail(err, arguments_word(arguments, "NUMBER")->column, "a variance cannot be negative");
}

static bool read_entry(Session *session, const Arguments *arguments, Entry *entry, Error *err)
{
    const Word *word = arguments_word(arguments, "SYMBOL");
    const Expr *expr;
    if (!scope_parse(session, word->text, word->column, &expr, err)) return false;
    Expr *leaf = arena_new(&session->arena, sizeof *leaf);
    *leaf = *expr;
    bool named = expr->kind == EXPR_SYMBOL || expr->kind == EXPR_DERIVATIVE;
    if (named && !reading_resolve(session, leaf, word->column, &entry->reading, err)) return false;
    if (!named || !is_said(entry))
        return fail(err, word->column,
                    "a page says what a node, a parameter or dL/dSYMBOL is: `page o11 = 0.6457`");
    entry->symbol = leaf;
    entry->exact = expr->value;
    entry->hand = by_hand_read(session, &entry->reading);
    return read_said(arguments, entry, err);
}

/* From here on the page has it. */
static void take_over(Session *session, const Entry *entry)
{
    const Pass *pass = session->pass;
    const Reading *reading = &entry->reading;
    bool parameter = reading->element < session_net(session)->stored;
    bool mean = parameter || (reading->kind == READING_LOSS && pass->rows > 1);
    if (reading->kind == READING_STORED)
        page_write(session->page, reading->element, &entry->said, 1);
    else
        page_note(
            session->page,
            (PageNote){reading->kind == READING_ADJOINT,
                       mean ? NOTE_OF_ALL : page_note_row(pass, reading->element, pass->shown),
                       reading->element, entry->said});
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
        emit_note(session, "%e = %s: a slip, %n unit%s off; by hand it is %s (exactly %n)",
                  entry->symbol, said, fabs(off), fabs(off) == 1 ? "" : "s", hand, entry->exact);
    if (off != 0) emit_note(session, "the page goes on from %s", said);
    emit_number(session, "value", entry->exact);
    emit_number(session, "hand", entry->hand);
    emit_number(session, "page", entry->said);
    emit_number(session, "units_off", off);
}

static bool run_page(Session *session, const Arguments *arguments, Error *err)
{
    Entry entry;
    if (!session->page)
        return fail(err, 0,
                    "nothing is computed by hand: `set round 4` begins a page with 4 decimals");
    if (!session_forward(session, err) || !read_entry(session, arguments, &entry, err))
        return false;
    judge(session, &entry);
    take_over(session, &entry);
    return true;
}

static const Command commands[] = {
    {"page", NULL, "SYMBOL [=] NUMBER", NEEDS_ROW | CHANGES,
     "enter what a page that was computed by hand says, and have it judged",
     "Needs `set round N`. The number is compared with what comes out by hand from the lines "
     "before, and with the exact value: so a slip is told from mere rounding. What follows goes on "
     "from the page's number. What it says of a row's nodes and derivatives holds until the next "
     "update or another row; what it says of a parameter stays. See `help by-hand`.",
     "set round 2\npage o11 = 88\npage dL/dyhat = 347\ngrad w11^2", run_page},
};

const Topic page_topic = {"checking", commands, sizeof commands / sizeof commands[0]};
