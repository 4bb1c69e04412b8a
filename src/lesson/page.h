/* Pages: what stands between the steps of a lesson, as blocks. Private to the reader.

   libcmark's tree is walked without recursion: its depth is the author's. */
#ifndef LESSON_PAGE_H
#define LESSON_PAGE_H

#include "lesson/inlines.h"
#include "lesson/reader.h"

typedef struct PageReader {
    Reader *reader;
    Inlines inlines;
    Text blocks;      /* a list of Block: the page so far */
    long line;        /* where it begins */
    Text levels;      /* a list of Level, see page.c: what is open */
    Text first, rest; /* what leads the next passage's first line, and the others */
    bool sign;        /* the first lead has a list's sign that no passage has shown */
    bool apart;       /* the next passage stands apart, though it is in a list */
} PageReader;

/* Adds a NODE of the document to the page. */
bool page_add(PageReader *page, cmark_node *node);

/* Adds a paragraph of WORDS, which are no Markdown, from LINE; none of none. */
bool page_add_words(PageReader *page, const char *words, size_t length, long line);

/* Adds a block to the page. */
bool page_add_block(PageReader *page, const Block *block, long line);

/* Where a list's sign has not been shown, that alone. */
bool page_show_sign(PageReader *page, long line);

/* Adds what is a table to others' eyes: libcmark takes it for a PARAGRAPH. *DONE: it was one. */
bool page_add_table(PageReader *page, cmark_node *paragraph, bool *done);

/* Counts COUNT pieces that pages consist of; the error says that they are too many. */
bool page_count(PageReader *page, long count);

/* Ends the page: if it holds anything, it becomes a part of the lesson. */
void page_end(PageReader *page);

void page_release(PageReader *page);

#endif
