#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lesson/align.h"

/* What an edit costs. To change a line is cheaper than to drop it, even into a gap, which takes
   lines up for nothing; a new line costs as much as a lost one. */
enum { COST_NUMBERS = 1, COST_CHANGE = 3, COST_DROP = 4, COST_ADD = 4 };

/* Of the table: 500 lines that differ from 500 others; and of the lines of all its cells. */
enum { MOST_CELLS = 250000, MOST_BYTES = 64 * 1024 * 1024 };

typedef enum Move { MOVE_KEEP, MOVE_CHANGE, MOVE_DROP, MOVE_ADD, MOVE_LEAVE, MOVE_ABSORB } Move;

typedef struct Aligner {
    Sheet want, got; /* what is left when the lines at both ends that match are taken away */
    double tolerance;
    int skipped; /* lines taken away at the beginning */
    Edits edits;
} Aligner;

static void add_edit(Aligner *aligner, EditKind kind, int want, int got)
{
    aligner->edits.items[aligner->edits.count++] = (Edit){kind, want, got};
}

static void take(int *best, Move *move, int cost, Move way)
{
    if (cost >= *best) return;
    *best = cost;
    *move = way;
}

/* The cheapest way on from before line I of WANT and J of GOT. BELOW: the costs from I + 1; HERE:
   those from I that are known, from J + 1. */
static Move choose(const Aligner *aligner, int i, int j, const int *below, int *here)
{
    const char *want = aligner->want.lines[i];
    bool more = j < aligner->got.count;
    const char *got = more ? aligner->got.lines[j] : NULL;
    int best = INT32_MAX;
    Move move = MOVE_DROP;
    if (match_is_gap(want)) {
        take(&best, &move, below[j], MOVE_LEAVE);
        if (more) take(&best, &move, here[j + 1], MOVE_ABSORB);
    } else if (more && match_line(want, got, aligner->tolerance)) {
        take(&best, &move, below[j + 1], MOVE_KEEP);
    } else if (more) {
        int cost = match_shape(want, got, NULL) ? COST_NUMBERS : COST_CHANGE;
        take(&best, &move, below[j + 1] + cost, MOVE_CHANGE);
    }
    if (!match_is_gap(want)) take(&best, &move, below[j] + COST_DROP, MOVE_DROP);
    if (more) take(&best, &move, here[j + 1] + COST_ADD, MOVE_ADD);
    here[j] = best;
    return move;
}

/* The cheapest move from every pair of places, [want][got]. */
static uint8_t *plan(const Aligner *aligner)
{
    size_t columns = (size_t)aligner->got.count + 1;
    uint8_t *moves = memory_new(((size_t)aligner->want.count + 1) * columns);
    int *rows = memory_new(2 * columns * sizeof *rows), *below = rows, *here = rows + columns;
    for (int j = aligner->got.count; j >= 0; j--) below[j] = (aligner->got.count - j) * COST_ADD;
    for (int i = aligner->want.count - 1; i >= 0; i--) {
        for (int j = aligner->got.count; j >= 0; j--)
            moves[(size_t)i * columns + (size_t)j] = (uint8_t)choose(aligner, i, j, below, here);
        int *done = below;
        below = here;
        here = done;
    }
    free(rows);
    return moves;
}

static void follow(Aligner *aligner, const uint8_t *moves)
{
    static const EditKind kinds[] = {[MOVE_KEEP] = EDIT_KEEP,
                                     [MOVE_CHANGE] = EDIT_CHANGE,
                                     [MOVE_DROP] = EDIT_DROP,
                                     [MOVE_ADD] = EDIT_ADD,
                                     [MOVE_LEAVE] = EDIT_KEEP};
    size_t columns = (size_t)aligner->got.count + 1;
    int i = 0, j = 0, skipped = aligner->skipped;
    while (i < aligner->want.count || j < aligner->got.count) {
        Move move = i < aligner->want.count ? moves[(size_t)i * columns + (size_t)j] : MOVE_ADD;
        bool wants = move != MOVE_ADD && move != MOVE_ABSORB;
        bool gets = move != MOVE_DROP && move != MOVE_LEAVE;
        if (move != MOVE_ABSORB)
            add_edit(aligner, kinds[move], wants ? skipped + i : -1, gets ? skipped + j : -1);
        i += wants;
        j += gets;
    }
}

static void replace_all(Aligner *aligner)
{
    int skipped = aligner->skipped;
    for (int i = 0; i < aligner->want.count; i++) add_edit(aligner, EDIT_DROP, skipped + i, -1);
    for (int j = 0; j < aligner->got.count; j++) add_edit(aligner, EDIT_ADD, -1, skipped + j);
}

static bool agree(const Aligner *aligner, int i, int j)
{
    const char *want = aligner->want.lines[i];
    return !match_is_gap(want) && match_line(want, aligner->got.lines[j], aligner->tolerance);
}

static void skip_beginning(Aligner *aligner)
{
    while (aligner->want.count && aligner->got.count && agree(aligner, 0, 0)) {
        add_edit(aligner, EDIT_KEEP, aligner->skipped, aligner->skipped);
        aligner->want = (Sheet){aligner->want.lines + 1, aligner->want.count - 1};
        aligner->got = (Sheet){aligner->got.lines + 1, aligner->got.count - 1};
        aligner->skipped++;
    }
}

/* Returns how many lines it has taken away. */
static int skip_end(Aligner *aligner)
{
    int count = 0;
    while (aligner->want.count && aligner->got.count &&
           agree(aligner, aligner->want.count - 1, aligner->got.count - 1)) {
        aligner->want.count--;
        aligner->got.count--;
        count++;
    }
    return count;
}

static Aligner begin(Sheet want, Sheet got, double tolerance)
{
    size_t most = (size_t)want.count + (size_t)got.count;
    return (Aligner){want, got, tolerance, 0, {memory_new((most + 1) * sizeof(Edit)), 0}};
}

Edits align_apart(Sheet want, Sheet got)
{
    Aligner aligner = begin(want, got, 0);
    replace_all(&aligner);
    return aligner.edits;
}

static size_t count_bytes(Sheet sheet)
{
    size_t bytes = 0;
    for (int i = 0; i < sheet.count; i++) bytes += strlen(sheet.lines[i]);
    return bytes;
}

/* Whether each line can be compared with all others. Where nothing is wanted there is no need. */
static bool is_worth_a_plan(const Aligner *aligner)
{
    size_t wants = (size_t)aligner->want.count, gots = (size_t)aligner->got.count;
    return wants && wants * gots <= MOST_CELLS &&
           wants * count_bytes(aligner->got) + gots * count_bytes(aligner->want) <= MOST_BYTES;
}

Edits align(Sheet want, Sheet got, double tolerance)
{
    Aligner aligner = begin(want, got, tolerance);
    skip_beginning(&aligner);
    int end = skip_end(&aligner);
    if (is_worth_a_plan(&aligner)) {
        uint8_t *moves = plan(&aligner);
        follow(&aligner, moves);
        free(moves);
    } else {
        replace_all(&aligner);
    }
    for (int i = end; i > 0; i--) add_edit(&aligner, EDIT_KEEP, want.count - i, got.count - i);
    return aligner.edits;
}
