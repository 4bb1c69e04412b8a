/* A plot's data: {"title", "x", "y", "series": [{"name", "style", "points": [[x, y], ...]}],
   "marks": [{"name", "x", "y"}], "regions": {"x": [low, high], "y", "classes", "rows"}}. */
#include "render/json.h"

static void add_prose(JsonRenderer *json, Text *out, const char *key, const Prose *prose)
{
    text_add(out, key);
    json_spans(json, out, prose->spans, prose->count);
}

static void add_number(JsonRenderer *json, Text *out, const char *before, double value)
{
    text_add(out, before);
    json_number(&json->speller, out, value);
}

static void add_series(JsonRenderer *json, Text *out, const Series *series)
{
    static const char *const styles[] = {[SERIES_LINE] = "line",
                                         [SERIES_POINTS] = "points",
                                         [SERIES_WRONG] = "wrong",
                                         [SERIES_BARS] = "bars",
                                         [SERIES_TANGENT] = "tangent"};
    add_prose(json, out, "{\"name\":", &series->name);
    text_print(out, ",\"style\":\"%s\",\"points\":[", styles[series->style]);
    for (int i = 0; i < series->count; i++) {
        add_number(json, out, i ? ",[" : "[", series->points[i].x);
        add_number(json, out, ",", series->points[i].y);
        text_add_char(out, ']');
    }
    text_add(out, "]}");
}

static void add_mark(JsonRenderer *json, Text *out, const PlotMark *mark)
{
    add_prose(json, out, "{\"name\":", &mark->name);
    add_number(json, out, ",\"x\":", mark->at.x);
    add_number(json, out, ",\"y\":", mark->at.y);
    text_add_char(out, '}');
}

static void add_regions(JsonRenderer *json, Text *out, const Regions *regions)
{
    add_number(json, out, ",\"regions\":{\"x\":[", regions->x_low);
    add_number(json, out, ",", regions->x_high);
    add_number(json, out, "],\"y\":[", regions->y_low);
    add_number(json, out, ",", regions->y_high);
    for (int i = 0; i < regions->class_count; i++)
        add_prose(json, out, i ? "," : "],\"classes\":[", &regions->classes[i]);
    text_add(out, "],\"rows\":[");
    for (int row = 0; row < regions->rows; row++) {
        for (int column = 0; column < regions->columns; column++)
            text_print(out, "%s%d",
                       column ? ","
                       : row  ? ",["
                              : "[",
                       regions->cells[row * regions->columns + column]);
        text_add_char(out, ']');
    }
    text_add(out, "]}");
}

void json_plot(JsonRenderer *json, Text *out, const Plot *plot)
{
    add_prose(json, out, "{\"title\":", &plot->title);
    add_prose(json, out, ",\"x\":", &plot->x);
    add_prose(json, out, ",\"y\":", &plot->y);
    text_add(out, ",\"series\":[");
    for (int i = 0; i < plot->series_count; i++) {
        if (i) text_add_char(out, ',');
        add_series(json, out, &plot->series[i]);
    }
    text_add_char(out, ']');
    for (int i = 0; i < plot->mark_count; i++) {
        text_add(out, i ? "," : ",\"marks\":[");
        add_mark(json, out, &plot->marks[i]);
    }
    if (plot->mark_count) text_add_char(out, ']');
    if (plot->regions.rows) add_regions(json, out, &plot->regions);
    text_add_char(out, '}');
}
