#include "spelled.h"

typedef void Emit(Sink *sink, Arena *arena);

static void check_json(Emit *emit, const char *want)
{
    const Style style = STYLE_DEFAULT;
    Recorder recorder = {{record}, {0}, {0}, 0};
    Arena arena = {0};
    Sink *sink = render_json(&recorder.writer, &style);
    sink->begin(sink, "the command");
    emit(sink, &arena);
    sink->end(sink, NULL);
    ck_assert_str_eq(text_string(&recorder.out), want);
    render_free(sink);
    recorder_release(&recorder);
    arena_release(&arena);
}

static void field(Sink *sink, const char *key, Cell cell)
{
    sink->block(sink, &(Block){.kind = BLOCK_FIELD, .key = key, .cell = cell});
}

static void number(Sink *sink, const char *key, double value)
{
    field(sink, key, (Cell){.kind = CELL_NUMBER, .number = value});
}

static void nothing(Sink *sink, Arena *arena)
{
    (void)sink, (void)arena;
}

static void scalars(Sink *sink, Arena *arena)
{
    static const double numbers[] = {1, 2.5, NAN};
    number(sink, "third", 1.0 / 3);
    number(sink, "nan", NAN);
    number(sink, "inf", -INFINITY);
    field(sink, "integer", (Cell){.kind = CELL_INTEGER, .integer = -7});
    field(sink, "truth", (Cell){.kind = CELL_TRUTH, .integer = 1});
    field(sink, "none", (Cell){.kind = CELL_NONE});
    field(sink, "symbol", (Cell){.kind = CELL_SYMBOL, .expr = parse(arena, "dL/dw11^2")});
    field(sink, "text", (Cell){.kind = CELL_TEXT, .text = "(y - ŷ)²"});
    field(sink, "foreign", (Cell){.kind = CELL_FOREIGN, .text = "é \"\\\n\x01\x7f\xff"});
    field(sink, "steering",
          (Cell){.kind = CELL_FOREIGN, .text = "\xc2\x9b\xe2\x80\xae\xf3\xa0\x81\x81"});
    const Span spans[] = {{.kind = SPAN_TEXT, .text = "  ŷ is "},
                          {.kind = SPAN_EXPR, .expr = parse(arena, "w11^1*x1")},
                          {.kind = SPAN_FOREIGN, .text = ", \""}};
    field(sink, "prose", (Cell){.kind = CELL_PROSE, .prose = {spans, 3}});
    field(sink, "numbers", (Cell){.kind = CELL_NUMBERS, .numbers = numbers, .count = 3});
    emit_words(sink, BLOCK_NOTE, "for people only");
}

START_TEST(fields)
{
    check_json(nothing, "{\"command\":\"the command\",\"status\":\"ok\"}\n");
    check_json(scalars, "{\"command\":\"the command\",\"third\":0.3333333333333333,\"nan\":\"nan\","
                        "\"inf\":\"-inf\",\"integer\":-7,\"truth\":true,\"none\":null,"
                        "\"symbol\":\"dL/dw11^2\",\"text\":\"(y - yhat)^2\","
                        "\"foreign\":\"é \\\"\\\\\\n\\u0001\\u007f\ufffd\","
                        "\"steering\":\"\\u009b\\u202e\\udb40\\udc41\","
                        "\"prose\":\"  yhat is w11^1*x1, \\\"\","
                        "\"numbers\":[1,2.5,\"nan\"],\"status\":\"ok\"}\n");
}
END_TEST

static void repeated(Sink *sink, Arena *arena)
{
    (void)arena;
    number(sink, "loss", 1);
    number(sink, "loss", 2);
    number(sink, "loss", 3);
    number(sink, "rate", 0.1);
}

START_TEST(a_repeated_key_is_a_list)
{
    check_json(repeated, "{\"command\":\"the command\",\"loss\":[1,2,3],\"rate\":0.1,"
                         "\"status\":\"ok\"}\n");
}
END_TEST

static Factor factor(Arena *arena, const char *symbol, const char *formula, double value,
                     Source source)
{
    return (Factor){.symbol = parse(arena, symbol),
                    .formula = formula ? parse(arena, formula) : NULL,
                    .value = value,
                    .source = source};
}

