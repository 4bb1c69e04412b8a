/* What an optimizer does, in formulas. For people only. */
#ifndef SESSION_RULE_H
#define SESSION_RULE_H

#include "engine/optimizer.h"
#include "session/state.h"

/* The formulas of OPTIMIZER, of weight decay, of SCHEDULE. */
void rule_describe(Session *session, const Optimizer *optimizer);
void rule_describe_decay(Session *session);
void rule_describe_schedule(Session *session, const Schedule *schedule);

#endif
