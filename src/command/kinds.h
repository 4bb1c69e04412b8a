/* Kinds of arguments: the words in capitals in a command's usage, one row each. */
#ifndef COMMAND_KINDS_H
#define COMMAND_KINDS_H

#include "base/error.h"
#include "command/candidates.h"
#include "session/session.h"

typedef struct Kind {
    const char *name;
    bool rest;  /* takes everything up to the next literal word */
    bool files; /* a file name is expected */
    /* Whether WORD has the form of this kind, whatever the session; NULL: any word has. */
    bool (*check)(const char *word, int column, Error *err);
    /* The candidates for completion: the names of rows, in order, and what the session has; NULL:
       there are none. */
    const char *(*row)(size_t index);
    void (*names)(const Session *session, const Names *names);
} Kind;

/* The kind called NAME[0..LENGTH); NULL when there is none. */
const Kind *kind_find(const char *name, size_t length);

/* Gives NAMES every candidate for a word of KIND. */
void kind_names(const Kind *kind, const Session *session, const Names *names);

#endif