static void derivations(Sink *sink, Arena *arena)
{
    Factor factors[] = {factor(arena, "dL/dyhat", "-2*(y - yhat)", 346, SOURCE_MEMO),
                        factor(arena, "dyhat/do11", "w11^2", 1, SOURCE_COMPUTED),
                        factor(arena, "do11/dw11^1", "x1", 80, SOURCE_INPUT)};
    factors[0].by = "grad \"b21\"";
    const Derivation first = {.of = parse(arena, "dL/dw11^1"),
                              .chain = {factors, 3, 27680, {0}},
                              .closed_form = parse(arena, "-2*(y - yhat)*w11^2*x1"),
                              .value = 27680};
    sink->block(sink,
                &(Block){.kind = BLOCK_DERIVATION, .key = "derivations", .derivation = first});
    const Factor left[] = {factor(arena, "dL/dz21", NULL, 0.5, SOURCE_COMPUTED)};
    const Factor right[] = {factor(arena, "dL/dz22", NULL, -2, SOURCE_COMPUTED)};
    const Chain terms[] = {{left, 1, 0.5, {0}}, {right, 1, -2, {0}}};
    Factor sum = factor(arena, "dL/do11", NULL, -1.5, SOURCE_COMPUTED);
    sum.terms = terms;
    sum.term_count = 2;
    const Derivation second = {
        .of = parse(arena, "dL/do11"), .chain = {&sum, 1, -1.5, {0}}, .value = -1.5};
    sink->block(sink,
                &(Block){.kind = BLOCK_DERIVATION, .key = "derivations", .derivation = second});
}

START_TEST(derivations_form_a_list)
{
    check_json(
        derivations,
        "{\"command\":\"the command\",\"derivations\":["
        "{\"of\":\"dL/dw11^1\",\"factors\":["
        "{\"symbol\":\"dL/dyhat\",\"formula\":\"-2*(y - yhat)\",\"numbers\":\"-2*(3 - 176)\","
        "\"value\":346,\"source\":\"memo\",\"by\":\"grad \\\"b21\\\"\"},"
        "{\"symbol\":\"dyhat/do11\",\"formula\":\"w11^2\",\"numbers\":\"1\",\"value\":1,"
        "\"source\":\"computed\"},"
        "{\"symbol\":\"do11/dw11^1\",\"formula\":\"x1\",\"numbers\":\"80\",\"value\":80,"
        "\"source\":\"forward\"}],"
        "\"closed_form\":\"-2*(y - yhat)*w11^2*x1\",\"value\":27680},"
        "{\"of\":\"dL/do11\",\"factors\":["
        "{\"symbol\":\"dL/do11\",\"formula\":\"dL/dz21 + dL/dz22\",\"numbers\":\"0.5 + (-2)\","
        "\"value\":-1.5,\"source\":\"computed\",\"terms\":["
        "[{\"symbol\":\"dL/dz21\",\"formula\":null,\"numbers\":null,\"value\":0.5,"
        "\"source\":\"computed\"}],"
        "[{\"symbol\":\"dL/dz22\",\"formula\":null,\"numbers\":null,\"value\":-2,"
        "\"source\":\"computed\"}]]}],"
        "\"closed_form\":null,\"value\":-1.5}],\"status\":\"ok\"}\n");
}
END_TEST

/* A mean over rows 4 and 2, and what it rests on in row 4. */
static void batch(Sink *sink, Arena *arena)
{
    const Expr *const items[] = {parse(arena, "dL/dyhat"), expr_number(arena, -2)};
    const NamedMean mean = {expr_mean(arena, items, 2, 172), {true, 1, 172.4, 4}};
    const Factor slope = factor(arena, "dL/dz11", "dL/dyhat", 346, SOURCE_COMPUTED);
    const Derivation node = {.of = parse(arena, "dL/dz11"),
                             .chain = {&slope, 1, 346, {0}},
                             .value = 346,
                             .row = 4,
                             .means = &mean,
                             .mean_count = 1};
    sink->block(sink, &(Block){.kind = BLOCK_DERIVATION, .key = "derivations", .derivation = node});
    const Factor one[] = {factor(arena, "dL/dz11", NULL, 346, SOURCE_COMPUTED)};
    const Factor other[] = {factor(arena, "dL/dz11", NULL, -2, SOURCE_COMPUTED)};
    const Chain terms[] = {{one, 1, 346, {0}}, {other, 1, -2, {0}}};
    Factor rows = factor(arena, "dL/db11", NULL, 172, SOURCE_COMPUTED);
    rows.term_count = 2, rows.rows = give_rows(arena, terms, (const long[]){4, 2});
    const Derivation whole = {
        .of = parse(arena, "dL/db11"), .chain = {&rows, 1, 172, {0}}, .value = 172};
    sink->block(sink,
                &(Block){.kind = BLOCK_DERIVATION, .key = "derivations", .derivation = whole});
}

