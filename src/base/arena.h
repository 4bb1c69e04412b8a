/* An arena: many small allocations, freed together.

   A command's expressions and blocks live in its session's arena; a handler that
   streams takes a mark before each result and resets to it after, so that any
   number of results needs the memory of one. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

typedef struct ArenaPage ArenaPage;
typedef struct Arena {
    ArenaPage *page; /* the newest; earlier ones hang behind it */
} Arena;
typedef struct ArenaMark {
    ArenaPage *page;
    size_t used;
} ArenaMark;

void *arena_new(Arena *arena, size_t size); /* zeroed and aligned for any type */
char *arena_copy(Arena *arena, const char *bytes, size_t length); /* ends with a NUL of its own */
char *arena_print(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

ArenaMark arena_mark(const Arena *arena);
void arena_reset(Arena *arena, ArenaMark mark); /* forgets all that came after MARK */
void arena_release(Arena *arena);               /* frees everything; the arena is empty again */

#endif
