#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/nearest.h"
#include "lesson/fence.h"

enum { LEAST_SIGNS = 3, MOST_INDENT = 3, LONGEST_WORD = 15 };

FenceKind fence_kind(const char *info)
{
    static const char *const names[] = {[FENCE_BP] = "bp", [FENCE_QUIZ] = "quiz"};
    info = skip_blanks(info);
    size_t length = strcspn(info, " \t");
    for (FenceKind kind = FENCE_BP; kind <= FENCE_QUIZ; kind++)
        if (strlen(names[kind]) == length && !memcmp(info, names[kind], length)) return kind;
    return FENCE_OTHER;
}

/* Of two letters a slip in one may well be another language: bc, bf. */
const char *fence_meant(const char *info)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char copy[LONGEST_WORD + 1];
    const char *begin = info + strcspn(info, letters), *word = copy;
    size_t length = strcspn(begin, " \t,;:=.>{}()");
    if (length > LONGEST_WORD) return NULL;
    memcpy(copy, begin, length);
    copy[length] = '\0';
    if (!strcasecmp(word, "bp") || nearest("backprop", &word, 1)) return "bp";
    return nearest("quiz", &word, 1) ? "quiz" : NULL;
}

bool fence_begins(const Line *line, Fence *fence)
{
    const char *signs = line->text + strspn(line->text, " ");
    const char *info = signs + strspn(signs, *signs == '~' ? "~" : "`");
    *fence = (Fence){.kind = fence_kind(info),
                     .indent = (int)(signs - line->text),
                     .signs = signs,
                     .length = (int)(info - signs),
                     .info = skip_blanks(info),
                     .line = line->number};
    bool code = *signs == '`' && strchr(info, '`'); /* `` `like this` `` */
    return fence->length >= LEAST_SIGNS && fence->indent <= MOST_INDENT && !code;
}

/* Signs that would end FENCE if nothing stood behind them. */
static bool is_like(const Fence *other, const Fence *fence)
{
    return *other->signs == *fence->signs && other->length >= fence->length;
}

static FenceStatus refuse(Reader *reader, const Fence *fence, const Fence *next)
{
    char where[64] = "";
    if (next) snprintf(where, sizeof where, " before another begins in line %ld", next->line);
    reader->line = fence->line;
    fail(reader->err, 0, "the fence that begins here is not closed%s: a line %.*s is missing",
         where, fence->length, fence->signs);
    return FENCE_FAILED;
}

FenceStatus fence_next(Reader *reader, const Fence *fence, Line *line)
{
    Fence other;
    if (!reader_next(reader, line)) return refuse(reader, fence, NULL);
    if (!fence_begins(line, &other) || !is_like(&other, fence)) return FENCE_LINE;
    if (!*other.info) return FENCE_END;
    return other.kind == FENCE_OTHER ? FENCE_LINE : refuse(reader, fence, &other);
}

bool fence_pass(Reader *reader, const Fence *fence)
{
    FenceStatus status;
    for (Line line; (status = fence_next(reader, fence, &line)) == FENCE_LINE;) continue;
    return status == FENCE_END;
}
