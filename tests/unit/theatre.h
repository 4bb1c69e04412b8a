/* For tests of playing lessons: a small one, somebody who presses what a script says, and what they
   see.

   Tests run in the folder that holds lessons/. */
#ifndef TESTS_THEATRE_H
#define TESTS_THEATRE_H

#include "base/memory.h"
#include "command/interpreter.h"
#include "lesson/play.h"
#include "portrait.h"
#include "spelled.h"

/* A lesson of pages, commands and two questions. */
static const char small[] = "# Small\n"
                            "\n"
                            "A network.\n"
                            "\n"
                            "```bp\n"
                            "bp> init 2-2-1\n"
                            "bp> input 80 8 -> 3\n"
                            "```\n"
                            "\n"
                            "Its forward pass.\n"
                            "\n"
                            "```bp\n"
                            "bp> forward\n"
                            "```\n"
                            "```quiz\n"
                            "q: What is o11?\n"
                            "answer: o11\n"
                            "hint: The sum.\n"
                            "hint: 80 + 8.\n"
                            "wrong: 80 You forgot x2.\n"
                            "```\n"
                            "```bp\n"
                            "bp> print w12^2\n"
                            "error: there is no w12^2\n"
                            "bp> grad w11^2\n"
                            "bp> step\n"
                            "```\n"
                            "```quiz\n"
                            "q: Which one?\n"
                            "- [ ] the first\n"
                            "- [x] the second\n"
                            "```\n"
                            "\n"
                            "That is all.\n";
enum { SMALL_STEPS = 8, SMALL_QUESTIONS = 2 };

enum { WAITS_MOST = 200 };

/* What a viewer sees until something is waited for. */
typedef struct Moment {
    char *shown;
    char *hint; /* or the prompt */
    bool line;
    Portrait portrait;
} Moment;

typedef struct Theatre {
    Recorder recorder;
    Style style;
    Sink *sink;
    Session *session;
    Lesson lesson;
    Viewer viewer;
    Standing standing;
    PlayOptions options;
    const char *const *script; /* keys, lines, and "i" is followed by lines up to "." */
    int at;                    /* in the script */
    int columns;
    Moment moments[WAITS_MOST];
    int count; /* of moments */
} Theatre;

static inline char *take(Text *text)
{
    char *copy = memory_copy(text_string(text));
    text_clear(text);
    return copy;
}

static inline void see(Theatre *theatre, const char *hint, bool line)
{
    ck_assert_int_lt(theatre->count, WAITS_MOST);
    Moment *moment = &theatre->moments[theatre->count++];
    *moment =
        (Moment){.shown = take(&theatre->recorder.out), .hint = memory_copy(hint), .line = line};
    if (theatre->session->trainer.rows.count) moment->portrait = portrait_of(theatre->session);
}

static inline const char *next_word(Theatre *theatre)
{
    const char *word = theatre->script[theatre->at];
    if (word) theatre->at++;
    return word;
}

static inline int press(void *self, const char *hint)
{
    Theatre *theatre = self;
    see(theatre, hint, false);
    const char *word = next_word(theatre);
    if (!word) return VIEWER_GONE;
    return strcmp(word, "^C") != 0 ? (unsigned char)*word : VIEWER_INTERRUPTED;
}

static inline long type(void *self, const char *prompt, const char **line)
{
    Theatre *theatre = self;
    see(theatre, prompt, true);
    *line = next_word(theatre);
    if (!*line) return VIEWER_GONE;
    return strcmp(*line, "^C") != 0 ? (long)strlen(*line) : VIEWER_INTERRUPTED;
}

static inline void live(void *self)
{
    Theatre *theatre = self;
    for (const char *line; (line = next_word(theatre)) && strcmp(line, ".") != 0;)
        session_execute(theatre->session, line, strlen(line));
}

static inline int width(void *self)
{
    return ((Theatre *)self)->columns;
}

static inline void reached(void *self, const Standing *standing)
{
    ck_assert_ptr_eq(standing, &((Theatre *)self)->standing);
}

static inline void theatre_open(Theatre *theatre, const char *source)
{
    Error err;
    long line;
    *theatre = (Theatre){.recorder = {.writer = {record}}, .style = STYLE_DEFAULT, .columns = 80};
    ck_assert_msg(lesson_read(&theatre->lesson, "small.md", source, strlen(source), &line, &err),
                  "%s", err.message);
    theatre->sink = render_text(&theatre->recorder.writer, &theatre->style);
    theatre->session = session_new(&(SessionOptions){.sink = theatre->sink,
                                                     .style = STYLE_DEFAULT,
                                                     .lessons = {.shipped = "lessons"},
                                                     .access = ACCESS_READ,
                                                     .in_lesson = true});
    theatre->viewer = (Viewer){press, type, live, width, reached, theatre};
    theatre->standing = standing_new(theatre->lesson.step_count, play_questions(&theatre->lesson));
    theatre->options = (PlayOptions){.lesson = &theatre->lesson,
                                     .session = theatre->session,
                                     .viewer = &theatre->viewer,
                                     .standing = &theatre->standing};
}

static inline void theatre_close(Theatre *theatre)
{
    for (int i = 0; i < theatre->count; i++) {
        free(theatre->moments[i].shown);
        free(theatre->moments[i].hint);
    }
    session_free(theatre->session);
    render_free(theatre->sink);
    lesson_release(&theatre->lesson);
    recorder_release(&theatre->recorder);
}

/* Plays it to who presses SCRIPT, which ends with NULL. */
static inline PlayEnd play_to(Theatre *theatre, const char *const *script)
{
    theatre->script = script;
    theatre->at = 0;
    return play(&theatre->options);
}

#define SCRIPT(...) ((const char *const[]){__VA_ARGS__, NULL})

static inline void check_shown(const Theatre *theatre, int moment, const char *shown)
{
    ck_assert_int_lt(moment, theatre->count);
    ck_assert_str_eq(theatre->moments[moment].shown, shown);
}

static inline const char *text_of(const Theatre *theatre, int moment)
{
    ck_assert_int_lt(moment, theatre->count);
    return theatre->moments[moment].shown;
}

static inline bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), least = strlen(end);
    return length >= least && !strcmp(text + length - least, end);
}

#endif