START_TEST(a_batch_names_its_rows)
{
    check_json(batch,
               "{\"command\":\"the command\",\"derivations\":["
               "{\"of\":\"dL/dz11\",\"row\":4,\"factors\":["
               "{\"symbol\":\"dL/dz11\",\"formula\":\"dL/dyhat\",\"numbers\":\"346\","
               "\"value\":346,\"source\":\"computed\"}],\"closed_form\":null,\"means\":["
               "{\"formula\":\"mean(dL/dyhat)\",\"numbers\":\"(346 + (-2))/2\",\"value\":172,"
               "\"hand\":172.4,\"units_off\":4}],"
               "\"value\":346},"
               "{\"of\":\"dL/db11\",\"factors\":["
               "{\"symbol\":\"dL/db11\",\"formula\":\"mean(dL/dz11)\","
               "\"numbers\":\"(346 + (-2))/2\",\"value\":172,\"source\":\"computed\","
               "\"rows\":[4,2],\"terms\":["
               "[{\"symbol\":\"dL/dz11\",\"formula\":null,\"numbers\":null,\"value\":346,"
               "\"source\":\"computed\"}],"
               "[{\"symbol\":\"dL/dz11\",\"formula\":null,\"numbers\":null,\"value\":-2,"
               "\"source\":\"computed\"}]]}],"
               "\"closed_form\":null,\"value\":172}],\"status\":\"ok\"}\n");
}
END_TEST

static void table(Sink *sink, const char *key, Table given, const Cell *cells, int rows)
{
    sink->block(sink, &(Block){.kind = BLOCK_TABLE, .key = key, .table = given});
    for (int i = 0; i < rows; i++)
        sink->block(sink, &(Block){.kind = BLOCK_ROW, .cells = cells + i * given.count});
    sink->block(sink, &(Block){.kind = BLOCK_TABLE_END});
}

static void tables(Sink *sink, Arena *arena)
{
    static const Column two[] = {{"parameter", "parameter"}, {"new", NULL}};
    static const Column three[] = {{NULL, "for people"}, {"name", "name"}, {NULL, "too"}};
    const Cell cells[] = {{.kind = CELL_SYMBOL, .expr = parse(arena, "w11^2")},
                          {.kind = CELL_NUMBER, .number = 0.5},
                          {.kind = CELL_INTEGER, .integer = 3},
                          {.kind = CELL_NUMBER, .number = NAN}};
    const Cell names[] = {
        {.kind = CELL_NONE}, {.kind = CELL_TEXT, .text = "plateau"},   {.kind = CELL_NONE},
        {.kind = CELL_NONE}, {.kind = CELL_TEXT, .text = "dead relu"}, {.kind = CELL_NONE}};
    table(sink, "updates", (Table){.columns = two, .count = 2}, cells, 1);
    table(sink, "updates", (Table){.columns = two, .count = 2}, cells, 1);
    table(sink, NULL, (Table){.columns = two, .count = 2}, cells, 2);
    table(sink, "parameters", (Table){.columns = two, .count = 2, .map = true}, cells, 2);
    table(sink, "findings", (Table){.columns = three, .count = 3, .list = true}, names, 2);
    table(sink, "none", (Table){.columns = two, .count = 2}, cells, 0);
    table(sink, "empty", (Table){.columns = two, .count = 2, .map = true}, cells, 0);
    table(sink, "event", (Table){.columns = two, .count = 2, .object = true}, cells, 1);
}

