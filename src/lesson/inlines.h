/* The words of a paragraph, a heading or a table's cell, as spans. Private to the reader. */
#ifndef LESSON_INLINES_H
#define LESSON_INLINES_H

#define CMARK_NO_SHORT_NAMES
#include <cmark.h>

#include "base/arena.h"
#include "base/text.h"
#include "explain/block.h"

/* Reads one leaf after the other; the Texts are kept for the next. */
typedef struct Inlines {
    Arena *arena; /* of the spans */
    Text plain;   /* the words of the last leaf, as they are */
    Text words;   /* since the last span */
    Text spans;
    int emphasis, strong; /* how many are open */
    size_t link;          /* where the text of the link begins in PLAIN */
} Inlines;

/* The spans of LEAF's children. */
Prose inlines_read(Inlines *inlines, cmark_node *leaf);

/* LENGTH bytes of WORDS, which are no Markdown, as one span; as none if there are none. */
Prose inlines_words(Inlines *inlines, const char *words, size_t length);

void inlines_release(Inlines *inlines);

#endif
