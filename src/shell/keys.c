#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "shell/interrupt.h"
#include "shell/keys.h"

/* What ends or stops the process, and what changes the terminal. */
static const int signals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGWINCH};
enum { SIGNALS = sizeof signals / sizeof *signals };

/* A signal handler is given no context. */
static volatile sig_atomic_t caught;

static void on_signal(int signal)
{
    caught = signal;
}

typedef struct Wait {
    struct termios terminal; /* as it was */
    struct sigaction actions[SIGNALS];
} Wait;

bool keys_available(void)
{
    struct termios terminal;
    return tcgetattr(STDIN_FILENO, &terminal) == 0;
}

/* A process in the background is stopped here, and comes back to it. */
static bool set_terminal(const struct termios *terminal)
{
    int done;
    do done = tcsetattr(STDIN_FILENO, TCSADRAIN, terminal);
    while (done < 0 && errno == EINTR && !caught);
    return done == 0;
}

/* The handlers come first: from now on nothing happens to the process while the terminal is not as
   it was. */
static bool begin(Wait *wait)
{
    caught = 0;
    if (tcgetattr(STDIN_FILENO, &wait->terminal) < 0) return false;
    struct sigaction action = {.sa_handler = on_signal};
    for (int i = 0; i < SIGNALS; i++) sigaction(signals[i], &action, &wait->actions[i]);
    struct termios single = wait->terminal;
    single.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    single.c_cc[VMIN] = 1;
    single.c_cc[VTIME] = 0;
    set_terminal(&single);
    return true;
}

static int end(const Wait *wait)
{
    int before = caught;
    caught = 0;
    set_terminal(&wait->terminal);
    if (!caught) caught = before;
    for (int i = 0; i < SIGNALS; i++) sigaction(signals[i], &wait->actions[i], NULL);
    return caught;
}

/* 1: there is something to read; 0: the time is over; -1: a signal came. */
static int wait_input(const struct timespec *most)
{
    sigset_t ours, before;
    sigemptyset(&ours);
    for (int i = 0; i < SIGNALS; i++) sigaddset(&ours, signals[i]);
    sigprocmask(SIG_BLOCK, &ours, &before);
    struct pollfd input = {STDIN_FILENO, POLLIN, 0};
    int ready = caught ? -1 : ppoll(&input, 1, most, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ready;
}

/* The rest of an escape sequence has come with its first byte. */
static void skip_sequence(void)
{
    static const struct timespec now = {0, 0};
    char byte = '[';
    while (wait_input(&now) > 0 && read(STDIN_FILENO, &byte, 1) == 1)
        if (byte >= '@' && byte <= '~' && byte != '[' && byte != 'O') return;
}

enum { KEYS_NONE = -4 };

static int read_key(const Wait *wait)
{
    enum { ESCAPE = 0x1b };
    unsigned char byte;
    if (read(STDIN_FILENO, &byte, 1) != 1) return errno == EINTR ? KEYS_NONE : KEYS_END;
    if (byte == wait->terminal.c_cc[VEOF]) return KEYS_END;
    if (byte != ESCAPE) return byte;
    skip_sequence();
    return KEYS_NONE;
}

static struct timespec span(double seconds)
{
    time_t whole = (time_t)seconds;
    return (struct timespec){whole, (long)((seconds - (double)whole) * 1e9)};
}

/* Once; KEYS_NONE: the terminal may look otherwise now, or what was pressed is no key. */
static int wait_once(const struct timespec *most, const KeyLine *line)
{
    Wait wait;
    if (!begin(&wait)) return KEYS_END;
    line->show(line->self);
    int ready = wait_input(most);
    int key = ready > 0 ? read_key(&wait) : ready ? KEYS_NONE : KEYS_LATE;
    line->clear(line->self);
    int signal = end(&wait);
    if (signal) raise(signal); /* it takes its course now */
    return key;
}

int keys_read(double seconds, const KeyLine *line)
{
    const struct timespec most = span(seconds < 0 ? 0 : seconds);
    int key = KEYS_NONE;
    while (key == KEYS_NONE && !*interrupt_flag())
        key = wait_once(seconds < 0 ? NULL : &most, line);
    return *interrupt_flag() ? KEYS_INTERRUPTED : key;
}
