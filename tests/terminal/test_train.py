"""Training on a terminal: the progress bar, Ctrl-C, and going on from there."""

import json
import re
import signal
import time

from terminal import CTRL_C, ENTER, PROMPT, TerminalTest

NET = "init 2-8:tanh-1 weights=xavier seed=1"
LONG = "train 100000000"
ENOUGH = r"epochs/s"


class Training(TerminalTest):
    def prepared(self, *arguments, **keywords):
        terminal = self.start("--no-init", *arguments, **keywords)
        terminal.command("data n0")
        terminal.command("data scale standard")
        terminal.command(NET)
        terminal.command("set lr 0.01")
        return terminal

    def interrupt(self, terminal, seconds=0.2):
        """Trains until the bar has been seen, and then no more."""
        terminal.send(LONG + ENTER)
        terminal.expect(ENOUGH)
        terminal.let_work(seconds)
        terminal.send(CTRL_C)
        return terminal.expect(PROMPT)

    def test_a_bar_shows_per_cent_time_left_loss_and_rate(self):
        terminal = self.prepared()
        terminal.send(LONG + ENTER)
        line = terminal.expect(r"\d+% ▕.*▏.* left.*loss \S+.*epochs/s")
        self.assertRegex(line, r"\d+:\d\d (min|h) left|\d+ s left")
        terminal.send(CTRL_C)
        terminal.expect(PROMPT)

    def test_the_bar_is_drawn_at_most_ten_times_a_second(self):
        terminal = self.prepared()
        begin = time.monotonic()
        terminal.send(LONG + ENTER)
        for _ in range(10):
            terminal.expect(ENOUGH)
        drawn = terminal.raw.count("epochs/s")
        self.assertLessEqual(drawn, 1 + 10 * (time.monotonic() - begin))
        terminal.send(CTRL_C)
        terminal.expect(PROMPT)

    def test_ctrl_c_stops_it_and_leaves_no_bar(self):
        terminal = self.prepared()
        said = self.interrupt(terminal)
        self.assertRegex(said, r"interrupted in epoch \d+, before row \d; `train` goes on from there")
        self.assertRegex(said, r"\d+ epochs, \d+ updates")
        shown = "\n".join(terminal.lines())
        self.assertNotIn("epochs/s", shown)
        self.assertNotIn("▕", shown)
        self.assertNotIn("error", shown)
        self.assertEqual(terminal.last_line(), "bp>")

    def test_it_goes_on_to_the_same_bits(self):
        terminal = self.prepared()
        self.interrupt(terminal, 0.1)
        epoch = int(re.search(r"epoch = (\d+)", terminal.command("print epoch")).group(1)) - 1
        self.assertGreater(epoch, 10)
        terminal.command("train 5")
        stopped = terminal.command("print w11^1")
        straight = self.prepared()
        straight.command(f"train {epoch + 5}")
        self.assertEqual(straight.command("print w11^1"), stopped)

    def test_what_was_trained_can_be_undone(self):
        terminal = self.prepared()
        self.interrupt(terminal, 0.1)
        terminal.command("undo")
        self.assertIn("epoch = 1", terminal.command("print epoch"))

    def test_no_bar_for_short_work(self):
        terminal = self.prepared()
        self.assertNotIn("▕", terminal.command("train 100"))

    def test_a_narrow_terminal_is_not_wrapped(self):
        terminal = self.prepared(columns=40)
        terminal.send(LONG + ENTER)
        terminal.expect(r"\d+%")
        time.sleep(0.5)
        terminal._read(0.1)
        bars = [line for line in terminal.screen.lines() if re.search(r"\d+%", line)]
        self.assertEqual(len(bars), 1)
        self.assertLess(len(bars[0]), 40)
        terminal.send(CTRL_C)
        terminal.expect(PROMPT)

    def test_ascii_and_no_colour(self):
        terminal = self.prepared(LC_ALL="C", LANG="C", NO_COLOR="1")
        terminal.send(LONG + ENTER)
        terminal.expect(r"\d+% \[#* *\].*epochs/s")
        terminal.send(CTRL_C)
        terminal.expect(PROMPT)
        self.assertTrue(terminal.raw.isascii())
        self.assertNotRegex(terminal.raw, r"\x1b\[\d+m")

    def test_a_dumb_terminal_gets_none(self):
        terminal = self.prepared(TERM="dumb")
        terminal.send(LONG + ENTER)
        time.sleep(1)
        terminal.send(CTRL_C)
        self.assertNotIn("%", terminal.expect(PROMPT))

    def script(self, epochs):
        return ["data n0", "data scale standard", NET, "set lr 0.01", f"train {epochs}"]

    def test_nothing_on_pipes(self):
        commands = [part for line in self.script(1500000) for part in ("-e", line)]
        for options in ([], ["--json"], ["--batch"]):
            done = self.run_piped("--no-init", *options, *commands)
            self.assertEqual(done.returncode, 0)
            self.assertEqual(done.stderr, b"")
            self.assertNotIn(b"epochs/s", done.stdout)
            self.assertNotIn(b"\r", done.stdout)

    def test_a_script_that_is_interrupted_ends_with_130(self):
        terminal = self.start_bare("--no-init", *[p for line in self.script(10**8) for p in ("-e", line)])
        terminal.expect(ENOUGH)
        terminal.signal(signal.SIGINT)
        self.assertEqual(terminal.wait(), 130)
        self.assertIn("interrupted in epoch", terminal.text)

    def test_json_says_that_it_was_interrupted(self):
        commands = [part for line in self.script(10**8) for part in ("-e", line)]
        with open(self.path("out"), "wb") as out:
            terminal = self.start_bare("--no-init", "--json", *commands, stdout=out)
            terminal.let_work(0.5)
            terminal.signal(signal.SIGINT)
            self.assertEqual(terminal.wait(), 130)
        answer = json.loads(self.read("out").splitlines()[-1])
        self.assertIs(answer["interrupted"], True)
        self.assertEqual(answer["epochs"], len(answer["losses"]))
        self.assertGreater(answer["seconds"], 0)
        self.assertEqual(answer["status"], "ok")
