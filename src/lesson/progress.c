#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "lesson/progress.h"

enum { FILE_BYTES = 4096 };

/* A file, with a sign for the result of each question. */
static const char form[] = "steps %9d of %9d\nfinished %1d\nquestions %1000[.+s-]";
static const char signs[] = {
    [RESULT_NONE] = '.', [RESULT_RIGHT] = '+', [RESULT_LATER] = '-', [RESULT_SHOWN] = 's'};

Standing standing_new(int total, int questions)
{
    if (questions > STANDING_QUESTIONS) questions = STANDING_QUESTIONS;
    return (Standing){.total = total, .questions = questions};
}

int standing_count(const Standing *standing, Result result)
{
    int count = 0;
    for (int i = 0; i < standing->questions; i++) count += standing->results[i] == result;
    return count;
}

void standing_set(Standing *standing, int question, Result result)
{
    if (question < standing->questions) standing->results[question] = (unsigned char)result;
}

static void read_results(Standing *standing, const char *text)
{
    for (int i = 0; i < standing->questions && text[i]; i++) {
        const char *sign = memchr(signs, text[i], sizeof signs);
        if (sign) standing->results[i] = (unsigned char)(sign - signs);
    }
}

static void read_standing(Standing *standing, const char *text)
{
    int steps, total, finished;
    char results[STANDING_QUESTIONS + 1] = "";
    if (sscanf(text, form, &steps, &total, &finished, results) < 3) return;
    if (steps < 0 || steps > total) return;
    standing->finished = finished;
    if (total != standing->total) return;
    standing->steps = steps;
    read_results(standing, results);
}

void progress_load(const char *file, Standing *standing)
{
    char text[FILE_BYTES + 1];
    int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return;
    ssize_t length = read(descriptor, text, FILE_BYTES);
    close(descriptor);
    if (length <= 0) return;
    text[length] = '\0';
    read_standing(standing, text);
}

bool progress_save(const char *file, const Standing *standing, Error *err)
{
    Text text = {0};
    text_print(&text, "steps %d of %d\nfinished %d\nquestions ", standing->steps, standing->total,
               standing->finished);
    for (int i = 0; i < standing->questions; i++) text_add_char(&text, signs[standing->results[i]]);
    text_add_char(&text, '\n');
    file_make_folders(file);
    mode_t before = umask(0077);
    bool ok = file_replace(file, text.bytes, text.length, 0, err);
    umask(before);
    text_release(&text);
    return ok;
}

bool progress_reset(const char *file, Error *err)
{
    return !unlink(file) || errno == ENOENT ||
           fail(err, 0, "cannot remove %s: %s", file, strerror(errno));
}
