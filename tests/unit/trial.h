/* For tests of the session: one that says nothing and remembers how its last command failed.

   Tests run in the folder that holds lessons/. */
#ifndef TESTS_TRIAL_H
#define TESTS_TRIAL_H

#include <stdio.h>
#include <string.h>

#include "command/interpreter.h"
#include "command/save.h"
#include "session/state.h"
#include "unit.h"

typedef struct Trial {
    Sink sink; /* first */
    Session *session;
    int depth, begun; /* commands that have not ended; all that ever began */
    int echoed;       /* commands that were shown because of `set echo on` */
    int failures;     /* the rest is about the last of them */
    char message[512];
    char file[128]; /* "" when typed */
    long line;
    int column;
} Trial;

static inline void trial_begin(Sink *sink, const char *command)
{
    Trial *trial = (Trial *)sink;
    ck_assert_ptr_nonnull(command);
    trial->depth++;
    trial->begun++;
}

static inline void trial_block(Sink *sink, const Block *block)
{
    Trial *trial = (Trial *)sink;
    ck_assert_int_gt(trial->depth, 0);
    bool note = block->kind == BLOCK_NOTE && block->span_count;
    if (note && block->spans[0].text && !strcmp(block->spans[0].text, "bp> ")) trial->echoed++;
}

static inline void trial_end(Sink *sink, const Failure *failure)
{
    Trial *trial = (Trial *)sink;
    ck_assert_int_gt(trial->depth--, 0);
    if (!failure) return;
    trial->failures++;
    snprintf(trial->message, sizeof trial->message, "%s", failure->message);
    snprintf(trial->file, sizeof trial->file, "%s", failure->file ? failure->file : "");
    trial->line = failure->line;
    trial->column = failure->column;
}

/* Of lessons there is only the list, and it is empty. */
static inline bool trial_teach(void *self, Session *session, const LessonRequest *request,
                               Error *err)
{
    (void)self, (void)session;
    return !request->name || fail(err, request->column, "there is no lesson `%s`", request->name);
}

static inline void trial_name_lessons(void *self, void (*each)(void *each_self, const char *name),
                                      void *each_self)
{
    (void)self;
    each(each_self, "01-first");
    each(each_self, "02-second");
}

static inline void trial_start_with(Trial *trial, SessionOptions options)
{
    static const Teacher teacher = {trial_teach, trial_name_lessons, NULL};
    *trial = (Trial){.sink = {trial_begin, trial_block, trial_end, true}};
    options.sink = &trial->sink;
    options.style = STYLE_DEFAULT;
    options.lessons.shipped = "lessons";
    options.teacher = &teacher;
    trial->session = session_new(&options);
}

static inline void trial_start(Trial *trial)
{
    trial_start_with(trial, (SessionOptions){0});
}

static inline void trial_free(Trial *trial)
{
    ck_assert_int_eq(trial->depth, 0);
    session_free(trial->session);
}

static inline Outcome trial_run(Trial *trial, const char *line)
{
    return session_execute(trial->session, line, strlen(line));
}

/* LINES, each of which must go well. */
static inline void trial_do(Trial *trial, const char *lines)
{
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        Outcome outcome = session_execute(trial->session, lines, length);
        ck_assert_msg(outcome == OUTCOME_OK || outcome == OUTCOME_QUIT, "%.*s: %s", (int)length,
                      lines, trial->message);
        lines += length + (lines[length] == '\n');
    }
}

/* LINE must fail, at COLUMN, with a message that holds PART. */
static inline void trial_fails(Trial *trial, const char *line, int column, const char *part)
{
    int before = trial->failures;
    ck_assert_msg(trial_run(trial, line) == OUTCOME_FAILED, "%s", line);
    ck_assert_int_eq(trial->failures, before + 1);
    ck_assert_msg(strstr(trial->message, part), "%s: %s", line, trial->message);
    ck_assert_msg(trial->column == column, "%s: column %d", line, trial->column);
}

/* What `save` would write; to be freed. */
static inline char *trial_script(const Trial *trial)
{
    Text text = {0};
    save_script(trial->session, &text);
    return text.bytes;
}

#endif
