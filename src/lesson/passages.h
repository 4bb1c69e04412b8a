/* Pages: what stands between the steps of a lesson, as blocks. Private to the reader.

   libcmark's tree is walked without recursion: its depth is the author's. */
#ifndef LESSON_PASSAGES_H
#define LESSON_PASSAGES_H

#include "lesson/inlines.h"
#include "lesson/reader.h"

typedef struct PassageReader {
    Reader *reader;
    Inlines inlines;
    Text blocks;      /* a list of Block: the page so far */
    long line;        /* where it begins */
    Text levels;      /* a list of Level, see passages.c: what is open */
    Text first, rest; /* what leads the next passage's first line, and the others */
    bool sign;        /* the first lead has a list's sign that no passage has shown */
    bool apart;       /* the next passage stands apart, though it is in a list */
} PassageReader;

/* Adds a NODE of the document to the page. */
bool passages_add(PassageReader *passages, cmark_node *node);

/* Adds a paragraph of WORDS, which are no Markdown, from LINE; none of none. */
bool passages_add_words(PassageReader *passages, const char *words, size_t length, long line);

/* Adds a block from LINE to the page. */
void passages_add_block(PassageReader *passages, const Block *block, long line);

/* Where a list's sign has not been shown, that alone. */
bool passages_show_sign(PassageReader *passages, long line);

/* Adds what is a table to others' eyes: libcmark takes it for a PARAGRAPH. *DONE: it was one. */
bool passages_add_table(PassageReader *passages, cmark_node *paragraph, bool *done);

/* Counts COUNT pieces that pages consist of; the error says that they are too many. */
bool passages_count(PassageReader *passages, long count);

/* Ends the page: if it holds anything, it becomes a part of the lesson. */
void passages_end(PassageReader *passages);

void passages_release(PassageReader *passages);

#endif
