/* The insides of playing a lesson, shared by the files that each do one thing of it. */
#ifndef LESSON_PLAYER_H
#define LESSON_PLAYER_H

#include "lesson/play.h"
#include "session/bookmark.h"
#include "session/emit.h"

/* What to do next. */
typedef enum Move {
    MOVE_STAY,  /* wait for another key */
    MOVE_AGAIN, /* show the same thing once more */
    MOVE_ON,
    MOVE_BACK,
    MOVE_NEXT, /* to the next lesson */
    MOVE_LEAVE,
    MOVE_FAIL,
    MOVE_INTERRUPT
} Move;

/* The session before a part, and how wide the terminal was. */
typedef struct Place {
    Bookmark *bookmark; /* or NULL */
    int columns;
    int steps;        /* and questions that come before it */
    int questions;    /* of these */
    int hints, wrong; /* given to its question, while that is not done */
} Place;

typedef struct Player {
    const PlayOptions *options;
    const Lesson *lesson;
    Session *session;
    const Viewer *viewer;
    Sink *sink; /* the session's, and one that says nothing */
    Sink *nothing;
    Place *places; /* [lesson->count + 1] */
    size_t kept;   /* bytes of their bookmarks */
    int at;        /* the part that comes next; the lesson's count: its end */
    int columns;   /* of the terminal, when last looked */
    bool begun;    /* something was shown, */
    PartKind last; /* of this kind */
} Player;

/* Keys (play_keys.c). */

/* Waits for a key that does something. ENTER is what Enter does. */
Move player_wait(Player *player, const char *enter);

/* Whether LINE, typed where QUESTION is open, is a key's; then *MOVE is what it does. */
bool player_take_line(Player *player, const Question *question, const char *line, Move *move);

/* Saying (play_say.c). What is shown is set off as on a page, and as wide as the terminal is then;
   between _open and _close stands what is no command. */

void player_set_off(Player *player, PartKind kind); /* what a session will say itself */
void player_open(Player *player, PartKind kind);
void player_close(Player *player);
void player_note(Player *player, const char *words); /* our own, as a page's */
void player_add(Player *player, const char *words);  /* the same, below what was shown last */
void player_show_passages(Player *player, const Passages *passages);
void player_show_command(Player *player, const char *command);
void player_follow_width(Player *player);
void player_hush(Player *player, bool on); /* while it is on nothing is shown at all */

/* Places (play_places.c). */

void player_keep_place(Player *player);

/* Makes the session what it was before part TO. */
void player_return(Player *player, int to);
void player_release_places(Player *player);

/* Runs the steps from part FROM up to TO unseen. Returns where it ended: at TO, or at a step that
   failed and should not or was interrupted. */
int player_run_unseen(Player *player, int from, int to);

/* Steps and questions (play.c, play_question.c). */

/* Whether STEP did what it should: that it fails may be as written. */
bool player_run_step(Player *player, const Step *step, Outcome *outcome);
Move player_ask(Player *player, const Part *part);

/* PART has failed: says WHY, and takes back what it has done all the same. */
Move player_stay(Player *player, const Part *part, const char *why);
#endif
