/* Objects and their fields. Elements of a field arrive one by one, and the next one may
   come from a later block: so a field is closed only when another begins. */
#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "render/json.h"

static Object *innermost(JsonRenderer *json)
{
    return &json->objects[json->depth - 1];
}

static void begin_writing(JsonRenderer *json, Object *object)
{
    if (object->begun) return;
    object->begun = true;
    object->start = json->output.text.length;
    text_add(&json->output.text, "{\"command\":");
    json_string(&json->output.text, text_string(&object->command), object->command.length);
}

static void close_field(JsonRenderer *json, Object *object)
{
    Text *out = &json->output.text;
    if (object->shape == SHAPE_SCALAR)
        text_add_bytes(out, object->scalar.bytes, object->scalar.length);
    if (object->shape == SHAPE_LIST) text_add_char(out, ']');
    if (object->shape == SHAPE_MAP) text_add_char(out, '}');
    object->shape = SHAPE_NONE;
}

static void open_field(JsonRenderer *json, Object *object, const char *key, Shape shape)
{
    static const char *const opening[] = {
        [SHAPE_SCALAR] = "", [SHAPE_LIST] = "[", [SHAPE_MAP] = "{"};
    close_field(json, object);
    begin_writing(json, object);
    if (!object->bare) text_add_char(&json->output.text, ',');
    object->bare = false;
    json_key(&json->output.text, key);
    text_add(&json->output.text, opening[shape]);
    text_clear(&object->key);
    text_add(&object->key, key);
    text_clear(&object->scalar);
    object->shape = shape;
    object->empty = true;
}

/* A second value under the same key: the first was the beginning of a list. */
static void scalar_becomes_list(JsonRenderer *json, Object *object)
{
    text_add_char(&json->output.text, '[');
    text_add_bytes(&json->output.text, object->scalar.bytes, object->scalar.length);
    object->shape = SHAPE_LIST;
    object->empty = false;
}

void json_field_open(JsonRenderer *json, const char *key, Shape shape)
{
    Object *object = innermost(json);
    if (object->shape == SHAPE_NONE || strcmp(text_string(&object->key), key) != 0)
        open_field(json, object, key, shape);
    else if (object->shape == SHAPE_SCALAR)
        scalar_becomes_list(json, object);
}

Text *json_element(JsonRenderer *json, const char *key, Shape shape)
{
    json_field_open(json, key, shape);
    Object *object = innermost(json);
    if (object->shape == SHAPE_SCALAR) return &object->scalar;
    if (!object->empty) text_add_char(&json->output.text, ',');
    object->empty = false;
    return &json->output.text;
}

void json_flush_if_full(JsonRenderer *json)
{
    if (output_flush_if_full(&json->output)) innermost(json)->flushed = true;
}

/* A command inside another one: its line comes first, so what the outer one has said steps
   aside. A command that runs others says little before they have run. */
static void step_aside(JsonRenderer *json)
{
    Object *outer = innermost(json);
    Text *out = &json->output.text;
    if (!outer->begun) return;
    assert(!outer->flushed);
    text_clear(&outer->aside);
    text_add_bytes(&outer->aside, out->bytes + outer->start, out->length - outer->start);
    out->length = outer->start;
}

static void step_back(JsonRenderer *json)
{
    Object *outer = innermost(json);
    if (!outer->begun) return;
    outer->start = json->output.text.length;
    text_add_bytes(&json->output.text, outer->aside.bytes, outer->aside.length);
}

static Object *push_object(JsonRenderer *json)
{
    if (json->depth == json->capacity) {
        size_t room = (size_t)json->capacity + 4;
        json->objects = memory_resize(json->objects, room * sizeof *json->objects);
        memset(json->objects + json->capacity, 0, 4 * sizeof *json->objects);
        json->capacity += 4;
    }
    Object *object = &json->objects[json->depth++];
    object->shape = SHAPE_NONE;
    object->begun = object->nested = object->bare = object->flushed = false;
    return object;
}

void json_object_begin(JsonRenderer *json, const char *command)
{
    if (json->depth) step_aside(json);
    Object *object = push_object(json);
    text_clear(&object->command);
    text_add(&object->command, command);
}

void json_nested_begin(JsonRenderer *json, const char *key)
{
    text_add_char(json_element(json, key, SHAPE_LIST), '{');
    Object *object = push_object(json);
    object->begun = object->nested = object->bare = true;
}

void json_nested_end(JsonRenderer *json)
{
    Object *object = innermost(json);
    close_field(json, object);
    text_add_char(&json->output.text, '}');
    json->depth--;
    innermost(json)->flushed |= object->flushed;
}

static void add_status(JsonRenderer *json, const Failure *failure)
{
    Text *out = &json->output.text;
    text_add(out, failure ? ",\"status\":\"error\"" : ",\"status\":\"ok\"");
    if (!failure) return;
    text_add(out, ",\"message\":");
    json_string(out, failure->message, strlen(failure->message));
    text_print(out, ",\"line\":%ld,\"column\":%d", failure->line, failure->column);
}

void json_object_end(JsonRenderer *json, const Failure *failure)
{
    while (innermost(json)->nested) json_nested_end(json);
    Object *object = innermost(json);
    close_field(json, object);
    begin_writing(json, object);
    add_status(json, failure);
    text_add(&json->output.text, "}\n");
    json->depth--;
    if (json->depth) step_back(json);
}
