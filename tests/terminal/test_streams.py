"""Standard streams that are no terminal, exit statuses, and what the environment asks for."""

import json
import os
import re
import shutil
import subprocess

import terminal as harness
from terminal import (CTRL_C, CTRL_D, ENTER, ESCAPE, PROMPT, TerminalTest, environment,
                      reset_signals)


class Pipe(TerminalTest):
    def test_in_and_out_is_neither_prompted_nor_echoed(self):
        run = self.run_piped(input="init 2-2-1\n")
        self.assertRegex(run.stdout.decode(), r"\A2-2-1, .*\n\Z")
        self.assertEqual((run.stderr, run.returncode), (b"", 0))

    def test_in_only(self):
        read, write = os.pipe()
        os.write(write, b"init 2-2-1\n")
        os.close(write)
        terminal = self.start_bare(stdin=read)
        self.assertEqual(terminal.wait(), 0)
        os.close(read)
        self.assertRegex(terminal.text, r"\A2-2-1, .*\r\n\Z")
        self.assertNotIn(ESCAPE + "[?", terminal.raw)

    def test_of_both_outputs_keeps_their_order(self):
        script = self.write("script.bp", "init 2-1\nfrobnicate\ninit 3-1\n")
        with open(script, encoding="utf-8") as commands:
            run = subprocess.run([harness.BINARY, "--no-init", "--keep-going"], stdin=commands,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                 check=False)
        self.assertRegex(run.stdout, r"(?s)\A2-1, .*error: .*3-1, ")

    def test_is_answered_before_the_next_line_is_read(self):
        process = subprocess.Popen([harness.BINARY, "--no-init"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True)
        process.stdin.write("init 2-2-1\n")
        process.stdin.flush()
        self.assertIn("2-2-1, ", process.stdout.readline())
        process.communicate("quit\n")
        self.assertEqual(process.returncode, 0)

    def test_that_is_closed_ends_quietly(self):
        script = "init 8-8-1\ninput 1 2 3 4 5 6 7 8 -> 1\n" + "forward\n" * 2000
        self.write("long.bp", script)
        process = subprocess.Popen([harness.BINARY, "--no-init", self.path("long.bp")],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   preexec_fn=reset_signals)
        self.assertRegex(process.stdout.readline(), r"\A8-8-1, ")
        process.stdout.close()
        self.assertEqual(process.stderr.read(), "")
        process.stderr.close()
        self.assertEqual(process.wait(harness.PATIENCE), 1)

    def test_interactive_prompts_and_leaves_at_the_end(self):
        run = self.run_piped("-i", input="init 2-2-1\nfrobnicate\n")
        output = run.stdout.decode()
        self.assertIn("bp> ", output)
        self.assertIn("2-2-1, ", output)
        self.assertIn("error:", run.stderr.decode())
        self.assertNotIn(ESCAPE, output)
        self.assertEqual(run.returncode, 0)

    def test_lines_that_are_no_text_are_refused_with_their_place(self):
        run = self.run_piped("--keep-going", input=b"ab\0c\nx\xff\n" + b"z" * 70000 + b"\ninit 3-1")
        places = re.findall(r"(?m)^-:\d+: error: ", run.stderr.decode())
        self.assertEqual(places, [f"-:{line}: error: " for line in (1, 2, 3)])
        self.assertIn("3-1, ", run.stdout.decode())
        self.assertEqual(run.returncode, 1)


class Status(TerminalTest):
    def status(self, *arguments, **keywords):
        return self.run_piped(*arguments, **keywords).returncode

    def test_of_commands(self):
        self.assertEqual(self.status("-e", "init 2-2-1"), 0)
        self.assertEqual(self.status("-e", "frobnicate"), 1)
        self.assertEqual(self.status(input="frobnicate\n"), 1)
        self.assertEqual(self.status("-e", "quit", "-e", "frobnicate"), 0)
        self.assertEqual(self.status("--keep-going", "-e", "frobnicate", "-e", "quit"), 1)
        self.assertEqual(self.status("--keep-going", input="frobnicate\nquit\n"), 1)

    def test_the_first_failure_stops(self):
        run = self.run_piped("-e", "frobnicate", "-e", "init 2-2-1")
        self.assertEqual((run.stdout, run.returncode), (b"", 1))
        self.assertRegex(run.stderr.decode(), r"\A-e:1: error: ")
        run = self.run_piped("--keep-going", "-e", "frobnicate", "-e", "init 2-2-1")
        self.assertIn("2-2-1, ", run.stdout.decode())
        self.assertEqual(run.returncode, 1)

    def test_tasks_run_in_order(self):
        self.write("second.bp", "init 2-1\n")
        run = self.run_piped("-e", "init 1-1", "second.bp", "-e", "init 3-1\ninit 4-1", "-f", "-",
                             input="init 5-1\n")
        begins = [line.split(",")[0] for line in run.stdout.decode().splitlines()]
        self.assertEqual(begins, ["1-1", "2-1", "3-1", "4-1", "5-1"])

    def test_of_a_script(self):
        script = self.write("bad.bp", "init 2-2-1\nfrobnicate\nparams\n")
        run = self.run_piped(script)
        self.assertEqual(run.returncode, 1)
        self.assertTrue(run.stderr.decode().startswith(f"{script}:2: error: "))
        self.assertEqual(run.stdout.decode().count("\n"), 1)

    def test_of_bad_usage(self):
        for arguments in (["--jsno"], ["-x"], ["--color=red"], ["-e"], ["-b", "-i"], ["--tap"]):
            run = self.run_piped(*arguments)
            self.assertEqual((run.returncode, run.stdout), (2, b""), arguments)
            self.assertRegex(run.stderr.decode(), r"\Abackprop: .*try backprop --help\)\n\Z")

    def test_of_files_that_cannot_be_run(self):
        self.write("lesson.md", "")
        for name, reason in (("none.bp", "cannot read none.bp: No such file or directory"),
                             (".", "cannot read .: Is a directory"),
                             ("lesson.md", "lesson.md: there is nothing to do in this lesson")):
            run = self.run_piped(name)
            self.assertEqual((run.returncode, run.stdout), (2, b""), name)
            self.assertTrue(run.stderr.decode().startswith(f"backprop: {reason}"), name)

    def test_of_check(self):
        run = self.run_piped("--check", "lesson.md")
        self.assertEqual(run.returncode, 2)
        self.assertEqual(run.stderr, b"backprop: cannot read lesson.md: No such file or directory\n")
        self.assertEqual(run.stdout, b"0 lessons, 0 steps, 0 quizzes: 1 file cannot be checked\n")

    def test_of_help_and_version(self):
        help, version = self.run_piped("--help"), self.run_piped("--version")
        self.assertEqual((help.returncode, version.returncode), (0, 0))
        self.assertIn("--keep-going", help.stdout.decode())
        self.assertRegex(version.stdout.decode(),
                         r"\Abackprop \S+ \((readline \S+|plain input)\)\n\Z")

    def test_of_output_that_cannot_be_written(self):
        for arguments in (["--help"], ["-e", "init 2-2-1"]):
            with open("/dev/full", "w", encoding="utf-8") as full:
                run = subprocess.run([harness.BINARY, *arguments], stdout=full,
                                     stderr=subprocess.PIPE, text=True, check=False)
            self.assertEqual(run.returncode, 1)
            self.assertRegex(run.stderr, r"\Abackprop: .*No space left on device\n\Z")


class StartFile(TerminalTest):
    FILE = ".config/backprop/init.bp"

    def test_runs_first(self):
        self.write(self.FILE, "init 7-1\n")
        run = self.run_piped("-e", "init 2-1")
        self.assertRegex(run.stdout.decode(), r"\A7-1, .*\n2-1, ")
        run = self.run_piped("--no-init", "-e", "init 2-1")
        self.assertRegex(run.stdout.decode(), r"\A2-1, ")

    def test_is_where_xdg_config_home_says(self):
        self.write("config/backprop/init.bp", "init 7-1\n")
        run = self.run_piped("-e", "init 2-1", XDG_CONFIG_HOME=self.path("config"))
        self.assertRegex(run.stdout.decode(), r"\A7-1, ")

    def test_mistakes_in_it_stop_a_run_but_no_prompt(self):
        path = self.write(self.FILE, "frobnicate\ninit 7-1\n")
        run = self.run_piped("-e", "init 2-1")
        self.assertEqual((run.returncode, run.stdout), (1, b""))
        self.assertTrue(run.stderr.decode().startswith(f"{path}:1: error: "))
        terminal = self.start()
        self.assertIn("error:", terminal.text)
        self.assertIn("7-1, ", terminal.text)
        terminal.send("quit" + ENTER)
        self.assertEqual(terminal.wait(), 0)


class Lessons(TerminalTest):
    """Shipped data is found wherever the executable has been moved with it."""

    def data(self, binary, **extra):
        run = subprocess.run([binary, "-e", "data table"], capture_output=True, text=True,
                             env=environment(self.home, extra), check=False)
        return run.stdout

    def test_are_found_beside_the_executable(self):
        for place, lessons in (("packed", "packed/lessons"),
                               ("installed/bin", "installed/share/backprop/lessons"),
                               ("tree/build/release", "tree/lessons")):
            os.makedirs(self.path(place))
            binary = shutil.copy(harness.BINARY, self.path(place, "backprop"))
            self.assertEqual(self.data(binary), "")
            self.write(lessons + "/data/table.csv", "x,y\n1,2\n")
            self.assertIn("1", self.data(binary), place)
            link = self.path(place.replace("/", "-") + "-link")
            os.symlink(binary, link)
            self.assertIn("1", self.data(link), place)

    def test_are_where_the_environment_says(self):
        self.write("mine/data/table.csv", "x,y\n1,2\n")
        self.assertEqual(self.data(harness.BINARY), "")
        self.assertIn("1", self.data(harness.BINARY, BACKPROP_LESSONS=self.path("mine")))

    def test_find_the_shipped_tables_from_a_folder_of_ones_own(self):
        self.write("mine/data/table.csv", "x,y\n1,2\n")
        self.write("mine/data/n0.csv", "x,y\n5,7\n")
        self.write("mine/01-a.md", "```bp\nbp> data table\n...\nbp> data xor\n...\nbp> data n0\n"
                                   "...\n    1  5  7  ← this row\n```\n")
        lesson = self.path("mine/01-a.md")
        for words in (["--check", lesson], ["-e", "lesson 1"], ["-e", "data xor"]):
            run = subprocess.run([harness.BINARY, *words], capture_output=True, text=True,
                                 env=environment(self.home, {"BACKPROP_LESSONS": self.path("mine")}),
                                 check=False)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)


