"""Runs inside the fresh interpreter of a workload: start.py CONFIGURATION.json.

Reads which tests to run and whether to record, installs the hook before anything of the workload is
imported, runs the tests, and writes the record and what became of each test. Started by run.py.
"""

import json
import os
import signal
import sys
import time

# What the interpreter itself has loaded: all else that the recorder needs is forgotten again, so that
# the workload imports its own, instrumented if wanted.
# `warnings` stays, as there is one set of filters for both.
STARTED_WITH = {*sys.modules, "warnings"}


def main() -> int:
    with open(sys.argv[1], encoding="utf-8") as file:
        configuration = json.load(file)
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[0] = os.path.dirname(here)
    hook = write = None
    if configuration["record"]:
        from record import hook as hooks
        from record import observe, store

        write = store.write
        roots = configuration["roots"]
        excluded = configuration["excluded"]
        hook = hooks.Hook(configuration["base"], roots, excluded, observe.Observer())
    sys.path[:1] = configuration["path"]
    os.chdir(configuration["folder"])
    # Children that ignore it would ignore the end of their time as well.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in list(sys.modules):
        if name not in STARTED_WITH and name != "__main__":
            del sys.modules[name]
    if hook is not None:
        hook.install()
    process = os.getpid()
    begin = time.process_time()
    outcomes = RUNNERS[configuration["runner"]](configuration["arguments"])
    seconds = time.process_time() - begin
    if os.getpid() != process:
        return 0  # a test forked and came back here
    run = {
        "workload": configuration["name"],
        "versions": configuration["versions"],
        "python": sys.version.split()[0],
        "seconds": round(seconds, 2),
        "tests": outcomes,
    }
    if hook is not None:
        sys.meta_path.remove(hook)
        run["totals"] = write(configuration["output"], run, hook)
    with open(configuration["outcomes"], "w", encoding="utf-8") as file:
        json.dump(run, file)
    return 0


def run_pytest(arguments: list) -> dict:
    import pytest

    outcomes = {}

    class Count:
        def pytest_runtest_logreport(self, report):
            worst = outcomes.get(report.nodeid)
            if report.outcome == "failed":
                text = str(report.longrepr)
                outcomes[report.nodeid] = ["failed", text.strip().splitlines()[-1][:300]]
            elif worst is None and (report.when == "call" or report.outcome == "skipped"):
                outcomes[report.nodeid] = [report.outcome, ""]

        def pytest_collectreport(self, report):
            if report.outcome == "failed":
                text = str(report.longrepr).strip().splitlines()
                outcomes[report.nodeid] = ["failed", text[-1][:300] if text else ""]

    pytest.main([*arguments, "-q", "--no-header", "--tb=short"], plugins=[Count()])
    return outcomes


def run_unittest(arguments: list) -> dict:
    import unittest

    outcomes = {}

    class Result(unittest.TextTestResult):
        def note(self, test, outcome, error=None):
            text = f"{error[0].__name__}: {error[1]}"[:300] if error else ""
            if outcomes.get(test.id(), [""])[0] != "failed":
                outcomes[test.id()] = [outcome, text]

        def addSuccess(self, test):
            self.note(test, "passed")

        def addSkip(self, test, reason):
            self.note(test, "skipped")

        def addFailure(self, test, err):
            self.note(test, "failed", err)

        addError = addFailure

        def addExpectedFailure(self, test, err):
            self.note(test, "passed")

        def addSubTest(self, test, subtest, err):
            if err is not None:
                self.note(test, "failed", err)

        def addUnexpectedSuccess(self, test):
            self.note(test, "failed")

    suite = unittest.TestSuite()
    for name in arguments:
        suite.addTests(unittest.defaultTestLoader.loadTestsFromName(name))
    try:
        unittest.TextTestRunner(resultclass=Result, verbosity=0).run(suite)
    except KeyboardInterrupt:
        outcomes["(all)"] = ["failed", "ended by the time limit"]
    return outcomes


def run_script(arguments: list) -> dict:
    """A program instead of tests: all of it has to be below a root to be recorded."""
    import importlib

    importlib.import_module(arguments[0])
    return {}


RUNNERS = {"pytest": run_pytest, "unittest": run_unittest, "script": run_script}

if __name__ == "__main__":
    sys.exit(main())
