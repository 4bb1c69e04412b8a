#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lesson/report.h"
#include "render/json.h"

typedef struct JsonReport {
    Report report; /* first */
    Writer *writer;
    Text text;
} JsonReport;

static void flush(JsonReport *self)
{
    self->writer->write(self->writer, CHANNEL_OUT, self->text.bytes, self->text.length);
    text_clear(&self->text);
}

static void add_string(Text *text, const char *before, const char *key, const char *value)
{
    text_add(text, before);
    json_key(text, key);
    json_string(text, value, strlen(value));
}

static void add_sheet(Text *text, const char *key, Sheet sheet)
{
    text_add_char(text, ',');
    json_key(text, key);
    text_add_char(text, '[');
    for (int i = 0; i < sheet.count; i++) {
        if (i) text_add_char(text, ',');
        json_string(text, sheet.lines[i], strlen(sheet.lines[i]));
    }
    text_add_char(text, ']');
}

static void take(Report *report, const Finding *finding)
{
    static const char *const statuses[] = {[FINDING_OK] = "ok",
                                           [FINDING_DIFFERS] = "mismatch",
                                           [FINDING_REWRITTEN] = "rewritten",
                                           [FINDING_REFUSED] = "error"};
    JsonReport *self = (JsonReport *)report;
    Text *text = &self->text;
    add_string(text, "{", "file", finding->file);
    if (finding->line) text_print(text, ",\"line\":%ld", finding->line);
    if (finding->subject)
        add_string(text, ",", finding->step ? "command" : "question", finding->subject);
    add_string(text, ",", "status", statuses[finding->kind]);
    if (finding->message) add_string(text, ",", "message", finding->message);
    if (finding->step && finding->kind != FINDING_OK && !finding->lost) {
        add_sheet(text, "expected", finding->want);
        add_sheet(text, "got", finding->got);
    }
    text_add(text, "}\n");
    flush(self);
}

static void end(Report *report, const Tally *tally)
{
    JsonReport *self = (JsonReport *)report;
    text_print(&self->text,
               "{\"lessons\":%ld,\"steps\":%ld,\"quizzes\":%ld,\"status\":\"%s\",\"differ\":"
               "{\"lessons\":%ld,\"steps\":%ld,\"quizzes\":%ld,\"seals\":%ld},\"rewritten\":%ld,"
               "\"failing\":%ld,\"sealed\":%ld}\n",
               tally->lessons, tally->steps, tally->quizzes,
               tally_is_good(tally) ? "ok" : "mismatch", tally->bad_lessons, tally->bad_steps,
               tally->bad_quizzes, tally->bad_seals, tally->rewritten, tally->failing,
               tally->sealed);
    flush(self);
    text_release(&self->text);
    free(self);
}

Report *report_json(Writer *writer)
{
    JsonReport *self = memory_new(sizeof *self);
    *self = (JsonReport){.report = {take, end}, .writer = writer};
    return &self->report;
}
