/* The Tab key: what a session proposes, handed to GNU Readline. Only built with it. */
#ifndef SHELL_COMPLETION_H
#define SHELL_COMPLETION_H

#include "session/session.h"

/* From now on Tab completes from SESSION (not owned). */
void completion_install(Session *session);

#endif
