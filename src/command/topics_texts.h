/* What the help topics say, for their table in topics.c. */
#ifndef COMMAND_TOPICS_TEXTS_H
#define COMMAND_TOPICS_TEXTS_H

#include "session/state.h"

/* The rows of the engine, each with its formulas: topics_rows.c. */
void topic_activations(Session *session);
void topic_losses(Session *session);
void topic_optimizers(Session *session);
void topic_schedules(Session *session);
void topic_weights(Session *session);
void topic_illnesses(Session *session);

/* How things are written, and how they are done: topics_guide.c. */
void topic_notation(Session *session);
void topic_perceptron(Session *session);
void topic_modes(Session *session);
void topic_batch_norm(Session *session);
void topic_residual(Session *session);
void topic_debugging(Session *session);
void topic_by_hand(Session *session);

#endif
