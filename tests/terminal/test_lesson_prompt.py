"""Lessons played at a prompt: its session is untouched, and what is done is listed and kept."""

from shelf import ANSWER, HINT, LessonTest
from terminal import CTRL_C, ENTER, PROMPT, TAB, needs_editor


class AtThePrompt(LessonTest):
    def at_prompt(self):
        terminal = self.start("--no-init", BACKPROP_LESSONS=self.shelf)
        terminal.command("init 3-1")
        return terminal

    def begin(self, terminal, line="lesson 1"):
        terminal.send(line + ENTER)
        terminal.expect(HINT)

    def test_the_session_is_untouched(self):
        terminal = self.at_prompt()
        before = terminal.command("info history")
        self.begin(terminal)
        self.press(terminal, [ENTER, ENTER, ENTER])
        terminal.send("q")
        terminal.expect(PROMPT + "$")
        self.assertIn("3-1", terminal.command("info net"))
        self.assertEqual(terminal.command("info history"), before)
        self.assertIn("there is nothing to redo", terminal.command("redo"))

    def test_ctrl_c_goes_back_to_the_prompt(self):
        terminal = self.at_prompt()
        self.begin(terminal)
        terminal.send(CTRL_C)
        terminal.expect(PROMPT + "$")
        self.assertIn("3-1", terminal.command("info net"))
        terminal.send("quit" + ENTER)
        self.assertEqual(terminal.wait(), 0)
        self.assertTrue(terminal.is_sane())

    def test_what_is_done_is_listed_and_reset(self):
        terminal = self.at_prompt()
        self.begin(terminal)
        self.press(terminal, [ENTER, ENTER, ENTER])
        terminal.send("q")
        terminal.expect(PROMPT + "$")
        self.begin(terminal, "lesson sec")
        self.press(terminal, [ENTER, ENTER], "leaves")
        terminal.send(ENTER)
        terminal.expect(PROMPT + "$")
        listed = terminal.command("lesson")
        self.assertRegex(listed, r"01 +First steps +step 3 of 6")
        self.assertRegex(listed, r"02 +Second thoughts +finished")
        self.assertIn("begins anew", terminal.command("lesson reset 1"))
        self.assertNotRegex(terminal.command("lesson"), "step 3")
        self.begin(terminal)
        self.assertNotIn("from step", terminal.text[-300:])

    def test_a_finished_lesson_that_was_begun_again_says_so(self):
        terminal = self.at_prompt()
        terminal.send("lesson 1 delay=0" + ENTER)
        terminal.expect(PROMPT + "$")
        self.begin(terminal)
        self.press(terminal, [ENTER, ENTER])
        terminal.send("q")
        terminal.expect(PROMPT + "$")
        self.assertRegex(terminal.command("lesson"), r"01 +First steps +step [0-9] of 6, again *\r?\n")

    def test_what_played_by_itself_has_no_right_answers_to_count(self):
        terminal = self.at_prompt()
        terminal.send("lesson 1 delay=0" + ENTER)
        terminal.expect(PROMPT + "$")
        self.assertRegex(terminal.command("lesson"), r"01 +First steps +finished *\r?\n")

    @needs_editor
    def test_history_has_the_lines_of_the_prompts_only(self):
        terminal = self.at_prompt()
        terminal.send("lesson 1 from=4" + ENTER)
        terminal.expect(ANSWER)
        terminal.send("88" + ENTER)
        terminal.expect(HINT)
        terminal.send("q")
        terminal.expect(PROMPT + "$")
        terminal.send("quit" + ENTER)
        self.assertEqual(terminal.wait(), 0)
        lines = self.read(".local", "state", "backprop", "history").splitlines()
        self.assertEqual(lines, ["init 3-1", "lesson 1 from=4", "quit"])

    @needs_editor
    def test_names_are_completed(self):
        terminal = self.at_prompt()
        terminal.send("lesson 01" + TAB)
        terminal.expect("lesson 01-first-steps ")

    @needs_editor
    def test_the_live_prompt_completes_from_the_lessons_session(self):
        terminal = self.at_prompt()
        self.begin(terminal)
        self.press(terminal, [ENTER, ENTER])
        terminal.send("i")
        terminal.expect(PROMPT + "$")
        terminal.send("print w22" + TAB)
        terminal.expect(r"w22\^1")
