#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lesson/sheet.h"

static void add_line(SheetRoom *room, int at, const char *line)
{
    if (at == room->capacity) {
        room->capacity = room->capacity ? 2 * room->capacity : 64;
        room->lines = memory_resize(room->lines, (size_t)room->capacity * sizeof *room->lines);
    }
    room->lines[at] = line;
}

Sheet sheet_cut(SheetRoom *room, char *text)
{
    int count = 0;
    for (char *rest = text; rest && *rest;) add_line(room, count++, strsep(&rest, "\n"));
    return (Sheet){room->lines, count};
}

void sheet_room_release(SheetRoom *room)
{
    free(room->lines);
}
