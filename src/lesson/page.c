#include <stdio.h>
#include <string.h>

#include "lesson/fence.h"
#include "lesson/page.h"

enum { MOST_PIECES = 500 * 1000 }; /* some 100 MB */

/* A list, an item of it or a quotation that is open. */
typedef struct Level {
    size_t outer; /* bytes of the lead around it */
    long number;  /* of the list's next item; -1: it has bullets */
    bool tight;   /* no blank lines stand between what it holds */
} Level;

static Level *innermost(const PageReader *page)
{
    int count = LIST_COUNT(&page->levels, Level);
    return count ? (Level *)(void *)page->levels.bytes + count - 1 : NULL;
}

static bool is_tight(const PageReader *page)
{
    return page->levels.length && innermost(page)->tight;
}

/* Passages. */

bool page_count(PageReader *page, long count)
{
    page->reader->pieces += count;
    return page->reader->pieces <= MOST_PIECES ||
           fail(page->reader->err, 0,
                "the pages have more than %d paragraphs, items and cells; "
                "split the lesson",
                (int)MOST_PIECES);
}

bool page_add_block(PageReader *page, const Block *block, long line)
{
    page->reader->line = line;
    if (!page_count(page, 1)) return false;
    if (!page->blocks.length) page->line = line;
    LIST_ADD(&page->blocks, block);
    return true;
}

static void lead_on(PageReader *page)
{
    text_clear(&page->first);
    text_add_bytes(&page->first, text_string(&page->rest), page->rest.length);
    page->sign = false;
}

static bool add_passage(PageReader *page, PassageKind kind, int level, Prose prose, long line)
{
    Arena *arena = &page->reader->lesson->arena;
    Block block = {.kind = BLOCK_PASSAGE};
    block.passage = (Passage){
        .kind = kind,
        .level = level,
        .first = arena_copy(arena, text_string(&page->first), page->first.length),
        .rest = arena_copy(arena, text_string(&page->rest), page->rest.length),
        .tight = is_tight(page) && !page->apart,
        .spans = prose.spans,
        .span_count = prose.count,
    };
    page->apart = false;
    lead_on(page);
    return page_add_block(page, &block, line);
}

bool page_add_words(PageReader *page, const char *words, size_t length, long line)
{
    if (!length) return true;
    Prose prose = inlines_words(&page->inlines, words, length);
    return add_passage(page, PASSAGE_PARAGRAPH, 0, prose, line);
}

bool page_show_sign(PageReader *page, long line)
{
    return !page->sign || add_passage(page, PASSAGE_PARAGRAPH, 0, (Prose){0}, line);
}

/* What each kind of node adds to the page; a container once more, LEAVING, when all in it was. */

static void open_level(PageReader *page, const char *sign, int blanks, bool tight)
{
    Level level = {.outer = page->rest.length, .tight = tight};
    LIST_ADD(&page->levels, &level);
    text_add(&page->first, sign);
    text_add(&page->rest, blanks ? "" : sign);
    text_repeat(&page->rest, ' ', blanks);
}

static void close_level(PageReader *page)
{
    page->rest.length = innermost(page)->outer;
    page->levels.length -= sizeof(Level);
    lead_on(page);
}

static bool add_quotation(PageReader *page, cmark_node *node, bool leaving)
{
    (void)node;
    if (leaving)
        close_level(page);
    else
        open_level(page, "> ", 0, false);
    return true;
}

static bool add_list(PageReader *page, cmark_node *node, bool leaving)
{
    if (leaving) {
        close_level(page);
        return true;
    }
    bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    page->apart = !is_tight(page);
    open_level(page, "", 0, cmark_node_get_list_tight(node));
    innermost(page)->number = ordered ? cmark_node_get_list_start(node) : -1;
    return true;
}

static bool add_item(PageReader *page, cmark_node *node, bool leaving)
{
    if (leaving) {
        bool shown = page_show_sign(page, cmark_node_get_start_line(node));
        close_level(page);
        return shown;
    }
    char sign[32] = "• ";
    int columns = 2;
    Level *list = innermost(page);
    if (list->number >= 0) columns = snprintf(sign, sizeof sign, "%ld. ", list->number++);
    open_level(page, sign, columns, list->tight);
    page->sign = true;
    return true;
}

static bool add_paragraph(PageReader *page, cmark_node *node, bool leaving)
{
    bool done = leaving;
    if (done) return true;
    if (!page_add_table(page, node, &done)) return false;
    return done || add_passage(page, PASSAGE_PARAGRAPH, 0, inlines_read(&page->inlines, node),
                               cmark_node_get_start_line(node));
}

static bool add_heading(PageReader *page, cmark_node *node, bool leaving)
{
    if (leaving) return true;
    Lesson *lesson = page->reader->lesson;
    Prose prose = inlines_read(&page->inlines, node);
    const Text *plain = &page->inlines.plain;
    if (!lesson->title && plain->length)
        lesson->title = arena_copy(&lesson->arena, plain->bytes, plain->length);
    return add_passage(page, PASSAGE_HEADING, cmark_node_get_heading_level(node), prose,
                       cmark_node_get_start_line(node));
}

/* Fences of our own are no part of a page: here they stand in a list or a quotation. */
static bool add_code(PageReader *page, cmark_node *node, bool leaving)
{
    (void)leaving;
    const char *code = cmark_node_get_literal(node);
    long line = cmark_node_get_start_line(node);
    page->reader->line = line;
    if (fence_kind(cmark_node_get_fence_info(node)) != FENCE_OTHER)
        return fail(page->reader->err, 0,
                    "the fence stands in a list or a quotation; only at the left margin does it "
                    "mean something");
    return add_passage(page, PASSAGE_CODE, 0, inlines_words(&page->inlines, code, strlen(code)),
                       line);
}

static bool add_rule(PageReader *page, cmark_node *node, bool leaving)
{
    (void)leaving;
    return add_passage(page, PASSAGE_RULE, 0, (Prose){0}, cmark_node_get_start_line(node));
}

/* A comment says nothing; other HTML is shown as it is. */
static bool add_html(PageReader *page, cmark_node *node, bool leaving)
{
    (void)leaving;
    const char *html = skip_blanks(cmark_node_get_literal(node));
    const char *end = strncmp(html, "<!--", 4) ? NULL : strstr(html, "-->");
    if (end) html = end + strlen("-->");
    html += strspn(html, " \t\n");
    size_t length = strlen(html);
    while (length && (html[length - 1] == '\n' || is_blank(html[length - 1]))) length--;
    return page_add_words(page, html, length, cmark_node_get_start_line(node));
}

static bool (*const adders[])(PageReader *page, cmark_node *node, bool leaving) = {
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

bool page_add(PageReader *page, cmark_node *node)
{
    bool done = true;
    cmark_iter *iter = cmark_iter_new(node);
    for (cmark_event_type event; done && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *here = cmark_iter_get_node(iter);
        size_t type = cmark_node_get_type(here);
        if (type < ADDERS && adders[type])
            done = adders[type](page, here, event == CMARK_EVENT_EXIT);
    }
    cmark_iter_free(iter);
    return done;
}

void page_end(PageReader *page)
{
    if (!page->blocks.length) return;
    Part part = {.kind = PART_PASSAGES, .line = page->line};
    part.passages.count = LIST_COUNT(&page->blocks, Block);
    part.passages.blocks = reader_list(page->reader, &page->blocks);
    reader_add(page->reader, &part);
}

void page_release(PageReader *page)
{
    Text *texts[] = {&page->blocks, &page->levels, &page->first, &page->rest};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) text_release(texts[i]);
    inlines_release(&page->inlines);
}
