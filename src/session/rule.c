#include "session/emit.h"
#include "session/rule.h"
#include "session/scope.h"

static void describe_line(void *self, const RuleLine *line)
{
    Session *session = self;
    emit_block(session, &(Block){.kind = BLOCK_EQUATION,
                                 .equation = {.left = scope_parse_row(session, line->target),
                                              .formula = scope_parse_row(session, line->formula),
                                              .bare = true}});
}

/* The lines in the order in which they are read: the constants stand before the last one,
   the first to need them. */
static void each_line(const Optimizer *optimizer, void (*constant)(void *self, const RuleLine *),
                      void (*line)(void *self, const RuleLine *), void *self)
{
    for (const RuleLine *at = optimizer->lines; at->target; at++) {
        for (const RuleLine *once = optimizer->constants; !at[1].target && once->target; once++)
            constant(self, once);
        line(self, at);
    }
}

void rule_describe(Session *session, const Optimizer *optimizer)
{
    each_line(optimizer, describe_line, describe_line, session);
}

void rule_describe_decay(Session *session)
{
    describe_line(session, &weight_decay);
}

void rule_describe_schedule(Session *session, const Schedule *schedule)
{
    describe_line(session, &(RuleLine){"eta", schedule->formula});
}
