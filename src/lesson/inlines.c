#include <string.h>

#include "lesson/inlines.h"

static Accent accent_of(const Inlines *inlines)
{
    if (inlines->strong) return ACCENT_STRONG;
    return inlines->emphasis ? ACCENT_EMPHASIS : ACCENT_NONE;
}

static void end_span(Inlines *inlines, SpanKind kind)
{
    if (!inlines->words.length) return;
    Text *words = &inlines->words;
    Span span = {.kind = kind, .accent = kind == SPAN_WORDS ? accent_of(inlines) : ACCENT_NONE};
    span.text = arena_copy(inlines->arena, words->bytes, words->length);
    text_add_bytes(&inlines->spans, (const char *)&span, sizeof span);
    text_clear(words);
}

static void add(Inlines *inlines, const char *words)
{
    text_add(&inlines->words, words);
    text_add(&inlines->plain, words);
}

/* What each kind of node adds; LEAVING when what it holds has been added. */

static void add_literal(Inlines *inlines, cmark_node *node, bool leaving)
{
    (void)leaving;
    add(inlines, cmark_node_get_literal(node));
}

static void add_blank(Inlines *inlines, cmark_node *node, bool leaving)
{
    (void)node, (void)leaving;
    add(inlines, " ");
}

static void add_break(Inlines *inlines, cmark_node *node, bool leaving)
{
    (void)node, (void)leaving;
    add(inlines, "\n");
}

static void add_code(Inlines *inlines, cmark_node *node, bool leaving)
{
    end_span(inlines, SPAN_WORDS);
    add_literal(inlines, node, leaving);
    end_span(inlines, SPAN_CODE);
}

static void add_html(Inlines *inlines, cmark_node *node, bool leaving)
{
    const char *html = cmark_node_get_literal(node);
    if (strncmp(html, "<!--", 4)) add_literal(inlines, node, leaving);
}

static void add_emphasis(Inlines *inlines, cmark_node *node, bool leaving)
{
    bool strong = cmark_node_get_type(node) == CMARK_NODE_STRONG;
    end_span(inlines, SPAN_WORDS);
    *(strong ? &inlines->strong : &inlines->emphasis) += leaving ? -1 : 1;
}

/* The address follows the text, unless it is the text. */
static void add_link(Inlines *inlines, cmark_node *node, bool leaving)
{
    static const char mail[] = "mailto:";
    const char *url = cmark_node_get_url(node), *text = text_string(&inlines->plain);
    if (!leaving) {
        inlines->link = inlines->plain.length;
        return;
    }
    text += inlines->link;
    bool same = !strcmp(url, text) ||
                (!strncmp(url, mail, strlen(mail)) && !strcmp(url + strlen(mail), text));
    if (same || !*url) return;
    add(inlines, " (");
    add(inlines, url);
    add(inlines, ")");
}

/* An image has none: what it holds is what stands in its place. */
static void (*const adders[])(Inlines *inlines, cmark_node *node, bool leaving) = {
    [CMARK_NODE_TEXT] = add_literal,     [CMARK_NODE_SOFTBREAK] = add_blank,
    [CMARK_NODE_LINEBREAK] = add_break,  [CMARK_NODE_CODE] = add_code,
    [CMARK_NODE_HTML_INLINE] = add_html, [CMARK_NODE_EMPH] = add_emphasis,
    [CMARK_NODE_STRONG] = add_emphasis,  [CMARK_NODE_LINK] = add_link,
};
enum { ADDERS = sizeof adders / sizeof adders[0] };

static Prose end(Inlines *inlines)
{
    end_span(inlines, SPAN_WORDS);
    Text *spans = &inlines->spans;
    Prose prose = {.count = (int)(spans->length / sizeof(Span))};
    prose.spans =
        (const Span *)(void *)arena_copy(inlines->arena, text_string(spans), spans->length);
    text_clear(spans);
    return prose;
}

Prose inlines_read(Inlines *inlines, cmark_node *leaf)
{
    cmark_iter *iter = cmark_iter_new(leaf);
    cmark_event_type event;
    text_clear(&inlines->plain);
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        size_t type = cmark_node_get_type(node);
        if (type < ADDERS && adders[type]) adders[type](inlines, node, event == CMARK_EVENT_EXIT);
    }
    cmark_iter_free(iter);
    return end(inlines);
}

Prose inlines_words(Inlines *inlines, const char *words, size_t length)
{
    text_clear(&inlines->plain);
    text_add_bytes(&inlines->plain, words, length);
    text_add_bytes(&inlines->words, words, length);
    return end(inlines);
}

void inlines_release(Inlines *inlines)
{
    Text *texts[] = {&inlines->plain, &inlines->words, &inlines->spans};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) text_release(texts[i]);
}
