/* Fuzzer: any bytes, split into lines, go through session_execute as a lesson's would.

   Nothing is printed or written. Work that runs long is interrupted as Ctrl-C would, so that an
   honest `step 1000000000` is no finding but a command that cannot be interrupted is. */
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/time.h>

#include "command/interpreter.h"
#include "render/render.h"

enum {
    PATIENCE = 100 * 1000, /* microseconds of computing for one line */
    INTERRUPTS = 10,       /* lines of a session that may run out of it */
    MEMORY = 8 << 20       /* bytes for a network */
};

static volatile sig_atomic_t interrupted;

static void interrupt(int signal)
{
    (void)signal;
    interrupted = 1;
}

static Outcome execute(Session *session, const char *line, size_t length)
{
    const struct itimerval patience = {.it_value = {.tv_usec = PATIENCE}};
    interrupted = 0;
    setitimer(ITIMER_VIRTUAL, &patience, NULL);
    return session_execute(session, line, length);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    signal(SIGVTALRM, interrupt);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Sink *sink = render_null();
    Session *session = session_new(&(SessionOptions){.sink = sink,
                                                     .style = STYLE_DEFAULT,
                                                     .interrupted = &interrupted,
                                                     .lessons = {.shipped = "lessons"},
                                                     .memory = MEMORY,
                                                     .access = ACCESS_SHIPPED});
    const char *line = (const char *)data, *end = line + size;
    int interrupts = 0;
    while (line < end && interrupts < INTERRUPTS) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((newline ? newline : end) - line);
        if (execute(session, line, length) == OUTCOME_QUIT) break;
        interrupts += interrupted;
        line += length + 1;
    }
    session_free(session);
    render_free(sink);
    return 0;
}
