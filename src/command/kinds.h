/* Kinds of arguments: the words in capitals in a command's usage, one row each. */
#ifndef COMMAND_KINDS_H
#define COMMAND_KINDS_H

#include "base/error.h"
#include "command/arguments.h"
#include "session/session.h"

typedef struct Names {
    void (*each)(void *self, const char *candidate);
    void *self;
    const Words *before; /* the words of the command that come first */
} Names;

typedef struct Kind {
    const char *name;
    bool rest;  /* takes everything up to the next literal word */
    bool files; /* a file name is expected */
    /* Whether WORD has the form of this kind, whatever the session; NULL: any word has. */
    bool (*check)(const char *word, int column, Error *err);
    /* Names every candidate for completion; NULL: there are none to name. */
    void (*names)(const Session *session, const Names *names);
} Kind;

/* The kind called NAME[0..LENGTH); NULL when there is none. */
const Kind *kind_find(const char *name, size_t length);

#endif
