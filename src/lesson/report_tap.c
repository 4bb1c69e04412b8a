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

/* A YAML string. A colon that ends its first word is spelled in digits: the reader that comes with
   Perl takes `- "error: ...` for a map. */
static void add_quoted(Text *text, const char *value)
{
    Text safe = {0};
    utf8_add_escaped(&safe, value, strlen(value));
    const char *string = text_string(&safe), *colon = string + strcspn(string, ": ");
    text_add_char(text, '"');
    for (const char *at = string; *at; at++) {
        bool special = *at == '"' || *at == '\\';
        if (special) text_add_char(text, '\\');
        if (at == colon && *at == ':')
            text_add(text, "\\x3a");
        else
            text_add_char(text, *at);
    }
    text_add(text, "\"\n");
    text_release(&safe);
}

static void add_string(Text *text, const char *key, const char *value)
{
    text_print(text, "  %s: ", key);
    add_quoted(text, value);
}

/* A list: of YAML's ways to write lines, the one that every reader takes. */
static void add_sheet(Text *text, const char *key, Sheet sheet)
{
    text_print(text, "  %s:%s\n", key, sheet.count ? "" : " []");
    for (int i = 0; i < sheet.count; i++) {
        text_add(text, "    - ");
        add_quoted(text, sheet.lines[i]);
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
    bool ok = finding->kind == FINDING_OK, rewritten = finding->kind == FINDING_REWRITTEN;
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
    if (tally->interrupted)
        text_add(&self->text, "Bail out! ");
    else
        text_print(&self->text, "1..%ld\n# ", self->points);
    tally_spell(&self->text, tally);
    text_add_char(&self->text, '\n');
    flush(self);
    text_release(&self->text);
    free(self);
}

Report *report_tap(Writer *writer)
{
    TapReport *self = memory_new(sizeof *self);
    *self = (TapReport){.report = {take, end}, .writer = writer};
    text_add(&self->text, "TAP version 13\n");
    return &self->report;
}
