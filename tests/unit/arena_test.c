#include "unit.h"

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

START_TEST(memory_is_zeroed_and_aligned)
{
    Arena arena = {0};
    for (size_t size = 0; size < 200; size++) {
        unsigned char *bytes = arena_new(&arena, size);
        ck_assert_uint_eq((uintptr_t)bytes % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) ck_assert_uint_eq(bytes[i], 0);
        memset(bytes, 0xff, size);
    }
    arena_release(&arena);
}
END_TEST

START_TEST(allocations_do_not_overlap)
{
    enum { COUNT = 5000 };
    static int *numbers[COUNT];
    Arena arena = {0};
    for (int i = 0; i < COUNT; i++) {
        numbers[i] = arena_new(&arena, sizeof(int) * (size_t)(i % 50 + 1));
        for (int k = 0; k <= i % 50; k++) numbers[i][k] = i;
    }
    for (int i = 0; i < COUNT; i++)
        for (int k = 0; k <= i % 50; k++) ck_assert_int_eq(numbers[i][k], i);
    arena_release(&arena);
}
END_TEST

START_TEST(a_reset_forgets_what_came_after_the_mark)
{
    Arena arena = {0};
    char *kept = arena_copy(&arena, "kept and more", 4);
    ArenaMark mark = arena_mark(&arena);
    char *first = arena_new(&arena, 100);
    arena_new(&arena, 100000);
    arena_new(&arena, 100);
    arena_reset(&arena, mark);
    ck_assert_str_eq(kept, "kept");
    ck_assert_ptr_eq(arena_new(&arena, 100), first);
    arena_release(&arena);
}
END_TEST

/* What a session does for every command: no matter how much one took, the next starts
   with the first page. */
START_TEST(an_empty_mark_can_be_returned_to)
{
    Arena arena = {0};
    ArenaMark empty = arena_mark(&arena);
    char *first = arena_new(&arena, 10);
    for (int i = 0; i < 100; i++) arena_new(&arena, 10000);
    arena_reset(&arena, empty);
    ck_assert_ptr_eq(arena_new(&arena, 10), first);
    arena_release(&arena);
    ck_assert_ptr_null(arena.page);
}
END_TEST

START_TEST(text_is_printed_whole)
{
    Arena arena = {0};
    ck_assert_str_eq(arena_print(&arena, "%d of %s", 3, "seven"), "3 of seven");
    const char *wide = arena_print(&arena, "%70000d", 1);
    ck_assert_uint_eq(strlen(wide), 70000);
    arena_release(&arena);
}
END_TEST

UNIT("arena", memory_is_zeroed_and_aligned, allocations_do_not_overlap,
     a_reset_forgets_what_came_after_the_mark, an_empty_mark_can_be_returned_to,
     text_is_printed_whole)
