#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "lesson/fence.h"
#include "lesson/passages.h"

enum { MOST_PIECES = 500 * 1000 }; /* some 100 MB */

/* A list, an item of it or a quotation that is open. */
typedef struct Level {
    size_t outer; /* bytes of the lead around it */
    long number;  /* of the list's next item; -1: it has bullets */
    bool tight;   /* no blank lines stand between what it holds */
} Level;

/* Only where one is open. */
static Level *innermost(const PassageReader *passages)
{
    Level *levels = (void *)passages->levels.bytes;
    assert(levels);
    return levels + LIST_COUNT(&passages->levels, Level) - 1;
}

static bool is_tight(const PassageReader *passages)
{
    return passages->levels.length && innermost(passages)->tight;
}

/* Passages. */

bool passages_count(PassageReader *passages, long count)
{
    passages->reader->pieces += count;
    return passages->reader->pieces <= MOST_PIECES ||
           fail(passages->reader->err, 0,
                "the pages have more than %d paragraphs, items and cells; split the lesson",
                (int)MOST_PIECES);
}

void passages_add_block(PassageReader *passages, const Block *block, long line)
{
    if (!passages->blocks.length) passages->line = line;
    LIST_ADD(&passages->blocks, block);
}

static void lead_on(PassageReader *passages)
{
    text_clear(&passages->first);
    text_add_bytes(&passages->first, text_string(&passages->rest), passages->rest.length);
    passages->sign = false;
}

static bool add_passage(PassageReader *passages, PassageKind kind, int level, Prose prose,
                        long line)
{
    Arena *arena = &passages->reader->lesson->arena;
    Block block = {.kind = BLOCK_PASSAGE};
    block.passage = (Passage){
        .kind = kind,
        .level = level,
        .first = arena_copy(arena, text_string(&passages->first), passages->first.length),
        .rest = arena_copy(arena, text_string(&passages->rest), passages->rest.length),
        .tight = is_tight(passages) && !passages->apart,
        .spans = prose.spans,
        .span_count = prose.count,
    };
    passages->apart = false;
    passages->reader->line = line;
    lead_on(passages);
    passages_add_block(passages, &block, line);
    return passages_count(passages, 1);
}

bool passages_add_words(PassageReader *passages, const char *words, size_t length, long line)
{
    if (!length) return true;
    Prose prose = inlines_words(&passages->inlines, words, length);
    return add_passage(passages, PASSAGE_PARAGRAPH, 0, prose, line);
}

bool passages_show_sign(PassageReader *passages, long line)
{
    return !passages->sign || add_passage(passages, PASSAGE_PARAGRAPH, 0, (Prose){0}, line);
}

/* What each kind of node adds to the page; a container once more, LEAVING, when all in it was. */

static void open_level(PassageReader *passages, const char *sign, int blanks, bool tight)
{
    Level level = {.outer = passages->rest.length, .tight = tight};
    LIST_ADD(&passages->levels, &level);
    text_add(&passages->first, sign);
    text_add(&passages->rest, blanks ? "" : sign);
    text_repeat(&passages->rest, ' ', blanks);
}

static void close_level(PassageReader *passages)
{
    passages->rest.length = innermost(passages)->outer;
    passages->levels.length -= sizeof(Level);
    lead_on(passages);
}

static bool add_quotation(PassageReader *passages, cmark_node *node, bool leaving)
{
    (void)node;
    if (leaving)
        close_level(passages);
    else
        open_level(passages, "> ", 0, false);
    return true;
}

static bool add_list(PassageReader *passages, cmark_node *node, bool leaving)
{
    if (leaving) {
        close_level(passages);
        return true;
    }
    bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    if (!is_tight(passages)) passages->apart = true;
    open_level(passages, "", 0, cmark_node_get_list_tight(node));
    innermost(passages)->number = ordered ? cmark_node_get_list_start(node) : -1;
    return true;
}

static bool add_item(PassageReader *passages, cmark_node *node, bool leaving)
{
    if (leaving) {
        bool shown = passages_show_sign(passages, cmark_node_get_start_line(node));
        close_level(passages);
        return shown;
    }
    char sign[32] = "• ";
    int columns = 2;
    Level *list = innermost(passages);
    if (list->number >= 0) columns = snprintf(sign, sizeof sign, "%ld. ", list->number++);
    open_level(passages, sign, columns, list->tight);
    passages->sign = true;
    return true;
}

