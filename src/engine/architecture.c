#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/architecture.h"

typedef struct Reader {
    const char *text, *at;
    int column; /* of `text` in the user's line */
    Error *err;
} Reader;

static int column(const Reader *reader)
{
    return reader->column + (int)(reader->at - reader->text);
}

static bool read_size(Reader *reader, int *size)
{
    long value = 0;
    const char *end = reader->at;
    while (isdigit((unsigned char)*end) && value <= NODES_LIMIT)
        value = value * 10 + (*end++ - '0');
    if (end == reader->at)
        return fail(reader->err, column(reader),
                    "expected a number of nodes, as in 2-2-1 or 2-3:relu-1:sigmoid");
    if (value == 0) return fail(reader->err, column(reader), "a layer needs at least 1 node");
    if (value > NODES_LIMIT)
        return fail(reader->err, column(reader), "a layer has at most %d nodes", NODES_LIMIT);
    *size = (int)value;
    reader->at = end;
    return true;
}

static void list_activations(Text *text)
{
    for (size_t i = 0; activation_row(i); i++)
        text_print(text, "%s%s", i ? ", " : "", activation_row(i)->name);
}

/* An activation's name may itself hold a "-" (leaky-relu), so the longest row that
   fits wins, provided a size or the end follows it. */
static bool read_activation(Reader *reader, const Activation **activation)
{
    const char *name = ++reader->at;
    size_t longest = 0;
    for (size_t i = 0; activation_row(i); i++) {
        size_t length = strlen(activation_row(i)->name);
        bool ends = !strncmp(name, activation_row(i)->name, length) &&
                    (!name[length] || strchr("-+", name[length]));
        if (!ends || length <= longest) continue;
        longest = length;
        *activation = activation_row(i);
    }
    if (longest) return reader->at = name + longest, true;
    Text names = {0};
    list_activations(&names);
    fail(reader->err, column(reader), "unknown activation `%.*s`; there are %s",
         (int)strcspn(name, "-+"), name, text_string(&names));
    text_release(&names);
    return false;
}

typedef struct ExtraName {
    const char *name;
    unsigned extra;
} ExtraName;

static const ExtraName extra_names[] = {{"bn", EXTRA_NORM}, {"skip", EXTRA_SKIP}};
enum { EXTRA_COUNT = sizeof extra_names / sizeof extra_names[0] };

static bool read_extra(Reader *reader, unsigned *extras)
{
    const char *name = ++reader->at;
    size_t length = strcspn(name, "-+");
    for (int i = 0; i < EXTRA_COUNT; i++) {
        if (strlen(extra_names[i].name) != length || strncmp(name, extra_names[i].name, length))
            continue;
        if (*extras & extra_names[i].extra)
            return fail(reader->err, column(reader), "+%s stands there twice", extra_names[i].name);
        *extras |= extra_names[i].extra;
        reader->at += length;
        return true;
    }
    return fail(reader->err, column(reader), "unknown `+%.*s`; there are +bn and +skip",
                (int)length, name);
}

static bool read_extras(Reader *reader, Architecture *made, int layer)
{
    unsigned *extras = &made->extras[layer];
    const char *start = reader->at;
    *extras = 0;
    while (*reader->at == '+')
        if (!read_extra(reader, extras)) return false;
    int before = made->sizes[layer], after = made->sizes[layer + 1];
    if (!(*extras & EXTRA_SKIP) || before == after) return true;
    reader->at = start;
    return fail(reader->err, column(reader),
                "a skip adds a layer's input to its output, so both need the same width, not %d "
                "and %d",
                before, after);
}

static bool read_layer(Reader *reader, Architecture *made, const Activation *otherwise)
{
    int layer = made->layers;
    if (layer == LAYERS_LIMIT)
        return fail(reader->err, column(reader), "a network has at most %d layers", LAYERS_LIMIT);
    made->sizes = memory_resize(made->sizes, sizeof(int) * (size_t)(layer + 2));
    made->activations =
        memory_resize(made->activations, sizeof *made->activations * (size_t)(layer + 1));
    made->extras = memory_resize(made->extras, sizeof *made->extras * (size_t)(layer + 1));
    if (!read_size(reader, &made->sizes[layer + 1])) return false;
    made->activations[layer] = otherwise;
    made->layers++;
    if (*reader->at == ':' && !read_activation(reader, &made->activations[layer])) return false;
    return read_extras(reader, made, layer);
}

static bool read_all(Reader *reader, Architecture *made, const Activation *otherwise)
{
    made->sizes = memory_new(sizeof(int));
    if (!read_size(reader, &made->sizes[0])) return false;
    if (*reader->at == ':')
        return fail(reader->err, column(reader), "the input layer has no activation");
    while (*reader->at == '-') {
        reader->at++;
        if (!read_layer(reader, made, otherwise)) return false;
    }
    if (*reader->at)
        return fail(reader->err, column(reader), "unexpected `%s`: sizes are written 2-2-1",
                    reader->at);
    if (!made->layers)
        return fail(reader->err, column(reader),
                    "a network needs an input and at least one layer, as in 2-1");
    return true;
}

bool architecture_parse(Architecture *architecture, const char *text, const Activation *otherwise,
                        int at, Error *err)
{
    Architecture made = {.biases = true};
    Reader reader = {text, text, at, err};
    if (!read_all(&reader, &made, otherwise)) {
        architecture_release(&made);
        return false;
    }
    *architecture = made;
    return true;
}

void architecture_copy(Architecture *to, const Architecture *from)
{
    size_t layers = (size_t)from->layers;
    *to = *from;
    to->sizes = memory_new(sizeof(int) * (layers + 1));
    to->activations = memory_new(sizeof *to->activations * layers);
    to->extras = memory_new(sizeof *to->extras * layers);
    memcpy(to->sizes, from->sizes, sizeof(int) * (layers + 1));
    memcpy(to->activations, from->activations, sizeof *to->activations * layers);
    memcpy(to->extras, from->extras, sizeof *to->extras * layers);
}

void architecture_release(Architecture *architecture)
{
    free(architecture->sizes);
    free(architecture->activations);
    free(architecture->extras);
    *architecture = (Architecture){0};
}

const Activation *architecture_output(const Architecture *architecture)
{
    int last = architecture->layers - 1;
    bool skipped = architecture->extras[last] & EXTRA_SKIP;
    return skipped ? activation_linear() : architecture->activations[last];
}

void architecture_spell(Text *text, const Architecture *architecture)
{
    text_print(text, "%d", architecture->sizes[0]);
    for (int i = 0; i < architecture->layers; i++) {
        text_print(text, "-%d", architecture->sizes[i + 1]);
        if (architecture->activations[i] != activation_linear())
            text_print(text, ":%s", architecture->activations[i]->name);
        for (int k = 0; k < EXTRA_COUNT; k++)
            if (architecture->extras[i] & extra_names[k].extra)
                text_print(text, "+%s", extra_names[k].name);
    }
}
