#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/number.h"
#include "shell/terminal.h"

void terminal_secure_streams(void)
{
    /* opened the wrong way round, so that using a closed stream is still an error */
    static const int ways[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0 && open("/dev/null", ways[stream]) != stream) abort();
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

bool terminal_is_utf8(void)
{
    bool named = variable("LC_ALL") || variable("LC_CTYPE") || variable("LANG");
    if (!named || !setlocale(LC_CTYPE, "")) setlocale(LC_CTYPE, "C.UTF-8");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool terminal_is_steerable(void)
{
    const char *kind = variable("TERM");
    bool terminal = isatty(STDOUT_FILENO) && isatty(STDERR_FILENO);
    return terminal && kind && strcmp(kind, "dumb") != 0;
}

bool terminal_has_color(void)
{
    return terminal_is_steerable() && !variable("NO_COLOR");
}

int terminal_columns(void)
{
    enum { USUAL = 80, MOST = 10000 };
    if (!isatty(STDOUT_FILENO)) return USUAL;
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col) return size.ws_col;
    long columns;
    const char *told = variable("COLUMNS");
    return told && number_read_integer(told, 1, MOST, &columns) ? (int)columns : USUAL;
}
