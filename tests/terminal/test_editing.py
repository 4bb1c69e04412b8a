"""What Readline adds: completion, history, search, pasting, resizing, job control."""

import os
import signal
import stat

from terminal import (CTRL_A, CTRL_C, CTRL_R, CTRL_Z, ENTER, ESCAPE, PASTE, PASTE_END, PROMPT,
                      TAB, UP, TerminalTest, needs_editor)


@needs_editor
class Completion(TerminalTest):
    def test_a_command(self):
        terminal = self.start()
        terminal.send("forw" + TAB)
        terminal.expect("forward ")

    def test_candidates_are_listed(self):
        terminal = self.start()
        terminal.send("in" + TAB + TAB)
        terminal.expect(r"\n.*init.*input")
        self.assertEqual(terminal.last_line(), "bp> in")

    def test_symbols_of_the_present_network(self):
        terminal = self.start()
        terminal.command("init 2-2-1")
        terminal.send("grad b2" + TAB)
        terminal.expect("grad b21 ")
        terminal.send(CTRL_C)
        terminal.expect(PROMPT)
        terminal.command("init 2-2-3-1")
        terminal.send("grad b2" + TAB + TAB)
        terminal.expect(r"b21 +b22 +b23")

    def test_values_of_a_key(self):
        terminal = self.start()
        terminal.send("init 2-2-1 lo" + TAB + "hi" + TAB)
        terminal.expect("init 2-2-1 loss=hinge ")

    def test_a_file_with_a_blank_is_quoted(self):
        self.write("my script.bp", "init 2-2-1\n")
        terminal = self.start()
        terminal.send("source my" + TAB)
        terminal.expect(r'script\.bp"')
        self.assertEqual(terminal.last_line(), 'bp> source "my script.bp"')
        terminal.send(ENTER)
        terminal.expect(r"2-2-1, ")

    def test_a_file_inside_quotes(self):
        self.write("my script.bp", "init 2-2-1\n")
        terminal = self.start()
        terminal.send('source "my s' + TAB)
        terminal.expect(r'cript\.bp"')
        self.assertEqual(terminal.last_line(), 'bp> source "my script.bp"')

    def test_no_files_where_none_is_expected(self):
        self.write("forwarding.txt", "")
        terminal = self.start()
        terminal.send("init forw" + TAB + "x")
        terminal.expect("x")
        self.assertEqual(terminal.last_line(), "bp> init forwx")


@needs_editor
class Inputrc(TerminalTest):
    def test_conditionals_know_the_program(self):
        self.write(".inputrc", '$if backprop\n"\\C-o": "echo mine\\n"\n$else\n'
                   '"\\C-o": "echo not mine\\n"\n$endif\n')
        terminal = self.start()
        terminal.send("\x0f")
        terminal.expect(r"\n\r?mine\r?\n")


