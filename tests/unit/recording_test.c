/* Lessons that are written from what is typed, and what a fresh session says to them. */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/memory.h"
#include "command/interpreter.h"
#include "command/replay.h"
#include "spelled.h"

static const char path[] = "build/recorded.md";

/* Someone at a terminal unlike the one that lessons are replayed on. */
typedef struct Typist {
    Recorder screen;
    Sink *sink;
    Style style;
    Session *session;
} Typist;

static volatile sig_atomic_t interrupted;

static void sit_down(Typist *typist, Access access)
{
    remove(path);
    interrupted = 0;
    *typist = (Typist){.screen = {.writer = {record}}, .style = style_of(true, true, 200)};
    typist->sink = render_text(&typist->screen.writer, &typist->style);
    typist->session = session_new(&(SessionOptions){.sink = typist->sink,
                                                    .style = typist->style,
                                                    .lessons = {.shipped = "lessons"},
                                                    .interrupted = &interrupted,
                                                    .access = access});
}

static void leave(Typist *typist)
{
    session_free(typist->session);
    render_free(typist->sink);
    recorder_release(&typist->screen);
    remove(path);
}

/* Types LINES; what was shown, errors last, until the next time. */
static const char *type(Typist *typist, const char *lines)
{
    Text *out = &typist->screen.out, *error = &typist->screen.error;
    text_clear(out);
    text_clear(error);
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        session_execute(typist->session, lines, length);
        lines += length + (lines[length] == '\n');
    }
    text_add_bytes(out, text_string(error), error->length);
    return text_string(out);
}

static void check_shown(Typist *typist, const char *lines, const char *part)
{
    const char *shown = type(typist, lines);
    ck_assert_msg(strstr(shown, part), "%s: %s", lines, shown);
}

/* To be freed. */
static char *lesson_text(void)
{
    char *content = memory_new(1 << 16);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    content[fread(content, 1, (1 << 16) - 1, file)] = '\0';
    fclose(file);
    return content;
}

static void check_says(const char *part)
{
    char *text = lesson_text();
    ck_assert_msg(strstr(text, part), "%.2000s", text);
    free(text);
}

static void check_says_not(const char *part)
{
    char *text = lesson_text();
    ck_assert_msg(!strstr(text, part), "%.2000s", text);
    free(text);
}

/* Runs the steps of the lesson, by hand: what each prints in a fresh session is what stands below
   its prompt. Returns how many there are. */
static int check_replays(void)
{
    Replay *replay = replay_new(&(SessionOptions){.lessons = {.shipped = "lessons"},
                                                  .access = ACCESS_READ,
                                                  .folder = "build"},
                                1 << 20);
    char *text = lesson_text(), *rest = text;
    const char *output = "";
    int steps = 0;
    for (char *line; (line = strsep(&rest, "\n"));) {
        if (!strncmp(line, "```", 3)) ck_assert_str_eq(output, "");
        if (!strncmp(line, "```", 3) || (!steps && strncmp(line, "bp>", 3))) continue;
        size_t length = strcspn(output, "\n");
        if (!strncmp(line, "bp> ", 4)) {
            ck_assert_str_eq(output, "");
            Printed printed;
            replay_execute(replay, line + 4, &printed);
            output = printed.text;
            steps++;
        } else if (*output) {
            ck_assert_msg(length == strlen(line) && !strncmp(output, line, length),
                          "%s\nis printed as\n%.*s", line, (int)length, output);
            output += length + 1;
        }
    }
    free(text);
    replay_free(replay);
    return steps;
}

START_TEST(the_file_is_that_of_a_plain_terminal)
{
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    check_shown(&typist, "record build/recorded.md", "recording in build/recorded.md");
    check_shown(&typist, "init 2-2-1\ninput 80 8 -> 3\ngrad w11^1", "dL/dw11^1");
    type(&typist, "data iris target=species:onehot\ninit 4-3:softmax loss=cce\ntrain 1\nevaluate");
    check_shown(&typist, "show width", "200");
    check_shown(&typist, "record", "8 commands so far");
    check_shown(&typist, "record off", "recorded 8 commands in build/recorded.md");
    check_shown(&typist, "record", "nothing is recorded");
    check_says("title: Recorded\n");
    check_says("\n  ∂L/∂w₁₁¹ = ∂L/∂ŷ × ∂ŷ/∂o₁₁ × ∂o₁₁/∂w₁₁¹\n");
    check_says("bp> show width\nwidth = 80\n");
    check_says_not("\x1b");
    ck_assert_int_eq(check_replays(), 8);
    leave(&typist);
}
END_TEST

