#include "spelled.h"

static void emit_table(Sink *sink, const char *key, const Table *table)
{
    sink->block(sink, &(Block){.kind = BLOCK_TABLE, .key = key, .table = *table});
}

static void emit_row(Sink *sink, const Cell *cells)
{
    sink->block(sink, &(Block){.kind = BLOCK_ROW, .cells = cells});
}

static void emit_end(Sink *sink)
{
    sink->block(sink, &(Block){.kind = BLOCK_TABLE_END});
}

static const Column memo_columns[] = {{"symbol", "symbol"},
                                      {"value", "value"},
                                      {"bytes", NULL},
                                      {"by", "computed by"},
                                      {"reused", "reused"}};
static const Table memo_table = {.columns = memo_columns, .count = 5};

static void memo(Sink *sink, Arena *arena)
{
    const Cell first[] = {{.kind = CELL_SYMBOL, .expr = parse(arena, "dL/dyhat")},
                          {.kind = CELL_NUMBER, .number = 346},
                          {.kind = CELL_INTEGER, .integer = 8},
                          {.kind = CELL_FOREIGN, .text = "grad w11^2"},
                          {.kind = CELL_INTEGER, .integer = 12}};
    const Cell second[] = {{.kind = CELL_SYMBOL, .expr = parse(arena, "dyhat/do11")},
                           {.kind = CELL_NUMBER, .number = -1.5},
                           {.kind = CELL_INTEGER, .integer = 8},
                           {.kind = CELL_NONE},
                           {.kind = CELL_INTEGER, .integer = 0}};
    emit_table(sink, "entries", &memo_table);
    emit_row(sink, first);
    emit_row(sink, second);
    emit_end(sink);
}

START_TEST(columns_are_aligned)
{
    check_text(style_of(false, false, 80), memo,
               "  symbol   value  computed by  reused\n"
               "  ───────  ─────  ───────────  ──────\n"
               "  ∂L/∂ŷ      346  grad w11^2       12\n"
               "  ∂ŷ/∂o₁₁   -1.5                    0\n");
    check_text(style_of(true, false, 80), memo,
               "  symbol      value  computed by  reused\n"
               "  ----------  -----  -----------  ------\n"
               "  dL/dyhat      346  grad w11^2       12\n"
               "  dyhat/do11   -1.5                    0\n");
    check_text(style_of(false, true, 80), memo,
               "  \x1b[1msymbol\x1b[0m   \x1b[1mvalue\x1b[0m  \x1b[1mcomputed by\x1b[0m  "
               "\x1b[1mreused\x1b[0m\n"
               "  ───────  ─────  ───────────  ──────\n"
               "  ∂L/∂ŷ      346  grad w11^2       12\n"
               "  ∂ŷ/∂o₁₁   -1.5                    0\n");
}
END_TEST

START_TEST(columns_without_room_go_under_the_others)
{
    check_text(style_of(false, false, 30), memo,
               "  symbol   value  computed by\n"
               "    reused\n"
               "  ───────  ─────  ───────────\n"
               "    ──────\n"
               "  ∂L/∂ŷ      346  grad w11^2\n"
               "        12\n"
               "  ∂ŷ/∂o₁₁   -1.5\n"
               "         0\n");
}
END_TEST

static void words(Sink *sink, Arena *arena)
{
    static const Column columns[] = {{"name", "name"}, {"says", "what it says"}};
    const Table table = {.columns = columns, .count = 2, .headless = true};
    const Cell cells[] = {{.kind = CELL_TEXT, .text = "plateau"},
                          {.kind = CELL_TEXT, .text = "the loss hardly changes → a larger η"}};
    (void)arena;
    emit_table(sink, NULL, &table);
    emit_row(sink, cells);
    emit_end(sink);
}

/* Below an item of a list, with and without room. */
static void indented(Sink *sink, Arena *arena)
{
    (void)arena;
    static const Column columns[] = {{NULL, "a"}, {NULL, "what it is"}};
    emit_table(sink, NULL, &(Table){.columns = columns, .count = 2, .indent = 3});
    emit_row(sink, (Cell[]){{.kind = CELL_TEXT, .text = "a first word"},
                            {.kind = CELL_TEXT, .text = "and another"}});
    emit_end(sink);
}

START_TEST(a_table_may_stand_further_right)
{
    check_text(style_of(true, false, 80), indented,
               "     a             what it is\n"
               "     ------------  -----------\n"
               "     a first word  and another\n");
    check_text(style_of(true, false, 24), indented,
               "     a\n"
               "       what it is\n"
               "     ------------\n"
               "       -----------\n"
               "     a first word\n"
               "       and another\n");
}
END_TEST

