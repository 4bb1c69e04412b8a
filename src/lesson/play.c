#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "command/interpreter.h"
#include "lesson/player.h"
#include "render/render.h"

static const Part *part_at(const Player *player, int at)
{
    return at < player->lesson->count ? &player->lesson->parts[at] : NULL;
}

/* The part after STEPS steps and questions. */
static int part_after(const Lesson *lesson, int steps)
{
    int at = 0;
    for (; steps > 0 && at < lesson->count; at++) steps -= lesson->parts[at].kind != PART_PASSAGES;
    return at;
}

int play_questions(const Lesson *lesson)
{
    int count = 0;
    for (int i = 0; i < lesson->count; i++) count += lesson->parts[i].kind == PART_QUIZ;
    return count;
}

static void count_parts(Player *player)
{
    for (int i = 0; i < player->lesson->count; i++) {
        PartKind kind = player->lesson->parts[i].kind;
        player->places[i + 1].steps = player->places[i].steps + (kind != PART_PASSAGES);
        player->places[i + 1].questions = player->places[i].questions + (kind == PART_QUIZ);
    }
}

static void tell_standing(Player *player, bool finished)
{
    Standing *standing = player->options->standing;
    standing->steps = player->places[player->at].steps;
    standing->finished |= finished;
    player->viewer->reached(player->viewer->self, standing);
}

/* Steps. */

bool player_run_step(Player *player, const Step *step, Outcome *outcome)
{
    player_follow_width(player);
    session_set_place(player->session, NULL, 0);
    *outcome = session_execute(player->session, step->command, strlen(step->command));
    if (*outcome == OUTCOME_INTERRUPTED) return false;
    return *outcome != OUTCOME_FAILED || lesson_expects_failure(step);
}

Move player_stay(Player *player, const Part *part, const char *why)
{
    bool asking = part->kind == PART_QUIZ;
    if (!asking) player_return(player, player->at); /* it may have kept a part of what it did */
    player_open(player, PART_PASSAGES);
    emit_note(player->session, "%f:%d: %s", player->lesson->name, part->line, why);
    player_close(player);
    if (!player->viewer->line) return MOVE_FAIL;
    return asking ? player_wait(player, "goes on") : MOVE_AGAIN;
}

static Move play_step(Player *player, const Part *part)
{
    Outcome outcome;
    player_show_command(player, part->step.command);
    Move move = player_wait(player, "runs it");
    if (move != MOVE_ON) return move;
    bool good = player_run_step(player, &part->step, &outcome);
    if (outcome == OUTCOME_QUIT) player->at = player->lesson->count - 1; /* that was the last */
    if (good) return MOVE_ON;
    if (outcome == OUTCOME_INTERRUPTED) return MOVE_INTERRUPT;
    return player_stay(player, part, "the lesson does not expect this command to fail");
}

static Move play_page(Player *player, const Part *part)
{
    player_show_passages(player, &part->passages);
    return player_wait(player, "goes on");
}

/* The end. */

static void say_results(Player *player)
{
    const Standing *standing = player->options->standing;
    long questions = play_questions(player->lesson);
    long steps = player->lesson->step_count - questions;
    emit_note(player->session, "The end of %w: %d command%s.", player->lesson->title, steps,
              plural(steps));
    if (questions && player->viewer->line)
        emit_note(player->session, "%d question%s, %d right at the first try.", questions,
                  plural(questions), (long)standing_count(standing, RESULT_RIGHT));
}

static Move play_end(Player *player)
{
    const PlayOptions *options = player->options;
    player_open(player, PART_PASSAGES);
    say_results(player);
    if (player->viewer->live)
        emit_note(player->session, "`i` opens a live prompt to try things at.");
    if (options->next_title && options->next)
        emit_note(player->session, "Next: %w, %c", options->next_title, options->next);
    else if (options->next_title)
        emit_note(player->session, "Next: %w", options->next_title);
    player_close(player);
    tell_standing(player, true);
    return player_wait(player, options->next_title ? "leaves  [n] next lesson" : "leaves");
}

/* Going. */

static Move play_part(Player *player)
{
    static Move (*const ways[])(Player * player, const Part *part) = {
        [PART_PASSAGES] = play_page, [PART_STEP] = play_step, [PART_QUIZ] = player_ask};
    const Part *part = part_at(player, player->at);
    player_keep_place(player);
    return part ? ways[part->kind](player, part) : play_end(player);
}

/* What stands before a command or a question is shown again, as it was: a page, or a command with
   what it prints. */
static void go_back(Player *player)
{
    Outcome outcome;
    const Part *to = part_at(player, --player->at);
    tell_standing(player, false);
    player_note(player, "(back)");
    const Part *before = player->at ? part_at(player, player->at - 1) : NULL;
    if (to->kind == PART_PASSAGES || !before || before->kind == PART_QUIZ) {
        player_return(player, player->at);
        return;
    }
    player_return(player, player->at - 1);
    if (before->kind == PART_PASSAGES) {
        player_show_passages(player, &before->passages);
        return;
    }
    player_show_command(player, before->step.command);
    player_run_step(player, &before->step, &outcome);
}

static PlayEnd go_through(Player *player)
{
    for (;;) {
        bool over = player->at == player->lesson->count;
        switch (play_part(player)) {
        case MOVE_ON:
            if (over) return PLAY_FINISHED;
            player->at++;
            tell_standing(player, false);
            break;
        case MOVE_BACK: go_back(player); break;
        case MOVE_NEXT: return PLAY_NEXT;
        case MOVE_LEAVE: return over ? PLAY_FINISHED : PLAY_LEFT;
        case MOVE_FAIL: return PLAY_FAILED;
        case MOVE_INTERRUPT: return PLAY_INTERRUPTED;
        case MOVE_STAY:
        case MOVE_AGAIN: break;
        }
    }
}

static void say_left(Player *player)
{
    bool over = player->options->standing->steps == player->lesson->step_count;
    if (over || !player->options->resume) return;
    player_open(player, PART_PASSAGES);
    emit_note(player->session, "Left before step %d of %d: %c takes it up there.",
              (long)player->options->standing->steps + 1, (long)player->lesson->step_count,
              player->options->resume);
    player_close(player);
}

/* The steps that are behind are run again, as far as they go. */
static void take_up(Player *player)
{
    const Lesson *lesson = player->lesson;
    int from = part_after(lesson, player->options->standing->steps);
    if (!from) return;
    player_keep_place(player);
    player->at = player_run_unseen(player, 0, from);
    if (player->at < from) player_return(player, player->at);
    player_open(player, PART_PASSAGES);
    emit_note(player->session, "%w: from step %d of %d on.", lesson->title,
              (long)player->places[player->at].steps + 1, (long)lesson->step_count);
    if (player->options->anew)
        emit_note(player->session, "%c begins it anew.", player->options->anew);
    player_close(player);
}

PlayEnd play(const PlayOptions *options)
{
    Player player = {.options = options,
                     .lesson = options->lesson,
                     .session = options->session,
                     .viewer = options->viewer,
                     .sink = options->session->options.sink,
                     .nothing = render_null()};
    player.places = memory_new((size_t)(options->lesson->count + 1) * sizeof *player.places);
    player.columns = options->viewer->width(options->viewer->self);
    count_parts(&player);
    take_up(&player);
    PlayEnd end = go_through(&player);
    if (end == PLAY_LEFT || end == PLAY_INTERRUPTED) say_left(&player);
    player_release_places(&player);
    free(player.places);
    render_free(player.nothing);
    return end;
}
