/* Gauges against `print` and against plain reasoning, at every place of random runs. */
#include <math.h>

#include "loops.h"
#include "session/gauge.h"
#include "session/scope.h"
#include "show/matrix_kind.h"
#include "trial.h"

/* Runs. */

static Dataset *dataset_of(const Rows *rows)
{
    Dataset *data = memory_new(sizeof *data);
    size_t numbers = rows->count * (size_t)(rows->inputs + rows->targets);
    data->references = 1;
    data->rows = rows->count;
    data->inputs = rows->inputs, data->targets = rows->targets;
    data->values = memory_new(numbers * sizeof *data->values);
    memory_copy_numbers(data->values, rows->values, numbers);
    return data;
}

/* A session about to make the run that is GIVEN. */
static void start_run(Trial *trial, const Case *given, bool memo_off)
{
    trial_start(trial);
    Session *session = trial->session;
    Setup *setup = &session->setup;
    setup->loss = given->loss;
    session->habits.memo_off = memo_off;
    setup->descent = given->descent;
    setup->plan = given->plan;
    setup->course = given->course;
    session_set_net(session, net_retain(given->net));
    memory_copy_numbers(session->pass->value, given->numbers, given->net->stored);
    session->data = dataset_of(&given->rows);
    session_place_row(session);
}

static bool next_event(Trial *trial)
{
    UpdateResult result;
    return trainer_next(&trial->session->trainer, "test", &result);
}

/* Whether the run is where nothing of what was read before needs hold. */
static bool moved_on(const Session *session)
{
    return !session->trainer.done || session->trainer.phase == PHASE_EPOCH;
}

/* Expressions: all that the network has a name for. */

enum { MOST = 1000, LENGTH = 160 };
typedef struct Texts {
    char at[MOST][LENGTH];
    int count;
} Texts;

static char *new_text(Texts *texts)
{
    ck_assert_int_lt(texts->count, MOST);
    return texts->at[texts->count++];
}

static void spell_element(const Net *net, size_t element, char name[SYMBOL_SIZE])
{
    symbol_spell(name, net_symbol(net, element));
}

static void add_elements(Texts *texts, const Session *session)
{
    const Net *net = session_net(session);
    for (size_t e = 0; e < net->elements; e++) {
        char name[SYMBOL_SIZE];
        spell_element(net, e, name);
        snprintf(new_text(texts), LENGTH, "%s", name);
        if (reading_derivable(session, e, 1, NULL))
            snprintf(new_text(texts), LENGTH, "dL/d%s", name);
    }
}

static void add_norms(Texts *texts, const Net *net)
{
    Stored stored;
    for (int k = 1; k <= net->architecture.layers; k++)
        for (int i = 0; matrix_kind(i); i++) {
            const MatrixKind *kind = matrix_kind(i);
            if (!net_stored(net, kind->kind, k, &stored)) continue;
            snprintf(new_text(texts), LENGTH, "norm(%s^%d)", kind->name, k);
            if (kind->trained) snprintf(new_text(texts), LENGTH, "norm(dL/d%s^%d)", kind->name, k);
        }
}

/* Of anything by anything; many are 0. */
static void add_slopes(Texts *texts, Random *random, const Session *session)
{
    const Net *net = session_net(session);
    for (int added = 0; added < 20;) {
        size_t upper = random_below(random, net->elements);
        size_t lower = random_below(random, net->elements);
        SymbolKind kind = net_symbol(net, upper).kind;
        char above[SYMBOL_SIZE], below[SYMBOL_SIZE];
        if (kind == SYMBOL_MEAN || kind == SYMBOL_VARIANCE ||
            !reading_derivable(session, lower, 1, NULL))
            continue;
        spell_element(net, upper, above);
        spell_element(net, lower, below);
        snprintf(new_text(texts), LENGTH, "d%s/d%s", above, below);
        added++;
    }
}

static void add_texts(Texts *texts, Random *random, const Session *session)
{
    add_elements(texts, session);
    add_norms(texts, session_net(session));
    add_slopes(texts, random, session);
    for (size_t i = 0; reading_name(i); i++)
        snprintf(new_text(texts), LENGTH, "%s", reading_name(i));
    snprintf(new_text(texts), LENGTH, "%s",
             "L < 1 && norm(W^1) > 0.5 ? dL/dx1 + 2x1 : row - norm(dL/dW^1)^2");
    snprintf(new_text(texts), LENGTH, "%s", "3L - norm(W^1)/(w11^1)^2 + lr*epoch*avgL");
}

