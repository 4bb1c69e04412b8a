/* What a player shows besides the output of commands. */
#include "lesson/player.h"

void player_follow_width(Player *player)
{
    int now = player->viewer->width(player->viewer->self);
    if (now != player->columns) session_style(player->session)->width = now;
    player->columns = now;
}

void player_hush(Player *player, bool on)
{
    player->session->options.sink = on ? player->nothing : player->sink;
}

/* Commands follow one another line by line; all else is set off. */
static bool stands_apart(const Player *player, PartKind kind)
{
    return player->begun && (kind != PART_STEP || player->last != PART_STEP);
}

static void begin(Player *player)
{
    if (player->options->bare) player_hush(player, true);
    Sink *sink = player->session->options.sink;
    sink->begin(sink, "");
}

void player_close(Player *player)
{
    Sink *sink = player->session->options.sink;
    sink->end(sink, NULL);
    if (player->options->bare) player_hush(player, false);
}

/* The blank line is no part of what follows, which sets off its own passages. */
void player_set_off(Player *player, PartKind kind)
{
    player_follow_width(player);
    if (stands_apart(player, kind)) {
        begin(player);
        emit_text(player->session, "\n");
        player_close(player);
    }
    player->begun = true;
    player->last = kind;
}

void player_open(Player *player, PartKind kind)
{
    player_set_off(player, kind);
    begin(player);
}

void player_add(Player *player, const char *words)
{
    begin(player);
    emit_note(player->session, "%s", words);
    player_close(player);
}

void player_note(Player *player, const char *words)
{
    player_set_off(player, PART_PASSAGES);
    player_add(player, words);
}

void player_show_passages(Player *player, const Passages *passages)
{
    player_open(player, PART_PASSAGES);
    for (int i = 0; i < passages->count; i++) emit_block(player->session, &passages->blocks[i]);
    player_close(player);
}

void player_show_command(Player *player, const char *command)
{
    player_open(player, PART_STEP);
    emit_note(player->session, "bp> %f", command);
    player_close(player);
}
