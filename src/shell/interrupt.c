#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "shell/interrupt.h"

/* A signal handler is given no context: these cannot be members of anything. */
static volatile sig_atomic_t interrupted, continued;

static void on_interrupt(int signal)
{
    (void)signal;
    int saved = errno;
    interrupted = interrupted + 1;
    /* the terminal has echoed ^C; what follows begins on a fresh line */
    if (isatty(STDERR_FILENO) && write(STDERR_FILENO, "\n", 1) < 0) errno = 0;
    errno = saved;
}

static void on_continue(int signal)
{
    (void)signal;
    continued = 1;
}

static void on_closed_pipe(int signal)
{
    (void)signal;
}

void interrupt_install(bool interactive)
{
    struct sigaction before;
    sigaction(SIGINT, NULL, &before);
    /* no SA_RESTART: a read that waits for a line is to return */
    struct sigaction action = {.sa_handler = on_interrupt,
                               .sa_flags = interactive ? 0 : (int)SA_RESETHAND};
    if (before.sa_handler != SIG_IGN) sigaction(SIGINT, &action, NULL);
    action = (struct sigaction){.sa_handler = on_continue, .sa_flags = SA_RESTART};
    if (interactive) sigaction(SIGCONT, &action, NULL);
    /* handled, not ignored: a program started from here gets the default back */
    sigaction(SIGPIPE, &(struct sigaction){.sa_handler = on_closed_pipe}, NULL);
}

const volatile sig_atomic_t *interrupt_flag(void)
{
    return &interrupted;
}

void interrupt_clear(void)
{
    interrupted = 0;
}

void interrupt_hold(bool held)
{
    sigset_t interrupts;
    sigemptyset(&interrupts);
    sigaddset(&interrupts, SIGINT);
    sigprocmask(held ? SIG_BLOCK : SIG_UNBLOCK, &interrupts, NULL);
}

bool interrupt_continued(void)
{
    bool answer = continued;
    continued = 0;
    return answer;
}

bool interrupt_wait(int descriptor, int (*pending)(void))
{
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    bool ready = !pending() && ppoll(&(struct pollfd){descriptor, POLLIN, 0}, 1, NULL, &before) > 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ready;
}