static bool same_bits(double a, double b)
{
    return !memcmp(&a, &b, sizeof a);
}

/* Everything that reading must not change. */
typedef struct Trace {
    double *numbers;
    size_t count;
    Mark *marks;
    Memo memo;
    bool forward_done;
} Trace;

static Trace trace_of(const Pass *pass)
{
    const Net *net = pass->net;
    Trace trace = {.memo = pass->memo, .forward_done = pass->forward_done};
    trace.count = net->stored + (size_t)pass->rows * pass_nodes(net);
    trace.numbers = memory_new(2 * trace.count * sizeof(double));
    memory_copy_numbers(trace.numbers, pass->value, trace.count);
    memory_copy_numbers(trace.numbers + trace.count, pass->adjoint, trace.count);
    trace.marks = memory_new(net->elements * sizeof(Mark));
    memcpy(trace.marks, pass->memo.marks, net->elements * sizeof(Mark));
    return trace;
}

static void check_untouched(Trace *trace, const Pass *pass)
{
    size_t bytes = trace->count * sizeof(double);
    ck_assert(!memcmp(trace->numbers, pass->value, bytes));
    ck_assert(!memcmp(trace->numbers + trace->count, pass->adjoint, bytes));
    ck_assert(!memcmp(trace->marks, pass->memo.marks, pass->net->elements * sizeof(Mark)));
    const Memo *was = &trace->memo, *is = &pass->memo;
    ck_assert(was->request == is->request && was->forgotten == is->forgotten);
    ck_assert(same_bits(was->multiplications, is->multiplications));
    ck_assert(same_bits(was->naive, is->naive));
    ck_assert(was->off == is->off && was->stopped == is->stopped);
    ck_assert(trace->forward_done == pass->forward_done);
    free(trace->numbers);
    free(trace->marks);
}

/* A run that is watched, and one that `print` is used on at every place. */
typedef struct Watch {
    Trial watched, printed;
    Texts texts;
    Gauge gauges[MOST];
    double first[MOST]; /* what they were when the update began */
    Probe *probe;
} Watch;

static double print(const Trial *trial, const char *text)
{
    Session *session = trial->session;
    ArenaMark mark = arena_mark(&session->arena);
    double value = NAN;
    Error err = {0};
    session->name = "print";
    session->by = NULL;
    ck_assert_msg(scope_value(session, text, 1, &value, &err), "%s: %s", text, err.message);
    arena_reset(&session->arena, mark);
    return value;
}

/* Without a memo every derivative takes exponential time: that is for shallow networks. */
static void watch_start(Watch *watch, const Case *given, Random *random)
{
    bool shallow = given->net->architecture.layers < 4;
    watch->texts.count = 0;
    start_run(&watch->watched, given, shallow && random_below(random, 2));
    start_run(&watch->printed, given, shallow && random_below(random, 2));
    Session *session = watch->watched.session;
    add_texts(&watch->texts, random, session);
    for (int i = 0; i < watch->texts.count; i++) {
        Error err = {0};
        ck_assert_msg(gauge_compile(session, watch->texts.at[i], 1, &watch->gauges[i], &err),
                      "%s: %s", watch->texts.at[i], err.message);
    }
    watch->probe = probe_new(session);
}

static void watch_release(Watch *watch)
{
    probe_free(watch->probe);
    trial_free(&watch->watched);
    trial_free(&watch->printed);
}

/* What must hold of gauge I at this place besides: parameters are what they are now; nodes, L and
   derivatives are the same all through an update. */
static void check_meaning(Watch *watch, int i, double value)
{
    const Session *session = watch->watched.session;
    const Gauge *gauge = &watch->gauges[i];
    const char *text = watch->texts.at[i];
    bool computed = gauge->reads && !(gauge->reads & ~(unsigned)(READS_NODES | READS_LOSS));
    if (moved_on(session))
        watch->first[i] = value;
    else if (computed)
        ck_assert_msg(same_bits(value, watch->first[i]), "%s was %.17g, is %.17g", text,
                      watch->first[i], value);
    Symbol symbol;
    size_t length = symbol_scan(text, &symbol), element;
    if (gauge->reads != READS_PARAMETERS || !length || text[length]) return;
    ck_assert(net_element(session_net(session), symbol, 1, &element, NULL));
    ck_assert_msg(same_bits(value, session->pass->value[element]), "%s", text);
}

