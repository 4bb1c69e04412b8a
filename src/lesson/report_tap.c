#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "lesson/report.h"

typedef struct TapReport {
    Report report; /* first */
    Writer *writer;
    Text text;
    long points;
} TapReport;

static void flush(TapReport *self)
{
    self->writer->write(self->writer, CHANNEL_OUT, text_string(&self->text), self->text.length);
    text_clear(&self->text);
}

/* One line; # and \ are TAP's own. */
static void add_words(Text *text, const char *words)
{
    Text safe = {0};
    utf8_add_escaped(&safe, words, strlen(words));
    for (const char *at = text_string(&safe); *at; at++) {
        if (*at == '#' || *at == '\\') text_add_char(text, '\\');
        text_add_char(text, *at);
    }
    text_release(&safe);
}

/* A YAML string between double quotes, or a literal block for lines. */
static void add_string(Text *text, const char *key, const char *value)
{
    Text safe = {0};
    utf8_add_escaped(&safe, value, strlen(value));
    text_print(text, "  %s: \"", key);
    for (const char *at = text_string(&safe); *at; at++) {
        if (*at == '"' || *at == '\\') text_add_char(text, '\\');
        text_add_char(text, *at);
    }
    text_add(text, "\"\n");
    text_release(&safe);
}

static void add_sheet(Text *text, const char *key, Sheet sheet)
{
    text_print(text, "  %s: %s\n", key, sheet.count ? "|2-" : "\"\"");
    for (int i = 0; i < sheet.count; i++) {
        text_add(text, "    ");
        utf8_add_escaped(text, sheet.lines[i], strlen(sheet.lines[i]));
        text_add_char(text, '\n');
    }
}

static void add_details(Text *text, const Finding *finding)
{
    text_add(text, "  ---\n");
    if (finding->message) add_string(text, "message", finding->message);
    add_string(text, "file", finding->file);
    if (finding->line) text_print(text, "  line: %ld\n", finding->line);
    if (finding->step && !finding->lost) {
        add_sheet(text, "expected", finding->want);
        add_sheet(text, "got", finding->got);
    }
    text_add(text, "  ...\n");
}

static void take(Report *report, const Finding *finding)
{
    TapReport *self = (TapReport *)report;
    bool ok = finding->verdict == VERDICT_OK, rewritten = finding->verdict == VERDICT_REWRITTEN;
    if (rewritten)
        text_add(&self->text, "# rewritten: ");
    else
        text_print(&self->text, "%s %ld - ", ok ? "ok" : "not ok", ++self->points);
    add_words(&self->text, finding->file);
    if (finding->line) text_print(&self->text, ":%ld", finding->line);
    if (finding->subject) {
        text_add(&self->text, ": ");
        add_words(&self->text, finding->subject);
    }
    text_add_char(&self->text, '\n');
    if (!ok && !rewritten) add_details(&self->text, finding);
    flush(self);
}

static void end(Report *report, const Tally *tally)
{
    TapReport *self = (TapReport *)report;
    text_print(&self->text, "1..%ld\n# ", self->points);
    tally_spell(&self->text, tally);
    text_add_char(&self->text, '\n');
    if (tally->interrupted) text_add(&self->text, "Bail out! interrupted\n");
    flush(self);
    text_release(&self->text);
    free(self);
}

Report *report_tap(Writer *writer)
{
    TapReport *self = memory_new(sizeof *self);
    *self = (TapReport){.report = {take, end}, .writer = writer};
    text_add(&self->text, "TAP version 14\n");
    return &self->report;
}
