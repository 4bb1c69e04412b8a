/* The questions of a lesson: asked by its session, answered line by line. */
#include <string.h>

#include "command/asking.h"
#include "command/interpreter.h"
#include "lesson/player.h"

static void note_result(Player *player)
{
    Standing *standing = player->options->standing;
    const Asking *asking = asking_state(player->session);
    int number = player->places[player->at].questions;
    bool first = number < standing->questions && standing->results[number] == RESULT_NONE;
    if (!first) return; /* the first time counts, whoever goes back */
    bool right = asking->state == ASKING_ANSWERED;
    bool unaided = !asking->wrong && !asking->hints;
    standing_set(standing, number, !right ? RESULT_SHOWN : unaided ? RESULT_RIGHT : RESULT_LATER);
}

static Move answer(Player *player, const char *line, size_t length)
{
    session_set_place(player->session, NULL, 0);
    Outcome outcome = session_execute(player->session, line, length);
    if (outcome == OUTCOME_QUIT) return MOVE_LEAVE;
    if (outcome == OUTCOME_INTERRUPTED) return MOVE_INTERRUPT;
    return asking_state(player->session)->state == ASKING_OPEN ? MOVE_STAY : MOVE_ON;
}

static Move take_line(Player *player, const Question *question)
{
    const Viewer *viewer = player->viewer;
    const char *line;
    Text prompt = {0};
    session_prompt(player->session, &prompt);
    long length = viewer->line(viewer->self, text_string(&prompt), &line);
    text_release(&prompt);
    if (length == VIEWER_GONE) return MOVE_LEAVE;
    if (length == VIEWER_INTERRUPTED) return MOVE_INTERRUPT;
    if (length < 0) return MOVE_STAY;
    player_follow_width(player);
    Move move;
    bool taken = player_take_line(player, question, line, &move);
    return taken ? move : answer(player, line, (size_t)length);
}

/* Whoever goes aside or back in the midst of a question finds it as it was. */
static void keep_count(Player *player, int hints, int wrong)
{
    player->places[player->at].hints = hints;
    player->places[player->at].wrong = wrong;
}

static Move let_answer(Player *player, const Question *question)
{
    const Asking *asking = asking_state(player->session);
    Move move = MOVE_STAY;
    player_add(player, asking_has_hint(player->session)
                           ? "Type your answer. Enter alone gives a hint; `?` lists more keys."
                           : "Type your answer. Enter alone shows it; `?` lists more keys.");
    while (move == MOVE_STAY) {
        keep_count(player, asking->hints, asking->wrong);
        move = take_line(player, question);
    }
    if (move != MOVE_ON) return move;
    note_result(player);
    keep_count(player, 0, 0);
    return MOVE_ON;
}

/* Nobody is there to answer it. */
static Move reveal(Player *player)
{
    static const char skip[] = "skip";
    Move move = player_wait(player, "shows the answer");
    if (move != MOVE_ON) return move;
    if (player->options->bare) player_hush(player, true);
    session_execute(player->session, skip, strlen(skip));
    player_hush(player, false);
    return MOVE_ON;
}

static bool open_question(Player *player, const Question *question)
{
    player_set_off(player, PART_QUIZ);
    if (player->options->bare) player_hush(player, true);
    bool open = asking_open(player->session, question);
    player_hush(player, false);
    const Place *place = &player->places[player->at];
    asking_count_on(player->session, place->hints, place->wrong);
    return open;
}

/* Whatever is tried in order to answer, the lesson goes on as if it had not been. */
Move player_ask(Player *player, const Part *part)
{
    Bookmark *before = bookmark_take(player->session);
    int columns = player->columns;
    Move move;
    if (!open_question(player, &part->question))
        move = player_stay(player, part, "this question cannot be asked here");
    else
        move = player->viewer->line ? let_answer(player, &part->question) : reveal(player);
    bookmark_return(player->session, before);
    bookmark_free(before);
    player->columns = columns;
    return move;
}