static bool add_paragraph(PassageReader *passages, cmark_node *node, bool leaving)
{
    bool done = leaving;
    if (done) return true;
    if (!passages_add_table(passages, node, &done)) return false;
    return done ||
           add_passage(passages, PASSAGE_PARAGRAPH, 0, inlines_read(&passages->inlines, node),
                       cmark_node_get_start_line(node));
}

static bool add_heading(PassageReader *passages, cmark_node *node, bool leaving)
{
    if (leaving) return true;
    Lesson *lesson = passages->reader->lesson;
    Prose prose = inlines_read(&passages->inlines, node);
    const Text *plain = &passages->inlines.plain;
    if (!lesson->title && plain->length)
        lesson->title = arena_copy(&lesson->arena, plain->bytes, plain->length);
    return add_passage(passages, PASSAGE_HEADING, cmark_node_get_heading_level(node), prose,
                       cmark_node_get_start_line(node));
}

/* Fences of our own are no part of a page: here they stand in a list or a quotation. */
static bool check_fence(const char *info, Error *err)
{
    if (fence_kind(info) != FENCE_OTHER)
        return fail(
            err, 0,
            "the fence stands in a list or a quotation; only at the left margin does it mean "
            "something");
    const char *meant = fence_meant(info);
    return !meant ||
           fail(err, 0, "a fence of `%.40s` means nothing; did you mean `%s`?", info, meant);
}

static bool add_code(PassageReader *passages, cmark_node *node, bool leaving)
{
    (void)leaving;
    const char *code = cmark_node_get_literal(node);
    long line = cmark_node_get_start_line(node);
    passages->reader->line = line;
    if (!check_fence(cmark_node_get_fence_info(node), passages->reader->err)) return false;
    return add_passage(passages, PASSAGE_CODE, 0,
                       inlines_words(&passages->inlines, code, strlen(code)), line);
}

static bool add_rule(PassageReader *passages, cmark_node *node, bool leaving)
{
    (void)leaving;
    return add_passage(passages, PASSAGE_RULE, 0, (Prose){0}, cmark_node_get_start_line(node));
}

/* A comment says nothing; other HTML is shown as it is. */
static bool add_html(PassageReader *passages, cmark_node *node, bool leaving)
{
    (void)leaving;
    const char *html = skip_blanks(cmark_node_get_literal(node));
    const char *end = strncmp(html, "<!--", 4) ? NULL : strstr(html, "-->");
    if (end) html = end + strlen("-->");
    html += strspn(html, " \t\n");
    size_t length = strlen(html);
    while (length && (html[length - 1] == '\n' || is_blank(html[length - 1]))) length--;
    return passages_add_words(passages, html, length, cmark_node_get_start_line(node));
}

static bool (*const adders[])(PassageReader *passages, cmark_node *node, bool leaving) = {
    [CMARK_NODE_BLOCK_QUOTE] = add_quotation,
    [CMARK_NODE_LIST] = add_list,
    [CMARK_NODE_ITEM] = add_item,
    [CMARK_NODE_CODE_BLOCK] = add_code,
    [CMARK_NODE_HTML_BLOCK] = add_html,
    [CMARK_NODE_PARAGRAPH] = add_paragraph,
    [CMARK_NODE_HEADING] = add_heading,
    [CMARK_NODE_THEMATIC_BREAK] = add_rule,
};
enum { ADDERS = sizeof adders / sizeof adders[0] };

bool passages_add(PassageReader *passages, cmark_node *node)
{
    bool done = true;
    cmark_iter *iter = cmark_iter_new(node);
    for (cmark_event_type event; done && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *here = cmark_iter_get_node(iter);
        size_t type = cmark_node_get_type(here);
        if (type < ADDERS && adders[type])
            done = adders[type](passages, here, event == CMARK_EVENT_EXIT);
    }
    cmark_iter_free(iter);
    return done;
}

void passages_end(PassageReader *passages)
{
    if (!passages->blocks.length) return;
    Part part = {.kind = PART_PASSAGES, .line = passages->line};
    part.passages.count = LIST_COUNT(&passages->blocks, Block);
    part.passages.blocks = reader_list(passages->reader, &passages->blocks);
    reader_add(passages->reader, &part);
}

void passages_release(PassageReader *passages)
{
    Text *texts[] = {&passages->blocks, &passages->levels, &passages->first, &passages->rest};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) text_release(texts[i]);
    inlines_release(&passages->inlines);
}
