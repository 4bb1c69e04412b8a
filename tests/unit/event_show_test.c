/* The events of the loop, shown: in the words of the commands that do the same by hand. */
#include "session/phase.h"
#include "show/event_show.h"
#include "spelled.h"
#include "stage.h"

/* --- the notes' first row, event by event */

START_TEST(an_update_of_the_notes)
{
    static const char *const shown[] = {
        "row 1 of 4: x₁ = 80, x₂ = 8, y = 3\n",
        "  o₁₁ = w₁₁¹x₁ + w₂₁¹x₂ + b₁₁ = 1·80 + 1·8 + 0 = 88\n",
        "  o₁₂ = w₁₂¹x₁ + w₂₂¹x₂ + b₁₂ = 1·80 + 1·8 + 0 = 88\n",
        "  ŷ = w₁₁²o₁₁ + w₂₁²o₁₂ + b₂₁ = 1·88 + 1·88 + 0 = 176\n",
        "  L = (y - ŷ)² = (3 - 176)² = 29929\n",
        "  ∂L/∂w₁₁² = ∂L/∂ŷ × ∂ŷ/∂w₁₁²\n"
        "    ∂L/∂ŷ    = -2(y - ŷ) = -2(3 - 176) = 346   computed\n"
        "    ∂ŷ/∂w₁₁² = o₁₁                     = 88    from forward\n"
        "  ∂L/∂w₁₁² = -2(y - ŷ) o₁₁ = 346 × 88 = 30448\n",
        "  ∂L/∂w₂₁² = ∂L/∂ŷ × ∂ŷ/∂w₂₁²\n"
        "    ∂L/∂ŷ    = -2(y - ŷ) = 346   memo, from `grad w11^2`\n"
        "    ∂ŷ/∂w₂₁² = o₁₂       = 88    from forward\n"
        "  ∂L/∂w₂₁² = -2(y - ŷ) o₁₂ = 346 × 88 = 30448\n"};
    Stage stage;
    stage_start(&stage, "init 2-2-1\ndata n0");
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        ck_assert_str_eq(stage_show(&stage), shown[i]);
    stage_run(&stage, 9 - 2); /* the other derivatives */
    ck_assert_str_eq(stage_show(&stage),
                     "  w₁₁² = w₁₁² - η × ∂L/∂w₁₁² = 1 - 0.1·30448 = -3043.8\n");
    stage_run(&stage, 3 - 1);
    ck_assert_str_eq(stage_show(&stage), "  w₁₁¹ = w₁₁¹ - η × ∂L/∂w₁₁¹ = 1 - 0.1·27680 = -2767\n");
    stage_free(&stage);
}
END_TEST

START_TEST(the_end_of_an_epoch)
{
    Stage stage;
    stage_start(&stage, "init 1-1 weights=0.5\ninput 2 -> 3\nset lr 0.1\ntrain 2");
    while (trainer_event(stage_trainer(&stage)).phase != PHASE_EPOCH) stage_run(&stage, 1);
    ck_assert_str_eq(stage_show(&stage), "epoch 3 ends: average loss 0\n");
    ck_assert_int_eq(trainer_event(stage_trainer(&stage)).phase, PHASE_ROW);
    stage_free(&stage);
}
END_TEST

/* --- the same as the commands, for many networks */

/* Cuts the first line of a batch's `forward` and `loss` off, which the row's event has. */
static const char *without_batch(const Stage *stage, const char *text)
{
    return stage->session->pass->rows > 1 ? strchr(text, '\n') + 1 : text;
}

static void check_row(Stage *events, Stage *commands)
{
    char line[32], want[1000];
    const Session *session = commands->session;
    snprintf(line, sizeof line, "row %zu", session_row(session) + 1);
    const char *again = session->setup.typed ? "input 0.5 -1 -> 2" : line;
    size_t length = (size_t)snprintf(want, sizeof want, "%s", stage_do(commands, again));
    const char *forward = stage_do(commands, "forward");
    int first = (int)(without_batch(commands, forward) - forward);
    snprintf(want + length, sizeof want - length, "%.*s", first, forward);
    const char *found = stage_show(events);
    ck_assert_msg(!strncmp(found, want, strlen(want)), "%s", found);
    const char *more = found + strlen(want);
    ck_assert_msg(strstr(forward, more), "%s", more);
    ck_assert_int_eq(*more != 0, strstr(forward, "no spread") != NULL);
}

