#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lesson/match.h"

static const char wildcard[] = "[..]", gap[] = "...";
enum { WILDCARD = sizeof wildcard - 1 };

/* Numbers, or runs of BITE bytes, compared before the search for a sheet is given up, or for a
   line, which has far fewer of them. */
enum { PATIENCE = 1 << 24, LINE_PATIENCE = 1 << 18, BITE = 64 };

typedef struct Search {
    double tolerance;
    bool any_number; /* will do */
    long patience;
    const char *want;    /* the line that is looked for */
    NumeralPairs *pairs; /* of what fits; or NULL */
} Search;

/* A run of text without wildcards, and the numerals in it. */
typedef struct Piece {
    const char *text;
    size_t length;
    Numeral *numerals;
    int count;
} Piece;

/* Pieces. */

static size_t trimmed_length(const char *line)
{
    size_t length = strlen(line);
    while (length && strchr(" \t\r", line[length - 1])) length--;
    return length;
}

/* Whether TEXT[0..LENGTH) could be what a number ends or begins with: 1.[..]e-5. */
static bool is_part(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!strchr(".eE+-", text[i])) return false;
    return true;
}

/* Whether a wildcard beside the piece may hide more of NUMERAL. */
static bool is_cut(const Piece *piece, const Numeral *numeral, bool open_left, bool open_right)
{
    size_t end = numeral->start + numeral->length;
    return (open_left && is_part(piece->text, numeral->start)) ||
           (open_right && is_part(piece->text + end, piece->length - end));
}

/* Reads a piece of a line, with wildcards at its OPEN sides. The caller frees its numerals. */
static Piece piece_read(const char *text, size_t length, bool open_left, bool open_right)
{
    Piece piece = {.text = text, .length = length};
    Numeral numeral;
    int capacity = 0;
    for (size_t at = 0; numeral_next(text, length, at, &numeral);) {
        at = numeral.start + numeral.length;
        if (is_cut(&piece, &numeral, open_left, open_right)) continue;
        if (piece.count == capacity) {
            capacity = capacity ? 2 * capacity : 8;
            piece.numerals = memory_resize(piece.numerals, (size_t)capacity * sizeof(Numeral));
        }
        piece.numerals[piece.count++] = numeral;
    }
    return piece;
}

/* Whether PIECE stands in GOT at byte AT, where the numerals of GOT from number K on are; *END is
   then where it stops. The longer AT, the larger is END: what is found first leaves most room. */
static bool fits(Search *search, const Piece *piece, const Piece *got, size_t at, int k,
                 size_t *end)
{
    size_t from = 0;
    if (k + piece->count > got->count) return false;
    for (int i = 0; i < piece->count; i++) {
        const Numeral *want = &piece->numerals[i], *have = &got->numerals[k + i];
        size_t literal = want->start - from;
        if (search->patience-- <= 0 || at + literal != have->start) return false;
        if (memcmp(piece->text + from, got->text + at, literal) != 0) return false;
        if (!search->any_number && !numeral_match(want, have, search->tolerance)) return false;
        at = have->start + have->length;
        from = want->start + want->length;
    }
    size_t rest = piece->length - from;
    *end = at + rest;
    return *end <= got->length && !memcmp(piece->text + from, got->text + at, rest);
}

static void remember(Search *search, const Piece *piece, const Piece *got, int k)
{
    NumeralPairs *pairs = search->pairs;
    if (!pairs || !piece->count) return;
    size_t offset = (size_t)pairs->count, more = (size_t)piece->count;
    pairs->items = memory_resize(pairs->items, (offset + more) * sizeof *pairs->items);
    for (int i = 0; i < piece->count; i++) {
        NumeralPair *pair = &pairs->items[pairs->count++];
        *pair = (NumeralPair){piece->numerals[i], got->numerals[k + i]};
        pair->want.start += (size_t)(piece->text - search->want);
    }
}

