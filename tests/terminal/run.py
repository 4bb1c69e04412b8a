#!/usr/bin/env python3
"""Runs the terminal tests: run.py PROGRAM [part of a test's name...].

They mostly wait for what the program prints, so that several run side by side.
"""

import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True  # tests leave nothing in the source tree

import terminal  # noqa: E402

SIDE_BY_SIDE = 3


def tests_of(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from tests_of(item)
        else:
            yield item


def skip_what_needs_an_editor(suite):
    for test in tests_of(suite):
        method = getattr(test, test._testMethodName)
        if getattr(method, "needs_editor", getattr(type(test), "needs_editor", False)):
            skipped = unittest.skip("this program was built without Readline")(method)
            setattr(test, test._testMethodName, skipped)


def run(tests):
    result = unittest.TextTestRunner(verbosity=1, buffer=True).run(unittest.TestSuite(tests))
    return result.wasSuccessful()


def run_beside(tests):
    """Runs TESTS in a process of their own; returns it, and the file with what it says."""
    said = tempfile.TemporaryFile()
    process = os.fork()
    if not process:
        os.dup2(said.fileno(), sys.stderr.fileno())
        os._exit(not run(tests))
    return process, said


def wait_for(process, said):
    status = os.waitpid(process, 0)[1]
    with said:
        said.seek(0)
        sys.stderr.write(said.read().decode())
    return status == 0


def main():
    terminal.forget_surroundings()
    folder = os.path.dirname(os.path.abspath(__file__))
    terminal.BINARY = os.path.abspath(sys.argv[1])
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{name}*" for name in sys.argv[2:]] or None
    suite = loader.discover(folder, pattern="test_*.py")
    if not terminal.has_editor():
        skip_what_needs_an_editor(suite)
    tests = list(tests_of(suite))
    shares = [tests[first::SIDE_BY_SIDE] for first in range(SIDE_BY_SIDE)]
    processes = [run_beside(share) for share in shares if share]
    sys.exit(not all([wait_for(*process) for process in processes]))


if __name__ == "__main__":
    main()
