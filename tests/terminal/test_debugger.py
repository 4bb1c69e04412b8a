"""The step debugger on a terminal: an empty line, the prompt's place, Ctrl-C, the progress bar."""

import json
import re
import signal
import time

from terminal import CTRL_C, ENTER, PROMPT, TerminalTest

BAR = r"▕[^\n]*▏[^\n]*epochs/s"
STAYS = r"error: interrupted: the run stays where it was"


class Debugging(TerminalTest):
    def begin(self, *lines, net="init 2-2-1 weights=0.1", **keywords):
        terminal = self.start("--no-init", **keywords)
        for line in (net, "data n0", "set lr 1e-9", *lines):
            terminal.command(line)
        return terminal

    def place(self, terminal):
        """Updates made, and what `where` says comes next."""
        said = terminal.command("where").replace("\r", "")
        return int(re.search(r"(\d+) updates? made", said).group(1)), said.split("\n")[0]


class Repeat(Debugging):
    """Enter on an empty line."""

    def after(self, terminal, line, prompt):
        terminal.send(line + ENTER)
        terminal.expect(r"\n")
        terminal.expect(r"(?m)^bp " + re.escape(prompt) + "> $")

    def repeats(self, first, line, *places):
        """The prompt shows that LINE and two empty lines lead to PLACES."""
        terminal = self.begin(*first, "set prompt plain")
        terminal.send("set prompt position" + ENTER)
        terminal.expect(r"bp \d+:\d [^>]+> ")
        for typed, place in zip([line, "", " "], places):
            self.after(terminal, typed, place)

    def test_next(self):
        self.repeats([], "next", "1:1 forward o11", "1:1 forward o12", "1:1 forward yhat")

    def test_next_with_a_count(self):
        self.repeats([], "next 5", "1:1 backward w11^2", "1:1 backward b11", "1:1 update w21^2")

    def test_back(self):
        self.repeats(["next 4"], "back", "1:1 forward yhat", "1:1 forward o12", "1:1 forward o11")

    def test_back_with_a_count(self):
        self.repeats(["next 13"], "rn 4", "1:1 backward w21^1", "1:1 backward w11^2",
                     "1:1 forward o11")

    def test_step(self):
        self.repeats([], "step", "1:2 row", "1:3 row", "1:4 row")

    def test_step_with_a_count(self):
        self.repeats([], "s 3", "1:4 row", "2:3 row", "3:2 row")

    def test_reverse_step(self):
        self.repeats(["step 5"], "reverse-step", "2:1 row", "1:4 row", "1:3 row")

    def test_reverse_step_with_a_count(self):
        self.repeats(["step 9"], "rs 3", "2:3 row", "1:4 row", "1:1 row")

    def test_not_what_goes_far(self):
        for line in ("continue", "reverse-continue", "until L < 1", "finish", "goto epoch 2"):
            terminal = self.begin("break L", "step 9", "step 2")
            before = self.place(terminal)
            terminal.command(line)
            self.assertEqual(terminal.command("").strip(), "bp>", line)
            self.assertIn(line, terminal.command("undo"))
            self.assertEqual(self.place(terminal), before, line)


class Position(Debugging):
    """`set prompt position` follows every motion."""

    def test_every_motion(self):
        terminal = self.begin("set epochs 3")
        self.type(terminal, "set prompt position", "1:1 row")
        for line, place in (
            ("next", "1:1 forward o11"),
            ("finish", "1:1 loss L"),
            ("next 2", "1:1 backward w21^2"),
            ("back", "1:1 backward w11^2"),
            ("step", "1:2 row"),
            ("break b21 if row == 3", "1:2 row"),
            ("continue", "1:3 update b21"),
            ("reverse-step", "1:3 row"),
            ("until row == 1", "1:3 update b21"),
            ("c", "2:3 update b21"),
            ("delete", "2:3 update b21"),
            ("finish", "2:4 row"),
            ("next 23", "2 epoch"),
            ("next", "3:1 row"),
            ("c", "4:1 row"),
            ("reverse-continue", "1:1 row"),
            ("goto epoch 2 row 4", "2:4 row"),
            ("undo", "1:1 row"),
            ("redo", "2:4 row"),
            ("back 3", "2:3 update w12^1"),
            ("set lr 1e-8", "2:3 row"),
            ("train 1", "3:1 row"),
        ):
            self.type(terminal, line, place)

    def type(self, terminal, line, place):
        terminal.send(line + ENTER)
        terminal.expect(r"\n")
        try:
            terminal.expect(r"(?m)^bp " + re.escape(place) + r"> $")
        except AssertionError:
            raise AssertionError(f"{line}: {terminal.text[terminal.seen:]!r}") from None