START_TEST(the_last_column_of_words_is_folded)
{
    check_text(style_of(false, false, 80), words,
               "  plateau  the loss hardly changes → a larger η\n");
    check_text(style_of(false, false, 32), words,
               "  plateau  the loss hardly\n"
               "           changes → a larger η\n");
    check_text(style_of(true, false, 20), words,
               "  plateau\n"
               "    the loss hardly\n"
               "    changes -> a\n"
               "    larger lr\n");
}
END_TEST

static void program(Sink *sink, Arena *arena)
{
    static const Column columns[] = {{NULL, ""}, {"line", ""}, {"text", ""}};
    const Table table = {.columns = columns, .count = 3, .headless = true};
    const Span head[] = {{.kind = SPAN_TEXT, .text = "for each epoch:"}};
    const Span body[] = {{.kind = SPAN_TEXT, .text = "  update: w by η = "},
                         {.kind = SPAN_NUMBER, .number = 0.5},
                         {.kind = SPAN_TEXT, .text = " and "},
                         {.kind = SPAN_EXPR, .expr = parse(arena, "dL/dw11^2")},
                         {.kind = SPAN_TEXT, .text = ", see "},
                         {.kind = SPAN_CODE, .text = "show lr"}};
    emit_table(sink, NULL, &table);
    emit_row(sink, (Cell[]){{.kind = CELL_TEXT, .text = "→"},
                            {.kind = CELL_INTEGER, .integer = 2},
                            {.kind = CELL_PROSE, .prose = {head, 1}}});
    emit_row(sink, (Cell[]){{.kind = CELL_NONE},
                            {.kind = CELL_NONE},
                            {.kind = CELL_PROSE, .prose = {body, 6}}});
    emit_end(sink);
}

START_TEST(prose_in_a_cell_keeps_its_indentation)
{
    check_text(style_of(false, false, 80), program,
               "  →  2  for each epoch:\n"
               "          update: w by η = 0.5 and ∂L/∂w₁₁², see `show lr`\n");
    check_text(style_of(true, false, 40), program,
               "  ->  2  for each epoch:\n"
               "           update: w by lr = 0.5 and\n"
               "           dL/dw11^2, see `show lr`\n");
    check_text(style_of(true, false, 20), program,
               "  ->  2\n"
               "    for each epoch:\n"
               "      update: w by\n"
               "      lr = 0.5 and\n"
               "      dL/dw11^2, see\n"
               "      `show lr`\n");
}
END_TEST

