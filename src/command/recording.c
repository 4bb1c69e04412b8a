#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/lines.h"
#include "base/memory.h"
#include "command/command.h"
#include "command/files.h"
#include "command/lesson_file.h"
#include "command/recording.h"
#include "command/replay.h"
#include "command/save.h"
#include "command/settings.h"
#include "session/emit.h"

enum { OUTPUT_LIMIT = 1 << 20 };

struct Recording {
    Replay *replay;
    char *folder; /* of the file */
    LessonFile *file;
    int level; /* of the commands that are recorded: what they run is a part of them */
};

static Recording *recording_new(const Session *session, const char *path)
{
    Recording *recording = memory_new(sizeof *recording);
    const SessionOptions *options = &session->options;
    recording->folder = file_folder(path);
    recording->level = session->level;
    recording->replay = replay_new(&(SessionOptions){.interrupted = options->interrupted,
                                                     .progress = options->progress,
                                                     .progress_self = options->progress_self,
                                                     .lessons = options->lessons,
                                                     .memory = options->memory,
                                                     .access = ACCESS_READ,
                                                     .folder = recording->folder},
                                   OUTPUT_LIMIT);
    return recording;
}

static void recording_free(Recording *recording)
{
    replay_free(recording->replay);
    lesson_file_free(recording->file);
    free(recording->folder);
    free(recording);
}

/* What is there already. */

/* What the terminal is like is not for the lesson to say. */
static bool of_terminal(const Setting *setting)
{
    static const char *const names[] = {"width", "ascii", "color"};
    size_t i = 0, count = sizeof names / sizeof names[0];
    while (i < count && strcmp(names[i], setting->name) != 0) i++;
    return i < count;
}

static void add_habits(const Session *session, Text *script)
{
    const Setting *setting;
    for (size_t i = 0; (setting = setting_row(i)); i++) {
        if (setting->of != OF_USER || of_terminal(setting)) continue;
        text_print(script, "set %s ", setting->name);
        setting->show(session, script);
        text_add_char(script, '\n');
    }
}

static void describe(const Session *session, Text *script)
{
    save_script(session, script);
    add_habits(session, script);
}

static bool has_line(const Text *script, const char *line)
{
    size_t length = strlen(line);
    const char *found = script->bytes;
    while ((found = strstr(found, line))) {
        bool begins = found == script->bytes || found[-1] == '\n';
        if (begins && found[length] == '\n') return true;
        found += length;
    }
    return false;
}

static bool restore_line(Recording *recording, const char *line, int column, Error *err)
{
    Printed printed;
    if (replay_execute(recording->replay, line, &printed) == OUTCOME_OK)
        return lesson_file_command(recording->file, line, printed.text, err);
    return fail(err, column, "a lesson cannot begin with what there is: `%.80s` fails there", line);
}

/* Of a session that is fresh itself there is nothing to say. */
static bool restore(Recording *recording, const Session *session, int column, Error *err)
{
    Text fresh = {0}, script = {0};
    bool done = true;
    describe(replay_session(recording->replay), &fresh);
    describe(session, &script);
    for (char *rest = script.bytes, *line; done && *(line = strsep(&rest, "\n"));)
        done = has_line(&fresh, line) || restore_line(recording, line, column, err);
    text_release(&script);
    text_release(&fresh);
    return done;
}

/* The commands. */

static bool has_markdown_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return file_ends_in(slash ? slash + 1 : path, ".md");
}

static void say_beginning(Session *session)
{
    const LessonFile *file = session->recording->file;
    emit_note(session, "recording in %f: commands and their output, and %c as prose; %c ends it",
              lesson_file_path(file), "# words", "record off");
    if (lesson_file_commands(file))
        emit_note(session,
                  "it begins with what this session has, but for breakpoints and what %c and time "
                  "travel go back to",
                  "undo");
    emit_string(session, "file", lesson_file_path(file));
}

