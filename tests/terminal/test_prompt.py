"""The prompt: banner, lines, leaving, an empty line, Ctrl-C."""

import re
import signal

from terminal import CTRL_C, CTRL_D, ENTER, PROMPT, TerminalTest


class Prompt(TerminalTest):
    def test_banner_prompt_and_answer(self):
        terminal = self.start()
        self.assertRegex(terminal.lines()[0], r"^backprop \S+: a debugger for backpropagation")
        self.assertIn("linear", terminal.command("init 2-2-1"))
        self.assertIn("x₁ = 80", terminal.command("input 80 8 -> 3"))
        self.assertEqual(terminal.last_line(), "bp>")

    def test_quit(self):
        terminal = self.start()
        terminal.send("quit" + ENTER)
        self.assertEqual(terminal.wait(), 0)
        self.assertTrue(terminal.is_sane())

    def test_ctrl_d_on_an_empty_line_leaves_on_a_fresh_line(self):
        terminal = self.start()
        terminal.send(CTRL_D)
        self.assertEqual(terminal.wait(), 0)
        self.assertTrue(terminal.is_sane())
        self.assertEqual(terminal.lines()[-2:], ["bp>", ""])

    def test_a_failed_command_does_not_leave(self):
        terminal = self.start()
        self.assertIn("error:", terminal.command("frobnicate"))
        self.assertNotIn("error:", terminal.command("init 2-2-1"))
        terminal.send("quit" + ENTER)
        self.assertEqual(terminal.wait(), 0)

    def test_an_empty_line_repeats_a_command_that_can_be_repeated(self):
        terminal = self.start()
        terminal.command("init 2-2-1")
        terminal.command("input 0 0 -> 0")
        stepped = terminal.command("step")
        self.assertIn("w", stepped)
        self.assertEqual(len(terminal.command("")), len(stepped))
        self.assertEqual(len(terminal.command("  ")), len(stepped))
        terminal.command("params")
        self.assertNotIn("w", terminal.command(""))

    def test_utf8_is_typed_and_shown(self):
        terminal = self.start()
        terminal.command("init 2-2-1")
        terminal.command("input 80 8 -> 3")
        terminal.command("forward")
        self.assertIn("176", terminal.command("print ŷ"))
        self.assertIn("1", terminal.command("print w₁₁²"))

    def test_errors_stand_where_they_belong(self):
        terminal = self.start()
        terminal.command("init 2-2-1")
        terminal.command("frobnicate")
        terminal.command("init 2-2-1")
        text = "\n".join(terminal.lines())
        self.assertRegex(text, r"(?s)2-2-1, .*error: .*2-2-1, ")


class Position(TerminalTest):
    """`set prompt position`: the prompt says where the loop stands."""

    def begin(self, **keywords):
        terminal = self.start(**keywords)
        terminal.command("init 2-2-1 weights=0.1")
        terminal.command("data n0")
        terminal.command("set lr 0.00001")
        self.type(terminal, "set prompt position", "bp 1:1 row> ")
        return terminal

    def type(self, terminal, line, prompt):
        """Types LINE; PROMPT must come next."""
        terminal.send(line + ENTER)
        terminal.expect(r"\n")
        terminal.expect(r"(?m)^" + re.escape(prompt) + r"$")

    def test_moves_along(self):
        terminal = self.begin()
        self.type(terminal, "step", "bp 1:2 row> ")
        self.type(terminal, "", "bp 1:3 row> ")
        self.type(terminal, "step 2", "bp 2:1 row> ")
        self.type(terminal, "frobnicate", "bp 2:1 row> ")
        self.type(terminal, "undo", "bp 1:3 row> ")
        self.type(terminal, "set mode batch", "bp 1:1 row> ")
        self.type(terminal, "init 3-1", "bp> ")
        self.type(terminal, "input 1 2 3 -> 4", "bp 1:1 row> ")
        self.type(terminal, "set prompt plain", "bp> ")

    def test_ctrl_c_clears_the_line(self):
        terminal = self.begin()
        terminal.send("init 9-9-9")
        terminal.expect("9-9-9")
        terminal.send(CTRL_C)
        terminal.expect(r"\^C\s+bp 1:1 row> ")
        self.assertEqual(terminal.lines()[-2:], ["bp 1:1 row> init 9-9-9^C", "bp 1:1 row>"])

    def test_ctrl_d_leaves_on_a_fresh_line(self):
        terminal = self.begin()
        terminal.send(CTRL_D)
        self.assertEqual(terminal.wait(), 0)
        self.assertEqual(terminal.lines()[-2:], ["bp 1:1 row>", ""])

    def test_is_ascii_in_any_locale(self):
        for extra in ({"LANG": "C"}, {"LANG": "C.UTF-8"}):
            terminal = self.begin(**extra)
            self.type(terminal, "step", "bp 1:2 row> ")
            terminal.send("quit" + ENTER)
            self.assertEqual(terminal.wait(), 0)


