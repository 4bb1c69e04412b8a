#!/usr/bin/env python3
"""Runs the terminal tests: run.py PROGRAM [part of a test's name...]."""

import os
import sys
import unittest

sys.dont_write_bytecode = True  # tests leave nothing in the source tree

import terminal  # noqa: E402


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


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    terminal.BINARY = os.path.abspath(sys.argv[1])
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{name}*" for name in sys.argv[2:]] or None
    suite = loader.discover(folder, pattern="test_*.py")
    if not terminal.has_editor():
        skip_what_needs_an_editor(suite)
    result = unittest.TextTestRunner(verbosity=1, buffer=True).run(suite)
    sys.exit(not result.wasSuccessful())


if __name__ == "__main__":
    main()
