#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "render/spell.h"
#include "session/emit.h"

void emit_block(Session *session, const Block *block)
{
    session->options.sink->block(session->options.sink, block);
}

static Span directive(Arena *arena, char letter, va_list *arguments)
{
    switch (letter) {
    case '%': return (Span){.kind = SPAN_TEXT, .text = "%"};
    case 's': return (Span){.kind = SPAN_TEXT, .text = va_arg(*arguments, const char *)};
    case 'f': return (Span){.kind = SPAN_FOREIGN, .text = va_arg(*arguments, const char *)};
    case 'w': return (Span){.kind = SPAN_WORDS, .text = va_arg(*arguments, const char *)};
    case 'c': return (Span){.kind = SPAN_CODE, .text = va_arg(*arguments, const char *)};
    case 'd':
        return (Span){.kind = SPAN_TEXT,
                      .text = arena_print(arena, "%ld", va_arg(*arguments, long))};
    case 'n': return (Span){.kind = SPAN_NUMBER, .number = va_arg(*arguments, double)};
    case 'e': return (Span){.kind = SPAN_EXPR, .expr = va_arg(*arguments, const Expr *)};
    default:
        assert(letter == 'v');
        return (Span){.kind = SPAN_NUMBERS, .expr = va_arg(*arguments, const Expr *)};
    }
}

/* Cuts FORMAT into spans: the words between the directives and the directives. */
static Prose make_prose(Session *session, const char *format, va_list *arguments)
{
    Span *spans = arena_new(&session->arena, sizeof(Span) * (strlen(format) + 1));
    int count = 0;
    while (*format) {
        size_t length = strcspn(format, "%");
        if (length)
            spans[count++] =
                (Span){.kind = SPAN_TEXT, .text = arena_copy(&session->arena, format, length)};
        format += length;
        if (!*format) break;
        spans[count++] = directive(&session->arena, format[1], arguments);
        format += 2;
    }
    return (Prose){spans, count};
}

Prose prose_print(Session *session, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    Prose prose = make_prose(session, format, &arguments);
    va_end(arguments);
    return prose;
}

static void emit_spans(Session *session, BlockKind kind, const char *format, va_list *arguments)
{
    ArenaMark mark = arena_mark(&session->arena);
    Prose prose = make_prose(session, format, arguments);
    emit_block(session, &(Block){.kind = kind, .spans = prose.spans, .span_count = prose.count});
    arena_reset(&session->arena, mark);
}

void emit_note(Session *session, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    emit_spans(session, BLOCK_NOTE, format, &arguments);
    va_end(arguments);
}

void emit_heading(Session *session, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    emit_spans(session, BLOCK_HEADING, format, &arguments);
    va_end(arguments);
}

static Span text_span(const char *text)
{
    return (Span){.kind = SPAN_TEXT, .text = text};
}

static const char *verdict_text(Session *session, const Hand *hand)
{
    Text text = {0};
    text_add(&text, " (");
    spell_hand(&text, hand);
    text_add_char(&text, ')');
    return text_move(&text, &session->arena);
}

/* Adds NAMED to the line of SPANS, five spans at most for each value. */
static void name_values(Session *session, const Named *named, Span *spans, int *count)
{
    bool inputs = named->kind == SYMBOL_INPUT;
    int limit = inputs ? session->style.terms : 0;
    for (int i = 0; i < named->count; i++) {
        if (limit && i >= limit && i < named->count - 1) {
            if (i == limit) spans[(*count)++] = text_span(", …");
            continue;
        }
        Symbol symbol = {named->kind, 0, 0, inputs || named->count > 1 ? i + 1 : 0};
        const Expr *name = expr_symbol(&session->arena, symbol, named->values[i]);
        if (*count > 1) spans[(*count)++] = text_span(", ");
        spans[(*count)++] = (Span){.kind = SPAN_EXPR, .expr = name};
        spans[(*count)++] = text_span(" = ");
        spans[(*count)++] = (Span){.kind = SPAN_NUMBER, .number = named->values[i]};
        if (named->hands && named->hands[i].known)
            spans[(*count)++] = text_span(verdict_text(session, &named->hands[i]));
    }
}

void emit_named(Session *session, const char *before, const Named *named, int count)
{
    int total = 0, made = 1;
    for (int i = 0; i < count; i++) total += named[i].count;
    ArenaMark mark = arena_mark(&session->arena);
    Span *spans = arena_new(&session->arena, sizeof(Span) * (size_t)(5 * total + 2));
    spans[0] = text_span(before);
    for (int i = 0; i < count; i++) name_values(session, &named[i], spans, &made);
    emit_block(session, &(Block){.kind = BLOCK_NOTE, .spans = spans, .span_count = made});
    arena_reset(&session->arena, mark);
}

void emit_text(Session *session, const char *text)
{
    ArenaMark mark = arena_mark(&session->arena);
    Text lines = {0};
    for (bool start = true; *text; text++) {
        if (start && *text != '\n') text_add(&lines, "  ");
        start = *text == '\n';
        text_add_char(&lines, *text);
    }
    const char *copy = text_move(&lines, &session->arena);
    emit_block(session, &(Block){.kind = BLOCK_TEXT, .text = copy});
    arena_reset(&session->arena, mark);
}

void emit_equation(Session *session, const Expr *left, const Expr *formula, double value)
{
    emit_block(session, &(Block){.kind = BLOCK_EQUATION,
                                 .equation = {.left = left, .formula = formula, .value = value}});
}

static void emit_field(Session *session, const char *key, Cell cell)
{
    emit_block(session, &(Block){.kind = BLOCK_FIELD, .key = key, .data = true, .cell = cell});
}

void emit_number(Session *session, const char *key, double value)
{
    emit_field(session, key, CELL_OF_NUMBER(value));
}

void emit_symbol(Session *session, const char *key, const Expr *symbol)
{
    emit_field(session, key, CELL_OF_SYMBOL(symbol));
}

void emit_integer(Session *session, const char *key, long value)
{
    emit_field(session, key, CELL_OF_INTEGER(value));
}

void emit_string(Session *session, const char *key, const char *value)
{
    emit_field(session, key, CELL_OF_FOREIGN(value));
}

void emit_truth(Session *session, const char *key, bool value)
{
    emit_field(session, key, (Cell){.kind = CELL_TRUTH, .integer = value});
}

void emit_numbers(Session *session, const char *key, const double *values, size_t count)
{
    emit_field(session, key, CELL_OF_NUMBERS(values, count));
}

void emit_object(Session *session, const char *key)
{
    emit_block(session, &(Block){.kind = BLOCK_OBJECT, .key = key, .data = true});
}

void emit_object_end(Session *session)
{
    emit_block(session, &(Block){.kind = BLOCK_OBJECT_END, .data = true});
}

void emit_table(Session *session, const char *key, Audience audience, const Table *table)
{
    emit_block(session, &(Block){.kind = BLOCK_TABLE,
                                 .key = audience == FOR_PEOPLE ? NULL : key,
                                 .data = audience == FOR_PROGRAMS,
                                 .table = *table});
}

void emit_row(Session *session, const Cell *cells)
{
    emit_block(session, &(Block){.kind = BLOCK_ROW, .cells = cells});
}

bool emit_to_programs(const Session *session)
{
    return session->options.sink->programs;
}

void emit_table_end(Session *session)
{
    emit_block(session, &(Block){.kind = BLOCK_TABLE_END});
}

void emit_plot(Session *session, const Plot *plot)
{
    emit_block(session, &(Block){.kind = BLOCK_PLOT, .key = "plot", .plot = *plot});
}
