"""Lessons on a terminal: keys, questions, going back, the live prompt, leaving, and coming back."""

import os
import re
import shutil
import signal
import time

from shelf import ANSWER, HINT, NAME, LessonTest
from terminal import CTRL_C, CTRL_D, CTRL_Z, ENTER, PROMPT


class Playing(LessonTest):
    def test_enter_leads_through_a_whole_lesson(self):
        terminal = self.play()
        self.assertEqual(terminal.lines()[:5], ["First steps", "═" * 11, "", "A network and a row.",
                                                "[Enter] goes on  [b] back  [i] live prompt  "
                                                "[q] quit  [?] keys"])
        self.press(terminal, ENTER)
        self.assertEqual(terminal.lines()[4:6], ["", "bp> init 2-2-1"])
        self.press(terminal, [ENTER, ENTER, ENTER])
        terminal.send(ENTER)
        terminal.expect(ANSWER)
        terminal.send("88" + ENTER)
        terminal.expect("right")
        terminal.expect(HINT)
        self.assertIn("First steps: 5 commands", self.press(terminal, [ENTER, ENTER]))
        terminal.send(ENTER)
        self.assertEqual(terminal.wait(), 0)
        self.assertTrue(terminal.is_sane())
        shown = self.screen(terminal)
        self.assertNotIn("[Enter]", shown)
        self.assertRegex(shown, r"(?s)bp> init 2-2-1\n2-2-1, linear.*bp> input 80 8 -> 3\nx₁ = 80.*"
                                r"Its forward pass\.\n\nbp> forward\nlayer 1\n.*What is o11\?.*"
                                r"answer> 88\nright\n\nbp> grad w11\^2\n.*30448\nbp> grad w11\^1\n.*"
                                r"The end of First steps: 5 commands\.\n"
                                r"1 question, 1 right at the first try\.\n"
                                r"`i` opens a live prompt to try things at\.\nNext: Second thoughts\n")

    def test_space_goes_on_and_other_keys_do_nothing(self):
        terminal = self.play()
        terminal.send("x\x1b[A\x1bOP\x1b[3~é\t")
        terminal.settle()
        self.assertNotIn("bp>", terminal.text)
        terminal.send(" ")
        terminal.expect("bp> init 2-2-1")

    def test_back_shows_what_was_there(self):
        terminal = self.play()
        self.press(terminal, [ENTER, ENTER, ENTER, ENTER])
        before = self.screen(terminal)
        self.press(terminal, [ENTER], ANSWER)
        terminal.send("b" + ENTER)
        terminal.expect(HINT)
        after = self.screen(terminal)
        self.assertTrue(after.endswith(before[before.index("Its forward"):]), after)
        self.assertIn("(back)", self.press(terminal, ["b", "b", "b", "b"]))
        self.assertTrue(self.screen(terminal).endswith("First steps\n" + "═" * 11 + "\n\nA network "
                                                       "and a row.\n[Enter] goes on  [b] back  "
                                                       "[i] live prompt  [q] quit  [?] keys"))
        self.assertIn("This is the beginning.", self.press(terminal, "b"))

    def test_a_live_prompt_leaves_no_trace(self):
        terminal = self.play()
        self.press(terminal, [ENTER, ENTER, ENTER])
        for leave in (CTRL_D, "quit" + ENTER, "lesson" + ENTER):
            terminal.send("i")
            terminal.expect(PROMPT + "$")
            terminal.command("input 1 1 -> 1")
            self.assertIn("a lesson is being played", terminal.command("lesson 2"))
            terminal.send(leave)
            self.assertIn("Back in the lesson; all is as it was.", terminal.expect(HINT))
        self.assertIn("= 88", self.press(terminal, [ENTER, ENTER], ANSWER))
        terminal.send("i" + ENTER)
        self.assertNotIn("no question", terminal.expect(PROMPT + "$"))
        terminal.send("quit" + ENTER)
        terminal.expect(ANSWER)

    def test_keys_are_explained(self):
        for key in "?h":
            self.assertIn("back by one thing", self.press(self.play(), key))

    def test_the_next_lesson_follows(self):
        terminal = self.play("--from", "6", self.lesson)
        self.assertIn("[n] next lesson", self.press(terminal, ENTER))
        self.assertIn("Second thoughts\n═══", self.press(terminal, "n").replace("\r", ""))
        self.press(terminal, "q", r"Left before step")
        self.assertEqual(terminal.wait(), 0)

    def test_enter_alone_leads_through_questions(self):
        terminal = self.play("--from", "4", self.lesson, hint=ANSWER)
        self.assertIn("Enter alone gives a hint", self.screen(terminal))
        terminal.send(ENTER)
        said = terminal.expect(ANSWER)
        self.assertIn("The sum of both inputs.", said)
        self.assertIn("(Enter alone now shows the answer.)", said)
        terminal.send(ENTER)
        self.assertRegex(terminal.expect(HINT), r"(?s)the answer: o₁₁ = 88.*bp> grad w11\^2")

    def test_questions(self):
        terminal = self.play("--from", "4", self.lesson, hint=ANSWER)
        for line, said in (("80", "You forgot x2."), ("h", "The sum of both inputs."),
                           ("?", "these keys"), ("forward", "layer 1")):
            terminal.send(line + ENTER)
            self.assertIn(said, terminal.expect(ANSWER))
        terminal.send("s" + ENTER)
        self.assertIn("the answer: o₁₁ = 88", terminal.expect(HINT))
        self.assertIn("Only a question can be skipped", self.press(terminal, "s"))

    def test_it_plays_by_itself(self):
        begin = time.monotonic()
        terminal = self.play("--delay", "0.1", self.lesson)
        self.assertEqual(terminal.wait(), 0)
        self.assertGreater(time.monotonic() - begin, 0.7)
        self.assertIn("the answer: ", terminal.text)
        self.assertIn("The end of First steps", terminal.text)
        self.assertTrue(terminal.is_sane())

    def test_a_key_hurries_it(self):
        terminal = self.play("--delay", "100", self.lesson)
        self.assertIn("bp> init", self.press(terminal, ENTER))
        self.press(terminal, "q", r"Left before step 1 of 6")
        self.assertEqual(terminal.wait(), 0)

    def test_a_step_that_fails_is_stayed_at(self):
        self.write("bad.md", "```bp\nbp> forward\n```\n")
        terminal = self.play("bad.md")
        self.assertRegex(self.press(terminal, ENTER),
                         r"(?s)error: .*bad\.md:2: the lesson does not expect.*bp> forward")
        self.press(terminal, "q", "Left")
        self.assertEqual(terminal.wait(), 0)

    def test_what_steers_terminals_is_escaped(self):
        self.write("evil.md", "# T\x1b]0;x\x07itle\n\n```bp\nbp> echo a\x1b[2Jb\n```\n")
        terminal = self.start_bare("evil.md")
        terminal.settle()
        self.assertNotIn("\x1b[2J", terminal.raw)
        self.assertNotIn("\x1b]0", terminal.raw)