class Json(TerminalTest):
    def test_off_a_terminal(self):
        run = self.run_piped("--json", input="init 2-2-1\nfrobnicate\n")
        objects = [json.loads(line) for line in run.stdout.splitlines()]
        self.assertEqual([item["status"] for item in objects], ["ok", "error"])
        self.assertEqual(run.returncode, 1)

    def test_prompts_on_stderr(self):
        output, errors = os.pipe(), os.pipe()
        terminal = self.start_bare("--json", stdout=output[1], stderr=errors[1])
        os.close(output[1])
        os.close(errors[1])
        terminal.send("init 2-2-1" + ENTER + "quit" + ENTER)
        self.assertEqual(terminal.wait(), 0)
        with os.fdopen(output[0]) as lines:
            commands = [json.loads(line)["command"] for line in lines]
        self.assertEqual(commands, ["init 2-2-1", "quit"])
        with os.fdopen(errors[0]) as lines:
            self.assertIn("bp> ", lines.read())


class Interactive(TerminalTest):
    def test_prompts_after_the_tasks(self):
        terminal = self.start("-i", "-e", "init 2-2-1")
        self.assertIn("2-2-1, ", terminal.text)
        terminal.command("frobnicate")
        terminal.send("quit" + ENTER)
        self.assertEqual(terminal.wait(), 0)

    def test_prompts_after_a_task_that_failed(self):
        terminal = self.start("-i", "-e", "frobnicate")
        self.assertIn("2-2-1, ", terminal.command("init 2-2-1"))

    def test_batch_does_not(self):
        terminal = self.start_bare("--batch")
        terminal.send("init 2-2-1" + ENTER)
        terminal.expect(r"2-2-1, ")
        terminal.send(CTRL_D)
        self.assertEqual(terminal.wait(), 0)
        self.assertNotIn("bp>", terminal.text)


