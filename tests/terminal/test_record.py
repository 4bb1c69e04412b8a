"""A lesson written from what is typed at a prompt."""

import os

from terminal import CTRL_C, CTRL_D, ENTER, PROMPT, TerminalTest

NAME = "first-steps.md"
LESSON = """\
---
title: First steps
---

# First steps

A network, one row.

```bp
bp> init 2-2-1
2-2-1, linear, loss (y - ŷ)², 9 parameters: weights 1, biases 0, η = 0.1
bp> input 80 8 -> 3
x₁ = 80, x₂ = 8, y = 3
bp> frob
error: unknown command `frob`; `help` lists them
  frob
  ^
bp> set lr 1e-05
lr = 1e-05
bp> loss
  L = (y - ŷ)² = (3 - 176)² = 29929
bp> undo
undone: set lr 1e-05
```
"""


class Record(TerminalTest):
    def record(self, **keywords):
        """Types the lesson at a prompt with colours; KEYWORDS are the terminal's."""
        terminal = self.start("--color=always", **keywords)
        self.assertIn("recording in", terminal.command("record " + NAME))
        for line in ("# A network, one row.", "init 2-2-1", "input 80 8 -> 3", "frob",
                     "  set lr 1e-05", "loss", "undo"):
            terminal.command(line)
        return terminal

    def test_the_file_is_the_same_whatever_the_terminal(self):
        for columns in (50, 200):
            terminal = self.record(columns=columns)
            self.assertIn("\x1b[1m29929", terminal.raw)
            self.assertEqual(self.read(NAME), LESSON)
            self.assertIn("6 commands so far", terminal.command("record"))
            self.assertIn("recorded 6 commands", terminal.command("record off"))
            terminal.command("loss")
            terminal.send("quit" + ENTER)
            self.assertEqual(terminal.wait(), 0)
            self.assertEqual(self.read(NAME), LESSON)
            os.remove(self.path(NAME))

    def test_nothing_is_lost_when_the_program_is_killed(self):
        terminal = self.record()
        terminal.process.kill()
        terminal.wait()
        self.assertEqual(self.read(NAME), LESSON)

    def test_a_command_that_an_empty_line_repeats_is_written(self):
        terminal = self.record()
        terminal.command("step")
        terminal.command("")
        terminal.send(CTRL_D)
        self.assertEqual(terminal.wait(), 0)
        self.assertEqual(self.read(NAME).count("\nbp> step\n"), 2)

    def test_an_interrupted_command_ends_it(self):
        terminal = self.record()
        terminal.command("set lr 1e-05")
        terminal.send("train 100000000" + ENTER)
        terminal.expect(r"\d+%")
        terminal.send(CTRL_C)
        self.assertIn("ends before this command", terminal.expect(PROMPT))
        self.assertIn("nothing is recorded", terminal.command("record"))
        self.assertNotIn("train", self.read(NAME))
