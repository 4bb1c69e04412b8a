"""The README's command lines do what it says of them."""

import os
import re
import shlex
import subprocess

import terminal
from terminal import TerminalTest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def lines_of_readme(part):
    """The command lines that hold PART."""
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        return [line.strip() for line in file if line.startswith("    ") and part in line]


def session_of_readme(name):
    """The lines of the session NAME, without their indentation."""
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        part = re.search(rf"<!-- {name} -->\n(.*?)<!-- end of {name} -->", file.read(), re.DOTALL)
    return [line[4:] for line in part.group(1).splitlines()]


def seconds_of_commands():
    """Of computing, all those that have ended; whatever else the machine does is none of them."""
    times = os.times()
    return times.children_user + times.children_system


class Readme(TerminalTest):
    def shell(self, line):
        """What LINE prints, run as it stands with the program under test."""
        done = subprocess.run(
            ["sh", "-c", line.replace("./backprop", shlex.quote(terminal.BINARY))],
            capture_output=True,
            cwd=ROOT,
            env=terminal.environment(self.home, {}),
            timeout=terminal.PATIENCE,
        )
        self.assertEqual(done.returncode, 0, line + done.stderr.decode())
        self.assertEqual(done.stderr, b"")
        return done.stdout.decode()

    def test_every_line_runs(self):
        lines = lines_of_readme("./backprop")
        self.assertGreater(len(lines), 4)
        for line in lines:
            self.shell(line)

    def test_iris_is_learnt_within_a_second(self):
        (line,) = lines_of_readme("data iris")
        begin = seconds_of_commands()
        printed = self.shell(line)
        self.assertLess(seconds_of_commands() - begin, 1 if "sanitize" not in terminal.BINARY else 10)
        right = re.search(r"(\d+) of 150 rows right", printed)
        self.assertGreaterEqual(int(right.group(1)) / 150, 0.97)

    def test_xor_is_learnt_from_the_seed_that_is_stated(self):
        (line,) = lines_of_readme("data xor")
        self.assertIn("seed=1", line)
        self.assertIn("4 of 4 rows right", self.shell(line))

    def test_the_sessions_fit_on_a_screen(self):
        for name in ("first minutes", "debugger"):
            lines = session_of_readme(name)
            self.assertLessEqual(len(lines), 24, name)
            self.assertLessEqual(max(map(len, lines)), 80, name)

    def test_the_first_lesson_is_one(self):
        lesson = "\n".join(session_of_readme("first lesson")) + "\n"
        path = shlex.quote(self.write("first.md", lesson))
        self.assertEqual(self.shell(f"./backprop --check {path}"),
                         "1 lesson, 2 steps, 1 quiz: all as written\n")
        commands_alone = "```bp\nbp> print o11\n```\n"
        self.write("first.md", lesson + commands_alone)
        self.assertIn("1 step rewritten", self.shell(f"./backprop --check --update {path}"))
        self.assertIn("3 steps, 1 quiz: all as written", self.shell(f"./backprop --check {path}"))

    def test_the_debugger_finds_the_update_that_began_it(self):
        lines = session_of_readme("debugger")
        begin = lines.index("bp> reverse-continue")
        self.assertIn("epoch 1, row 1 of 4, update: w₁₁¹", lines[begin + 2])
        self.assertTrue(lines[begin + 4].endswith("= 1 - 0.1·27680 = -2767"))
