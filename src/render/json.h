/* The JSON renderer's insides: the value writers, and what knows where a value goes. */
#ifndef RENDER_JSON_H
#define RENDER_JSON_H

#include "render/pieces.h"
#include "render/renderer.h"
#include "render/speller.h"

/* What a field of the object being written holds so far. */
typedef enum Shape {
    SHAPE_NONE,   /* no field is open */
    SHAPE_SCALAR, /* one value, which stays a scalar unless a second one follows */
    SHAPE_LIST,
    SHAPE_MAP
} Shape;

/* An object: a command's, of which nothing is written before its first field, or an element of a
   list in the one before. */
typedef struct Object {
    Text command;
    Text scalar; /* the value of a SHAPE_SCALAR */
    Text aside;  /* what was written before a nested command began */
    Text key;    /* of the open field */
    Shape shape;
    size_t start;      /* in the output */
    bool begun, empty; /* empty: no element in the open field yet */
    bool nested;       /* an element of a list */
    bool bare;         /* nothing is written of it but its brace */
    bool flushed;      /* a part of it has left the output */
} Object;

typedef struct JsonTable {
    Text key;
    Pieces keys; /* `"key":` by column; an empty one is not for programs */
    Shape shape;
    bool list;   /* of its only column */
    bool hidden; /* for people only */
} JsonTable;

typedef struct JsonRenderer {
    Renderer renderer; /* first */
    Style style;       /* plain spellings, every digit, nothing left out */
    Speller speller;
    Output output;
    Text scratch;
    Object *objects; /* the innermost is the last */
    int depth, capacity;
    JsonTable table;
} JsonRenderer;

/* Values. */
void json_string(Text *out, const char *bytes, size_t length);
void json_key(Text *out, const char *key); /* `"key":` */
void json_number(const Speller *speller, Text *out, double value);
void json_expr(const Speller *speller, Text *out, const Expr *expr, SpellMode mode);
void json_verdict(const Speller *speller, Text *out, const Hand *hand); /* `"hand":…` */
void json_hand(const Speller *speller, Text *out, const Hand *hand); /* `,"hand":…`, if known */
void json_prose(JsonRenderer *json, Text *out, const char *prose);
void json_cell(JsonRenderer *json, Text *out, const Cell *cell);
void json_spans(JsonRenderer *json, Text *out, const Span *spans, int count);
void json_equation(const Speller *speller, Text *out, const Equation *equation);
void json_matrix(JsonRenderer *json, Text *out, const Matrix *matrix);
void json_plot(JsonRenderer *json, Text *out, const Plot *plot);

/* Elements of lists, straight into the output, which they may outgrow. */
void json_factors(JsonRenderer *json, const Chain *chain);
void json_derivation(JsonRenderer *json, const Derivation *derivation);
void json_flush_if_full(JsonRenderer *json);

/* Objects. */
void json_object_begin(JsonRenderer *json, const char *command);
void json_object_end(JsonRenderer *json, const Failure *failure);
void json_nested_begin(JsonRenderer *json, const char *key); /* an element of the list KEY */
void json_nested_end(JsonRenderer *json);

/* Opens field KEY, or goes on with it, and returns where its next element is to be added;
   a single value of SHAPE_SCALAR is no list. */
Text *json_element(JsonRenderer *json, const char *key, Shape shape);
void json_field_open(JsonRenderer *json, const char *key, Shape shape);

#endif