/* Where L is known and the update not made. */
static void check_at_loss(const Watch *watch, int i, double value)
{
    const Gauge *gauge = &watch->gauges[i];
    if (gauge->reads & ~(unsigned)READS_AT_LOSS) return;
    double loss = print(&watch->printed, "L");
    ck_assert_msg(same_bits(gauge_value_at_loss(gauge, loss), value), "%s", watch->texts.at[i]);
}

/* Reads some of the gauges: every STEPth from FROM on. */
static void look(Watch *watch, int from, int step)
{
    const Session *session = watch->watched.session;
    double values[MOST];
    if (moved_on(session)) probe_stale(watch->probe), from = 0, step = 1;
    Trace trace = trace_of(session->pass);
    for (int i = from; i < watch->texts.count; i += step)
        values[i] = gauge_value(&watch->gauges[i], watch->probe);
    check_untouched(&trace, session->pass);
    for (int i = from; i < watch->texts.count; i += step) {
        const char *text = watch->texts.at[i];
        double printed = print(&watch->printed, text);
        ck_assert_msg(same_bits(values[i], printed), "%s: %.17g, printed %.17g (phase %d, %zu)",
                      text, values[i], printed, (int)session->trainer.phase, session->trainer.done);
        check_meaning(watch, i, values[i]);
        if (moved_on(session)) check_at_loss(watch, i, values[i]);
    }
}

/* Through EVENTS events, each with a look; returns how many places within the update phase there
   were. */
static int follow(Watch *watch, Random *random, int events)
{
    const Trainer *trainer = &watch->watched.session->trainer;
    int half = 0;
    for (int i = 0; i < events; i++) {
        look(watch, random_between(random, 0, 40), random_between(random, 20, 60));
        half += probe_needed(watch->watched.session);
        if (!next_event(&watch->watched)) break;
        ck_assert(next_event(&watch->printed));
        ck_assert_uint_eq(trainer->done, watch->printed.session->trainer.done);
    }
    return half;
}

START_TEST(a_gauge_is_what_print_would_say)
{
    static Watch watch;
    Random random;
    random_seed(&random, 11);
    int half = 0, batches = 0, norms = 0;
    for (int i = 0; i < 200; i++) {
        Case given = draw_case(&random, 0.05);
        given.course.next = random_below(&random, given.rows.count);
        watch_start(&watch, &given, &random);
        batches += watch.watched.session->pass->rows > 1;
        norms += has_norm(given.net);
        int events = (int)trainer_event_count(&watch.watched.session->trainer);
        half += follow(&watch, &random, 2 * events + 4);
        watch_release(&watch);
        case_release(&given);
    }
    ck_assert(half > 5000 && batches > 80 && norms > 40);
}
END_TEST

/* The values in the pass are not the new parameters', whoever asks for them to be forgotten. */
START_TEST(print_spoils_no_update_that_is_under_way)
{
    Random random;
    random_seed(&random, 12);
    for (int i = 0; i < 20; i++) {
        Case given = draw_case(&random, 0.05);
        Trial trial, other;
        start_run(&trial, &given, false);
        start_run(&other, &given, false);
        const Session *session = trial.session;
        size_t events = trainer_event_count(&session->trainer);
        for (size_t e = 0; e < events; e++) {
            if (probe_needed(session)) {
                double before = print(&trial, "L");
                session_forget(trial.session);
                ck_assert(same_bits(print(&trial, "L"), before));
            }
            ck_assert(next_event(&trial) && next_event(&other));
        }
        ck_assert(same_bits(session->setup.course.losses, other.session->setup.course.losses));
        trial_free(&trial);
        trial_free(&other);
        case_release(&given);
    }
}
END_TEST

static void compile(Trial *trial, const char *text, Gauge *gauge)
{
    Error err = {0};
    ck_assert_msg(gauge_compile(trial->session, text, 1, gauge, &err), "%s: %s", text, err.message);
}

START_TEST(a_gauge_knows_what_it_reads)
{
    static const struct {
        const char *text;
        unsigned reads;
    } rows[] = {
        {"1 + 2", 0},
        {"w11^1 + b21 > norm(W^1)", READS_PARAMETERS},
        {"mean11 - norm(var^1)", READS_PARAMETERS},
        {"L < 0", READS_LOSS},
        {"x1 + yhat - y + mu11", READS_NODES},
        {"dL/dw11^1 + dz11/dw11^1 + norm(dL/dW^2)", READS_NODES},
        {"epoch == 3 || avgL < lr", READS_EPOCH},
        {"row + updates", READS_COURSE},
        {"L + w11^1 + o11 + row + epoch",
         READS_LOSS | READS_PARAMETERS | READS_NODES | READS_COURSE | READS_EPOCH},
    };
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2:tanh+bn-1\ninput 1 2 -> 3");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Gauge gauge;
        compile(&trial, rows[i].text, &gauge);
        ck_assert_msg(gauge.reads == rows[i].reads, "%s: %u", rows[i].text, gauge.reads);
    }
    ck_assert(!trial.session->pass->forward_done);
    trial_free(&trial);
}
END_TEST

