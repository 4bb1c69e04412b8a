/* What a command has printed, cut into lines. */
#ifndef LESSON_SHEET_H
#define LESSON_SHEET_H

#include "lesson/match.h"

/* Room for the lines of one sheet after the other. */
typedef struct SheetRoom {
    const char **lines;
    int capacity;
} SheetRoom;

/* The lines of TEXT, which is written into; they last until the next sheet is cut. */
Sheet sheet_cut(SheetRoom *room, char *text);

void sheet_room_release(SheetRoom *room);

#endif