@needs_editor
class History(TerminalTest):
    FILE = (".local", "state", "backprop", "history")

    def leave(self, terminal):
        terminal.send("quit" + ENTER)
        terminal.wait()

    def test_is_kept_private_from_one_session_to_the_next(self):
        terminal = self.start()
        terminal.command("init 2-2-1")
        terminal.command("init 2-2-1")
        terminal.command("")
        self.leave(terminal)
        self.assertEqual(self.read(*self.FILE), "init 2-2-1\nquit\n")
        file, folder = os.stat(self.path(*self.FILE)), os.stat(self.path(*self.FILE[:-1]))
        self.assertEqual(stat.S_IMODE(file.st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(folder.st_mode), 0o700)
        terminal = self.start()
        terminal.send(UP + UP)
        terminal.expect("init 2-2-1")

    def test_is_where_xdg_state_home_says(self):
        terminal = self.start(XDG_STATE_HOME=self.path("state"))
        terminal.command("init 2-2-1")
        self.leave(terminal)
        self.assertEqual(self.read("state", "backprop", "history"), "init 2-2-1\nquit\n")

    def test_is_shared_by_sessions_at_once(self):
        first, second = self.start(), self.start()
        first.command("init 2-2-1")
        second.command("init 3-2-1")
        first.command("params")
        self.leave(second)
        self.leave(first)
        self.assertEqual(self.read(*self.FILE), "init 2-2-1\ninit 3-2-1\nparams\nquit\nquit\n")

    def test_has_a_limit(self):
        os.makedirs(os.path.dirname(self.path(*self.FILE)))
        self.write(os.path.join(*self.FILE), "".join(f"echo {i}\n" for i in range(12345)))
        terminal = self.start()
        self.leave(terminal)
        lines = self.read(*self.FILE).splitlines()
        self.assertEqual((len(lines), lines[0], lines[-1]), (10001, "echo 2345", "quit"))

    def test_survives_sigterm(self):
        terminal = self.start()
        terminal.command("init 2-2-1")
        terminal.signal(signal.SIGTERM)
        terminal.wait()
        self.assertEqual(self.read(*self.FILE), "init 2-2-1\n")

    def test_is_not_written_off_a_terminal(self):
        self.run_piped(input="init 2-2-1\n")
        self.run_piped("-e", "init 2-2-1")
        self.run_piped("--batch", input="init 2-2-1\n")
        self.assertFalse(os.path.exists(self.path(*self.FILE)))

    def test_does_without_a_place_to_write(self):
        terminal = self.start(HOME=None)
        self.assertIn("2-2-1, ", terminal.command("init 2-2-1"))


@needs_editor
class InterruptWhileEditing(TerminalTest):
    def clears(self, *keys, **extra):
        terminal = self.start(**extra)
        terminal.command("init 2-2-1")
        for key in keys:
            terminal.send(key)
            terminal.settle(0.05)
        terminal.send(CTRL_C)
        terminal.expect(r"\^C[\s\a]+" + PROMPT)
        self.assertEqual(terminal.last_line(), "bp>")
        self.assertIn("error", terminal.command("frobnicate"))
        self.assertEqual(terminal.screen.lines()[-1], "bp>")
        terminal.send("init 3-1" + ENTER)
        terminal.expect("3-1, ")
        terminal.expect(PROMPT)
        terminal.send("quit" + ENTER)
        self.assertEqual(terminal.wait(), 0)
        self.assertTrue(terminal.is_sane())

    def test_in_a_search(self):
        self.clears(CTRL_R, "2-2")

    def test_in_a_failing_search(self):
        self.clears(CTRL_R, "zzz")

    def test_in_a_numeric_argument(self):
        self.clears(ESCAPE + "5")

    def test_after_a_list_of_completions(self):
        self.clears("in" + TAB, TAB)

    def test_after_a_key_that_waits_for_another(self):
        self.clears("abc", "\x18")

    def test_before_a_quoted_key(self):
        self.clears("abc", "\x16")

    def test_in_a_recalled_line(self):
        self.clears(UP, "9")

    def test_in_a_paste_that_never_ends(self):
        # Readline itself loses the buffer of a paste that is broken off
        self.clears(PASTE + "abc", ASAN_OPTIONS="detect_leaks=0")

    def test_after_a_search_the_history_is_whole(self):
        terminal = self.start()
        terminal.command("init 2-2-1")
        terminal.command("init 3-1")
        terminal.send(CTRL_R + "2-2")
        terminal.settle(0.05)
        terminal.send(CTRL_C)
        terminal.expect(r"\n.*" + PROMPT)
        terminal.send(UP)
        terminal.expect("init 3-1")


@needs_editor
class Paste(TerminalTest):
    LINES = "init 2-2-1\ninput 80 8 -> 3\nforward"

    def test_several_lines_run_one_by_one(self):
        terminal = self.start()
        terminal.send(PASTE + self.LINES + PASTE_END)
        terminal.expect("forward")
        terminal.send(ENTER)
        terminal.expect("176")
        terminal.expect(PROMPT + "$")
        prompts = [line for line in terminal.lines() if line.startswith("bp>")]
        self.assertEqual(prompts, ["bp> init 2-2-1", "bp> input 80 8 -> 3", "bp> forward", "bp>"])
        self.assertEqual(sum("80 8 -> 3" in line for line in terminal.lines()), 1)

    def test_a_last_newline_and_blank_lines_repeat_nothing(self):
        terminal = self.start()
        terminal.send(PASTE + "init 2-2-1\ninput 0 0 -> 0\nstep\n\n \n" + PASTE_END + ENTER)
        terminal.expect(PROMPT + "step")
        terminal.settle()
        self.assertEqual(sum(line.startswith("bp>") for line in terminal.lines()), 4)

    def test_pasted_lines_are_remembered_one_by_one(self):
        terminal = self.start()
        terminal.send(PASTE + self.LINES + PASTE_END + ENTER)
        terminal.expect("176")
        terminal.expect(PROMPT)
        terminal.send(UP + UP)
        terminal.expect("input 80 8 -> 3$")

    def test_tabs_complete_nothing(self):
        terminal = self.start()
        terminal.send(PASTE + "forw\tx" + PASTE_END + "y")
        terminal.expect("y")
        self.assertNotIn("forward", terminal.settle())

    def test_ctrl_c_drops_what_is_left(self):
        terminal = self.start()
        terminal.command("init 2-2-1 weights=0.1")
        terminal.command("input 1 1 -> 1")
        terminal.command("set lr 0.001")
        terminal.send(PASTE + "step 1000000000\nforward" + PASTE_END + ENTER)
        terminal.expect("\n")
        terminal.let_work(0.2)
        terminal.send(CTRL_C)
        terminal.expect("interrupted")
        terminal.expect(PROMPT)
        self.assertEqual(terminal.last_line(), "bp>")
        self.assertNotIn("bp> forward", terminal.lines())


@needs_editor
class Size(TerminalTest):
    def test_a_resize_keeps_the_line(self):
        terminal = self.start(columns=60)
        terminal.send("echo " + "x" * 40)
        terminal.expect("x{40}")
        terminal.settle()
        terminal.resize(30)
        terminal.signal(signal.SIGWINCH)
        terminal.settle()
        terminal.send("y" + ENTER)
        terminal.expect("x{20,}y")
        self.assertIn("x" * 25, terminal.expect(PROMPT))

    def test_a_resize_during_work_is_noticed(self):
        terminal = self.start()
        terminal.command("init 2-2-1 weights=0.1")
        terminal.command("input 1 1 -> 1")
        terminal.send("step 1000000000" + ENTER)
        terminal.expect("\n")
        terminal.resize(30)
        terminal.let_work(0.2)
        terminal.send(CTRL_C)
        terminal.expect("interrupted")
        terminal.expect(PROMPT)
        terminal.send("x" * 40 + CTRL_A + "y")
        self.assertEqual(terminal.lines()[-2:], ["bp> y" + "x" * 25, "x" * 15])

    def test_a_line_after_a_long_prompt(self):
        terminal = self.start(columns=30)
        terminal.command("init 2-2-1")
        terminal.command("data n0")
        terminal.send("set prompt position" + ENTER)
        terminal.expect("bp 1:1 row> ")
        terminal.send("x" * 40 + CTRL_A + "y")
        self.assertEqual(terminal.lines()[-2:], ["bp 1:1 row> y" + "x" * 17, "x" * 23])

    def test_the_output_follows(self):
        terminal = self.start(columns=120)
        terminal.command("init 8-1")
        terminal.command("input 1 2 3 4 5 6 7 8 -> 1")
        wide = terminal.command("forward")
        terminal.resize(40)
        terminal.signal(signal.SIGWINCH)
        narrow = terminal.command("forward")
        self.assertGreater(max(map(len, wide.splitlines())), 60)
        self.assertLessEqual(max(map(len, narrow.splitlines())), 40)


@needs_editor
class JobControl(TerminalTest):
    def test_ctrl_z_stops_with_a_sane_terminal_and_comes_back(self):
        shell = ["sh", "-c", 'set -m; "$@"; echo stopped; read answer; fg', "sh"]
        terminal = self.start(within=shell)
        terminal.send("init 2-2")
        terminal.expect("2-2")
        terminal.send(CTRL_Z)
        terminal.expect("stopped")
        self.assertTrue(terminal.is_sane())
        terminal.send(ENTER)
        terminal.expect("init 2-2")
        terminal.send("-1" + ENTER)
        terminal.expect("2-2-1, ")


@needs_editor
class Dumb(TerminalTest):
    def test_prints_no_control_sequences(self):
        terminal = self.start(TERM="dumb")
        self.assertIn("2-2-1, ", terminal.command("init 2-2-1"))
        terminal.send(CTRL_C)
        terminal.expect(PROMPT)
        terminal.send("quit" + ENTER)
        self.assertEqual(terminal.wait(), 0)
        self.assertNotIn(ESCAPE, terminal.raw)
