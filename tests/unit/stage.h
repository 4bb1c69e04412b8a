/* For tests of what a session shows of its loop: one whose events can be done and shown singly. */
#ifndef TESTS_STAGE_H
#define TESTS_STAGE_H

#include "command/interpreter.h"
#include "session/state.h"
#include "session/events.h"
#include "show/event_show.h"
#include "spelled.h"

/* Networks, data and optimizers of many kinds; the last one is a perceptron. */
static const char *const lives[] = {
    "init 2-2-1\ndata n0\ndata scale standard",
    "init 2-3:tanh-1:sigmoid loss=bce weights=normal seed=3\ndata xor",
    "init 2-3-2-2:tanh-1 weights=normal seed=4\ndata n0\ndata scale standard\nrow 2",
    "init 2-3:relu-1 weights=normal\ninput 0.5 -1 -> 2\nset optimizer momentum",
    "init 4-3:tanh-3:softmax loss=cce weights=normal\ndata iris target=species:onehot\nset mode "
    "mini",
    "init 2-2:tanh+skip-2:tanh+skip-1 weights=normal\ndata n0\ndata scale standard\nset mode mini\n"
    "set batch 2\nset shuffle on\nrow 3",
    "init 2-3:tanh+bn-3:tanh+bn+skip-1 weights=normal\ndata n0\ndata scale standard\n"
    "set mode batch\nset optimizer adam\nset clip norm=0.01\nset decay 0.3",
    "init 2-2:tanh+bn-1 weights=normal\ninput 0.5 -1 -> 2",
    "init 2-2:tanh-2-1 weights=normal\ndata n0\ndata scale standard\nset memo off",
    "init 2-1:step loss=hinge\ndata classification target=placed:signs\nset optimizer perceptron\n"
    "row 3",
};
enum { LIVES = sizeof lives / sizeof *lives };

typedef struct Stage {
    Recorder recorder;
    Style style; /* nothing is folded */
    Sink *sink;
    Session *session;
} Stage;

/* Executes LINES, which must go well; returns what was written, until the next call. */
static inline const char *stage_do(Stage *stage, const char *lines)
{
    text_clear(&stage->recorder.out);
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        Outcome outcome = session_execute(stage->session, lines, length);
        ck_assert_msg(outcome == OUTCOME_OK, "%.*s: %s", (int)length, lines,
                      text_string(&stage->recorder.error));
        lines += length + (lines[length] == '\n');
    }
    return text_string(&stage->recorder.out);
}

static inline void stage_start_with(Stage *stage, Sink *(*render)(Writer *, const Style *),
                                    const char *lines)
{
    *stage = (Stage){.recorder = {.writer = {record}}, .style = STYLE_DEFAULT};
    stage->style.width = 10000;
    stage->sink = render(&stage->recorder.writer, &stage->style);
    stage->session = session_new(&(SessionOptions){.sink = stage->sink,
                                                   .style = stage->style,
                                                   .lessons = {.shipped = "lessons"},
                                                   .access = ACCESS_SHIPPED});
    stage_do(stage, lines);
}

static inline void stage_start(Stage *stage, const char *lines)
{
    stage_start_with(stage, render_text, lines);
}

static inline void stage_free(Stage *stage)
{
    session_free(stage->session);
    render_free(stage->sink);
    recorder_release(&stage->recorder);
}

static inline Trainer *stage_trainer(const Stage *stage)
{
    return &stage->session->trainer;
}

/* Does the next COUNT events. */
static inline void stage_run(Stage *stage, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Event event = trainer_event(stage_trainer(stage));
        UpdateResult result;
        ck_assert(trainer_next(stage_trainer(stage), event_by(stage->session, &event), &result));
    }
}

/* What is written for EVENT, the last that was done; until the next call. */
static inline const char *stage_text(Stage *stage, const Event *event)
{
    text_clear(&stage->recorder.out);
    stage->sink->begin(stage->sink, "next");
    event_show(stage->session, event, &(EventList){0});
    stage->sink->end(stage->sink, NULL);
    return text_string(&stage->recorder.out);
}

/* The same after doing it. */
static inline const char *stage_show(Stage *stage)
{
    Event event = trainer_event(stage_trainer(stage));
    stage_run(stage, 1);
    return stage_text(stage, &event);
}

#endif