static void kinds(Sink *sink, Arena *arena)
{
    static const Column columns[] = {{"a", "truth"}, {"b", "numbers"}};
    static const double numbers[] = {1, 2.5, -3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
    const Table table = {.columns = columns, .count = 2};
    (void)arena;
    emit_table(sink, NULL, &table);
    emit_row(sink, (Cell[]){{.kind = CELL_TRUTH, .integer = 1},
                            {.kind = CELL_NUMBERS, .numbers = numbers, .count = 3}});
    emit_row(sink, (Cell[]){{.kind = CELL_TRUTH},
                            {.kind = CELL_NUMBERS, .numbers = numbers, .count = 13}});
    emit_end(sink);
    emit_table(sink, NULL, &table);
    emit_end(sink);
}

START_TEST(cells_of_other_kinds_and_a_table_without_rows)
{
    check_text(style_of(false, false, 80), kinds,
               "  truth  numbers\n"
               "  ─────  ─────────────────────\n"
               "  yes    1, 2.5, -3\n"
               "  no     1, 2.5, -3, …, 12, 13\n");
}
END_TEST

START_TEST(a_long_table_is_streamed)
{
    enum { ROWS = 200000 };
    static const Column columns[] = {{"epoch", "epoch"}, {"loss", "loss"}};
    const Table table = {.columns = columns, .count = 2};
    Style style = STYLE_DEFAULT;
    Recorder recorder = {{record}, {0}, {0}, 0};
    Sink *sink = render_text(&recorder.writer, &style);
    sink->begin(sink, "train");
    emit_table(sink, "losses", &table);
    for (int i = 1; i <= ROWS; i++) {
        emit_row(sink, (Cell[]){{.kind = CELL_INTEGER, .integer = i},
                                {.kind = CELL_NUMBER, .number = 0.5}});
        if (i == 511) ck_assert_uint_eq(recorder.out.length, 0);
    }
    ck_assert_int_gt(recorder.writes, 20);
    emit_end(sink);
    sink->end(sink, NULL);
    const char *end = "\n  200000  0.5\n";
    ck_assert_str_eq(recorder.out.bytes + recorder.out.length - strlen(end), end);
    ck_assert_int_eq(strncmp(recorder.out.bytes, "  epoch  loss\n", 14), 0);
    ck_assert_ptr_nonnull(strstr(recorder.out.bytes, "\n     99   0.5\n    100   0.5\n"));
    render_free(sink);
    recorder_release(&recorder);
}
END_TEST

static void matrices(Sink *sink, Arena *arena)
{
    const Expr *weights[] = {parse(arena, "w11^1"), parse(arena, "w21^1"), parse(arena, "w12^1"),
                             parse(arena, "w22^1"), parse(arena, "w13^1"), parse(arena, "w23^1")};
    const Expr *inputs[] = {expr_number(arena, 80), expr_number(arena, 8)};
    const Expr *biases[] = {expr_number(arena, 0), expr_number(arena, -1.5), expr_number(arena, 0)};
    const Matrix shown[] = {{"σ(", "W¹ᵀ (3×2)", 3, 2, weights},
                            {"·", "x", 2, 1, inputs},
                            {"+", NULL, 3, 1, biases},
                            {") =", NULL, 1, 2, inputs}};
    sink->block(sink, &(Block){.kind = BLOCK_MATRICES, .matrices = shown, .matrix_count = 4});
}

START_TEST(matrices_stand_side_by_side)
{
    check_text(style_of(false, false, 80), matrices,
               "     W¹ᵀ (3×2)        x\n"
               "     ⎡ w₁₁¹  w₂₁¹ ⎤   ⎡ 80 ⎤   ⎡    0 ⎤\n"
               "  σ( ⎢ w₁₂¹  w₂₂¹ ⎥ · ⎣  8 ⎦ + ⎢ -1.5 ⎥ ) = [ 80  8 ]\n"
               "     ⎣ w₁₃¹  w₂₃¹ ⎦            ⎣    0 ⎦\n");
    check_text(style_of(true, false, 80), matrices,
               "           W^1^T (3*2)        x\n"
               "           [ w11^1  w21^1 ]   [ 80 ]   [    0 ]\n"
               "  sigmoid( [ w12^1  w22^1 ] * [  8 ] + [ -1.5 ] ) = [ 80  8 ]\n"
               "           [ w13^1  w23^1 ]            [    0 ]\n");
}
END_TEST

START_TEST(matrices_without_room_go_below)
{
    check_text(style_of(false, false, 30), matrices,
               "     W¹ᵀ (3×2)        x\n"
               "     ⎡ w₁₁¹  w₂₁¹ ⎤   ⎡ 80 ⎤\n"
               "  σ( ⎢ w₁₂¹  w₂₂¹ ⎥ · ⎣  8 ⎦\n"
               "     ⎣ w₁₃¹  w₂₃¹ ⎦\n"
               "    ⎡    0 ⎤\n"
               "  + ⎢ -1.5 ⎥ ) = [ 80  8 ]\n"
               "    ⎣    0 ⎦\n");
}
END_TEST

static void large_matrix(Sink *sink, Arena *arena)
{
    enum { ROWS = 20, COLUMNS = 30 };
    const Expr *cells[ROWS * COLUMNS];
    for (int i = 0; i < ROWS * COLUMNS; i++) cells[i] = expr_number(arena, i);
    const Matrix matrix = {"", "W¹ (20×30)", ROWS, COLUMNS, cells};
    sink->block(sink, &(Block){.kind = BLOCK_MATRICES, .matrices = &matrix, .matrix_count = 1});
    const Matrix wide = {"=", NULL, 1, 12, cells + COLUMNS * 10};
    sink->block(sink, &(Block){.kind = BLOCK_MATRICES, .matrices = &wide, .matrix_count = 1});
}

START_TEST(long_sides_are_cut)
{
    check_text(style_of(false, false, 40), large_matrix,
               "  W¹ (20×30)\n"
               "  ⎡   0    1    2  …   28   29 ⎤\n"
               "  ⎢  30   31   32  …   58   59 ⎥\n"
               "  ⎢  60   61   62  …   88   89 ⎥\n"
               "  ⎢   ⋮    ⋮    ⋮  ⋱    ⋮    ⋮ ⎥\n"
               "  ⎢ 540  541  542  …  568  569 ⎥\n"
               "  ⎣ 570  571  572  …  598  599 ⎦\n"
               "  = [ 300  301  302  …  310  311 ]\n");
    check_text(style_of(true, false, 80), large_matrix,
               "  W^1 (20*30)\n"
               "  [   0    1    2  ...   28   29 ]\n"
               "  [  30   31   32  ...   58   59 ]\n"
               "  [  60   61   62  ...   88   89 ]\n"
               "  [ ...  ...  ...  ...  ...  ... ]\n"
               "  [ 540  541  542  ...  568  569 ]\n"
               "  [ 570  571  572  ...  598  599 ]\n"
               "  = [ 300  301  302  303  304  305  306  307  308  309  310  311 ]\n");
}
END_TEST

UNIT("render_table", columns_are_aligned, columns_without_room_go_under_the_others,
     a_table_may_stand_further_right, the_last_column_of_words_is_folded,
     prose_in_a_cell_keeps_its_indentation, cells_of_other_kinds_and_a_table_without_rows,
     a_long_table_is_streamed, matrices_stand_side_by_side, matrices_without_room_go_below,
     long_sides_are_cut)
