"""The lessons that come with the program: each runs in every mode, and by pressing Enter alone."""

import json
import pathlib
import re

from shelf import HINT
from terminal import ENTER, TerminalTest

LESSONS = sorted((pathlib.Path(__file__).resolve().parents[2] / "lessons").glob("*.md"))


def commands(lesson):
    """What is typed in its fences."""
    fences = re.findall(r"^```bp[^\n]*\n(.*?)^```$", lesson.read_text(encoding="utf-8"),
                        re.DOTALL | re.MULTILINE)
    return [line[4:] for fence in fences for line in fence.splitlines() if line.startswith("bp> ")]


class ShippedLessons(TerminalTest):
    def outputs(self, *options):
        """What each prints, straight through."""
        self.assertEqual(len(LESSONS), 17)
        runs = {lesson: self.run_piped(*options, str(lesson)) for lesson in LESSONS}
        self.assertEqual({run.returncode for run in runs.values()}, {0})
        return {lesson: run.stdout for lesson, run in runs.items()}

    def test_each_has_what_a_lesson_needs(self):
        for lesson in LESSONS:
            text = lesson.read_text(encoding="utf-8")
            with self.subTest(lesson=lesson.name):
                self.assertIn(len(commands(lesson)), range(10, 26))
                self.assertGreaterEqual(text.count("\n```quiz\n"), 2)
                for part in ("\ntitle: ", "\nnotes: N", "\n**Goal.** ", "\n## Try it yourself\n"):
                    self.assertIn(part, text)

    def test_as_text(self):
        for lesson, printed in self.outputs().items():
            folded = re.sub(r"\s+", " ", printed.decode())
            for command in commands(lesson):
                self.assertIn(f" bp> {re.sub(' +', ' ', command)} ", folded, lesson.name)
            self.assertNotIn("\x1b", folded)

    def test_in_ascii(self):
        for lesson, printed in self.outputs("--ascii").items():
            self.assertTrue(printed.isascii(), lesson.name)
            self.assertEqual(printed.count(b"\nbp> "), len(commands(lesson)), lesson.name)

    def test_as_json(self):
        for lesson, printed in self.outputs("--json").items():
            objects = [json.loads(line) for line in printed.splitlines()]
            typed = [thing["command"] for thing in objects]
            self.assertEqual([command for command in commands(lesson) if command not in typed], [])
            self.assertLessEqual({thing["status"] for thing in objects}, {"ok", "error"})

    def test_enter_alone_leads_to_the_end(self):
        terminal = self.start_bare(str(LESSONS[0]))
        for _ in range(300):
            if "The end of" in terminal.expect(rf"{HINT}|answer> $|The end of"):
                break
            terminal.send(ENTER)
        terminal.expect("24 commands")
