#include <math.h>
#include <string.h>

#include "base/number.h"
#include "lesson/fence.h"

static const char prompt[] = "bp>";

/* `tol=1e-4`. */
static bool read_options(const Reader *reader, const Fence *fence, double *tolerance)
{
    const char *word = skip_blanks(fence->info + strlen("bp"));
    for (size_t length; *word; word = skip_blanks(word + length)) {
        length = strcspn(word, " \t");
        const char *option = reader_copy(reader, word, length);
        if (strncmp(option, "tol=", 4))
            return fail(reader->err, 0, "a bp fence knows no `%s`, but tol=NUMBER", option);
        if (*tolerance > 0) return fail(reader->err, 0, "tol stands twice; once is enough");
        if (!number_read(option + 4, tolerance) || !(*tolerance > 0) || isinf(*tolerance))
            return fail(reader->err, 0, "tol must be a number greater than 0, not `%s`",
                        option + 4);
    }
    return true;
}

/* A list of lines, const char *, becomes what STEP must print. */
static void add_step(Reader *reader, Part *part, Text *lines)
{
    part->step.expected_count = LIST_COUNT(lines, const char *);
    part->step.expected = reader_list(reader, lines);
    reader_add(reader, part);
}

static bool is_prompt(const char *text)
{
    return !strncmp(text, prompt, strlen(prompt)) && (!text[3] || is_blank(text[3]));
}

static bool begin_step(const Reader *reader, const Line *line, double tolerance, Part *part)
{
    const char *command = line->text + strlen(prompt);
    command = reader_copy(reader, command, strlen(command));
    if (!*command) return fail(reader->err, 0, "a command is missing after `bp>`");
    size_t end = line->range.end;
    *part = (Part){.kind = PART_STEP,
                   .line = line->number,
                   .step = {.command = command, .output = {end, end}, .tolerance = tolerance}};
    return true;
}

/* A command that is taken for output would be lost when output is rewritten. */
static bool looks_like_prompt(const char *text)
{
    return !strncmp(skip_blanks(text), prompt, strlen(prompt));
}

/* What stands before the first prompt was printed by nothing. */
static bool add_line(const Reader *reader, const Line *line, Part *part, Text *lines)
{
    if (looks_like_prompt(line->text))
        return fail(reader->err, 0,
                    "a command begins at the left margin, and a blank stands "
                    "after its `bp>`");
    if (part->line) {
        LIST_ADD(lines, &line->text);
        part->step.output.end = line->range.end;
        return true;
    }
    return !*skip_blanks(line->text) ||
           fail(reader->err, 0, "output before any command: a bp fence begins with `bp> COMMAND`");
}

static bool read_lines(Reader *reader, const Fence *fence, double tolerance, Text *lines)
{
    Part part = {0};
    FenceStatus status;
    for (Line line; (status = fence_next(reader, fence, &line)) == FENCE_LINE;) {
        bool begins = is_prompt(line.text);
        if (begins && part.line) add_step(reader, &part, lines);
        if (begins && !begin_step(reader, &line, tolerance, &part)) return false;
        if (!begins && !add_line(reader, &line, &part, lines)) return false;
    }
    if (status == FENCE_FAILED) return false;
    reader->line = fence->line;
    if (!part.line)
        return fail(reader->err, 0, "the fence has no command: `bp> COMMAND` begins one");
    add_step(reader, &part, lines);
    return true;
}

bool fence_read_steps(Reader *reader, const Fence *fence)
{
    double tolerance = 0;
    Text lines = {0};
    bool done =
        read_options(reader, fence, &tolerance) && read_lines(reader, fence, tolerance, &lines);
    text_release(&lines);
    return done;
}