class Interrupt(TerminalTest):
    def test_clears_the_line(self):
        terminal = self.start()
        terminal.send("init 9-9-9")
        terminal.expect("9-9-9")
        terminal.send(CTRL_C)
        terminal.expect(r"\^C\s+" + PROMPT)
        self.assertEqual(terminal.lines()[-2:], ["bp> init 9-9-9^C", "bp>"])
        self.assertIn("2-2-1, ", terminal.command("init 2-2-1"))

    def test_again_and_again(self):
        terminal = self.start()
        for _ in range(5):
            terminal.send("x" + CTRL_C)
            terminal.expect(r"\^C\s+" + PROMPT)
        self.assertIn("2-2-1, ", terminal.command("init 2-2-1"))
        terminal.send("quit" + ENTER)
        self.assertEqual(terminal.wait(), 0)

    def test_stops_work_and_prompts_again(self):
        terminal = self.start()
        terminal.command("init 2-2-1 weights=0.1")
        terminal.command("input 1 1 -> 1")
        terminal.command("set lr 0.001")
        terminal.send("step 1000000000" + ENTER)
        terminal.expect(r"\n")
        terminal.let_work(0.2)
        terminal.send(CTRL_C)
        self.assertIn("interrupted", terminal.expect(PROMPT))
        self.assertIn("2-2-1, ", terminal.command("init 2-2-1"))

    def test_ends_a_script_with_130(self):
        script = self.write("endless.bp", "init 2-2-1 weights=0.1\ninput 1 1 -> 1\n"
                            "set lr 0.001\nstep 1000000000\nforward\n")
        terminal = self.start_bare(script)
        terminal.expect(r"2-2-1, ")
        terminal.let_work(0.2)
        terminal.send(CTRL_C)
        self.assertEqual(terminal.wait(), 130)
        self.assertNotIn("layer 1", terminal.text)

    def test_ends_a_wait_for_standard_input_with_130(self):
        terminal = self.start_bare("-")
        terminal.send("init 2-2-1" + ENTER)
        terminal.expect(r"2-2-1, ")
        terminal.settle()
        terminal.send(CTRL_C)
        self.assertEqual(terminal.wait(), 130)


class Ended(TerminalTest):
    """A signal ends the program and finds the terminal as it was."""

    def end_by(self, number):
        terminal = self.start()
        terminal.send("init 2-2-1")
        terminal.expect("2-2-1")
        terminal.settle()
        terminal.signal(number)
        self.assertEqual(terminal.wait(), -number)
        self.assertTrue(terminal.is_sane())
        return terminal

    def test_by_sigterm(self):
        self.end_by(signal.SIGTERM)

    def test_by_sighup(self):
        self.end_by(signal.SIGHUP)

    def test_by_sigquit(self):
        self.end_by(signal.SIGQUIT)
