"""A program on a terminal of its own: starts it, types, waits for what it prints."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import tempfile
import termios
import time
import unittest

from screen import Screen, plain

BINARY = None  # the program to test; run.py sets it
PATIENCE = 120  # seconds; what must come comes by then, however busy the machine is
PROMPT = r"bp> "
KEPT = ("PATH", "TMPDIR", "LOCPATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")
CTRL_A, CTRL_C, CTRL_D, CTRL_R, CTRL_Z = "\x01", "\x03", "\x04", "\x12", "\x1a"
ENTER, ESCAPE, TAB, UP = "\r", "\x1b", "\t", "\x1b[A"
PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"


def forget_surroundings():
    """Whoever runs the tests: none but the variables of a fresh account count, and no input."""
    keep = {name: os.environ[name] for name in KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update({"TERM": "xterm", "LANG": "C.UTF-8", **keep})
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)


def environment(home, extra):
    merged = {**os.environ, "HOME": home, **extra}
    return {name: value for name, value in merged.items() if value is not None}


def reset_signals():
    """A test run started in the background, or by nohup, would hand down ignored signals."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)


class Terminal:
    """Arguments are the program's; WITHIN is a command to start it from; EXTRA are variables
    (None: unset)."""

    def __init__(self, home, *arguments, columns=80, within=(), stdin=None, stdout=None,
                 stderr=None, **extra):
        self.master, self.slave = pty.openpty()
        self.screen = Screen(columns)
        self.resize(columns)
        self.at_start = termios.tcgetattr(self.slave)
        self.decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        self.raw = ""  # all that was printed
        self.text = ""  # the same without control sequences
        self.seen = 0  # how much of the text was expected
        self.process = subprocess.Popen(
            [*within, BINARY, *arguments],
            stdin=stdin or self.slave,
            stdout=stdout or self.slave,
            stderr=stderr or self.slave,
            env=environment(home, extra),
            cwd=home,
            preexec_fn=self._take_terminal,
        )

    def _take_terminal(self):
        os.setsid()
        fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
        reset_signals()

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)

    def resize(self, columns, rows=24):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.columns = columns

    def send(self, text):
        os.write(self.master, text.encode())

    def signal(self, number):
        self.process.send_signal(number)

    def _read(self, seconds):
        if not select.select([self.master], [], [], max(0, seconds))[0]:
            return False
        more = self.decode(os.read(self.master, 65536))
        self.raw += more
        self.text = plain(self.raw)
        self.screen.feed(more)
        return True

    def expect(self, pattern):
        """Waits for PATTERN after what was expected before; returns what came up to its end."""
        limit = time.monotonic() + PATIENCE
        while True:
            match = re.compile(pattern).search(self.text, self.seen)
            if match:
                before, self.seen = self.text[self.seen:match.end()], match.end()
                return before
            if not self._read(limit - time.monotonic()):
                raise AssertionError(f"no {pattern!r} in {self.text[self.seen:]!r}")

    def command(self, line):
        """Types LINE at the prompt; returns what is printed up to the next prompt."""
        self.send(line + ENTER)
        return self.expect(r"\n") and self.expect(PROMPT)

    def _state(self):
        """What the system knows of the program, from its state on: see proc(5)."""
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(") ")[2].split()

    def busy(self):
        """Seconds of computing; whatever else the machine does is none of them."""
        return sum(map(int, self._state()[11:13])) / os.sysconf("SC_CLK_TCK")

    def let_work(self, seconds):
        """Waits until the program has computed for so many SECONDS more."""
        limit, begin = time.monotonic() + PATIENCE, self.busy()
        while self.busy() < begin + seconds:
            if time.monotonic() > limit:
                raise AssertionError(f"no work after {self.text[self.seen:]!r}")
            self._read(0.02)

    def _is_waiting(self):
        return self.process.poll() is not None or self._state()[0] != "R"

    def settle(self, seconds=0.15):
        """All that is printed until nothing more comes and the program waits, or far too much."""
        limit = time.monotonic() + 5
        while (self._read(seconds) or not self._is_waiting()) and time.monotonic() < limit:
            pass
        return self.text

    def wait(self):
        """The exit status, negative for a signal."""
        status = self.process.wait(PATIENCE)
        self.settle(0)
        return status

    def lines(self):
        self.settle()
        return self.screen.lines()

    def last_line(self):
        return [line for line in self.lines() if line][-1]

    def is_sane(self):
        """Whether the terminal is set as it was before the program came."""
        return termios.tcgetattr(self.slave) == self.at_start


class TerminalTest(unittest.TestCase):
    """Each test has a home of its own and leaves no process behind."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = os.path.realpath(folder.name)

    def path(self, *names):
        return os.path.join(self.home, *names)

    def write(self, name, text):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def read(self, *names):
        with open(self.path(*names), encoding="utf-8") as file:
            return file.read()

    def start(self, *arguments, **keywords):
        """The program at its prompt."""
        terminal = self.start_bare(*arguments, **keywords)
        terminal.expect(PROMPT)
        return terminal

    def start_bare(self, *arguments, **keywords):
        terminal = Terminal(self.home, *arguments, **keywords)
        self.addCleanup(terminal.close)
        return terminal

    def run_piped(self, *arguments, input="", **extra):
        """The program with no terminal near; input and both outputs are pipes."""
        return subprocess.run(
            [BINARY, *arguments],
            input=input.encode() if isinstance(input, str) else input,
            capture_output=True,
            env=environment(self.home, extra),
            cwd=self.home,
            preexec_fn=reset_signals,
            timeout=PATIENCE,
        )


def has_editor():
    """Whether the program was built with Readline."""
    version = subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True)
    return "plain input" not in version.stdout


def needs_editor(test):
    """Marks a test, or a class of them, of what only Readline does."""
    test.needs_editor = True
    return test
