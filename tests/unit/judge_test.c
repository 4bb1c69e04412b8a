/* Answers: which are right, what is said of the others, and that judging leaves no trace. */
#include "quiz/judge.h"
#include "quiz/question.h"
#include "trial.h"

static const char notes[] = "init 2-2-1\ninput 80 8 -> 3";
static const char curved[] =
    "init 2-2-1 sigmoid weights=uniform seed=3\nset b^1 [0.1 -0.2]\ninput 0.5 -1 -> 1";

static void start(Trial *trial, const char *lines)
{
    trial_start(trial);
    trial_do(trial, lines);
}

/* A row of answers to one question: R right, W wrong, U not to be understood. */
typedef struct Trying {
    const char *lines;
    Question question;
    struct {
        const char *answer;
        char verdict;
        const char *words; /* a part of the error, or of what is said */
    } answers[24];
} Trying;

static const Choice pets[] = {{"the sum z", false}, {"the output o", true}, {"2", false}};
static const Choice several[] = {{"one", true}, {"two", false}, {"three", true}};
static const Mistake known[] = {{"30", "you took the page's 18", 8}};
static const Mistake sum[] = {{"a", "z is before the activation", 8}};
static const Mistake no_two[] = {{"b", "two is even", 8}, {"4", "never said", 9}};
static const Mistake half[] = {{"-(y - yhat)*o11", "the power rule", 8}};

#define TEXT .text = "?"
static const Trying tryings[] = {
    {notes,
     {TEXT, .answer = "grad w11^2"},
     {{"30448", 'R', NULL},
      {"  3.0448e4  ", 'R', NULL},
      {"346 * 88", 'R', NULL},
      {"-2*(y-yhat)*o11", 'R', NULL},
      {"-2(3 - 176)·88", 'R', NULL},
      {"30447.999", 'W', NULL},
      {"o11", 'W', NULL},
      {"dL/dw11^2", 'U', "no derivatives"},
      {"norm(dL/dW^2)", 'U', "no derivatives"},
      {"30448 +", 'U', "expected a number"},
      {"w99^9", 'U', "layer"},
      {"foo", 'U', "unknown name"},
      {"1/0", 'U', "inf"},
      {"30,448", 'U', "no comma"},
      {"-0,5", 'U', "no comma"},
      {"max(1,2", 'U', "missing )"},
      {"I don't know", 'U', "neither a number nor a formula"},
      {"no idea", 'U', "neither a number nor a formula"},
      {"w x", 'U', "unknown name `w`"},
      {"-2·(3 − 176)·88", 'R', NULL},
      {"346 × 88", 'R', NULL},
      {"-2(y - ŷ) o₁₁", 'R', NULL},
      {"30000", 'W', NULL}}},
    {notes,
     {TEXT, .answer = "dL/dyhat", .mistakes = known, .mistake_count = 1},
     {{"30", 'W', "the page's 18"}, {"2*15", 'W', "the page's 18"}, {"31", 'W', NULL}}},
    {"set lr 1",
     {TEXT, .answer = "2/3", .tolerance = 0.0005},
     {{"0.667", 'R', NULL},
      {"0.6662", 'R', NULL},
      {"0.66", 'W', "to 3 decimals"},
      {"0.67", 'W', "to 3 decimals"},
      {"0.7", 'W', NULL},
      {"0.65", 'W', NULL},
      {"-0.67", 'W', NULL},
      {"2/3", 'R', NULL}}},
    {"set lr 1",
     {TEXT, .answer = "0.082167041"},
     {{"0.08217", 'R', NULL}, {"8.217e-2", 'R', NULL}, {"0.08216", 'W', "to 4 significant"}}},
    {"set lr 1",
     {TEXT, .answer = "-2/3"},
     {{"-0.6667", 'R', NULL}, {"0.6667", 'W', NULL}, {"-0.667", 'W', "to 4 significant"}}},
    {"set lr 1", {TEXT, .answer = "0"}, {{"0", 'R', NULL}, {"1e-9", 'W', NULL}}},
    {"set lr 1",
     {TEXT, .answer = "2*x + 2*y", .symbolic = true},
     {{"2*(x + y)", 'R', NULL},
      {"2y + x + x", 'R', NULL},
      {"2*x", 'W', NULL},
      {"2*x + 2*z", 'U', "`z` is no symbol of this question; write the formula with those"},
      {"2*x*y - 2*xy", 'U', "`xy` is no symbol"},
      {"2x1 + 2y", 'U', "`x1` is no symbol"},
      {"2xy", 'U', "the factors of a product stand apart"},
      {"no idea", 'U', "neither a number nor a formula"},
      {"½(4 x + 4y)", 'R', NULL},
      {"2 x y", 'W', NULL},
      {"2*x + 2*y + z - z", 'R', NULL},
      {"4", 'W', NULL},
      {"2*x +", 'U', "expected"}}},
    {"set lr 1",
     {TEXT, .answer = "log(x)/sqrt(y)", .symbolic = true},
     {{"log(x)*y^(-1/2)", 'R', NULL}, {"log(x*x)/2/sqrt(y)", 'R', NULL}, {"log(x)", 'W', NULL}}},
    {notes,
     {TEXT, .answer = "grad w11^2", .symbolic = true, .mistakes = half, .mistake_count = 1},
     {{"-2*(y - yhat)*o11", 'R', NULL},
      {"2*o11*(yhat - y)", 'R', NULL},
      {"2*(o21 - y)*o11", 'R', NULL},
      {"-2*(y - yhat)*o12", 'W', "not with other numbers"},
      {"30448", 'W', "not with other numbers"},
      {"-2*(3 - yhat)*o11", 'W', "not with other numbers"},
      {"(yhat - y)*o11", 'W', "the power rule"},
      {"x1", 'W', NULL},
      {"dL/dyhat*o11", 'U', "no derivatives"},
      {"-2*(y - yhat)*o13", 'U', ""}}},
    /* A sum is not what it is computed from, unless a derivative is asked. */
    {curved,
     {TEXT, .answer = "w11^1*x1 + w21^1*x2 + b11", .symbolic = true},
     {{"x1*w11^1 + x2*w21^1 + b11", 'R', NULL},
      {"z11", 'W', "not with other numbers"},
      {"w11^1*x1 + w12^1*x2 + b11", 'W', NULL}}},
    {curved,
     {TEXT, .answer = "grad w11^1", .symbolic = true},
     {{"-2(y - yhat)*yhat(1 - yhat)*w11^2*o11*(1 - o11)*x1", 'R', NULL},
      {"-2(y - ŷ) ŷ(1 - ŷ) w₁₁² o₁₁(1 - o₁₁) x₁", 'R', NULL},
      {"-2(y - yhat)*yhat*(1 - yhat)*w11^2*o11*(1 - o11)*x1", 'R', NULL},
      {"-2(y - yhat)*yhat*(1 - yhat)*w11^2*sigmoid(z11)*(1 - sigmoid(z11))*x1", 'R', NULL},
      {"-2(y - yhat)*yhat*(1 - yhat)*w21^2*o11*(1 - o11)*x1", 'W', NULL}}},
    {notes,
     {TEXT, .choices = pets, .choice_count = 3, .mistakes = sum, .mistake_count = 1},
     {{"b", 'R', NULL},
      {"B)", 'R', NULL},
      {" The Output o ", 'R', NULL},
      {"a", 'W', "before the activation"},
      {"the sum z", 'W', "before the activation"},
      {"2", 'W', NULL}, /* the third one's words */
      {"3", 'W', NULL},
      {"b a", 'W', "before the activation"},
      {"d", 'U', "a letter"},
      {"4", 'U', "a letter"},
      {"", 'U', "a letter"},
      {"output", 'U', "a letter"}}},
    {notes,
     {TEXT, .choices = several, .choice_count = 3, .mistakes = no_two, .mistake_count = 2},
     {{"a c", 'R', NULL},
      {"3,1", 'R', NULL},
      {"a", 'W', NULL},
      {"a b c", 'W', "two is even"},
      {"b", 'W', "two is even"}}},
};

