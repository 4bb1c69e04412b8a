/* Fuzzer: any bytes are read as a formula, of a session and over free names.

   What was read is spelled on paper and in ASCII, and must be read again from there: in ASCII as
   the very same value, and either way as what is spelled the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "../unit/typed.h"

enum { LENGTH_MOST = 80 }; /* so that no spelling is nested deeper than the parser goes */

static void insist(bool condition)
{
    if (!condition) abort();
}

/* In ASCII a letter without a name there is escaped, and a digit below the line like any other:
   names that are not typed in ASCII need not come back from it. */
static bool is_plain(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80) return false;
    return true;
}

static void check_value(const Expr *expr, const Expr *again, Arena *arena)
{
    double want = expr_value(with_values(arena, expr, 1));
    double got = expr_value(with_values(arena, again, 1));
    insist(want == got || (isnan(want) && isnan(got)));
}

static void check_spelling(const Expr *expr, const Scope *scope, const Style *style, Arena *arena)
{
    Text text = {0}, same = {0};
    Error err;
    const Expr *again;
    spell_expr(&text, expr, SPELL_FORMULA, style);
    insist(expr_parse(text_string(&text), text.length, 1, arena, scope, &again, &err));
    spell_expr(&same, again, SPELL_FORMULA, style);
    insist(!strcmp(text_string(&text), text_string(&same)));
    if (style->ascii) check_value(expr, again, arena);
    text_release(&text);
    text_release(&same);
}

static void read_one(const char *text, size_t length, const Scope *scope)
{
    const Style paper = {.width = 80}, ascii = {.width = 80, .ascii = true};
    Arena arena = {0};
    Error err = {0};
    const Expr *expr;
    if (expr_parse(text, length, 1, &arena, scope, &expr, &err)) {
        check_spelling(expr, scope, &paper, &arena);
        if (is_plain(text, length)) check_spelling(expr, scope, &ascii, &arena);
    } else {
        insist(*err.message && err.column > 0 && (size_t)err.column <= length + 1);
    }
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t length = size < LENGTH_MOST ? size : LENGTH_MOST;
    read_one((const char *)data, length, &session_scope);
    read_one((const char *)data, length, NULL);
    return 0;
}