bool recording_begin(Session *session, const Word *word, Error *err)
{
    if (session->recording)
        return fail(err, word->column, "%s is being recorded: `record off` ends it",
                    lesson_file_path(session->recording->file));
    if (!has_markdown_name(word->text))
        return fail(err, word->column, "a lesson's name ends in .md: `record first.md`");
    if (!files_may_write(session, word, err)) return false;
    LessonFile *file = lesson_file_new(word->text, word->column, err);
    if (!file) return false;
    Recording *recording = recording_new(session, word->text);
    recording->file = file;
    if (!restore(recording, session, word->column, err)) {
        lesson_file_discard(file);
        recording_free(recording);
        return false;
    }
    session->recording = recording;
    session->free_recording = recording_free;
    say_beginning(session);
    return true;
}

static void say_count(Session *session)
{
    emit_string(session, "file", lesson_file_path(session->recording->file));
    emit_integer(session, "commands", lesson_file_commands(session->recording->file));
}

void recording_show(Session *session)
{
    if (!session->recording) {
        emit_note(session, "nothing is recorded: %c begins a lesson", "record first.md");
        return;
    }
    long commands = lesson_file_commands(session->recording->file);
    emit_note(session, "recording in %f: %d command%s so far",
              lesson_file_path(session->recording->file), commands, plural(commands));
    say_count(session);
}

static void stop(Session *session)
{
    recording_free(session->recording);
    session->recording = NULL;
}

void recording_end(Session *session)
{
    const char *path = lesson_file_path(session->recording->file);
    long commands = lesson_file_commands(session->recording->file);
    if (commands)
        emit_note(session, "recorded %d command%s in %f: %c checks it", commands, plural(commands),
                  path, arena_print(&session->arena, "backprop --check %s", path));
    else
        emit_note(session, "no command was recorded");
    say_count(session);
    stop(session);
}

static void end_early(Session *session, const char *why)
{
    emit_note(session, "the recording in %f ends before this command: %f",
              lesson_file_path(session->recording->file), why);
    stop(session);
}

/* What is typed. */

/* LINE without blanks around it; NULL if it cannot stand in a file as one line of text. */
static const char *trim(Session *session, const char *line, size_t length)
{
    while (length && strchr(" \t\r", line[length - 1])) length--;
    while (length && strchr(" \t", *line)) line++, length--;
    bool text = line_check(line, length, &(Error){0}) && !memchr(line, '\r', length);
    return text ? arena_copy(&session->arena, line, length) : NULL;
}

/* `# words` are words; `## words` are a heading, below the title. */
static const char *words_of(const char *comment)
{
    bool plain = comment[0] == '#' && comment[1] != '#';
    comment += plain;
    return comment + (plain && *comment == ' ');
}

void recording_remark(Session *session, const char *line, size_t length)
{
    const Recording *recording = session->recording;
    if (!recording || session->level >= recording->level) return;
    ArenaMark mark = arena_mark(&session->arena);
    const char *comment = trim(session, line, length);
    if (comment) lesson_file_remark(recording->file, words_of(comment));
    arena_reset(&session->arena, mark);
}

static bool is_left_out(Session *session)
{
    if (!session->name) return false;
    const char *name = arena_copy(&session->arena, session->name, strcspn(session->name, " "));
    const Command *command = command_named(name);
    return command && command->flags & UNRECORDED;
}

static void record(Session *session, const char *command, bool ok)
{
    const Recording *recording = session->recording;
    Printed printed;
    Error err = {0};
    Outcome outcome = replay_execute(recording->replay, command, &printed);
    if (outcome == OUTCOME_INTERRUPTED)
        end_early(session, "it was interrupted");
    else if (!lesson_file_command(recording->file, command, printed.text, &err))
        end_early(session, err.message);
    else if ((outcome == OUTCOME_OK) != ok)
        emit_note(session, "in the lesson this command %s", ok ? "fails" : "does not fail");
}

void recording_take(Session *session, bool ok)
{
    Recording *recording = session->recording;
    if (session->level > recording->level) return;
    recording->level = session->level;
    if (session->outcome == OUTCOME_QUIT) {
        recording_end(session);
    } else if (session->outcome == OUTCOME_INTERRUPTED) {
        end_early(session, "it was interrupted");
    } else if (!is_left_out(session)) {
        const char *command = trim(session, session->line, strlen(session->line));
        if (command) record(session, command, ok);
    }
}
