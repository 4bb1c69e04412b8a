#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "render/json.h"
#include "render/number_cache.h"

/* As one unit of UTF-16, or as two. */
static void add_code(Text *out, uint32_t code)
{
    if (code < 0x10000)
        text_print(out, "\\u%04x", code);
    else
        text_print(out, "\\u%04x\\u%04x", 0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
}

/* RFC 8259, section 7; what is not UTF-8 becomes U+FFFD, the replacement character. */
static void add_special(Text *out, size_t size, uint32_t code)
{
    static const char escapes[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *found = code && code < 0x80 ? strchr(escapes, (int)code) : NULL;
    if (!size)
        text_add(out, "\ufffd");
    else if (found)
        text_print(out, "\\%c", letters[found - escapes]);
    else
        add_code(out, code);
}

/* A terminal is steered by more than JSON forbids. */
static bool is_special(size_t size, uint32_t code)
{
    return !size || code == '"' || code == '\\' || !utf8_is_safe(code);
}

void json_string(Text *out, const char *bytes, size_t length)
{
    uint32_t code = 0;
    size_t plain = 0; /* where the run of bytes that need no escape started */
    text_add_char(out, '"');
    for (size_t at = 0; at < length;) {
        size_t size = utf8_decode(bytes + at, length - at, &code);
        bool special = is_special(size, code);
        if (special) {
            text_add_bytes(out, bytes + plain, at - plain);
            add_special(out, size, code);
        }
        at += size ? size : 1;
        if (special) plain = at;
    }
    text_add_bytes(out, bytes + plain, length - plain);
    text_add_char(out, '"');
}

void json_key(Text *out, const char *key)
{
    json_string(out, key, strlen(key));
    text_add_char(out, ':');
}

void json_number(const Speller *speller, Text *out, double value)
{
    const char *quote = isfinite(value) ? "" : "\"";
    text_add(out, quote);
    number_cache_add(speller->numbers, out, value, speller->style->digits); /* -0 stays -0 */
    text_add(out, quote);
}

void json_hand(const Speller *speller, Text *out, const Hand *hand)
{
    if (!hand->known) return;
    text_add_char(out, ',');
    json_verdict(speller, out, hand);
}

void json_verdict(const Speller *speller, Text *out, const Hand *hand)
{
    text_add(out, "\"hand\":");
    json_number(speller, out, hand->value);
    text_add(out, ",\"units_off\":");
    json_number(speller, out, hand->units_off);
}

/* A plain spelling has nothing that a string must escape. */
void json_expr(const Speller *speller, Text *out, const Expr *expr, SpellMode mode)
{
    text_add_char(out, '"');
    speller_expr(speller, out, expr, mode);
    text_add_char(out, '"');
}

static void end_scratch(JsonRenderer *json, Text *out)
{
    json_string(out, text_string(&json->scratch), json->scratch.length);
    text_clear(&json->scratch);
}

void json_prose(JsonRenderer *json, Text *out, const char *prose)
{
    spell_prose(&json->scratch, prose, &json->style);
    end_scratch(json, out);
}

static void add_span(JsonRenderer *json, const Span *span)
{
    Text *out = &json->scratch;
    switch (span->kind) {
    case SPAN_TEXT: spell_prose(out, span->text, &json->style); break;
    case SPAN_FOREIGN:
    case SPAN_WORDS:
    case SPAN_CODE: text_add(out, span->text); break;
    case SPAN_NUMBER: speller_number(&json->speller, out, span->number); break;
    case SPAN_EXPR: speller_expr(&json->speller, out, span->expr, SPELL_FORMULA); break;
    case SPAN_NUMBERS: speller_expr(&json->speller, out, span->expr, SPELL_NUMBERS); break;
    }
}

void json_spans(JsonRenderer *json, Text *out, const Span *spans, int count)
{
    for (int i = 0; i < count; i++) add_span(json, &spans[i]);
    end_scratch(json, out);
}

static void add_numbers(const Speller *speller, Text *out, const Cell *cell)
{
    text_add_char(out, '[');
    for (size_t i = 0; i < cell->count; i++) {
        if (i) text_add_char(out, ',');
        json_number(speller, out, cell->numbers[i]);
    }
    text_add_char(out, ']');
}

void json_cell(JsonRenderer *json, Text *out, const Cell *cell)
{
    switch (cell->kind) {
    case CELL_NONE: text_add(out, "null"); break;
    case CELL_TEXT: json_prose(json, out, cell->text); break;
    case CELL_FOREIGN: json_string(out, cell->text, strlen(cell->text)); break;
    case CELL_PROSE: json_spans(json, out, cell->prose.spans, cell->prose.count); break;
    case CELL_NUMBER: json_number(&json->speller, out, cell->number); break;
    case CELL_INTEGER: text_print(out, "%ld", cell->integer); break;
    case CELL_TRUTH: text_add(out, cell->integer ? "true" : "false"); break;
    case CELL_SYMBOL: json_expr(&json->speller, out, cell->expr, SPELL_FORMULA); break;
    case CELL_NUMBERS: add_numbers(&json->speller, out, cell); break;
    }
}

static void add_matrix_cell(const Speller *speller, Text *out, const Expr *cell)
{
    if (cell->kind == EXPR_NUMBER)
        json_number(speller, out, cell->value);
    else
        json_expr(speller, out, cell, SPELL_FORMULA);
}

void json_matrix(JsonRenderer *json, Text *out, const Matrix *matrix)
{
    text_add(out, "{\"caption\":");
    json_prose(json, out, matrix->caption ? matrix->caption : "");
    text_add(out, ",\"rows\":[");
    for (int row = 0; row < matrix->rows; row++) {
        text_add(out, row ? ",[" : "[");
        for (int column = 0; column < matrix->columns; column++) {
            if (column) text_add_char(out, ',');
            add_matrix_cell(&json->speller, out, matrix->cells[row * matrix->columns + column]);
        }
        text_add_char(out, ']');
    }
    text_add(out, "]}");
}
