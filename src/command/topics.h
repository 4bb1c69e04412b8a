/* Help topics that are no commands: the rows of the engine, the notation, how things are done. */
#ifndef COMMAND_TOPICS_H
#define COMMAND_TOPICS_H

#include "session/state.h"

/* Emits the topic called NAME; false when there is none. */
bool help_topic_emit(Session *session, const char *name);

/* The topic that explains WORD, the name of a topic, a row or a symbol; NULL when none does. */
const char *help_topic_about(const char *word);

void help_each_topic(void (*each)(void *self, const char *name), void *self);

#endif
