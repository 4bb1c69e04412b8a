"""The README's command lines do what it says of them."""

import os
import re
import subprocess
import time

import terminal
from terminal import TerminalTest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def lines_of_readme(part):
    """The command lines that hold PART."""
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        return [line.strip() for line in file if line.startswith("    ") and part in line]


class Readme(TerminalTest):
    def shell(self, line):
        """What LINE prints, run as it stands with the program under test."""
        done = subprocess.run(
            ["sh", "-c", line.replace("./backprop", terminal.BINARY)],
            capture_output=True,
            cwd=ROOT,
            env=terminal.environment(self.home, {}),
            timeout=20,
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
        begin = time.monotonic()
        printed = self.shell(line)
        self.assertLess(time.monotonic() - begin, 1 if "sanitize" not in terminal.BINARY else 10)
        right = re.search(r"(\d+) of 150 rows right", printed)
        self.assertGreaterEqual(int(right.group(1)) / 150, 0.97)

    def test_xor_is_learnt_from_the_seed_that_is_stated(self):
        (line,) = lines_of_readme("data xor")
        self.assertIn("seed=1", line)
        self.assertIn("4 of 4 rows right", self.shell(line))