class Leaving(LessonTest):
    """However it is left, the terminal is as it was."""

    def test_quit_and_take_up(self):
        terminal = self.play()
        self.press(terminal, [ENTER, ENTER, ENTER])
        terminal.send("q")
        left = terminal.expect(r"Left before step 3 of 6:\s+`[^`]*`\s+takes\s+it\s+up\s+there\.")
        self.assertRegex(" ".join(left.split()), rf"backprop'? {re.escape(self.lesson)}`")
        self.assertEqual(terminal.wait(), 0)
        self.assertTrue(terminal.is_sane())
        state = self.path(".local", "state", "backprop", "lessons")
        self.assertEqual(os.listdir(state), ["01-first-steps"])
        self.assertEqual(os.stat(os.path.join(state, "01-first-steps")).st_mode & 0o777, 0o600)
        again = self.play()
        # Where lines fold depends on how long the program's own path is.
        self.assertRegex(" ".join(again.text.split()),
                         r"First steps: from step 3 of 6 on\. `[^`]*backprop'? --from 1 "
                         r"shelf/01-first-steps\.md` begins it anew\. Its forward pass\.")
        self.press(again, [ENTER])
        self.assertIn("= 88", self.press(again, [ENTER], ANSWER))

    def test_what_takes_it_up_can_be_typed_whatever_the_names_are(self):
        shutil.copy(self.path("shelf", NAME), self.path("it's mine.md"))
        terminal = self.play("it's mine.md")
        self.press(terminal, [ENTER, ENTER])
        terminal.send("q")
        left = " ".join(terminal.expect(r"there\.").split())
        command = re.search(r"Left before step 2 of 6: `(.*)` takes it up", left).group(1)
        again = self.start_bare(within=["sh", "-c", command])
        again.expect(r"from step 2 of 6 on")

    def test_a_damaged_state_is_begun_anew(self):
        for damage in ("", "\0\0\0", "steps 3 of 6", "steps 7 of 6\nfinished 0\n", "x" * 99999):
            self.write(".local/state/backprop/lessons/01-first-steps", damage)
            terminal = self.play()
            self.assertIn("A network and a row", terminal.text)
            terminal.send("q")
            self.assertEqual(terminal.wait(), 0)

    def test_a_state_that_cannot_be_kept_is_no_reason_to_stop(self):
        self.write(".local/state/backprop/lessons", "a file")
        terminal = self.play()
        self.press(terminal, [ENTER, ENTER])
        terminal.send("q")
        self.assertEqual(terminal.wait(), 0)

    def test_ctrl_c_at_a_key_at_a_question_and_at_work(self):
        terminal = self.play()
        terminal.send(CTRL_C)
        self.assertEqual(terminal.wait(), 130)
        self.assertTrue(terminal.is_sane())
        self.assertNotIn("[Enter]", self.screen(terminal))
        terminal = self.play("--from", "4", self.lesson, hint=ANSWER)
        terminal.send(CTRL_C)
        self.assertEqual(terminal.wait(), 130)
        self.assertTrue(terminal.is_sane())
        self.write("long.md", "```bp\nbp> init 2-2-1 weights=0.1\nbp> input 1 1 -> 1\n"
                              "bp> set lr 0.001\nbp> train 1000000000\n```\n")
        terminal = self.play("long.md")
        self.press(terminal, [ENTER, ENTER, ENTER])
        terminal.send(ENTER)
        terminal.let_work(0.5)
        terminal.send(CTRL_C)
        self.assertEqual(terminal.wait(), 130)
        self.assertTrue(terminal.is_sane())

    def test_ctrl_d_leaves(self):
        terminal = self.play()
        terminal.send(CTRL_D)
        self.assertEqual(terminal.wait(), 0)
        self.assertTrue(terminal.is_sane())

    def test_signals_find_the_terminal_as_it_was(self):
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            terminal = self.play()
            terminal.signal(number)
            self.assertEqual(terminal.wait(), -number)
            self.assertTrue(terminal.is_sane())

    def test_stopped_and_taken_up_again(self):
        shell = ["sh", "-c", 'set -m; "$@"; echo stopped; read answer; fg', "sh"]
        terminal = self.play(within=shell)
        self.press(terminal, ENTER)
        terminal.send(CTRL_Z)
        terminal.expect("stopped")
        self.assertTrue(terminal.is_sane())
        terminal.send(ENTER)
        terminal.expect(HINT)
        self.assertIn("2-2-1, linear", self.press(terminal, ENTER))
        self.press(terminal, "q", "Left before step 2 of 6")
        self.assertEqual(terminal.wait(), 0)
        self.assertTrue(terminal.is_sane())


