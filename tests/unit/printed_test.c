/* What a session prints of equal parts, `a = b = 3`, can be typed there part by part: each is the
   number at the end. */
#include "base/memory.h"
#include "base/number.h"
#include "stage.h"
#include "typed.h"

typedef struct Reader {
    Stage *stage;
    bool stands; /* names still have the values that were printed with them */
    int typed;   /* parts that were found to be their number */
} Reader;

enum { PARTS_MOST = 8, LINE_SIZE = 4096 };

static bool bind_all(void *self, Expr *leaf, int column, Error *err)
{
    (void)self, (void)leaf, (void)column, (void)err;
    return true;
}

/* PART, as it is typed in a session or, like an optimizer's rules, over free names; NULL: it is
   refused. */
static const Expr *read_part(Arena *arena, const char *part)
{
    const Scope all = {bind_all, NULL};
    const Expr *expr = NULL;
    Error err;
    if (expr_parse(part, strlen(part), 1, arena, &all, &expr, &err)) return expr;
    return expr_parse(part, strlen(part), 1, arena, NULL, &expr, &err) ? expr : NULL;
}

static bool has_names(const Expr *expr)
{
    for (int i = 0; i < expr->count; i++)
        if (has_names(expr->items[i])) return true;
    return expr_is_leaf(expr) && expr->kind != EXPR_NUMBER;
}

/* Whether PRINTED begins with what PART says. Among equal parts a choice is in parentheses, and
   factors of a chain have another sign between them. */
static bool comes_back(const char *printed, const char *part)
{
    size_t length = (size_t)(strstr(printed, " = ") - printed), whole = strlen(part);
    bool choice = strstr(part, " else ") && length + 2 == whole;
    bool same = length + 2 * choice == whole && !strncmp(printed, part + choice, length);
    return same || strstr(part, " × ");
}

/* Types PART: it comes back as it is, and is WANT. */
static void print_part(Reader *reader, const char *part, double want, const char *line)
{
    double got;
    Text command = {0};
    text_print(&command, "print %s", part);
    const char *printed = stage_do(reader->stage, text_string(&command));
    ck_assert_msg(comes_back(printed, part), "`%s` of %s is %s", part, line, printed);
    ck_assert_uint_gt(number_scan(strstr(printed, " = ") + strlen(" = "), &got), 0);
    ck_assert_msg(same_value(want, got) || fabs(want - got) < 1e-9, "`%s` is %.17g in %s", part,
                  got, line);
    reader->typed++;
    text_release(&command);
}

/* Of a mean over the rows of a batch there is no formula to type. */
static void check_part(Reader *reader, const char *part, const char *number, const char *line)
{
    Arena arena = {0};
    double want;
    const Expr *expr = read_part(&arena, part);
    ck_assert_msg(expr || strstr(part, "mean"), "`%s` of %s cannot be typed", part, line);
    bool stands = expr && (reader->stands || !has_names(expr));
    if (stands && number_read(number, &want)) print_part(reader, part, want, line);
    arena_release(&arena);
}

/* Ends TEXT where MARK stands. */
static void cut(char *text, const char *mark)
{
    char *at = strstr(text, mark);
    if (at) *at = '\0';
}

static char *trimmed(char *part)
{
    while (*part == ' ') part++;
    for (char *end = part + strlen(part); end > part && end[-1] == ' ';) *--end = '\0';
    return part;
}

/* Splits LINE in its parts, without what is said before and after: `path via o₁₁: 2 × 3 = 6`,
   `x₁ = 80   input`. */
static int split(char *line, char *parts[PARTS_MOST])
{
    int count = 0;
    char *said = strstr(line, ": "), *next = said ? said + 2 : line;
    for (char *equals; (equals = strstr(next, " = ")) != NULL; next = equals + 3) {
        *equals = '\0';
        ck_assert_int_lt(count, PARTS_MOST - 1);
        parts[count++] = trimmed(next);
    }
    next = trimmed(next);
    cut(next, "   ");
    cut(next, ", which simplifies");
    cut(next, ", replaced by");
    parts[count++] = next;
    return count;
}

static bool begins(const char *text, const char *with)
{
    return !strncmp(text, with, strlen(with));
}

/* x₁ = 80, x₂ = 8; and a boundary's change: from 0.5x₁ - 1 = 0, to ... */
static bool is_equality(char *const *parts, int count)
{
    double number;
    if (count < 2 || begins(parts[0], "from ") || begins(parts[0], "to ")) return false;
    return !begins(parts[1] + number_scan(parts[1], &number), ", ");
}

static void check_line(Reader *reader, const char *line)
{
    char copy[LINE_SIZE], *parts[PARTS_MOST];
    snprintf(copy, sizeof copy, "%s", line);
    int count = split(copy, parts);
    bool equal = is_equality(parts, count);
    for (int i = 0; equal && i < count; i++) check_part(reader, parts[i], parts[count - 1], line);
}

static void check_printed(Reader *reader, const char *command, bool stands)
{
    reader->stands = stands;
    char *copy = memory_copy(stage_do(reader->stage, command));
    for (char *line = copy, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        check_line(reader, line);
    }
    free(copy);
}

/* Losses and activations that those of the stage have not. */
static const char *const others[] = {
    "init 2-2:elu-2:softplus-1 loss=huber weights=normal\ninput 0.5 -1 -> 2",
    "init 2-2:leaky-relu-2 loss=mae weights=normal\ninput 0.5 -1 -> 2 -1",
    "init 2-2:sigmoid-2:sigmoid loss=half-sse weights=normal\ninput 0.5 -1 -> 2 1",
    "init 2-2:tanh-3:softmax loss=cce weights=normal\ninput 0.5 -1 -> 0 1 0",
    "init 2-2:tanh-1:tanh loss=hinge weights=normal\ninput 0.5 -1 -> -1",
};

static void check_life(const char *life)
{
    static const char *const standing[] = {"forward", "loss", "grad all"};
    static const char *const moving[] = {"next 5", "step 2", "next 40"};
    Stage stage;
    stage_start(&stage, life);
    Reader reader = {.stage = &stage};
    stage.style.digits = 0; /* all of them */
    stage.style.terms = 0;
    bool one_row = !strstr(life, "set mode");
    for (size_t i = 0; i < sizeof standing / sizeof *standing; i++)
        check_printed(&reader, standing[i], one_row);
    for (size_t i = 0; i < sizeof moving / sizeof *moving; i++)
        check_printed(&reader, moving[i], false);
    ck_assert_int_gt(reader.typed, 100);
    stage_free(&stage);
}

START_TEST(the_parts_of_an_equation_are_its_number)
{
    for (size_t i = 0; i < LIVES; i++) check_life(lives[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) check_life(others[i]);
}
END_TEST

UNIT("printed", the_parts_of_an_equation_are_its_number)
