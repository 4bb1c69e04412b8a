#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/text.h"
#include "shell/places.h"

static char *join(const char *first, const char *middle, const char *last)
{
    Text path = {0};
    text_print(&path, "%s/%s%s", first, middle, last);
    return path.bytes;
}

/* A relative path in an XDG variable counts as none, as the specification has it. */
static char *xdg_place(const char *variable, const char *fallback, const char *name)
{
    const char *base = getenv(variable), *home = getenv("HOME");
    if (base && base[0] == '/') return join(base, "", name);
    return home && *home ? join(home, fallback, name) : NULL;
}

char *place_start_file(void)
{
    return xdg_place("XDG_CONFIG_HOME", ".config/", "backprop/init.bp");
}

char *place_history(void)
{
    return xdg_place("XDG_STATE_HOME", ".local/state/", "backprop/history");
}

char *place_progress(const char *lesson)
{
    Text name = {0};
    text_print(&name, "backprop/lessons/%s", lesson);
    char *place = xdg_place("XDG_STATE_HOME", ".local/state/", text_string(&name));
    text_release(&name);
    return place;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The folder that the executable is in, links resolved: ./backprop is one into build/. */
static bool executable_folder(const char *program, char folder[PATH_MAX])
{
    if (!realpath("/proc/self/exe", folder) && !realpath(program, folder)) return false;
    *strrchr(folder, '/') = '\0';
    return true;
}

char *place_own_lessons(void)
{
    const char *told = getenv("BACKPROP_LESSONS");
    return told && *told ? memory_copy(told) : NULL;
}

char *place_shipped_lessons(const char *program)
{
    /* a folder packed by hand, an installation, build/MODE/ in the source tree */
    static const char *const beside[] = {"lessons", "../share/backprop/lessons", "../../lessons"};
    char folder[PATH_MAX];
    if (!executable_folder(program, folder)) return NULL;
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        char *path = join(folder, "", beside[i]);
        if (is_folder(path)) return path;
        free(path);
    }
    return NULL;
}
