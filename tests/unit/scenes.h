/* For tests of whole sessions: random ones, as the commands that make them. */
#ifndef TESTS_SCENES_H
#define TESTS_SCENES_H

#include <unistd.h>

#include "loops.h"
#include "trial.h"

typedef struct Scene {
    Text lines;
    char file[64]; /* of the data */
    int rows;
} Scene;

/* One line of a file, or of `input`. */
static inline void scene_row(const Case *given, size_t row, FILE *file)
{
    int width = given->rows.inputs + given->rows.targets;
    for (int i = 0; i < width; i++)
        fprintf(file, "%.17g%c", given->rows.values[row * (size_t)width + (size_t)i],
                i + 1 < width ? ',' : '\n');
}

static inline void scene_write_data(Scene *scene, const Case *given)
{
    static int files;
    snprintf(scene->file, sizeof scene->file, "build/scene-%ld-%d.csv", (long)getpid(), files++);
    FILE *file = fopen(scene->file, "w");
    ck_assert_ptr_nonnull(file);
    for (size_t row = 0; row < given->rows.count; row++) scene_row(given, row, file);
    ck_assert_int_eq(fclose(file), 0);
    text_print(&scene->lines, "data %s header=no target=", scene->file);
    for (int i = 1; i <= given->rows.targets; i++)
        text_print(&scene->lines, "%d%s", given->rows.inputs + i,
                   i < given->rows.targets ? "," : "\n");
}

static inline void scene_input(Scene *scene, const Case *given)
{
    text_add(&scene->lines, "input");
    for (int i = 0; i < given->rows.inputs + given->rows.targets; i++)
        text_print(&scene->lines, "%s %.17g", i == given->rows.inputs ? " ->" : "",
                   given->rows.values[i]);
    text_add(&scene->lines, "\n");
}

static inline void scene_set_plan(Scene *scene, const Case *given)
{
    static const char *const modes[] = {"stochastic", "batch", "mini"};
    const Plan *plan = &given->plan;
    text_print(&scene->lines, "set mode %s\nset batch %d\nset shuffle %s\n", modes[plan->mode],
               plan->batch, plan->shuffle ? "on" : "off");
}

/* The perceptron is for a single layer with a step and hinge loss. */
static inline bool scene_suits_perceptron(const Case *given)
{
    const Architecture *made = &given->net->architecture;
    return made->layers == 1 && !made->extras[0] && fusion_trick(made->activations[0], given->loss);
}

static inline void scene_set_descent(Scene *scene, const Case *given)
{
    const Descent *descent = &given->descent;
    bool trick = descent->optimizer->trick && !scene_suits_perceptron(given);
    text_print(&scene->lines, "set lr %.17g\nset optimizer %s\nset schedule %s\nset decay %g\n",
               descent->rate, trick ? "momentum" : descent->optimizer->name,
               descent->schedule->name, descent->decay);
    if (descent->clip_norm > 0) text_print(&scene->lines, "set clip norm=%g\n", descent->clip_norm);
    if (descent->clip_value > 0)
        text_print(&scene->lines, "set clip value=%g\n", descent->clip_value);
}

static inline Case scene_draw_case(Random *random, size_t parameters, double rate)
{
    for (;;) {
        Case given = draw_case(random, rate);
        if (given.net->parameters <= parameters) return given;
        case_release(&given);
    }
}

/* A network with at most PARAMETERS parameters, 2 to 13 rows or one that is typed, and a loop over
   them that learns at RATE. To be released. */
static inline Scene scene_draw(Random *random, size_t parameters, double rate)
{
    Scene scene = {0};
    Case given = scene_draw_case(random, parameters, rate);
    const Architecture *made = &given.net->architecture;
    text_add(&scene.lines, "init ");
    architecture_spell(&scene.lines, made);
    text_print(&scene.lines, " loss=%s weights=normal seed=%d%s\n", given.loss->name,
               random_between(random, 0, 1000), made->biases ? "" : " biases=none");
    bool typed = !random_below(random, 8);
    if (typed)
        scene_input(&scene, &given);
    else
        scene_write_data(&scene, &given);
    scene.rows = typed ? 0 : (int)given.rows.count;
    scene_set_plan(&scene, &given);
    scene_set_descent(&scene, &given);
    if (made->layers < 4 && !random_below(random, 6)) text_add(&scene.lines, "set memo off\n");
    if (!typed && !random_below(random, 4))
        text_print(&scene.lines, "row %d\n", random_between(random, 1, scene.rows));
    case_release(&given);
    return scene;
}

static inline void scene_release(Scene *scene)
{
    if (*scene->file) ck_assert_int_eq(remove(scene->file), 0);
    text_release(&scene->lines);
}

#endif
