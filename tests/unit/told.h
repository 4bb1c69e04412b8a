/* For tests of what a session says, through a real renderer, at any place of its run.

   Tests run in the folder that holds lessons/. */
#ifndef TESTS_TOLD_H
#define TESTS_TOLD_H

#include "command/interpreter.h"
#include "session/state.h"
#include "spelled.h"

typedef struct Told {
    Recorder recorder;
    Style style;
    Sink *sink;
    Session *session;
} Told;

/* What LINE prints; good until the next call. */
static inline const char *told_by(Told *told, const char *line)
{
    text_clear(&told->recorder.out);
    ck_assert_msg(session_execute(told->session, line, strlen(line)) == OUTCOME_OK, "%s: %s", line,
                  text_string(&told->recorder.error));
    return text_string(&told->recorder.out);
}

static inline void told_do(Told *told, const char *lines)
{
    char line[256];
    for (size_t length; *lines; lines += length + (lines[length] == '\n')) {
        length = strcspn(lines, "\n");
        snprintf(line, sizeof line, "%.*s", (int)length, lines);
        told_by(told, line);
    }
}

/* After LINES, told in JSON or as text. */
static inline void told_start(Told *told, bool json, const char *lines)
{
    *told = (Told){.recorder = {{record}, {0}, {0}, 0}, .style = STYLE_DEFAULT};
    told->sink = (json ? render_json : render_text)(&told->recorder.writer, &told->style);
    told->session = session_new(&(SessionOptions){
        .sink = told->sink, .style = STYLE_DEFAULT, .lessons = {.shipped = "lessons"}});
    told_do(told, lines);
}

static inline void told_move(Told *told, int events)
{
    UpdateResult result;
    for (int i = 0; i < events; i++)
        ck_assert(trainer_next(&told->session->trainer, "a test", &result));
}

static inline void told_free(Told *told)
{
    session_free(told->session);
    render_free(told->sink);
    recorder_release(&told->recorder);
}

#endif
