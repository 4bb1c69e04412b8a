#include <string.h>

#include "render/fold.h"

/* Nothing follows the blanks of a column that was filled up. */
static void start_line(Text *text, int indent)
{
    drop_blanks(text);
    text_add_char(text, '\n');
    text_repeat(text, ' ', indent);
}

/* How good a place is for a break, the lower the better: outside of parentheses first, and
   there before a sum's operator, then before a product's, then at a mere blank. */
enum { SUM, PRODUCT, BLANK, PLACES, DEEPEST = 3, RANKS = PLACES * (DEEPEST + 1) };

static bool stands_at(const char *bytes, const char *end, const char *sign)
{
    size_t length = strlen(sign);
    return bytes + length <= end && !memcmp(bytes, sign, length);
}

static int place_of(const char *blank, const char *end)
{
    static const char *const sums[] = {" + ", " - ", " = "}, *const products[] = {" × ", " * "};
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++)
        if (stands_at(blank, end, sums[i])) return SUM;
    for (size_t i = 0; i < sizeof products / sizeof products[0]; i++)
        if (stands_at(blank, end, products[i])) return PRODUCT;
    return BLANK;
}

/* In prose `η = 0.1` and `code` stay together if they can. */
static int prose_rank(const char *blank, const char *end, bool code)
{
    bool inside = code || stands_at(blank, end, " = ") || blank[-1] == '=';
    return inside ? PLACES + BLANK : BLANK;
}

static int rank_of(const char *blank, const char *end, int depth, bool prose)
{
    int level = depth < 0 ? 0 : depth > DEEPEST ? DEEPEST : depth;
    return prose ? prose_rank(blank, end, depth & 1) : PLACES * level + place_of(blank, end);
}

/* What DEPTH is behind SIGN. */
static int depth_behind(char sign, int depth, bool prose)
{
    return prose ? depth ^ (sign == '`') : depth + (sign == '(') - (sign == ')');
}

/* A line does not end with a sign. */
static bool follows_sign(const char *bytes, const char *blank)
{
    static const char cross[] = "×";
    size_t length = strlen(cross);
    if (strchr("+-*=", blank[-1])) return true;
    return (size_t)(blank - bytes) >= length && !memcmp(blank - length, cross, length);
}

typedef struct Break {
    const char *blank; /* NULL: there is none */
    int rank, columns; /* COLUMNS precede it */
    int depth;         /* of open parentheses there; in prose it is odd within code */
} Break;

/* The blank in BYTES..END to break at: of those that ROOM columns reach the best, and the last of
   the equally good; else the first there is. DEPTH is what it is at BYTES. */
static Break find_break(const char *bytes, const char *end, int room, bool prose, int depth)
{
    Break best = {.rank = RANKS};
    const char *measured = bytes;
    int columns = 0;
    for (const char *at = bytes; at < end; at++) {
        depth = depth_behind(*at, depth, prose);
        if (*at != ' ' || at == bytes || (!prose && follows_sign(bytes, at))) continue;
        columns += columns_of(measured, (size_t)(at - measured));
        measured = at;
        if (columns > room && best.blank) break;
        int rank = rank_of(at, end, depth, prose);
        if (rank <= best.rank) best = (Break){at, rank, columns, depth};
    }
    return best;
}

/* The last colour code in BYTES, if there is any; else COLOUR. */
static const char *last_colour(const char *bytes, size_t length, const char *colour)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] == '\x1b') colour = bytes + i;
    return colour;
}

static void break_line(const Fold *fold, Text *text, const char *colour)
{
    static const char plain[] = "\x1b[0m";
    bool painted = colour && strncmp(colour, plain, strlen(plain));
    if (painted) text_add(text, plain);
    start_line(text, fold->lead ? 0 : fold->hang);
    if (fold->lead) text_add(text, fold->lead);
    if (painted) text_add_bytes(text, colour, strcspn(colour, "m") + 1);
}