class Travel(Debugging):
    """Motions that take long."""

    def interrupt(self, terminal, line):
        """Types LINE, and Ctrl-C when the bar has been seen; what is said then."""
        terminal.send(line + ENTER)
        terminal.expect(BAR)
        begin = terminal.busy()
        terminal.send(CTRL_C)
        terminal.expect(r"\^C")
        said = terminal.expect(PROMPT).replace("\r", "")
        self.assertLess(terminal.busy() - begin, 1.5)
        lines = terminal.lines()
        typed = max(i for i, shown in enumerate(lines) if shown.endswith(f"> {line}"))
        below = "\n".join(lines[typed:])
        self.assertNotIn("epochs/s", below)
        self.assertNotIn("▕", below)
        return said

    def check_forward(self, line, again, *before, **keywords):
        """LINE is interrupted and goes on with AGAIN; it stands somewhere, and all goes well there."""
        terminal = self.begin(*before, **keywords)
        begun = self.place(terminal)
        said = self.interrupt(terminal, line)
        self.assertRegex(said, r"(?m)^interrupted; `" + again + r"` goes on from here$")
        self.assertRegex(said, r"(?m)^epoch \d+[:,] .* comes next$")
        there = self.place(terminal)
        self.assertGreater(there[0], begun[0])
        self.assertIn(there[1], said)
        self.assertIn("update", terminal.command("step"))
        terminal.command("undo")
        self.assertEqual(self.place(terminal), there)
        self.assertIn(f"undone: {line}", terminal.command("undo"))
        self.assertEqual(self.place(terminal), begun)
        return said

    def check_backward(self, terminal, line):
        """LINE is interrupted on its way back; the run stays where it was, and all goes well there."""
        before = self.place(terminal)
        said = self.interrupt(terminal, line)
        self.assertRegex(said, STAYS)
        self.assertIn(before[1], said)
        self.assertEqual(self.place(terminal), before)
        terminal.command("next 2")
        self.assertNotEqual(self.place(terminal), before)
        terminal.command("undo")
        self.assertEqual(self.place(terminal), before)

    def test_continue(self):
        self.check_forward("continue", "continue", "set epochs 1000000000")

    def test_continue_to_a_watchpoint(self):
        self.check_forward("c", "continue", "set epochs 1000000000", "watch w11^1 > 1000")

    def test_continue_to_a_breakpoint(self):
        self.check_forward("c", "continue", "set epochs 1000000000", "break b21 if dL/dw11^1 > 1e9")

    def test_until(self):
        self.check_forward("until L < 0", "until L < 0", "set epochs 1000000000")

    def test_goto(self):
        self.check_forward("goto epoch 100000000", "goto epoch 100000000")

    def test_step(self):
        said = self.check_forward("step 100000000", r"step \d+")
        done, left = (int(re.search(r, said).group(1))
                      for r in (r"stopped after (\d+) of 100000000 updates", r"`step (\d+)`"))
        self.assertEqual(done + left, 100000000)

    def test_next(self):
        said = self.check_forward("next 1000000000", r"next \d+", "watch w11^1 > 1000")
        self.assertNotIn("events before these", said)

    def trained(self, *lines):
        """Trained for some seconds, however fast this machine is."""
        terminal = self.begin(*lines)
        self.train(terminal, 1)
        return terminal

    def train(self, terminal, seconds):
        terminal.send("train 1000000000" + ENTER)
        terminal.expect(BAR)
        terminal.let_work(seconds)
        terminal.send(CTRL_C)
        terminal.expect(r"goes on from there")
        terminal.expect(PROMPT)

    def test_reverse_continue(self):
        terminal = self.trained()
        terminal.command("watch w11^1 > 1000")
        self.check_backward(terminal, "reverse-continue")

    def test_reverse_continue_to_a_breakpoint(self):
        terminal = self.trained()
        terminal.command("break b21 if dL/dw11^1 > 1e9")
        self.check_backward(terminal, "reverse-continue")

    def large(self):
        """A network so large that few places of its run are kept."""
        terminal = self.begin("init 2-200-200-1 weights=xavier", "set history memory 1M")
        self.train(terminal, 1.5)
        return terminal

    def test_back(self):
        self.check_backward(self.large(), "back 9")

    def test_reverse_step(self):
        self.check_backward(self.large(), "reverse-step 9")

    def test_goto_back(self):
        terminal = self.large()
        epoch = int(re.search(r"epoch (\d+)", self.place(terminal)[1]).group(1))
        self.check_backward(terminal, f"goto epoch {epoch - 5}")

    def test_train_with_breakpoints(self):
        for point in ("break b21 if dL/dw11^1 > 1e9", "watch w11^1 > 1000"):
            terminal = self.begin(point)
            said = self.interrupt(terminal, "train 1000000000")
            self.assertRegex(said, r"interrupted in epoch \d+, before row \d; `train` goes on from there")
            self.assertIn("update", terminal.command("step"))

    def test_again_and_again(self):
        terminal = self.begin("set epochs 1000000000")
        terminal.send("continue" + ENTER)
        terminal.expect(BAR)
        for _ in range(5):
            terminal.send(CTRL_C)
            time.sleep(0.002)
        # At a Ctrl-C a terminal drops what it has not shown yet: what is said at the first of them,
        # and that the bar is taken away.
        terminal.expect(PROMPT)
        terminal.settle()
        terminal.seen = len(terminal.text)
        self.assertGreater(self.place(terminal)[0], 0)
        self.assertIn("goes on from here", self.interrupt(terminal, "continue"))

    def test_a_large_batch_is_given_up(self):
        rows = "\n".join(f"{i % 7},{i % 5},{i % 3}" for i in range(100000))
        self.write("rows.csv", rows)
        terminal = self.begin("data rows.csv", "init 2-100-100-1:tanh",
                              "set mode batch")
        for line in ("step 1000", "train 1000", "continue"):
            terminal.send(line + ENTER)
            terminal.expect(r"\n")
            terminal.let_work(0.5)
            begin = terminal.busy()
            terminal.send(CTRL_C)
            self.assertIn("interrupted", terminal.expect(PROMPT))
            self.assertLess(terminal.busy() - begin, 1.5)
            self.assertIn("comes next", terminal.command("where"))


