/* The places of a lesson that a player goes back to. */

#include "lesson/player.h"

static void keep(Player *player, Place *place)
{
    place->bookmark = bookmark_take(player->session);
    place->columns = player->columns;
    player->kept += bookmark_bytes(place->bookmark);
}

static void drop(Player *player, Place *place)
{
    if (!place->bookmark) return;
    player->kept -= bookmark_bytes(place->bookmark);
    bookmark_free(place->bookmark);
    place->bookmark = NULL;
}

/* Every other one but for the first. */
static void thin(Player *player)
{
    bool stays = true;
    for (int i = 0; i <= player->lesson->count; i++) {
        Place *place = &player->places[i];
        if (!place->bookmark) continue;
        if (!stays) drop(player, place);
        stays = !stays;
    }
}

/* Whether the session before part AT is what it was before the part before. */
static bool is_as_before(const Player *player, int at)
{
    return at && player->lesson->parts[at - 1].kind != PART_STEP;
}

void player_keep_place(Player *player)
{
    Place *place = &player->places[player->at];
    if (place->bookmark || is_as_before(player, player->at)) return;
    keep(player, place);
    while (player->at && place->bookmark && player->kept > PLAY_BYTES) thin(player);
}

void player_return(Player *player, int to)
{
    int from = to;
    while (!player->places[from].bookmark) from--; /* the first part's is always there */
    bookmark_return(player->session, player->places[from].bookmark);
    player->columns = player->places[from].columns;
    player_run_unseen(player, from, to);
}

int player_run_unseen(Player *player, int from, int to)
{
    Outcome outcome;
    player_hush(player, true);
    for (; from < to; from++) {
        const Part *part = &player->lesson->parts[from];
        if (part->kind == PART_STEP && !player_run_step(player, &part->step, &outcome)) break;
    }
    player_hush(player, false);
    return from;
}

void player_release_places(Player *player)
{
    for (int i = 0; i <= player->lesson->count; i++) drop(player, &player->places[i]);
}