static const char *words_of(const Verdict *verdict)
{
    const Prose *words = &verdict->words;
    return words->count ? words->spans[words->count - 1].text : NULL;
}

static void try_answer(Trial *trial, const Trying *trying, int i)
{
    Error err = {0};
    Verdict verdict;
    const char *answer = trying->answers[i].answer, *part = trying->answers[i].words;
    bool read = question_judge(trial->session, &trying->question, answer, &verdict, &err);
    char found = !read ? 'U' : verdict.right ? 'R' : 'W';
    ck_assert_msg(found == trying->answers[i].verdict, "%s: `%s` is %c: %s",
                  trying->question.answer, answer, found, err.message);
    const char *words = read ? words_of(&verdict) : err.message;
    if (part) ck_assert_msg(words && strstr(words, part), "`%s`: %s", answer, words);
    if (!part && read && !verdict.misconception) ck_assert_msg(!words, "`%s`: %s", answer, words);
}

/* Neither the memo nor anything that `save` would write. */
START_TEST(answers_are_judged_without_a_trace)
{
    for (size_t i = 0; i < sizeof tryings / sizeof tryings[0]; i++) {
        Trial trial;
        start(&trial, tryings[i].lines);
        const Session *session = trial.session;
        char *before = trial_script(&trial);
        for (int k = 0; tryings[i].answers[k].answer; k++) try_answer(&trial, &tryings[i], k);
        char *after = trial_script(&trial);
        ck_assert_str_eq(before, after);
        ck_assert(!session->pass || session->pass->memo.multiplications == 0);
        for (size_t e = 0; session->pass && e < session->pass->net->elements; e++)
            ck_assert(!memo_knows(session->pass, e));
        free(before);
        free(after);
        trial_free(&trial);
    }
}
END_TEST

/* In the middle of an update the derivatives are those by the old parameters. */
START_TEST(keys_hold_in_the_midst_of_an_update)
{
    Trial trial;
    Error err = {0};
    Verdict verdict;
    Question question = {.text = "?", .answer = "grad w11^1"};
    start(&trial, notes);
    trial_do(&trial, "next 15");
    ck_assert(trainer_is_half_updated(&trial.session->trainer));
    ck_assert(question_judge(trial.session, &question, "27680", &verdict, &err));
    ck_assert_msg(verdict.right, "%s", err.message);
    ck_assert(question_judge(trial.session, &question, "-27680", &verdict, &err));
    ck_assert_str_eq(verdict.misconception, "sign");
    trial_free(&trial);
}
END_TEST

UNIT("judge", answers_are_judged_without_a_trace, keys_hold_in_the_midst_of_an_update)
