/* What an optimizer does, in formulas: its rule, and the rule with one parameter's numbers.

   Nothing is computed here but the constants of an update: all other numbers are read
   from where the update left them. For people only. */
#ifndef SHOW_UPDATE_RULE_H
#define SHOW_UPDATE_RULE_H

#include "engine/update.h"
#include "session/state.h"

/* The formulas of OPTIMIZER, of weight decay, of SCHEDULE. */
void update_rule_describe(Session *session, const Optimizer *optimizer);
void update_rule_describe_decay(Session *session);
void update_rule_describe_schedule(Session *session, const Schedule *schedule);

/* How UPDATE, the present or the last one, changed ELEMENT, a parameter: the rule with its numbers,
   and what became of the derivative on its way into it. DESCENT is what makes it, this update
   counted; the pass must still hold the derivatives by all parameters. */
void update_rule_show_parameter(Session *session, const Update *update, const Descent *descent,
                                size_t element);

/* Calls CONSTANT or LINE for the lines of OPTIMIZER's rule in the order in which they are read: the
   constants stand before the last one, the first to need them. */
void update_rule_each_line(const Optimizer *optimizer,
                           void (*constant)(void *self, const RuleLine *),
                           void (*line)(void *self, const RuleLine *), void *self);

/* update_rule_show_parameter for the first parameter (see net_parameter). */
void update_rule_show(Session *session, const Update *update, const Descent *descent);

#endif
