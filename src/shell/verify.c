#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "lesson/check.h"
#include "shell/interrupt.h"
#include "shell/places.h"
#include "shell/shell.h"
#include "shell/verify.h"

static Report *report_for(const Options *options, Console *console)
{
    Writer *writer = console_writer(console);
    return options->tap    ? report_tap(writer)
           : options->json ? report_json(writer)
                           : report_text(writer);
}

/* Checking takes its time: what was written into the file meanwhile must not be lost. */
static bool is_still(const char *file, const Text *source, Error *err)
{
    Text now = {0};
    bool read = file_read(file, LESSON_BYTES, &now, 0, err);
    bool same =
        now.length == source->length && !memcmp(text_string(&now), text_string(source), now.length);
    text_release(&now);
    return read &&
           (same || fail(err, 0, "%s has changed while it was checked; it stays as it is", file));
}

static bool write_file(const char *file, const Text *source, const Text *renewed, Error *err)
{
    return is_still(file, source, err) &&
           file_replace(file, renewed->bytes, renewed->length, 0, err);
}

static void update_file(Check *check, const char *file, const Text *source)
{
    Error err;
    Text renewed = {0};
    Tally before = check->tally;
    check_renew(check, file, text_string(source), source->length, &renewed);
    if (renewed.length && !write_file(file, source, &renewed, &err)) {
        check->tally = before;
        check_refuse(check, file, &err);
    }
    text_release(&renewed);
}

static bool read_file(const char *file, bool update, Text *source, Error *err)
{
    bool standard_input = !strcmp(file, "-");
    if (standard_input && update) return fail(err, 0, "standard input cannot be rewritten");
    return file_read(standard_input ? "/dev/stdin" : file, LESSON_BYTES, source, 0, err);
}

static void verify_file(Check *check, const char *file, bool update)
{
    Error err;
    Text source = {0};
    if (!read_file(file, update, &source, &err))
        check_refuse(check, file, &err);
    else if (update)
        update_file(check, file, &source);
    else
        check_source(check, file, text_string(&source), source.length);
    text_release(&source);
}

static int status_of(const Tally *tally)
{
    if (tally->interrupted) return STATUS_INTERRUPTED;
    if (tally->bad_lessons) return STATUS_USAGE;
    return tally_is_good(tally) ? STATUS_OK : STATUS_FAILED;
}

int verify(const Options *options, Console *console, const char *program)
{
    char *own = place_own_lessons(), *shipped = place_shipped_lessons(program);
    interrupt_install(false);
    Check check = {.report = report_for(options, console),
                   .lessons = {own, shipped},
                   .interrupted = interrupt_flag(),
                   .access = options->allow_files ? ACCESS_ALL : ACCESS_READ};
    for (size_t i = 0; i < options->task_count && !check.tally.interrupted; i++)
        verify_file(&check, options->tasks[i].text, options->update);
    check.report->end(check.report, &check.tally);
    free(own);
    free(shipped);
    return status_of(&check.tally);
}
