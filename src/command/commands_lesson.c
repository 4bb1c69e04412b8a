/* The command that asks for lessons, wherever they are played. */
#include "command/command.h"
#include "session/state.h"

/* Within a lesson there is nothing to ask for but the way back. */
static bool leave_for_lesson(Session *session, const LessonRequest *request, Error *err)
{
    if (request->name)
        return fail(err, request->column,
                    "a lesson is being played: `lesson` alone goes back to it");
    session->outcome = OUTCOME_QUIT;
    return true;
}

static bool run_lesson(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "LESSON");
    const Teacher *teacher = session->options.teacher;
    LessonRequest request = {.name = word ? word->text : NULL,
                             .column = word ? word->column : 1,
                             .reset = arguments_has(arguments, "reset"),
                             .from = arguments_integer(arguments, "from", 0),
                             .delay = arguments_number(arguments, "delay", -1)};
    if (session->options.in_lesson) return leave_for_lesson(session, &request, err);
    if (!word && (request.from || request.delay >= 0))
        return fail(err, 1, "which lesson? `lesson` lists them");
    if (!teacher) return fail(err, 1, "there is nobody here to play lessons");
    return teacher->teach(teacher->self, session, &request, err);
}

static const Command commands[] = {
    {"lesson", NULL, "reset LESSON | [LESSON] [from=STEP] [delay=SECONDS]", UNRECORDED,
     "play a lesson, or list them all with what is done",
     "A lesson goes by its number, its name or how that begins, or by its file. It has a session "
     "of its own, and goes on where it was left; `lesson reset NAME` begins it anew, `from=7` "
     "begins at its step 7. With `delay=3` it goes on by itself every 3 seconds, questions "
     "included: their answers are shown.",
     "lesson", run_lesson},
};

const CommandGroup lesson_commands = {"session", commands, sizeof commands / sizeof commands[0]};