class Progress(Debugging):
    """The bar of a motion."""

    def test_is_gone_at_the_end(self):
        terminal = self.begin("watch w11^1 > 1000")
        before = len(terminal.raw)
        terminal.send("step 300000" + ENTER)
        terminal.expect(BAR)
        terminal.expect(PROMPT)
        self.assertIn("\x1b[K", terminal.raw[before:])
        self.assertNotIn("epochs/s", "\n".join(terminal.lines()))

    def test_none_for_short_motions(self):
        terminal = self.begin()
        for line in ("next 20", "step 1000", "back 100", "reverse-step 100", "goto epoch 3",
                     "continue", "reverse-continue"):
            self.assertNotIn("%", terminal.command(line))

    def test_a_search_tells_no_loss(self):
        terminal = self.begin("train 2000000", "watch w11^1 > 1000")
        terminal.send("reverse-continue" + ENTER)
        self.assertNotIn("loss", terminal.expect(BAR))
        terminal.expect(PROMPT)

    def test_ascii_and_no_colour(self):
        terminal = self.begin(LC_ALL="C", LANG="C", NO_COLOR="1")
        terminal.send("goto epoch 1000000000" + ENTER)
        terminal.expect(r"\d+% \[#* *\].*epochs/s")
        terminal.send(CTRL_C)
        terminal.expect(PROMPT)
        self.assertTrue(terminal.raw.isascii())
        self.assertNotRegex(terminal.raw, r"\x1b\[\d+m")


class Script(Debugging):
    """A script that is interrupted ends with status 130."""

    MOTIONS = ("continue", "until L < 0", "goto epoch 100000000", "step 100000000",
               "next 1000000000")
    BACK = ("reverse-continue", "back 100000000")

    def lines(self, motion):
        lines = ["init 2-2-1 weights=0.1", "data n0", "set lr 1e-9"]
        if motion in self.BACK:
            lines += ["train 3000000", "watch w11^1 > 1000"]
        return [*lines, "set epochs 1000000000", motion, "echo END"]

    def test_on_a_terminal(self):
        for motion in (*self.MOTIONS, *self.BACK):
            script = self.write("script.bp", "\n".join(self.lines(motion)))
            terminal = self.start_bare("--no-init", script)
            if motion in self.BACK:
                terminal.expect(r"epochs, \d+ updates")
            terminal.expect(BAR)
            terminal.send(CTRL_C)
            self.assertEqual(terminal.wait(), 130, motion)
            self.assertRegex(terminal.text, STAYS if motion in self.BACK else r"goes on from here")
            self.assertNotIn("END", terminal.text)

    def test_programs_are_told_where_it_stands(self):
        commands = [part for line in self.lines("continue") for part in ("-e", line)]
        with open(self.path("out"), "wb") as out:
            terminal = self.start_bare("--no-init", "--json", *commands, stdout=out)
            terminal.let_work(0.7)
            terminal.signal(signal.SIGINT)
            self.assertEqual(terminal.wait(), 130)
        answer = json.loads(self.read("out").splitlines()[-1])
        self.assertEqual((answer["command"], answer["status"]), ("continue", "ok"))
        self.assertEqual(answer["reason"], "interrupted")
        self.assertGreater(answer["event"]["epoch"], 1)
        self.assertIn(answer["event"]["row"], (1, 2, 3, 4))
        self.assertIn(answer["event"]["phase"], ("row", "epoch"))