/* `forward` goes node by node, the loop layer by layer. */
static void check_forward(Stage *events, Stage *commands)
{
    const char *forward = stage_do(commands, "forward");
    size_t equations = 0, shown = 0;
    for (const char *at = forward; *at; at = strchr(at, '\n') + 1) equations += *at == ' ';
    while (trainer_event(stage_trainer(events)).phase == PHASE_FORWARD) {
        const char *text = stage_show(events);
        ck_assert_msg(strncmp(text, "  ", 2) == 0 && *text, "%s", text);
        for (const char *at = text; *at; at = strchr(at, '\n') + 1) {
            char line[4000];
            snprintf(line, sizeof line, "\n%.*s\n", (int)strcspn(at, "\n"), at);
            ck_assert_msg(strstr(forward, line), "%s is not in %s", line, forward);
            shown++;
        }
    }
    ck_assert_uint_eq(shown, equations);
}

static void check_loss(Stage *events, Stage *commands)
{
    const char *found = stage_show(events);
    const char *want = without_batch(commands, stage_do(commands, "loss"));
    ck_assert_msg(!strncmp(found, want, strlen(want)), "%s, not %s", found, want);
    bool trick = events->session->pass->trick;
    ck_assert(trick || strlen(found) == strlen(want));
}

static void check_gradients(Stage *events, Stage *commands)
{
    const Trainer *trainer = stage_trainer(events);
    while (trainer_event(trainer).phase == PHASE_BACKWARD) {
        Event event = trainer_event(trainer);
        char symbol[SYMBOL_SIZE], line[SYMBOL_SIZE + 8];
        symbol_spell(symbol, net_symbol(session_net(events->session), event.element));
        snprintf(line, sizeof line, "grad %s", symbol);
        ck_assert_str_eq(stage_show(events), stage_do(commands, line));
    }
}

/* Of the first parameter `step` shows the rule too. */
static void check_updates(Stage *events, Stage *commands)
{
    const char *step = stage_do(commands, "step");
    const char *first = stage_show(events);
    ck_assert_msg(*first && strstr(step, first), "%s is not in %s", first, step);
    while (trainer_event(stage_trainer(events)).phase == PHASE_UPDATE) stage_run(events, 1);
    const Net *net = session_net(events->session);
    for (size_t e = 0; e < net->stored; e++)
        ck_assert(events->session->pass->value[e] == commands->session->pass->value[e]);
}

START_TEST(events_say_what_commands_say)
{
    for (int i = 0; i < LIVES; i++) {
        Stage events, commands;
        stage_start(&events, lives[i]);
        stage_start(&commands, lives[i]);
        for (int update = 0; update < 3; update++) {
            check_row(&events, &commands);
            check_forward(&events, &commands);
            check_loss(&events, &commands);
            check_gradients(&events, &commands);
            check_updates(&events, &commands);
            if (trainer_event(stage_trainer(&events)).phase == PHASE_EPOCH) stage_run(&events, 1);
        }
        stage_free(&events);
        stage_free(&commands);
    }
}
END_TEST

/* --- more than the commands say */

/* Mistakes when they are seen, with the loss; what they do when the update is over. */
START_TEST(the_perceptron)
{
    static const char *const shown[] = {
        "row 3 of 4: x₁ = 6, x₂ = 10, y = -1\n",
        "  z₁₁ = w₁₁¹x₁ + w₂₁¹x₂ + b₁₁ = 1·6 + 1·10 + 0 = 16\n",
        "  ŷ = (1 if z₁₁ ≥ 0 else -1) = (1 if 16 ≥ 0 else -1) = 1\n",
    };
    Stage stage;
    stage_start(&stage, lives[LIVES - 1]);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        ck_assert_str_eq(stage_show(&stage), shown[i]);
    ck_assert_str_eq(stage_show(&stage), "  L = max(0, 1 - y ŷ) = max(0, 1 - (-1)·1) = 2\n"
                                         "row 3 was taken for +1: x₁ = 6, x₂ = 10, y = -1\n");
    stage_run(&stage, 3 + 1);
    ck_assert_str_eq(stage_show(&stage), "  w₂₁¹ = w₂₁¹ - η g = 1 - 0.1·10 = 0\n");
    ck_assert_str_eq(stage_show(&stage), "  b₁₁ = b₁₁ - η g = 0 - 0.1·1 = -0.1\n"
                                         "the line, w₁₁¹x₁ + w₂₁¹x₂ + b₁₁ = 0, moves\n"
                                         "  from 1x₁ + 1x₂ + 0 = 0\n"
                                         "  to   0.4x₁ + 0x₂ - 0.1 = 0\n");
    stage_do(&stage, "row 1\nset b11 0");
    stage_run(&stage, 1 + 2 + 1 + 3 + 2);
    ck_assert_str_eq(stage_show(&stage), "  b₁₁ = b₁₁ - η g = 0 - 0.1·0 = 0\n"
                                         "right: nothing moves\n");
    stage_free(&stage);
}
END_TEST