/* The first numeral of GOT that begins at byte AT or later. */
static int first_numeral(const Piece *got, size_t at)
{
    int low = 0, high = got->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (got->numerals[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Finds the first place of PIECE at or after *AT, and moves *AT behind it. */
static bool find(Search *search, const Piece *piece, const Piece *got, size_t *at)
{
    if (!piece->count) {
        const char *found = memmem(got->text + *at, got->length - *at, piece->text, piece->length);
        if (found) *at = (size_t)(found - got->text) + piece->length;
        return found != NULL;
    }
    size_t before = piece->numerals[0].start, end;
    for (int k = first_numeral(got, *at + before); k < got->count; k++) {
        if (!fits(search, piece, got, got->numerals[k].start - before, k, &end)) continue;
        remember(search, piece, got, k);
        *at = end;
        return true;
    }
    return false;
}

/* Whether PIECE is what GOT begins with; moves *AT behind it. */
static bool begins(Search *search, const Piece *piece, const Piece *got, size_t *at)
{
    if (!fits(search, piece, got, 0, 0, at)) return false;
    remember(search, piece, got, 0);
    return true;
}

/* Whether PIECE is what GOT ends with, not before AT. */
static bool ends(Search *search, const Piece *piece, const Piece *got, size_t at)
{
    int k = got->count - piece->count;
    size_t before = piece->count ? piece->numerals[0].start : piece->length, end;
    size_t anchor = piece->count && k >= 0 ? got->numerals[k].start : got->length;
    if (k < 0 || anchor < at + before) return false;
    if (!fits(search, piece, got, anchor - before, k, &end) || end != got->length) return false;
    remember(search, piece, got, k);
    return true;
}

/* Lines. */

static bool match_pieces(Search *search, const char *want, size_t length, const Piece *got)
{
    size_t at = 0;
    for (size_t start = 0;;) {
        const char *wild = memmem(want + start, length - start, wildcard, WILDCARD);
        size_t size = wild ? (size_t)(wild - want) - start : length - start;
        Piece piece = piece_read(want + start, size, start > 0, wild != NULL);
        bool ok = !start  ? begins(search, &piece, got, &at)
                  : !wild ? ends(search, &piece, got, at)
                          : find(search, &piece, got, &at);
        free(piece.numerals);
        if (!ok || !wild) return ok && (start > 0 || at == got->length);
        start += size + WILDCARD;
    }
}

static bool compare(Search *search, const char *want, const char *got)
{
    size_t want_length = trimmed_length(want), got_length = trimmed_length(got);
    bool same = want_length == got_length && !memcmp(want, got, want_length);
    if (same && !search->pairs) return true;
    search->patience -= (long)(want_length + got_length) / BITE;
    search->want = want;
    Piece whole = piece_read(got, got_length, false, false);
    bool ok = match_pieces(search, want, want_length, &whole);
    free(whole.numerals);
    return ok;
}

bool match_line(const char *want, const char *got, double tolerance)
{
    Search search = {.tolerance = tolerance, .patience = LINE_PATIENCE};
    return compare(&search, want, got);
}

bool match_shape(const char *want, const char *got, NumeralPairs *pairs)
{
    Search search = {.any_number = true, .patience = LINE_PATIENCE, .pairs = pairs};
    if (pairs) *pairs = (NumeralPairs){0};
    bool ok = compare(&search, want, got);
    if (ok || !pairs) return ok;
    free(pairs->items);
    *pairs = (NumeralPairs){0};
    return false;
}

/* Sheets. */

bool match_is_gap(const char *line)
{
    line += strspn(line, " \t");
    return trimmed_length(line) == strlen(gap) && !strncmp(line, gap, strlen(gap));
}

Sheet match_trim(Sheet sheet)
{
    while (sheet.count && !trimmed_length(sheet.lines[sheet.count - 1])) sheet.count--;
    return sheet;
}

/* How many lines there are before the next gap. */
static int run_length(Sheet want)
{
    int count = 0;
    while (count < want.count && !match_is_gap(want.lines[count])) count++;
    return count;
}

static bool runs_at(Search *search, Sheet want, int count, Sheet got, int at)
{
    if (count > got.count - at) return false;
    for (int i = 0; i < count; i++)
        if (search->patience-- <= 0 || !compare(search, want.lines[i], got.lines[at + i]))
            return false;
    return true;
}

bool match_lines(Sheet want, Sheet got, double tolerance)
{
    want = match_trim(want);
    got = match_trim(got);
    Search search = {.tolerance = tolerance, .patience = PATIENCE + want.count};
    int run = run_length(want), at = run;
    if (!runs_at(&search, want, run, got, 0)) return false;
    if (run == want.count) return run == got.count;
    for (;;) {
        want.lines += run + 1;
        want.count -= run + 1;
        run = run_length(want);
        bool last = run == want.count;
        if (last) at = got.count - run > at ? got.count - run : at;
        while (at <= got.count - run && !runs_at(&search, want, run, got, at)) at++;
        if (at > got.count - run) return false;
        if (last) return true;
        at += run;
    }
}
