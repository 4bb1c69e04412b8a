/* How well a network does: evaluate. */
#include <math.h>

#include "base/text.h"
#include "command/command.h"
#include "command/files.h"
#include "engine/score.h"
#include "session/by_hand.h"
#include "session/emit.h"
#include "show/by_hand_show.h"
#include "show/confusion.h"

static bool fits(const Session *session, const Dataset *data)
{
    return data->inputs == net_inputs(session_net(session)) &&
           data->targets == net_outputs(session_net(session));
}

static bool check_fit(const Session *session, const Dataset *data, Error *err)
{
    const Net *net = session_net(session);
    int takes = net_inputs(net), gives = net_outputs(net);
    if (fits(session, data)) return true;
    return fail(err, 0, "%s has %d input%s and %d target%s, but the network takes %d and gives %d",
                data->name, data->inputs, plural(data->inputs), data->targets,
                plural(data->targets), takes, gives);
}

/* Rows of another file, with the targets, the classes and the scale of the data. */
static Dataset *load_rows(Session *session, const Word *word, Error *err)
{
    const Dataset *raw = session->raw;
    DatasetOptions options = {
        .name = word->text, .like = raw, .interrupted = session->options.interrupted};
    if (raw) options.target = raw->target, options.header = raw->header;
    const char *path = files_find_data(session, word, err);
    Dataset *rows = path ? dataset_load(path, &options, err) : NULL;
    if (!rows && session_interrupted(session)) return session_stop(session, err), NULL;
    if (rows && session->data) {
        Dataset *scaled = dataset_scale_like(rows, session->data, err);
        dataset_release(rows);
        rows = scaled;
    }
    if (!rows) err->column = word->column;
    return rows;
}

/* How well the network does, and by hand, if there is a page. */
typedef struct Scores {
    Score exact, hand;
} Scores;

/* The output's name, and three numbers with their verdicts. */
enum { FIT_CELLS = 1 + 2 * 3 };

static void emit_fit(Session *session, const Scores *scores, const Dataset *rows, int i)
{
    const Page *page = session->page;
    const ScoreFit *fit = &scores->exact.fits[i], *hand = page ? &scores->hand.fits[i] : fit;
    int column = rows->inputs + i, count = 0;
    double unit = rows->scales[column].unit;
    double root = page ? page_round(page, hand->root) : 0;
    bool varies = !isnan(fit->r_squared) || !isfinite(fit->root);
    Cell cells[FIT_CELLS];
    cells[count++] = CELL_OF_FOREIGN(rows->columns[column]);
    count = by_hand_number(session, cells, count, fit->root, page_judge(page, fit->root, root));
    if (rows->scaling != SCALING_NONE)
        count = by_hand_number(session, cells, count, fit->root * unit,
                               page_judge(page, fit->root * unit, root * unit));
    by_hand_number(session, cells, count, fit->r_squared,
                   page_judge(page, fit->r_squared, hand->r_squared));
    if (!varies) cells[count] = CELL_OF_TEXT("none: it is always the same");
    if (!varies && page) cells[count + 1] = (Cell){0};
    emit_row(session, cells);
}

static void describe_fits(Session *session, const Scores *scores, const Dataset *rows)
{
    const char *error = session->page ? "root of mse" : "root of the mean squared error";
    Column columns[FIT_CELLS] = {{NULL, "output"}};
    int count = by_hand_heading(session, columns, 1, error);
    if (rows->scaling != SCALING_NONE) count = by_hand_heading(session, columns, count, "unscaled");
    count = by_hand_heading(session, columns, count, "R²");
    emit_table(session, NULL, FOR_PEOPLE, &(Table){.columns = columns, .count = count});
    for (int i = 0; i < rows->targets; i++) emit_fit(session, scores, rows, i);
    emit_table_end(session);
}

/* How many are right: whole numbers on any page. */
static Hand judge_right(const Session *session, const Scores *scores)
{
    double hand = (double)scores->hand.right, off = hand - (double)scores->exact.right;
    return session->page ? (Hand){true, 0, hand, off} : (Hand){0};
}