class Terminals(LessonTest):
    def test_80_and_200_columns(self):
        page = "word " * 60
        self.write("wide.md", f"{page}\n\n```bp\nbp> init 2-2-1\n```\n")
        for columns, most in ((80, 80), (200, 100), (40, 40)):
            terminal = self.play("wide.md", columns=columns, hint=r"\[Enter\]")
            terminal.settle()
            longest = max(len(line) for line in terminal.lines() if "word" in line)
            self.assertTrue(most - 10 < longest <= most, longest)
            hints = [line for line in terminal.lines() if "[Enter]" in line]
            self.assertEqual(len(hints), 1)
            self.assertLess(len(hints[0]), columns)

    def test_a_narrow_terminal_names_the_first_keys(self):
        keys = (("[Enter] goes on  [b] back  [i] live prompt  [q] quit", (53, 61)),
                ("[Enter] goes on  [b] back", (26, 41)), ("[Enter] goes on", (16, 25)), ("[Enter]", (8,)))
        for said, widths in keys:
            for columns in widths:
                terminal = self.play(columns=columns, hint=r"\[Enter\]")
                terminal.settle()
                self.assertEqual(terminal.last_line(), said, columns)

    def test_a_resize_is_followed(self):
        terminal = self.play()
        self.press(terminal, [ENTER, ENTER, ENTER, ENTER])
        terminal.resize(30)
        terminal.signal(signal.SIGWINCH)
        terminal.expect(r"\[Enter\]")
        terminal.settle()
        self.assertLess(len(terminal.last_line()), 30)
        self.press(terminal, ENTER, ANSWER)
        long = [line for line in terminal.lines() if line.startswith("  ŷ")]
        self.assertLessEqual(len(long[-1]), 30)

    def test_ascii(self):
        terminal = self.play(LC_ALL="C", LANG="C")
        self.press(terminal, [ENTER, ENTER, ENTER, ENTER])
        self.press(terminal, ENTER, ANSWER)
        self.assertTrue(terminal.raw.isascii())

    def test_a_dumb_terminal(self):
        terminal = self.play(TERM="dumb")
        self.press(terminal, [ENTER, ENTER])
        self.assertNotIn("\x1b", terminal.raw)
        self.assertEqual(terminal.last_line(), "[Enter] runs it  [b] back  [i] live prompt  "
                                               "[q] quit  [?] keys")
        terminal.send("q")
        self.assertEqual(terminal.wait(), 0)
        self.assertNotIn("[Enter]", self.screen(terminal))
        self.assertTrue(terminal.is_sane())

    def test_no_colour_where_none_is_welcome(self):
        self.assertRegex(self.play().raw, r"\x1b\[2m\[Enter\]")
        self.assertNotRegex(self.play(NO_COLOR="1").raw, r"\x1b\[\d+m")

    def test_keys_are_lines_where_they_cannot_be_read_one_by_one(self):
        done = self.run_piped("-i", self.lesson, input="\n\n\nb\n\n\n\n88\nq\nquit\n")
        text = done.stdout.decode()
        self.assertEqual(done.returncode, 0)
        self.assertRegex(text, r"(?s)bp> init 2-2-1.*\(back\).*right.*Left before step 5 of 6:\s+`lesson ")

    def test_batch_and_pipes_run_straight_through(self):
        terminal = self.start_bare("--batch", self.lesson)
        self.assertEqual(terminal.wait(), 0)
        self.assertNotIn("[Enter]", terminal.text)
        done = self.run_piped(self.lesson)
        self.assertEqual(done.returncode, 0)
        self.assertNotIn(b"\x1b", done.stdout)
        self.assertFalse(os.path.exists(self.path(".local")))
