/* The keys of a lesson, as rows. */
#include <string.h>

#include "command/asking.h"
#include "command/interpreter.h"
#include "lesson/player.h"
#include "quiz/choices.h"

typedef struct Key {
    char sign;
    const char *word;                    /* the same where a line is typed */
    const char *help, *help_at_question; /* NULL: it goes without saying */
    Move (*press)(Player *player);
    Move (*press_at_question)(Player *player); /* NULL: no key there */
} Key;

static Move go_on(Player *player)
{
    (void)player;
    return MOVE_ON;
}

static Move go_back(Player *player)
{
    if (player->at) return MOVE_BACK;
    player_note(player, "This is the beginning.");
    return MOVE_STAY;
}

static Move go_to_next(Player *player)
{
    bool over = player->at == player->lesson->count;
    if (over && player->options->next_title) return MOVE_NEXT;
    player_note(player, over ? "This is the last lesson."
                             : "The next lesson comes after the end of this one.");
    return MOVE_STAY;
}

static Move leave(Player *player)
{
    (void)player;
    return MOVE_LEAVE;
}

/* What is typed at a live prompt is no answer. The question is asked again afterwards. */
static void set_question_aside(Player *player)
{
    static const char stop[] = "ask stop";
    if (asking_state(player->session)->state != ASKING_OPEN) return;
    player_hush(player, true);
    session_execute(player->session, stop, strlen(stop));
    player_hush(player, false);
}

/* Whatever is done there, the lesson goes on as if it had not been. */
static Move go_live(Player *player)
{
    const Viewer *viewer = player->viewer;
    if (!viewer->live) return MOVE_STAY;
    int columns = player->columns;
    Bookmark *bookmark = bookmark_take(player->session);
    player_note(player, "The network of the lesson, to try things on: `quit` or Ctrl-D goes back.");
    set_question_aside(player);
    viewer->live(viewer->self);
    bookmark_return(player->session, bookmark);
    bookmark_free(bookmark);
    player->columns = columns;
    player_note(player, "Back in the lesson; all is as it was.");
    return MOVE_AGAIN;
}

static Move refuse_skip(Player *player)
{
    player_note(player, "Only a question can be skipped; Enter goes on.");
    return MOVE_STAY;
}

/* COMMAND of the open question. */
static Move tell_session(Player *player, const char *command)
{
    session_execute(player->session, command, strlen(command));
    return asking_state(player->session)->state == ASKING_OPEN ? MOVE_STAY : MOVE_ON;
}

static Move give_hint(Player *player)
{
    return tell_session(player, "hint");
}

static Move skip(Player *player)
{
    return tell_session(player, "skip");
}

/* Whoever only presses Enter gets through. */
static Move help_on(Player *player)
{
    if (!asking_has_hint(player->session)) return skip(player);
    Move move = give_hint(player);
    if (!asking_has_hint(player->session))
        player_add(player, "(Enter alone now shows the answer.)");
    return move;
}

static Move show_keys(Player *player);
static Move show_keys_at_question(Player *player);

#define BACK "back by one thing, the network too"
#define LIVE "a live prompt; the lesson is as it was afterwards"
#define LEAVE "quit; the lesson goes on from here next time"

static const Key keys[] = {
    {'\n', "", "go on: show the next command, run it", "a hint, and after the last one the answer",
     go_on, help_on},
    {' ', " ", NULL, NULL, go_on, help_on},
    {'h', "hint", "a hint to a question", "a hint", show_keys, give_hint},
    {'s', "skip", "skip a question: its answer is shown", "the answer, and on", refuse_skip, skip},
    {'b', "back", BACK, BACK, go_back, go_back},
    {'i', "live", LIVE, LIVE, go_live, go_live},
    {'n', "next", "the next lesson, at the end of this one", NULL, go_to_next, NULL},
    {'q', "quit", LEAVE, LEAVE, leave, leave},
    {'?', "keys", "these keys", "these keys", show_keys, show_keys_at_question},
};
enum { KEYS = sizeof keys / sizeof *keys };

static void show_table(Player *player, bool at_question)
{
    static const Column columns[] = {{NULL, ""}, {NULL, ""}};
    Session *session = player->session;
    player_open(player, PART_PASSAGES);
    emit_table(session, NULL, FOR_PEOPLE,
               &(Table){.columns = columns, .count = 2, .headless = true});
    for (const Key *key = keys; key < keys + KEYS; key++) {
        const char sign[] = {key->sign, '\0'};
        const char *name = key->sign == '\n' ? "Enter" : sign;
        const char *help = at_question ? key->help_at_question : key->help;
        if (help) emit_row(session, (Cell[]){CELL_OF_TEXT(name), CELL_OF_TEXT(help)});
    }
    emit_table_end(session);
    player_close(player);
}

static Move show_keys(Player *player)
{
    show_table(player, false);
    return MOVE_STAY;
}

static Move show_keys_at_question(Player *player)
{
    show_table(player, true);
    return MOVE_STAY;
}

static const Key *find_sign(int sign)
{
    for (const Key *key = keys; key < keys + KEYS; key++)
        if (key->sign == sign) return key;
    return NULL;
}

Move player_wait(Player *player, const char *enter)
{
    const Viewer *viewer = player->viewer;
    Text hint = {0};
    text_print(&hint, "[Enter] %s  [b] back  %s[q] quit  [?] keys", enter,
               viewer->live ? "[i] live prompt  " : "");
    Move move = MOVE_STAY;
    while (move == MOVE_STAY) {
        int sign = viewer->key(viewer->self, text_string(&hint));
        const Key *key = find_sign(sign);
        if (sign == VIEWER_GONE) move = MOVE_LEAVE;
        if (sign == VIEWER_INTERRUPTED) move = MOVE_INTERRUPT;
        if (key) move = key->press(player);
    }
    text_release(&hint);
    return move;
}

/* Letters call choices, too. */
static bool names_choice(Player *player, const Question *question, const char *line)
{
    return !question->answer && choices_read(question, line, &player->session->arena);
}

bool player_take_line(Player *player, const Question *question, const char *line, Move *move)
{
    bool choice = names_choice(player, question, line);
    for (const Key *key = keys; key < keys + KEYS; key++) {
        bool sign = line[0] == key->sign && !line[1] && !choice;
        if (!key->press_at_question || (!sign && strcmp(line, key->word) != 0)) continue;
        *move = key->press_at_question(player);
        return true;
    }
    return false;
}
