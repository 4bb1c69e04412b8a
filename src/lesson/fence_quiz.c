#include <math.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"
#include "lesson/fence.h"

enum { MOST_MISTAKES = 100 }; /* each is compared with all the others */
enum { KEY_TEXT, KEY_ANSWER, KEY_TOLERANCE, KEY_KIND, KEY_HINT, KEY_WRONG, KEYS };

/* A question as far as it is read: lists grow beside it until its fence ends. */
typedef struct Quiz {
    Reader *reader;
    Question question;
    Text text;    /* the question's, over several lines */
    bool in_text; /* the next line may go on with it */
    Text hints, mistakes, choices;
    bool right;       /* one of the choices is */
    long lines[KEYS]; /* where each key stands; 0: nowhere */
} Quiz;

typedef struct Key {
    const char *name;
    bool (*read)(Quiz *quiz, const char *value);
    bool often; /* may stand more than once */
} Key;

static bool read_text(Quiz *quiz, const char *value)
{
    text_add(&quiz->text, value);
    quiz->in_text = true;
    return true;
}

static bool read_answer(Quiz *quiz, const char *value)
{
    quiz->question.answer = value;
    quiz->question.line = quiz->reader->line;
    return true;
}

static bool read_tolerance(Quiz *quiz, const char *value)
{
    double *tolerance = &quiz->question.tolerance;
    return (number_read(value, tolerance) && *tolerance > 0 && !isinf(*tolerance)) ||
           fail(quiz->reader->err, 0, "tol must be a number greater than 0, not `%s`", value);
}

static bool read_kind(Quiz *quiz, const char *value)
{
    quiz->question.symbolic = !strcmp(value, "symbolic");
    return quiz->question.symbolic ||
           fail(quiz->reader->err, 0, "`kind: symbolic` is the only kind, not `%s`", value);
}

static bool read_hint(Quiz *quiz, const char *value)
{
    LIST_ADD(&quiz->hints, &value);
    return true;
}

/* EXPR message, or "EXPR with blanks" message; EXPR may be a choice, by its letter or its words. */
static bool read_mistake(Quiz *quiz, const char *value)
{
    bool quoted = *value == '"';
    size_t length = strcspn(value + quoted, quoted ? "\"" : " \t");
    const char *rest = value + quoted + length;
    if (quoted && *rest != '"')
        return fail(quiz->reader->err, 0, "the expression's second `\"` is missing");
    const char *message = skip_blanks(rest + quoted);
    if (LIST_COUNT(&quiz->mistakes, Mistake) == MOST_MISTAKES)
        return fail(quiz->reader->err, 0, "a quiz has %d `wrong:` lines at the most",
                    MOST_MISTAKES);
    if (!length || !*message)
        return fail(quiz->reader->err, 0,
                    "wrong: needs an expression and what to say then, as in `wrong: 30 you forgot "
                    "the minus sign`");
    if (!quoted && strchr("+-*/^=<>~", *message) && is_blank(message[1]))
        return fail(quiz->reader->err, 0,
                    "no message begins with `%c`: an expression with blanks stands in quotes, as "
                    "in `wrong: \"y - yhat\" the 2 is missing`",
                    *message);
    Mistake mistake = {reader_copy(quiz->reader, value + quoted, length), message,
                       quiz->reader->line};
    LIST_ADD(&quiz->mistakes, &mistake);
    return true;
}

static const Key keys[KEYS] = {
    [KEY_TEXT] = {"q", read_text, false},
    [KEY_ANSWER] = {"answer", read_answer, false},
    [KEY_TOLERANCE] = {"tol", read_tolerance, false},
    [KEY_KIND] = {"kind", read_kind, false},
    [KEY_HINT] = {"hint", read_hint, true},
    [KEY_WRONG] = {"wrong", read_mistake, true},
};

static bool refuse_key(const Quiz *quiz, const char *name)
{
    const char *names[KEYS];
    for (int i = 0; i < KEYS; i++) names[i] = keys[i].name;
    const char *near = nearest(name, names, KEYS);
    return fail(quiz->reader->err, 0,
                near ? "a quiz knows no `%s:`; did you mean `%s:`?"
                     : "a quiz knows no `%s:`, but q, answer, tol, kind, hint and wrong",
                name, near);
}

static bool read_key(Quiz *quiz, const char *text, size_t length)
{
    Reader *reader = quiz->reader;
    const char *name = reader_copy(reader, text, length);
    const char *value = reader_copy(reader, text + length + 1, strlen(text + length + 1));
    int i = 0;
    while (i < KEYS && strcmp(keys[i].name, name)) i++;
    if (i == KEYS) return refuse_key(quiz, name);
    if (!*value) return fail(reader->err, 0, "nothing stands after `%s:`", name);
    if (quiz->lines[i] && !keys[i].often)
        return fail(reader->err, 0, "`%s:` stands in line %ld already", name, quiz->lines[i]);
    quiz->lines[i] = reader->line;
    quiz->in_text = false;
    return keys[i].read(quiz, value);
}