/* --- for programs */

static void check_json(const char *lines, const char *const *events, size_t count)
{
    Stage stage;
    stage_start_with(&stage, render_json, lines);
    for (size_t i = 0; i < count; i++) {
        char want[1000];
        snprintf(want, sizeof want, "{\"command\":\"next\",\"events\":[%s],\"status\":\"ok\"}\n",
                 events[i]);
        ck_assert_str_eq(stage_show(&stage), want);
    }
    stage_free(&stage);
}

START_TEST(events_for_programs)
{
    static const char *const events[] = {
        "{\"epoch\":1,\"row\":1,\"phase\":\"row\",\"x\":[2],\"y\":[3]}",
        "{\"epoch\":1,\"row\":1,\"phase\":\"forward\",\"symbol\":\"yhat\",\"value\":2}",
        "{\"epoch\":1,\"row\":1,\"phase\":\"loss\",\"symbol\":\"L\",\"value\":1}",
        "{\"epoch\":1,\"row\":1,\"phase\":\"backward\",\"symbol\":\"w11^1\",\"value\":-4,"
        "\"derivations\":[{\"of\":\"dL/dw11^1\",\"factors\":["
        "{\"symbol\":\"dL/dyhat\",\"formula\":\"-2*(y - yhat)\",\"numbers\":\"-2*(3 - 2)\","
        "\"value\":-2,\"source\":\"computed\"},"
        "{\"symbol\":\"dyhat/dw11^1\",\"formula\":\"x1\",\"numbers\":\"2\",\"value\":2,"
        "\"source\":\"forward\"}],\"closed_form\":\"-2*(y - yhat)*x1\",\"value\":-4}]}",
        ("{\"epoch\":1,\"row\":1,\"phase\":\"update\",\"symbol\":\"w11^1\",\"value\":2,\"old\":1,"
         "\"gradient\":-4}"),
        "{\"epoch\":1,\"phase\":\"epoch\",\"value\":1}",
        "{\"epoch\":2,\"row\":1,\"phase\":\"row\",\"x\":[2],\"y\":[3]}",
    };
    check_json("init 1-1 biases=none\ninput 2 -> 3\nset lr 0.25", events,
               sizeof events / sizeof *events);
}
END_TEST

/* The row that is shown, until its batch's last event, and the batch. */
START_TEST(events_of_a_batch_for_programs)
{
    Stage stage;
    stage_start_with(&stage, render_json,
                     "init 2-1\ndata n0\ndata scale standard\nset mode mini\nset batch 3\nrow 2");
    ck_assert_ptr_nonnull(strstr(stage_show(&stage), "\"batch\":[1,2,3]"));
    ck_assert_ptr_nonnull(strstr(stage_show(&stage), "\"row\":2,\"phase\":\"forward\""));
    ck_assert_ptr_nonnull(strstr(stage_show(&stage), "\"losses\":["));
    stage_run(&stage, 3 + 2);
    ck_assert_ptr_nonnull(strstr(stage_show(&stage), "\"row\":2,\"phase\":\"update\""));
    ck_assert_ptr_nonnull(strstr(stage_show(&stage), "\"row\":4,\"phase\":\"row\""));
    stage_free(&stage);
}
END_TEST

/* Of one command they are one list. */
START_TEST(several_events_for_programs)
{
    Stage stage;
    stage_start_with(&stage, render_json, "init 2-2-1\ndata n0");
    text_clear(&stage.recorder.out);
    EventList list = {0};
    stage.sink->begin(stage.sink, "next 23");
    for (int i = 0; i < 23; i++) {
        Event event = trainer_event(stage_trainer(&stage));
        stage_run(&stage, 1);
        event_show(stage.session, &event, &list);
    }
    stage.sink->end(stage.sink, NULL);
    const char *out = text_string(&stage.recorder.out);
    int objects = 0;
    for (const char *at = out; (at = strstr(at, "{\"epoch\":1,\"row\":1,")); at++) objects++;
    ck_assert_int_eq(objects, 23);
    ck_assert_ptr_nonnull(strstr(out, "\"events\":["));
    ck_assert_ptr_null(strstr(strstr(out, "\"events\":[") + 1, "\"events\""));
    stage_free(&stage);
}
END_TEST

UNIT("event_show", an_update_of_the_notes, the_end_of_an_epoch, events_say_what_commands_say,
     the_perceptron, events_for_programs, events_of_a_batch_for_programs,
     several_events_for_programs)