class Looks(TerminalTest):
    """Colours and Unicode, by what the terminal and the environment want."""

    def failing(self, *arguments, **extra):
        terminal = self.start(*arguments, **extra)
        terminal.command("init 2-2-1")
        terminal.command("frobnicate")
        return terminal

    def test_color(self):
        self.assertRegex(self.failing().raw, r"\x1b\[[0-9;]+m.*error")
        for arguments, extra in (([], {"NO_COLOR": "1"}), ([], {"TERM": "dumb"}),
                                 (["--color=never"], {})):
            self.assertNotRegex(self.failing(*arguments, **extra).raw, r"\x1b\[[0-9;]+m")
        self.assertRegex(self.failing(NO_COLOR="").raw, r"\x1b\[[0-9;]+m.*error")

    def test_batch_is_without_color(self):
        terminal = self.start_bare("--batch", "-e", "frobnicate")
        self.assertEqual(terminal.wait(), 1)
        self.assertIn("error:", terminal.text)
        self.assertNotIn(ESCAPE, terminal.raw)

    def test_color_always_reaches_a_pipe(self):
        run = self.run_piped("--color=always", "-e", "frobnicate")
        self.assertIn(b"\x1b[", run.stderr)
        self.assertNotIn(b"\x1b[", self.run_piped("-e", "frobnicate").stderr)

    def test_ascii(self):
        for arguments, extra in (([], {"LC_ALL": "C"}), ([], {"LC_ALL": "POSIX"}),
                                 (["--ascii"], {})):
            run = self.run_piped("-e", "init 2-2-1", *arguments, **extra)
            self.assertIn(b"yhat", run.stdout)
            self.assertTrue(run.stdout.isascii(), extra)

    def test_unicode_unless_told_otherwise(self):
        for extra in ({}, {"LANG": None}, {"LANG": "xx_XX.UTF-8"}, {"LC_ALL": ""}):
            self.assertIn("ŷ", self.run_piped("-e", "init 2-2-1", **extra).stdout.decode(), extra)

    def test_ascii_at_the_prompt(self):
        terminal = self.start(LC_ALL="C")
        self.assertIn("yhat", terminal.command("init 2-2-1"))
        terminal.send(CTRL_C)
        terminal.expect(PROMPT)
        self.assertTrue(terminal.raw.isascii())

    def test_a_decimal_comma_makes_no_difference(self):
        run = self.run_piped("-e", "init 2-2-1", "-e", "print 0.5 + 0.25", LC_ALL="de_DE.UTF-8")
        self.assertIn("0.75", run.stdout.decode())