/* BYTES are COLUMNS wide. */
static void add(Fold *fold, Text *text, const char *bytes, size_t length, int columns)
{
    const char *end = bytes + length, *colour = NULL;
    int depth = 0;
    while (fold->column + columns > fold->width) {
        int room = fold->width - fold->column;
        Break found = find_break(bytes, end, room, fold->prose, depth);
        if (!found.blank) break;
        size_t before = (size_t)(found.blank - bytes);
        colour = last_colour(bytes, before, colour);
        text_add_bytes(text, bytes, before);
        break_line(fold, text, colour);
        fold->column = fold->hang;
        columns -= found.columns + 1;
        depth = found.depth;
        bytes = found.blank + 1;
    }
    text_add_bytes(text, bytes, (size_t)(end - bytes));
    fold->column += columns;
}

void fold_add(Fold *fold, Text *text, const char *bytes, size_t length)
{
    add(fold, text, bytes, length, columns_of(bytes, length));
}

void fold_piece(Fold *fold, Text *text, const Pieces *pieces, int index)
{
    const Piece *piece = &pieces->items[index];
    add(fold, text, piece_bytes(pieces, index), piece->length, piece->columns);
}

static int padding(const Pieces *pieces, const Line *line)
{
    int columns = pieces->items[line->first].columns;
    return line->left > columns ? line->left - columns : 0;
}

static int columns_together(const Pieces *pieces, const Line *line)
{
    int columns = line->indent + padding(pieces, line);
    bool any = false;
    for (int i = line->first; i < line->first + line->count; i++) {
        if (!pieces->items[i].length) continue;
        columns += pieces->items[i].columns + (any ? EQUALS : 0);
        any = true;
    }
    return columns;
}

static void add_together(Text *text, const Pieces *pieces, const Line *line)
{
    text_repeat(text, ' ', line->indent);
    piece_add_left(pieces, line->first, text, line->left);
    bool any = pieces->items[line->first].length;
    for (int i = line->first + 1; i < line->first + line->count; i++) {
        if (!pieces->items[i].length) continue;
        if (any) text_add(text, " = ");
        piece_add(pieces, i, text);
        any = true;
    }
}

/* The formula stays beside the name it explains; the numbers start a line, and the value
   goes with them if there is room. */
static void add_apart(Fold *fold, Text *text, const Pieces *pieces, const Line *line, bool beside)
{
    int padded = padding(pieces, line), parts = 0;
    text_repeat(text, ' ', line->indent);
    fold_piece(fold, text, pieces, line->first);
    text_repeat(text, ' ', padded);
    fold->column += padded;
    for (int i = line->first + 1; i < line->first + line->count; i++) {
        const Piece *piece = &pieces->items[i];
        if (!piece->length) continue;
        bool fits = fold->column + EQUALS + piece->columns <= fold->width;
        if (++parts == 1 ? fits || beside : fits && parts > 2) {
            text_add_char(text, ' ');
        } else {
            fold->column = fold->hang - EQUALS;
            start_line(text, fold->column + 1);
        }
        text_add(text, "= ");
        fold->column += EQUALS;
        fold_piece(fold, text, pieces, i);
    }
}

static void add_tail(Fold *fold, Text *text, const Pieces *pieces, int tail)
{
    const Piece *piece = &pieces->items[tail];
    if (!piece->length) return;
    if (fold->column + GAP + piece->columns <= fold->width) {
        text_repeat(text, ' ', GAP);
    } else {
        start_line(text, fold->hang);
        fold->column = fold->hang;
    }
    fold->prose = true;
    fold_piece(fold, text, pieces, tail);
}

void fold_line(Text *text, const Pieces *pieces, const Line *line, int width)
{
    int left = pieces->items[line->first].columns + padding(pieces, line);
    bool narrow = left <= width / 3; /* continuations can stand under what follows it */
    Fold fold = {.width = width, .column = line->indent};
    fold.hang = line->indent + (narrow ? left : 1) + EQUALS;
    int together = columns_together(pieces, line);
    if (together <= width) {
        add_together(text, pieces, line);
        fold.column = together;
    } else {
        add_apart(&fold, text, pieces, line, narrow);
    }
    add_tail(&fold, text, pieces, line->tail);
    text_add_char(text, '\n');
}
