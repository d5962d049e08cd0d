"""Runs code under sys.settrace and writes down what each frame went through: cfg_recorder.py OUT MODE
FOLDER TARGET... Each TARGET is a test module to run with unittest, or the path of a program.

Of code whose file lies below FOLDER, and for each code object, the distinct sequences of events are
kept: a line number, or
  E  an exception was raised here, or came out of what was called
  S  the same with StopIteration or StopAsyncIteration, which the interpreter may also have handled itself
  B:NAME  an exception as E: the local NAME was not bound
  Y  the frame yielded or awaits;  C  it goes on
  R  it returned;  U  an exception left it
A sequence ends at R, at U, or where it became too long or unclear. With MODE `opcodes`, also which
store each load of a local variable read. Runs inside the interpreter that is compared with."""

from __future__ import annotations

import contextlib
import dis
import importlib
import io
import os
import pickle
import runpy
import sys
import time
import unittest

MOST_EVENTS = 600
MOST_SECONDS = 25  # of one target; what runs on after that is not recorded
MOST_SEQUENCES = 60
YIELDS = {"YIELD_VALUE"}
RETURNS = {"RETURN_VALUE", "RETURN_CONST"}
NAMES = {number: name for name, number in dis.opmap.items()}
UNBOUND = "cannot access local variable '"


class CodeRecord:
    def __init__(self, code):
        self.code = code
        self.bytes = code.co_code
        self.sequences: set[tuple] = set()
        self.reads: set[tuple] = set()
        self.table: dict[int, tuple] | None = None

    def operations(self) -> dict[int, tuple]:
        """What the instruction at each offset does to a local variable."""
        if self.table is None:
            positions = list(self.code.co_positions())
            self.table = {}
            for instruction in dis.get_instructions(self.code):
                for kind in ("LOAD", "STORE", "DELETE"):
                    if instruction.opname.startswith(kind + "_FAST"):
                        place = positions[instruction.offset // 2]
                        self.table[instruction.offset] = (kind, instruction.argval, place)
        return self.table


class Recorder:
    def __init__(self, folder: str, opcodes: bool) -> None:
        self.folder = folder
        self.opcodes = opcodes
        self.records: dict[object, CodeRecord | None] = {}
        self.frames = self.events = self.loads = 0
        self.deadline = 0.0

    def trace(self, frame, event, arg):
        code = frame.f_code
        try:
            record = self.records[code]
        except KeyError:
            # What turns tracing off and on again is seen in part only.
            wanted = code.co_filename.startswith(self.folder) and "settrace" not in code.co_names
            record = self.records[code] = CodeRecord(code) if wanted else None
        if record is None:
            return None
        if time.monotonic() > self.deadline:
            sys.settrace(None)
            return None
        if frame.f_trace is not None:
            frame.f_trace(frame, "resume", None)
            return frame.f_trace
        if len(record.sequences) >= MOST_SEQUENCES and not self.opcodes:
            return None
        if self.opcodes:
            frame.f_trace_opcodes = True
        return self.activation(record)

    def activation(self, record: CodeRecord):
        events: list = []
        append = events.append
        pending = False
        done = False
        writers: dict[str, tuple | None] = {}
        operations = record.operations() if self.opcodes else None

        def finish():
            nonlocal done
            done = True
            if len(record.sequences) < MOST_SEQUENCES:
                record.sequences.add(tuple(events))
            self.frames += 1
            self.events += len(events)

        def local(frame, event, arg):
            nonlocal pending
            if event == "opcode":
                operation = operations.get(frame.f_lasti)
                if operation is None:
                    return local
                kind, name, place = operation
                if kind == "LOAD":
                    self.loads += 1
                    record.reads.add((name, writers.get(name), place))
                else:
                    writers[name] = place
                return local
            if done:
                return local
            if event == "line":
                pending = False
                append(frame.f_lineno)
            elif event == "exception":
                pending = True
                kind, value, traceback = arg
                if issubclass(kind, (StopIteration, StopAsyncIteration)):
                    append("S")
                elif kind is UnboundLocalError and traceback.tb_next is None:
                    message = str(value)
                    name = message[len(UNBOUND) :].partition("'")[0]
                    append("B:" + name if message.startswith(UNBOUND) else "E")
                else:
                    append("E")
            elif event == "resume":
                append("C")
            elif event == "return":
                operation = NAMES[record.bytes[frame.f_lasti]]
                if operation in YIELDS and pending and arg is None:
                    finish()  # thrown into, and either ended or yielded None
                elif operation in YIELDS and not (pending and arg is None):
                    pending = False
                    append("Y")
                elif operation in RETURNS:
                    append("R")
                    finish()
                else:
                    append("U")
                    finish()
            if not done and len(events) >= MOST_EVENTS:
                finish()
            return local

        return local

    def run(self, function, *arguments) -> None:
        self.deadline = time.monotonic() + MOST_SECONDS
        sys.settrace(self.trace)
        try:
            function(*arguments)
        finally:
            sys.settrace(None)

    def result(self) -> dict:
        codes = []
        for record in self.records.values():
            if record is None or not (record.sequences or record.reads):
                continue
            code = record.code
            codes.append(
                {
                    "file": code.co_filename,
                    "name": code.co_name,
                    "qualified_name": code.co_qualname,
                    "line": code.co_firstlineno,
                    "sequences": sorted(record.sequences, key=repr),
                    "reads": sorted(record.reads, key=repr),
                }
            )
        return {
            "codes": codes,
            "frames": self.frames,
            "events": self.events,
            "loads": self.loads,
        }


def run_tests(name: str) -> None:
    module = importlib.import_module(name)
    suite = unittest.defaultTestLoader.loadTestsFromModule(module)
    unittest.TextTestRunner(stream=io.StringIO(), verbosity=0).run(suite)


def run_program(path: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            runpy.run_path(path, run_name="__main__")
        except BaseException:  # whatever a program ends with
            pass


def main(arguments: list[str]) -> int:
    out, mode, folder, *targets = arguments
    recorder = Recorder(folder, mode == "opcodes")
    for target in targets:
        recorder.run(run_program if os.path.exists(target) else run_tests, target)
    with open(out, "wb") as file:
        pickle.dump(recorder.result(), file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