START_TEST(settings_have_their_effect)
{
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    type(&typist, "record build/recorded.md\ninit 2-2-1\nset digits 3\npredict 0.30004 0.04\n"
                  "input 80 8 -> 3\nset ascii on\nforward\nset width 40\nforward\nset ascii off\n"
                  "undo\nparams");
    check_says("bp> predict 0.30004 0.04\nx₁ = 0.3, x₂ = 0.04\nŷ = 0.68\n");
    check_says("  yhat = w11^2*o11");
    check_says("bp> set width 40\nwidth = 40\n");
    ck_assert_int_eq(check_replays(), 11);
    leave(&typist);
}
END_TEST

START_TEST(what_fails_is_recorded_as_it_fails)
{
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    session_set_place(typist.session, "script.bp", 7);
    type(&typist, "record build/recorded.md\nfrob\nset lr \"x\nforward\necho \xff\n  print 1/  ");
    check_says("```bp\nbp> frob\nerror: unknown command `frob`; `help` lists them\n  frob\n  ^\n");
    check_says("bp> print 1/\nerror: ");
    check_says_not("script.bp");
    ck_assert_int_eq(check_replays(), 4);
    leave(&typist);
}
END_TEST

static void write_file(const char *name, const char *content)
{
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(content, file), 0);
    fclose(file);
}

START_TEST(a_file_of_commands_is_one)
{
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    write_file("build/part.bp", "# not for the lesson\nset lr 0.5\nset echo on\nset lr 2\nx\n");
    check_shown(&typist, "record build/recorded.md\nsource build/part.bp", "lr = 2");
    type(&typist, "# words\nshow lr");
    check_says("bp> source build/part.bp\nlr = 0.5\necho = on\n[..]p> set lr 2\nlr = 2\n");
    check_says("\nwords\n\n```bp\nbp> show lr\nlr = 2\n```\n");
    check_says_not("not for the lesson");
    leave(&typist);
    remove("build/part.bp");
}
END_TEST

START_TEST(what_a_command_runs_is_its_own)
{
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    type(&typist, "record build/recorded.md\ninit 1-1\ninput 1 -> 2\nask w11^1\nskip\nskip\nskip");
    check_says_not("bp> grad");
    ck_assert_int_eq(check_replays(), 6);
    leave(&typist);
}
END_TEST

/* A script that begins to be recorded is so to its end, and then what calls it. */
START_TEST(a_script_may_be_recorded)
{
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    write_file("build/script.bp", "set lr 1\nrecord build/recorded.md\nset lr 2\n");
    type(&typist, "source build/script.bp\nset lr 3");
    check_says("bp> set lr 1\nlr = 1\nbp> set lr 2\nlr = 2\nbp> set lr 3\nlr = 3\n```\n");
    check_says_not("source");
    leave(&typist);
    remove("build/script.bp");
}
END_TEST

static const char *const states[] = {
    "set lr 0.5",
    ("init 2-3:tanh-1 weights=normal seed=3\ndata n0\ndata scale standard\nset optimizer adam\n"
     "train 2\nset mode mini\nnext 7\nset digits 3\nset terms 5"),
    "init 2-2-1\ninput 80 8 -> 3\ngrad all\nassume yhat = 18\nset epochs 7\nbreak loss",
    "init 1-1\ninput 1 -> 2\nstep 3\ninit 2-2-1",
};

START_TEST(what_is_there_already_is_where_the_lesson_begins)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        Typist typist;
        sit_down(&typist, ACCESS_ALL);
        type(&typist, states[i]);
        check_shown(&typist, "record build/recorded.md", "it begins with what this session has");
        type(&typist, "params\nshow\nforward\nloss\nstep\nprint lr\nundo");
        ck_assert_int_ge(check_replays(), 8);
        type(&typist, "record off");
        leave(&typist);
    }
}
END_TEST

START_TEST(habits_are_the_lessons_but_not_the_terminal)
{
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    type(&typist, "set digits 3\nset epochs 7\nset width 90\nset ascii on\nset color off");
    type(&typist, "record build/recorded.md");
    check_says("```bp\nbp> set epochs 7\nepochs = 7\nbp> set digits 3\ndigits = 3\n```\n");
    leave(&typist);
}
END_TEST

