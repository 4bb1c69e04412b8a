/* What a lesson, a file or a user says cannot steer the terminal, whichever command repeats it. */
#include "base/utf8.h"
#include "command/interpreter.h"
#include "spelled.h"

/* Whether BYTES would show as they are: nothing in them but newlines is escaped. */
static void check_harmless(const Text *written, const char *line)
{
    Text escaped = {0}, ends = {0};
    utf8_add_escaped(&escaped, text_string(written), written->length);
    for (const char *at = text_string(written); *at; at++)
        if (*at == '\n')
            text_add(&ends, "\\x0a");
        else
            text_add_char(&ends, *at);
    ck_assert_msg(!strcmp(text_string(&escaped), text_string(&ends)), "%s writes\n%s", line,
                  text_string(&escaped));
    text_release(&escaped);
    text_release(&ends);
}

static void write_rows(const char *name)
{
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs("a\x1b[31m,b,kind\x1b[1m\n1,2,no\x1b[2J\n2,3,yes\xe2\x80\xae\n", file),
                     0);
    fclose(file);
}

static void run(Session *session, Recorder *recorder, const char *line)
{
    text_clear(&recorder->out);
    text_clear(&recorder->error);
    session_execute(session, line, strlen(line));
    check_harmless(&recorder->out, line);
    check_harmless(&recorder->error, line);
}

START_TEST(nothing_that_is_repeated_steers_the_terminal)
{
    static const char *const lines[] = {
        "echo \x1b[31mred",
        "echo \"\x1b]0;title\a\"",
        "\x1b[31mecho",
        ("echo \xc2\x9b"
         "31m"),
        "echo \xff",
        "print \x1b[31m",
        "init \x1b[2J",
        "init 2-2:\x1b[2J",
        "source \x1b[31m.bp",
        "source \x1b[31m.md",
        "save /\x1b[31m/x",
        "set \x1b[31m 1",
        "set lr \x1b[31m",
        "set echo on",
        "assert 1 == 2 # \x1b[31m",
        "help \x1b[31m",
        "apropos \x1b[31m",
        "data build/foreign.csv target=\x1b[31m",
        "data build/\x1b[31m.csv",
        "data build/foreign.csv target=\"kind\x1b[1m:onehot\"",
        "data",
        "info",
        "init 2-2:softmax loss=cce",
        "train 2",
        "evaluate",
        "data scale standard",
        "plot boundary",
        "break 1 if \x1b[31m",
        "display \x1b[31m",
        "undo",
        "derive \x1b[31m wrt x",
    };
    Recorder recorder = {{record}, {0}, {0}, 0};
    Style style = STYLE_DEFAULT;
    Sink *sink = render_text(&recorder.writer, &style);
    Session *session =
        session_new(&(SessionOptions){.sink = sink, .style = style, .access = ACCESS_READ});
    write_rows("build/foreign.csv");
    session_set_place(session, "lesson\x1b[31m.md", 3);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) run(session, &recorder, lines[i]);
    remove("build/foreign.csv");
    session_free(session);
    render_free(sink);
    recorder_release(&recorder);
}
END_TEST

UNIT("foreign", nothing_that_is_repeated_steers_the_terminal)
