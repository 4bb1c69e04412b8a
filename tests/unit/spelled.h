/* For tests of renderers: formulas from text, and what was written. */
#ifndef TESTS_SPELLED_H
#define TESTS_SPELLED_H

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/render.h"
#include "render/spell.h"
#include "unit.h"

typedef struct Known {
    const char *name;
    double value;
} Known;

/* The 2-2-1 network on the row 80 8 -> 3 with one negative weight. */
static const Known known[] = {
    {"x1", 80},    {"x2", 8},     {"y", 3},      {"yhat", 176},     {"w11^1", 1}, {"w21^1", 1},
    {"w12^1", -5}, {"w11^2", 1},  {"w21^2", 1},  {"b11", 0},        {"b21", 0},   {"o11", 88},
    {"o12", 88},   {"z11", -0.5}, {"z21", 0.25}, {"dL/dyhat", 346},
};

enum { NAME_ROOM = 2 * SYMBOL_SIZE + 8 };

static inline void plain_name(const Expr *leaf, char out[NAME_ROOM])
{
    char upper[SYMBOL_SIZE], lower[SYMBOL_SIZE];
    symbol_spell(upper, leaf->symbol);
    symbol_spell(lower, leaf->over);
    if (leaf->kind == EXPR_DERIVATIVE)
        snprintf(out, NAME_ROOM, "d%s/d%s", upper, lower);
    else
        snprintf(out, NAME_ROOM, "%s", upper);
}

static inline bool bind_known(void *self, Expr *leaf, int column, Error *err)
{
    (void)self, (void)column, (void)err;
    char name[NAME_ROOM];
    if (leaf->kind == EXPR_NAME) return true;
    plain_name(leaf, name);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (!strcmp(known[i].name, name)) leaf->value = known[i].value;
    return true;
}

static inline const Expr *parse(Arena *arena, const char *text)
{
    const Scope scope = {bind_known, NULL};
    const Expr *expr = NULL;
    Error err;
    bool read = expr_parse(text, strlen(text), 1, arena, &scope, &expr, &err);
    ck_assert_msg(read, "%s: %s", text, read ? "" : err.message);
    return expr;
}

/* A writer that keeps everything. */
typedef struct Recorder {
    Writer writer; /* first */
    Text out, error;
    int writes;
} Recorder;

static inline void record(Writer *writer, Channel channel, const char *bytes, size_t length)
{
    Recorder *recorder = (Recorder *)writer;
    recorder->writes++;
    text_add_bytes(channel == CHANNEL_OUT ? &recorder->out : &recorder->error, bytes, length);
}

static inline void recorder_release(Recorder *recorder)
{
    text_release(&recorder->out);
    text_release(&recorder->error);
}

/* What a text renderer writes to its output for the blocks that EMIT emits. */
static inline void check_text(Style style, void (*emit)(Sink *sink, Arena *arena), const char *want)
{
    Recorder recorder = {{record}, {0}, {0}, 0};
    Arena arena = {0};
    Sink *sink = render_text(&recorder.writer, &style);
    sink->begin(sink, "command");
    emit(sink, &arena);
    sink->end(sink, NULL);
    ck_assert_str_eq(text_string(&recorder.out), want);
    ck_assert_str_eq(text_string(&recorder.error), "");
    render_free(sink);
    recorder_release(&recorder);
    arena_release(&arena);
}

static inline void emit_words(Sink *sink, BlockKind kind, const char *words)
{
    const Span span = {.kind = SPAN_TEXT, .text = words};
    sink->block(sink, &(Block){.kind = kind, .spans = &span, .span_count = 1});
}

static inline Style style_of(bool ascii, bool color, int width)
{
    Style style = STYLE_DEFAULT;
    style.ascii = ascii;
    style.color = color;
    style.width = width;
    return style;
}

/* Rows that a test gives: their chains and their numbers. */
typedef struct GivenRows {
    RowChains rows;
    const Chain *chains;
    const long *numbers;
} GivenRows;

static inline const Chain *given_chain(void *self, int row)
{
    const GivenRows *given = self;
    return &given->chains[row];
}

static inline long given_number(void *self, int row)
{
    const GivenRows *given = self;
    return given->numbers[row];
}

static inline const RowChains *give_rows(Arena *arena, const Chain *chains, const long *numbers)
{
    GivenRows *given = arena_new(arena, sizeof *given);
    *given = (GivenRows){{given_chain, given_number, given}, chains, numbers};
    return &given->rows;
}

#endif
