/* The command that writes a lesson: record. */
#include "command/command.h"
#include "command/recording.h"
#include "session/state.h"

static bool run_record(Session *session, const Arguments *arguments, Error *err)
{
    const Word *file = arguments_word(arguments, "FILE");
    if (file) return recording_begin(session, file, err);
    if (!arguments_has(arguments, "off"))
        recording_show(session);
    else if (session->recording)
        recording_end(session);
    else
        return fail(err, 0, "nothing is recorded: `record first.md` begins a lesson");
    return true;
}

static const Command commands[] = {
    {"record", NULL, "off | [FILE]", UNRECORDED, "write a lesson from what is typed next",
     "FILE, which must be new, becomes a lesson: each command with what it prints, `# words` as "
     "prose, `## words` as a heading. Output stands there as `backprop --check` will see it, in 80 "
     "columns and without colours; for that each command runs once more, in a session of the "
     "lesson's own. The file is complete after every command; `record off` or leaving ends it. "
     "`record` alone says how far it is.",
     "record build/first.md\n# What a forward pass computes:\nforward\nrecord off", run_record},
};

const CommandGroup record_commands = {"session", commands, sizeof commands / sizeof commands[0]};
