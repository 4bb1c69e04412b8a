"""For tests of lessons on a terminal: a shelf of them, and keys pressed one by one."""

import os
import shutil

from terminal import TerminalTest

SHELF = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "shelf")
HINT = r"\[Enter\] [^\n]*\[\?\] keys"
ANSWER = r"answer> $"
NAME = "01-first-steps.md"


class LessonTest(TerminalTest):
    def setUp(self):
        super().setUp()
        self.shelf = shutil.copytree(SHELF, self.path("shelf"))
        self.lesson = os.path.join("shelf", NAME)

    def play(self, *arguments, hint=HINT, **keywords):
        """A lesson on a terminal, at its first page."""
        terminal = self.start_bare(*arguments, *([] if arguments else [self.lesson]),
                                   BACKPROP_LESSONS=self.shelf, **keywords)
        terminal.expect(hint)
        return terminal

    def press(self, terminal, keys, until=HINT):
        """Presses KEYS one by one, each when the one before has had its effect."""
        said = ""
        for key in keys[:-1]:
            terminal.send(key)
            said += terminal.expect(HINT)
        terminal.send(keys[-1])
        return said + terminal.expect(until)

    def screen(self, terminal):
        return "\n".join(terminal.lines())