START_TEST(tables_are_lists_maps_or_objects)
{
    check_json(tables, "{\"command\":\"the command\","
                       "\"updates\":[{\"parameter\":\"w11^2\",\"new\":0.5},"
                       "{\"parameter\":\"w11^2\",\"new\":0.5}],"
                       "\"parameters\":{\"w11^2\":0.5,\"3\":\"nan\"},"
                       "\"findings\":[\"plateau\",\"dead relu\"],\"none\":[],\"empty\":{},"
                       "\"event\":{\"parameter\":\"w11^2\",\"new\":0.5},"
                       "\"status\":\"ok\"}\n");
}
END_TEST

static void others(Sink *sink, Arena *arena)
{
    const Equation equation = {parse(arena, "o11"), parse(arena, "x1 + x2"), 88, NULL, false, {0}};
    sink->block(sink, &(Block){.kind = BLOCK_EQUATION, .key = "rules", .equation = equation});
    const Equation bare = {NULL, parse(arena, "x1 + x2"), NAN, NULL, true, {0}};
    sink->block(sink, &(Block){.kind = BLOCK_EQUATION, .key = "rules", .equation = bare});
    const Span spans[] = {{.kind = SPAN_TEXT, .text = "epoch "},
                          {.kind = SPAN_NUMBER, .number = 3},
                          {.kind = SPAN_TEXT, .text = " → "},
                          {.kind = SPAN_CODE, .text = "help"},
                          {.kind = SPAN_TEXT, .text = " "},
                          {.kind = SPAN_NUMBERS, .expr = parse(arena, "x1 + x2")}};
    sink->block(sink,
                &(Block){.kind = BLOCK_NOTE, .key = "reason", .spans = spans, .span_count = 6});
    sink->block(sink, &(Block){.kind = BLOCK_TEXT, .key = "text", .text = "a\nb"});
    const Expr *cells[] = {expr_number(arena, 1), parse(arena, "w11^1")};
    const Matrix matrix = {"=", "W¹", 2, 1, cells};
    sink->block(sink, &(Block){.kind = BLOCK_MATRICES,
                               .key = "matrices",
                               .matrices = &matrix,
                               .matrix_count = 1});
    const Factor link[] = {factor(arena, "dL/dyhat", NULL, 346, SOURCE_FORWARD)};
    sink->block(
        sink,
        &(Block){.kind = BLOCK_PATH, .key = "paths", .derivation.chain = {link, 1, 346, {0}}});
}

START_TEST(other_blocks_with_a_key)
{
    check_json(
        others,
        "{\"command\":\"the command\",\"rules\":["
        "{\"symbol\":\"o11\",\"formula\":\"x1 + x2\",\"numbers\":\"80 + 8\",\"value\":88},"
        "{\"formula\":\"x1 + x2\"}],\"reason\":\"epoch 3 -> help 80 + 8\",\"text\":\"a\\nb\","
        "\"matrices\":[{\"caption\":\"W^1\",\"rows\":[[1],[\"w11^1\"]]}],"
        "\"paths\":[[{\"symbol\":\"dL/dyhat\",\"formula\":null,\"numbers\":null,"
        "\"value\":346,\"source\":\"forward\"}]],\"status\":\"ok\"}\n");
}
END_TEST

static void begin_object(Sink *sink, const char *key)
{
    sink->block(sink, &(Block){.kind = BLOCK_OBJECT, .key = key, .data = true});
}

static void end_object(Sink *sink)
{
    sink->block(sink, &(Block){.kind = BLOCK_OBJECT_END, .data = true});
}

static void objects(Sink *sink, Arena *arena)
{
    static const Column columns[] = {{"symbol", "symbol"}};
    const Cell symbol = {.kind = CELL_SYMBOL, .expr = parse(arena, "w11^2")};
    begin_object(sink, "events");
    number(sink, "value", 1);
    table(sink, "known", (Table){.columns = columns, .count = 1}, &symbol, 1);
    end_object(sink);
    begin_object(sink, "events");
    end_object(sink);
    begin_object(sink, "events");
    emit_words(sink, BLOCK_NOTE, "for people only");
    begin_object(sink, "within");
    number(sink, "value", 2);
    number(sink, "value", 3);
    end_object(sink);
    number(sink, "value", 4);
    end_object(sink);
    number(sink, "value", 5);
}