START_TEST(a_fresh_session_needs_no_telling)
{
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    const char *shown = type(&typist, "record build/recorded.md");
    ck_assert_ptr_null(strstr(shown, "what this session has"));
    type(&typist, "set lr 1");
    check_says("# Recorded\n\n```bp\nbp> set lr 1\nlr = 1\n```\n");
    leave(&typist);
}
END_TEST

START_TEST(what_cannot_be_had_again_is_not_recorded)
{
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    write_file("build/gone.csv", "a,b\n1,2\n");
    type(&typist, "data build/gone.csv");
    remove("build/gone.csv");
    check_shown(&typist, "record build/recorded.md", "`data \"build/gone.csv\"` fails there");
    ck_assert_int_ne(access(path, F_OK), 0);
    check_shown(&typist, "record", "nothing is recorded");
    leave(&typist);
}
END_TEST

START_TEST(leaving_ends_it)
{
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    check_shown(&typist, "record build/recorded.md\necho a\nquit", "recorded 1 command in");
    check_says("bp> echo a\na\n```\n");
    check_shown(&typist, "record", "nothing is recorded");
    remove(path);
    check_shown(&typist, "record build/recorded.md\nquit", "no command was recorded");
    ck_assert_int_ne(access(path, F_OK), 0);
    leave(&typist);
}
END_TEST

START_TEST(an_interrupt_ends_it)
{
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    type(&typist, "record build/recorded.md\ninit 2-2-1\ndata n0");
    interrupted = 1;
    check_shown(&typist, "train 5", "ends before this command: it was interrupted");
    interrupted = 0;
    check_shown(&typist, "record", "nothing is recorded");
    check_says_not("train");
    ck_assert_int_eq(check_replays(), 2);
    leave(&typist);
}
END_TEST

START_TEST(what_goes_differently_is_said)
{
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    type(&typist, "record build/recorded.md");
    check_shown(&typist, "save build/saved.bp", "in the lesson this command fails");
    check_says("bp> save build/saved.bp\nerror: a lesson writes files only");
    leave(&typist);
    remove("build/saved.bp");
}
END_TEST

START_TEST(a_name_is_refused)
{
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    check_shown(&typist, "record build/recorded", "a lesson's name ends in .md: `record first.md`");
    check_shown(&typist, "record build/.md", "a lesson's name ends in .md");
    check_shown(&typist, "record off", "nothing is recorded");
    write_file(path, "mine");
    check_shown(&typist, "record build/recorded.md", "is there already: choose another name");
    check_says("mine");
    remove(path);
    check_shown(&typist, "record build/recorded.md\nrecord build/other.md",
                "build/recorded.md is being recorded: `record off` ends it");
    leave(&typist);
    sit_down(&typist, ACCESS_READ);
    check_shown(&typist, "record build/recorded.md", "`--allow-files`");
    ck_assert_int_ne(access(path, F_OK), 0);
    leave(&typist);
}
END_TEST

START_TEST(enormous_output_is_cut)
{
    enum { ROOM = 4 << 20 };
    Typist typist;
    sit_down(&typist, ACCESS_ALL);
    type(&typist, "record build/recorded.md\ninit 2-4000-1\ninput 1 2 -> 3\ngrad all\nset lr 1");
    char *text = memory_new(ROOM);
    FILE *file = fopen(path, "r");
    size_t length = fread(text, 1, ROOM - 1, file);
    fclose(file);
    ck_assert_uint_gt(length, 1 << 20);
    ck_assert_uint_lt(length, (1 << 20) + (1 << 17));
    ck_assert_ptr_nonnull(strstr(text, "\n...\nbp> set lr 1\n"));
    free(text);
    leave(&typist);
}
END_TEST

UNIT("recording", the_file_is_that_of_a_plain_terminal, settings_have_their_effect,
     what_fails_is_recorded_as_it_fails, a_file_of_commands_is_one, what_a_command_runs_is_its_own,
     a_script_may_be_recorded, what_is_there_already_is_where_the_lesson_begins,
     habits_are_the_lessons_but_not_the_terminal, a_fresh_session_needs_no_telling,
     what_cannot_be_had_again_is_not_recorded, leaving_ends_it, an_interrupt_ends_it,
     what_goes_differently_is_said, a_name_is_refused, enormous_output_is_cut)