static bool read_choice(Quiz *quiz, const char *text)
{
    Choice choice = {.right = text[3] != ' '};
    choice.text = reader_copy(quiz->reader, text + 5, strlen(text + 5));
    if (!*choice.text) return fail(quiz->reader->err, 0, "nothing stands after `%.5s`", text);
    if (!quiz->choices.length) quiz->question.line = quiz->reader->line;
    quiz->right |= choice.right;
    quiz->in_text = false;
    LIST_ADD(&quiz->choices, &choice);
    return true;
}

/* `- [x]` or `- [ ]`. */
static bool is_choice(const char *text)
{
    return !strncmp(text, "- [", 3) && text[3] && strchr("xX ", text[3]) && text[4] == ']';
}

/* The bytes of a word before a colon, as keys are; else 0. */
static size_t measure_key(const char *text)
{
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
    bool key = text[length] == ':' && (!text[length + 1] || is_blank(text[length + 1]));
    return key ? length : 0;
}

static bool read_line(Quiz *quiz, const char *text)
{
    text = skip_blanks(text);
    size_t length = measure_key(text);
    if (!*text) return true;
    if (length) return read_key(quiz, text, length);
    if (is_choice(text)) return read_choice(quiz, text);
    if (!quiz->in_text)
        return fail(quiz->reader->err, 0,
                    "expected a `key:` or a choice, `- [x] right` or `- [ ] wrong`, here");
    text_add_char(&quiz->text, ' ');
    text_add(&quiz->text, reader_copy(quiz->reader, text, strlen(text)));
    return true;
}

/* What is wrong with the question as a whole: a row holds if HOLDS, and it is the line's. */
static bool check(const Quiz *quiz)
{
    const Question *question = &quiz->question;
    const long *lines = quiz->lines;
    bool chosen = quiz->choices.length, answered = question->answer;
    const struct {
        bool wrong;
        long line;
        const char *message;
    } rows[] = {
        {!lines[KEY_TEXT], 0, "a quiz needs a question: `q: What is ...?`"},
        {!chosen && !answered, 0,
         "a quiz needs a key: `answer: EXPRESSION`, or choices, of which `- [x]` is right"},
        {chosen && answered, lines[KEY_ANSWER],
         "a quiz has an answer or choices, not both; `- [x]` marks what is right"},
        {chosen && !quiz->right, question->line, "no choice is right: mark it with `- [x]`"},
        {quiz->choices.length == sizeof(Choice), question->line,
         "a single choice is none: add others with `- [ ]`"},
        {chosen && lines[KEY_TOLERANCE], lines[KEY_TOLERANCE], "choices need no `tol:`"},
        {chosen && lines[KEY_KIND], lines[KEY_KIND], "choices need no `kind:`"},
        {question->symbolic && lines[KEY_TOLERANCE], lines[KEY_TOLERANCE],
         "a symbolic answer needs no `tol:`"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!rows[i].wrong) continue;
        if (rows[i].line) quiz->reader->line = rows[i].line;
        return fail(quiz->reader->err, 0, "%s", rows[i].message);
    }
    return true;
}

static void add_question(Quiz *quiz, long line)
{
    Question *question = &quiz->question;
    question->text = text_move(&quiz->text, &quiz->reader->lesson->arena);
    question->hint_count = LIST_COUNT(&quiz->hints, const char *);
    question->hints = reader_list(quiz->reader, &quiz->hints);
    question->mistake_count = LIST_COUNT(&quiz->mistakes, Mistake);
    question->mistakes = reader_list(quiz->reader, &quiz->mistakes);
    question->choice_count = LIST_COUNT(&quiz->choices, Choice);
    question->choices = reader_list(quiz->reader, &quiz->choices);
    reader_add(quiz->reader, &(Part){.kind = PART_QUIZ, .line = line, .question = *question});
}

static bool read_lines(Quiz *quiz, const Fence *fence)
{
    FenceStatus status;
    for (Line line; (status = fence_next(quiz->reader, fence, &line)) == FENCE_LINE;)
        if (!read_line(quiz, line.text)) return false;
    if (status == FENCE_FAILED) return false;
    quiz->reader->line = fence->line;
    if (!check(quiz)) return false;
    add_question(quiz, fence->line);
    return true;
}

bool fence_read_quiz(Reader *reader, const Fence *fence)
{
    if (*skip_blanks(fence->info + strlen("quiz")))
        return fail(reader->err, 0, "a quiz fence takes no options; its keys stand inside");
    Quiz quiz = {.reader = reader};
    bool done = read_lines(&quiz, fence);
    Text *lists[] = {&quiz.text, &quiz.hints, &quiz.mistakes, &quiz.choices};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) text_release(lists[i]);
    return done;
}