START_TEST(objects_are_elements_of_a_list)
{
    check_json(objects, "{\"command\":\"the command\",\"events\":["
                        "{\"value\":1,\"known\":[{\"symbol\":\"w11^2\"}]},{},"
                        "{\"within\":[{\"value\":[2,3]}],\"value\":4}],\"value\":5,"
                        "\"status\":\"ok\"}\n");
}
END_TEST

START_TEST(failures_close_what_was_open)
{
    const Style style = {.width = 80};
    Recorder recorder = {{record}, {0}, {0}, 0};
    Sink *sink = render_json(&recorder.writer, &style);
    const Column column = {"loss", "loss"};
    const Cell cell = {.kind = CELL_NUMBER, .number = 0.5};
    sink->begin(sink, "train \"5\"");
    begin_object(sink, "runs");
    const Table losses = {.columns = &column, .count = 1, .list = true};
    sink->block(sink, &(Block){.kind = BLOCK_TABLE, .key = "losses", .table = losses});
    sink->block(sink, &(Block){.kind = BLOCK_ROW, .cells = &cell});
    sink->end(sink, &(Failure){"it diverged", "train \"5\"", 7, "a.bp", 3});
    ck_assert_str_eq(text_string(&recorder.out),
                     "{\"command\":\"train \\\"5\\\"\",\"runs\":[{\"losses\":[0.5]}],"
                     "\"status\":\"error\","
                     "\"message\":\"it diverged\",\"line\":3,\"column\":7}\n");
    ck_assert_str_eq(text_string(&recorder.error),
                     "a.bp:3: error: it diverged\n  train \"5\"\n        ^\n");
    render_free(sink);
    recorder_release(&recorder);
}
END_TEST

START_TEST(an_inner_command_has_its_line_first)
{
    const Style style = STYLE_DEFAULT;
    Recorder recorder = {{record}, {0}, {0}, 0};
    Sink *sink = render_json(&recorder.writer, &style);
    sink->begin(sink, "source a.bp");
    number(sink, "before", 1);
    sink->begin(sink, "source b.bp");
    sink->begin(sink, "loss");
    number(sink, "loss", 2);
    sink->end(sink, NULL);
    sink->begin(sink, "forward");
    sink->end(sink, NULL);
    sink->end(sink, NULL);
    number(sink, "before", 3);
    ck_assert_int_eq(recorder.writes, 0);
    sink->end(sink, NULL);
    ck_assert_str_eq(text_string(&recorder.out),
                     "{\"command\":\"loss\",\"loss\":2,\"status\":\"ok\"}\n"
                     "{\"command\":\"forward\",\"status\":\"ok\"}\n"
                     "{\"command\":\"source b.bp\",\"status\":\"ok\"}\n"
                     "{\"command\":\"source a.bp\",\"before\":[1,3],\"status\":\"ok\"}\n");
    render_free(sink);
    recorder_release(&recorder);
}
END_TEST

START_TEST(a_large_result_is_streamed)
{
    const Style style = STYLE_DEFAULT;
    Recorder recorder = {{record}, {0}, {0}, 0};
    Arena arena = {0};
    Sink *sink = render_json(&recorder.writer, &style);
    sink->begin(sink, "grad all");
    for (int i = 0; i < 2000; i++) derivations(sink, &arena);
    ck_assert_int_gt(recorder.writes, 10);
    sink->end(sink, NULL);
    const char *end = "\"value\":-1.5}],\"status\":\"ok\"}\n";
    ck_assert_str_eq(recorder.out.bytes + recorder.out.length - strlen(end), end);
    render_free(sink);
    recorder_release(&recorder);
    arena_release(&arena);
}
END_TEST

START_TEST(the_null_renderer_says_nothing)
{
    Arena arena = {0};
    Sink *sink = render_null();
    sink->begin(sink, "command");
    tables(sink, &arena);
    sink->end(sink, &(Failure){"no", "command", 1, NULL, 0});
    render_free(sink);
    arena_release(&arena);
}
END_TEST

UNIT("render_json", fields, a_repeated_key_is_a_list, derivations_form_a_list,
     a_batch_names_its_rows, tables_are_lists_maps_or_objects, other_blocks_with_a_key,
     objects_are_elements_of_a_list, failures_close_what_was_open,
     an_inner_command_has_its_line_first, a_large_result_is_streamed,
     the_null_renderer_says_nothing)