static void describe_decisions(Session *session, const Scores *scores, const Dataset *rows)
{
    const Score *score = &scores->exact;
    bool together = score_classes(score->kind, rows->targets) > 0;
    const char *what = together ? "row" : "output";
    double accuracy = (double)score->right / (double)score->decisions;
    emit_note(session, "%d of %d %s%s right%s%s: %n %%", (long)score->right, (long)score->decisions,
              what, plural((long)score->decisions),
              by_hand_words(session, " (", judge_right(session, scores)), session->page ? ")" : "",
              100 * accuracy);
    if (score->undecided)
        emit_note(session, "%d of the wrong %s no class at all: what came out is not a number",
                  (long)score->undecided, score->undecided == 1 ? "is" : "are");
    emit_number(session, "accuracy", accuracy);
    double hand = session->page ? (double)scores->hand.right / (double)score->decisions : 0;
    by_hand_fields(session, &(Beside){"accuracy", accuracy, hand}, 1);
    if (score->classes) confusion_emit(session, score, rows);
}

static void describe_scores(Session *session, const Scores *scores, const Dataset *rows)
{
    const Score *score = &scores->exact;
    double average = session->page ? page_round(session->page, scores->hand.loss) : 0;
    Hand hand = page_judge(session->page, score->loss, average);
    emit_note(session, "%f: %d row%s, average loss %n%s", rows->name, (long)score->rows,
              plural((long)score->rows), score->loss, by_hand_words(session, "; ", hand));
    emit_number(session, "loss", score->loss);
    by_hand_emit(session, hand);
    if (score->kind == SCORE_REGRESSION)
        describe_fits(session, scores, rows);
    else
        describe_decisions(session, scores, rows);
}

static void go_by_hand(void *self, Pass *pass)
{
    pass_forget(pass);
    page_forward(self, pass);
}

static bool score_by_hand(Session *session, Score *score, const Dataset *rows, ScoreKind kind,
                          Error *err)
{
    Pass *pass = pass_copy_stored(session->pass);
    Page *page = by_hand_for(session, pass);
    bool done = score_with(score, pass, (Forward){go_by_hand, page}, rows, kind,
                           session->options.interrupted, err);
    page_free(page);
    pass_free(pass);
    return done;
}

static bool evaluate(Session *session, const Dataset *rows, Error *err)
{
    const Dataset *data = session->data ? session->data : rows;
    Scores scores = {0};
    if (!check_fit(session, rows, err)) return false;
    ScoreKind kind = score_kind_of_both(session->pass, data, rows);
    bool done =
        score_rows(&scores.exact, session->pass, rows, kind, session->options.interrupted, err) &&
        (!session->page || score_by_hand(session, &scores.hand, rows, kind, err));
    if (scores.exact.stopped || scores.hand.stopped) session->outcome = OUTCOME_INTERRUPTED;
    if (done) describe_scores(session, &scores, rows);
    score_release(&scores.exact);
    score_release(&scores.hand);
    return done;
}

static bool run_evaluate(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "DATA");
    Dataset *rows = word ? load_rows(session, word, err) : dataset_retain(session->data);
    if (!rows)
        return word ? false : fail(err, 0, "there is no data to evaluate: `data n0` loads some");
    bool done = evaluate(session, rows, err);
    dataset_release(rows);
    return done;
}

static const Command commands[] = {
    {"evaluate", NULL, "[DATA]", NEEDS_NET, "say how well the network does on the data",
     "Prints the average loss over all rows; of a classifier also how many rows it gets right and "
     "what it takes each class for, of anything else how far its outputs are off. DATA is another "
     "CSV file with the same columns: it is read with the same target and put on the scale of the "
     "data that is loaded, so that rows kept from training can be tried. A classifier is known by "
     "its last layer and its targets: softmax or one-hot targets mean the largest output; sigmoid "
     "with targets 0 and 1, whether it is above 0.5; step, tanh or linear with targets -1 and +1, "
     "its sign.",
     "data n0\nevaluate\nevaluate n1", run_evaluate},
};

const CommandGroup evaluation_commands = {"training", commands,
                                          sizeof commands / sizeof commands[0]};