START_TEST(what_cannot_be_read_is_refused)
{
    static const struct {
        const char *text;
        int column;
        const char *message;
    } rows[] = {
        {"1 + w99^9", 11, "there is no w99^9: the layers of this network are numbered 1 to 2"},
        {"L < ", 11, "expected a number, a name or ( after `<`"},
        {"epoc == 3", 7, "unknown name `epoc`; did you mean `epoch`?"},
        {"2*grad w11^2", 9, "`grad` is a command: within an expression a derivative is written"},
        {"norm(dL/dW^4)", 12, "there is no W^4"},
        {"dL/dy", 7, "derivatives are taken by parameters"},
        {"W^1", 7, "W^1 is a matrix: norm(W^1) is a number"},
    };
    Trial trial;
    Gauge gauge;
    Error err = {0};
    trial_start(&trial);
    ck_assert(!gauge_compile(trial.session, "L", 7, &gauge, &err));
    ck_assert_str_eq(err.message, "there is no network yet: `init 2-2-1` makes one");
    trial_do(&trial, "init 2-2-1");
    ck_assert(!gauge_compile(trial.session, "L", 7, &gauge, &err));
    ck_assert_msg(strstr(err.message, "there is no row to work on"), "%s", err.message);
    trial_do(&trial, "input 1 2 -> 3");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert(!gauge_compile(trial.session, rows[i].text, 7, &gauge, &err));
        ck_assert_msg(!strncmp(err.message, rows[i].message, strlen(rows[i].message)), "%s",
                      err.message);
        ck_assert_msg(err.column == rows[i].column, "%s: %d", rows[i].text, err.column);
    }
    trial_free(&trial);
}
END_TEST

START_TEST(an_assumed_node_is_held)
{
    static const char *const texts[] = {"yhat", "L", "dL/dw11^1", "dL/dx1", "dyhat/do11"};
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2:tanh-1\ninput 1 2 -> 3\nassume o11 = 18\nassume yhat = 0.5");
    Probe *probe = probe_new(trial.session);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Gauge gauge;
        compile(&trial, texts[i], &gauge);
        double read = gauge_value(&gauge, probe);
        ck_assert(!trial.session->pass->forward_done || i);
        ck_assert_msg(same_bits(read, print(&trial, texts[i])), "%s", texts[i]);
    }
    probe_free(probe);
    trial_free(&trial);
}
END_TEST

/* One probe serves batches of different sizes, and parameters that were written. */
START_TEST(a_probe_follows_the_run)
{
    Trial trial;
    Gauge gauge;
    bool ended;
    trial_start(&trial);
    trial_do(&trial, "init 2-2:tanh-1\ndata n0\ndata scale standard\nset mode mini\nset batch 3");
    compile(&trial, "norm(dL/dW^1) + dL/dx1 - L", &gauge);
    Probe *probe = probe_new(trial.session);
    for (int update = 0; update < 4; update++) {
        ck_assert_int_eq(trial.session->pass->rows, update % 2 ? 1 : 3);
        double read = gauge_value(&gauge, probe);
        ck_assert(same_bits(read, print(&trial, "norm(dL/dW^1) + dL/dx1 - L")));
        ck_assert(trainer_update(&trial.session->trainer, &ended) == UPDATE_MADE);
        probe_stale(probe);
    }
    trial.session->pass->value[0] += 1;
    session_forget(trial.session);
    probe_stale(probe);
    double read = gauge_value(&gauge, probe);
    ck_assert(same_bits(read, print(&trial, "norm(dL/dW^1) + dL/dx1 - L")));
    probe_free(probe);
    trial_free(&trial);
}
END_TEST

UNIT("gauge", a_gauge_is_what_print_would_say, print_spoils_no_update_that_is_under_way,
     a_gauge_knows_what_it_reads, what_cannot_be_read_is_refused, an_assumed_node_is_held,
     a_probe_follows_the_run)
