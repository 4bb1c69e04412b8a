#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "lesson/report.h"

enum { CONTEXT = 3 }; /* lines that match, before and after those that do not */

typedef struct TextReport {
    Report report; /* first */
    Writer *writer;
    Text text;
} TextReport;

static void add_line(Text *text, char sign, const char *line)
{
    text_add_char(text, sign);
    utf8_add_escaped(text, line, strlen(line));
    text_add_char(text, '\n');
}

/* The edits from AT on that leave no line as it is: first what was asked for, then what came. */
static int add_change(Text *text, const Finding *finding, const Edits *edits, int at)
{
    int end = at;
    while (end < edits->count && edits->items[end].kind != EDIT_KEEP) end++;
    for (int i = at; i < end; i++)
        if (edits->items[i].want >= 0)
            add_line(text, '-', finding->want.lines[edits->items[i].want]);
    for (int i = at; i < end; i++)
        if (edits->items[i].got >= 0) add_line(text, '+', finding->got.lines[edits->items[i].got]);
    return end;
}

/* The lines from AT on that are as they should be; in the middle of many, only their number. */
static int add_context(Text *text, const Finding *finding, const Edits *edits, int at)
{
    int end = at;
    while (end < edits->count && edits->items[end].kind == EDIT_KEEP) end++;
    int after = at ? at + CONTEXT : at, before = end < edits->count ? end - CONTEXT : end;
    bool cut = before > after + 1;
    for (int i = at; i < end; i++) {
        if (cut && i == after) text_print(text, "@@ %d lines as written @@\n", before - after);
        if (cut && i >= after && i < before) continue;
        add_line(text, ' ', finding->want.lines[edits->items[i].want]);
    }
    return end;
}

static void add_diff(Text *text, const Finding *finding)
{
    Edits edits = finding_edits(finding);
    for (int at = 0; at < edits.count;) {
        bool kept = edits.items[at].kind == EDIT_KEEP;
        at = (kept ? add_context : add_change)(text, finding, &edits, at);
    }
    free(edits.items);
}

/* `FILE:LINE: message`, the form that editors jump to. */
static void add_head(Text *text, const Finding *finding)
{
    const char *file = finding->unread ? "backprop" : finding->file;
    utf8_add_escaped(text, file, strlen(file));
    if (finding->line) text_print(text, ":%ld", finding->line);
    text_add(text, ": ");
    if (finding->kind == FINDING_REFUSED && !finding->unread) text_add(text, "error: ");
    const char *subject = finding->step || !finding->message ? finding->subject : NULL;
    if (subject) utf8_add_escaped(text, subject, strlen(subject));
    if (subject && finding->message) text_add(text, ": ");
    if (finding->message) utf8_add_escaped(text, finding->message, strlen(finding->message));
    text_add_char(text, '\n');
}

static void take(Report *report, const Finding *finding)
{
    TextReport *self = (TextReport *)report;
    if (finding->kind == FINDING_OK) return;
    Channel channel = finding->kind == FINDING_REFUSED ? CHANNEL_ERROR : CHANNEL_OUT;
    add_head(&self->text, finding);
    if (finding->step && !finding->lost) add_diff(&self->text, finding);
    self->writer->write(self->writer, channel, self->text.bytes, self->text.length);
    text_clear(&self->text);
}

static void end(Report *report, const Tally *tally)
{
    TextReport *self = (TextReport *)report;
    tally_spell(&self->text, tally);
    text_add_char(&self->text, '\n');
    self->writer->write(self->writer, CHANNEL_OUT, self->text.bytes, self->text.length);
    text_release(&self->text);
    free(self);
}

Report *report_text(Writer *writer)
{
    TextReport *self = memory_new(sizeof *self);
    *self = (TextReport){.report = {take, end}, .writer = writer};
    return &self->report;
}
