#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/emit.h"
#include "show/perceptron_show.h"
#include "show/separation.h"

Separation separation_begin(Session *session)
{
    const Setup *setup = &session->setup;
    const Descent *descent = &setup->descent;
    bool plain = descent->schedule == schedule_constant() && descent->decay <= 0 &&
                 descent->clip_norm <= 0 && descent->clip_value <= 0;
    perceptron_show_lines(session, false);
    return (Separation){.left = MISTAKES_KEPT,
                        .whole = !setup->course.next,
                        .orderly = plain && !setup->plan.shuffle,
                        .cycle = cycle_new(session_net(session)->parameters)};
}

void separation_release(Separation *separation)
{
    cycle_release(&separation->cycle);
    free(separation->mistakes);
}

/* Whether the last update changed some parameter by other than η times its gradient, by far more
   than a rounded last digit. */
static bool lost_in_rounding(const Session *session, double eta)
{
    const Update *update = &session->trainer.update;
    size_t e = 0, parameters = session_net(session)->parameters;
    for (; e < parameters; e++) {
        double meant = -eta * update->gradient[e];
        double made = session->pass->value[e] - update->old[e];
        if (fabs(made - meant) > 1e-7 * fabs(meant)) break;
    }
    return e < parameters;
}

static void tell(Session *session, Separation *separation)
{
    const Mistakes *mistakes = &separation->wrong;
    if (!mistakes->count || !separation->left) return;
    perceptron_show_mistakes(session, mistakes, separation->left);
    perceptron_show_lines(session, true);
    separation->told = true;
    separation->left -= mistakes->count < separation->left ? mistakes->count : separation->left;
    if (!separation->left) emit_note(session, "… the mistakes that follow are only counted");
}

void separation_before(Session *session, Separation *separation)
{
    separation->eta = session->setup.descent.eta;
    separation->wrong.count = 0;
    if (separation->left) perceptron_look(session, &separation->wrong);
}

void separation_after(Session *session, Separation *separation)
{
    double eta = separation->eta;
    tell(session, separation);
    if (session->trainer.update.loss > 0)
        separation->blurred |= !(eta > 0) || lost_in_rounding(session, eta);
}

/* A wrong output costs a hinge loss of 2, a right one nothing; a row's loss is their mean. */
long separation_mistakes(const Session *session, double average)
{
    const Rows *rows = &session->trainer.rows;
    return lround(average * (double)rows->count * rows->targets / 2);
}

static void keep_mistakes(Separation *separation, long mistakes)
{
    if (separation->epochs == separation->capacity) {
        separation->capacity = separation->capacity ? 2 * separation->capacity : 64;
        separation->mistakes =
            memory_resize(separation->mistakes, separation->capacity * sizeof(double));
    }
    separation->mistakes[separation->epochs++] = (double)mistakes;
}

/* The moves since the parameters were the same cancel out, but for rounded last digits: Σ α y x = 0
   over the points, where α counts a point's mistakes. With all points on their right sides of some
   w·x = 0, w times that sum would be above 0. (A bias is the weight of an x that is always 1.) */
static const char *impossible(Session *session, Separation *separation)
{
    const Net *net = session_net(session);
    bool several = net_outputs(net) > 1;
    separation->verdict = SEPARABILITY_REFUTED;
    return arena_print(&session->arena, "%sno %s%s separates these points",
                       several ? "for some output " : "", perceptron_border(net),
                       net->architecture.biases ? "" : " through 0");
}

static const char *circling(Session *session, Separation *separation)
{
    long epoch = session->setup.course.epoch;
    const char *why = session->setup.descent.eta > 0
                          ? "the parameters are so large that moves are lost in rounding"
                          : "with a learning rate of 0 nothing moves";
    if (!separation->blurred) why = impossible(session, separation);
    return arena_print(&session->arena,
                       "it never ends: the parameters after epoch %ld are those after epoch %ld, "
                       "and the same mistakes come again and again: %s",
                       epoch, epoch - separation->cycle.age, why);
}

const char *separation_look(Session *session, Separation *separation)
{
    const Course *course = &session->setup.course;
    long mistakes = separation_mistakes(session, course->average);
    bool whole = separation->whole;
    separation->whole = true;
    separation->told = false;
    if (emit_to_programs(session)) keep_mistakes(separation, mistakes);
    if (!mistakes && whole) {
        separation->verdict = SEPARABILITY_PROVEN;
        return arena_print(&session->arena, "no point is misclassified any more after epoch %ld",
                           course->epoch);
    }
    bool back = separation->orderly && cycle_returns(&separation->cycle, session->pass->value);
    return back ? circling(session, separation) : NULL;
}

void separation_conclude(Session *session, const Separation *separation, bool over)
{
    const Course *course = &session->setup.course;
    long mistakes = separation_mistakes(session, course->average);
    long points = (long)session->trainer.rows.count;
    if (over)
        emit_note(session, "epoch %d still made %d mistake%s in %d point%s", course->epoch,
                  mistakes, plural(mistakes), points, plural(points));
    emit_numbers(session, "mistakes", separation->mistakes, separation->epochs);
    if (separation->verdict != SEPARABILITY_OPEN)
        emit_truth(session, "separated", separation->verdict == SEPARABILITY_PROVEN);
}
