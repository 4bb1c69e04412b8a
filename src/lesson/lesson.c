#include <string.h>

#include "lesson/bare.h"
#include "lesson/burden.h"
#include "lesson/fence.h"
#include "lesson/front.h"

/* What the fence is to the program becomes parts of the lesson; any other is shown as it is. */
static bool read_fence(PassageReader *passages, cmark_node *node, const Fence *fence)
{
    Reader *reader = passages->reader;
    if (fence->kind == FENCE_OTHER)
        return passages_add(passages, node) && fence_pass(reader, fence);
    if (fence->indent)
        return fail(reader->err, 0,
                    "the fence is indented; only at the left margin does it mean something");
    passages_end(passages);
    return (fence->kind == FENCE_BP ? fence_read_steps : fence_read_quiz)(reader, fence);
}

static bool read_node(PassageReader *passages, cmark_node *node)
{
    Fence fence;
    if (cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK) {
        Line line = reader_go(passages->reader, cmark_node_get_start_line(node));
        if (fence_begins(&line, &fence)) return read_fence(passages, node, &fence);
    }
    return passages_add(passages, node);
}

/* libcmark counts the lines before the present one, too: they are blank to it. */
static cmark_node *parse(const Reader *reader)
{
    const Lesson *lesson = reader->lesson;
    size_t begin = reader->last.range.end;
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    for (long i = 0; i < reader->last.number; i++) cmark_parser_feed(parser, "\n", 1);
    cmark_parser_feed(parser, lesson->source + begin, lesson->length - begin);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return document;
}

static bool read_markdown(PassageReader *passages)
{
    if (!front_read(passages->reader) || !burden_check(passages->reader)) return false;
    cmark_node *document = parse(passages->reader);
    cmark_node *node = cmark_node_first_child(document);
    bool done = true;
    for (; done && node; node = cmark_node_next(node)) done = read_node(passages, node);
    cmark_node_free(document);
    return done;
}

static bool is_bare(const char *name)
{
    size_t length = strlen(name);
    return length >= 3 && !strcmp(name + length - 3, ".bp");
}

static bool read_parts(Reader *reader)
{
    Lesson *lesson = reader->lesson;
    PassageReader passages = {.reader = reader, .inlines = {.arena = &lesson->arena}};
    bool done = reader_begin(reader) &&
                (is_bare(lesson->name) ? bare_read(&passages) : read_markdown(&passages));
    if (done) passages_end(&passages);
    passages_release(&passages);
    if (!done) return false;
    reader->line = 0;
    return lesson->step_count || fail(reader->err, 0,
                                      "there is nothing to do in this lesson: a fence ```bp with "
                                      "`bp> COMMAND`, or ```quiz, is missing");
}

static bool read_lesson(Reader *reader)
{
    Lesson *lesson = reader->lesson;
    bool done = read_parts(reader);
    lesson->count = LIST_COUNT(&reader->parts, Part);
    lesson->parts = reader_list(reader, &reader->parts);
    if (!lesson->title) lesson->title = lesson->name;
    text_release(&reader->parts);
    return done;
}

bool lesson_read(Lesson *lesson, const char *name, const char *source, size_t length, long *line,
                 Error *err)
{
    *lesson = (Lesson){.length = length};
    *line = 0;
    if (length > LESSON_BYTES)
        return fail(err, 0, "the lesson has more than %d MB; split it", LESSON_BYTES >> 20);
    lesson->name = arena_copy(&lesson->arena, name, strlen(name));
    lesson->source = arena_copy(&lesson->arena, source, length);
    Reader reader = {.lesson = lesson, .err = err};
    bool done = read_lesson(&reader);
    *line = reader.line;
    if (!done) lesson_release(lesson);
    return done;
}

void lesson_release(Lesson *lesson)
{
    arena_release(&lesson->arena);
    *lesson = (Lesson){0};
}

size_t lesson_begin(const Lesson *lesson)
{
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    size_t length = strlen(byte_order_mark);
    return strncmp(lesson->source, byte_order_mark, length) ? 0 : length;
}

bool lesson_expects_failure(const Step *step)
{
    static const char sign[] = "error:";
    for (int i = 0; i < step->expected_count; i++)
        if (!strncmp(step->expected[i], sign, strlen(sign))) return true;
    return false;
}
