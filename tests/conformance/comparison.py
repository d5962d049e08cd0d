"""Runs the same requests through both parsers and keeps the books."""

from __future__ import annotations

import concurrent.futures
import contextlib
import hashlib
import itertools
import json
import pathlib
import queue
import re
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from engines import CPython, Engine, Ours, Outcome, Request

ROOT = pathlib.Path(__file__).resolve().parents[2]
FAILURES = ROOT / "build" / "conformance-failures"
CACHE = ROOT / "build" / "conformance-cache"


@dataclass
class Tally:
    """What one mode came to."""

    name: str
    inputs: int = 0
    accepted: int = 0
    rejected: int = 0
    gave_up: int = 0
    same_row: int = 0
    same_message: int = 0
    failures: list[str] = field(default_factory=list)
    # (what, how often): differences that are allowed up to a share
    other_rows: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Cache:
    """Outcomes of CPython by the digest of the source; one file an interpreter."""

    def __init__(self, tag: str) -> None:
        self.path = CACHE / f"{tag}.jsonl"
        self.known: dict[str, Outcome] = {}
        if self.path.exists():
            for line in self.path.read_text().splitlines():
                # The last line of a run that was ended may not be whole.
                with contextlib.suppress(ValueError, TypeError):
                    key, *fields = json.loads(line)
                    self.known[key] = Outcome(*fields)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # A line at a time: two runs may share the file.
        self.file = self.path.open("a", buffering=1)

    def get(self, key: str) -> Outcome | None:
        return self.known.get(key)

    def put(self, key: str, outcome: Outcome) -> None:
        self.known[key] = outcome
        row = [key, outcome.kind, outcome.digest, outcome.row, outcome.message]
        self.file.write(json.dumps(row) + "\n")

    def close(self) -> None:
        self.file.close()


class Progress:
    """A line that is written over in a terminal, and a line each ten seconds elsewhere."""

    def __init__(self, name: str, total: int) -> None:
        self.name, self.total, self.done = name, total, 0
        self.start = time.monotonic()
        self.terminal = sys.stderr.isatty()
        self.next = self.start + (0 if self.terminal else 10)

    def step(self, failures: int) -> None:
        self.done += 1
        now = time.monotonic()
        if now < self.next and not (self.terminal and self.done == self.total):
            return
        self.next = now + (0.2 if self.terminal else 10)
        left = (now - self.start) / self.done * (self.total - self.done)
        text = f"{self.name}: {self.done}/{self.total}, {failures} different, {left:.0f} s left"
        end = ("\n" if self.done == self.total else "\r") if self.terminal else "\n"
        print(text.ljust(78), end=end, file=sys.stderr, flush=True)


class Comparison:
    """`options` are those of both processes, such as --compile."""

    def __init__(
        self, executable: pathlib.Path, interpreter: str, processes: int, *options: str
    ) -> None:
        self.oracles: queue.Queue[CPython] = queue.Queue()
        self.ours: queue.Queue[Ours] = queue.Queue()
        first = CPython(interpreter)
        self.version = first.version()
        self.tag = first.tag()
        self.standard_library = first.standard_library()
        self.processes = processes
        for _ in range(processes):
            self.oracles.put(CPython(interpreter, *options))
            self.ours.put(Ours(executable, self.version, *options))
        self.cache = Cache(self.tag + "".join(options).replace("--", "-"))

    def close(self) -> None:
        for engines in (self.oracles, self.ours):
            while not engines.empty():
                engines.get().close()
        self.cache.close()

    def run(
        self, name: str, requests: Iterable[tuple[str, Request]], total: int, cached: bool
    ) -> Tally:
        tally = Tally(name)
        progress = Progress(name, total)
        start = time.monotonic()
        requests = iter(requests)
        with concurrent.futures.ThreadPoolExecutor(self.processes) as pool:
            # A window: requests may be many and large.
            window = {
                pool.submit(self._both, label, request, cached)
                for label, request in itertools.islice(requests, 4 * self.processes)
            }
            while window:
                done, window = concurrent.futures.wait(
                    window, return_when=concurrent.futures.FIRST_COMPLETED
                )
                for future in done:
                    self._count(tally, *future.result())
                    progress.step(len(tally.failures))
                for label, request in itertools.islice(requests, len(done)):
                    window.add(pool.submit(self._both, label, request, cached))
        tally.seconds = time.monotonic() - start
        return tally

    def _both(
        self, label: str, request: Request, cached: bool
    ) -> tuple[str, Request, Outcome, Outcome]:
        theirs = None
        key = ""
        if cached and isinstance(request, pathlib.Path):
            key = hashlib.sha256(request.read_bytes()).hexdigest()
            theirs = self.cache.get(key)
        if theirs is None:
            theirs = self._borrow(self.oracles, request)
            if key and theirs.kind != "crashed":
                self.cache.put(key, theirs)
        return label, request, theirs, self._borrow(self.ours, request)

    @staticmethod
    def _borrow(engines: queue.Queue, request: Request) -> Outcome:
        engine: Engine = engines.get()
        try:
            return engine.ask(request)
        finally:
            engines.put(engine)

    def _count(
        self, tally: Tally, label: str, request: Request, theirs: Outcome, ours: Outcome
    ) -> None:
        tally.inputs += 1
        if ours.kind in ("crashed", "unreadable"):
            self._fail(tally, label, request, f"{ours.kind}: {ours.message}")
        elif theirs.kind in ("gives-up", "crashed"):
            tally.gave_up += 1
        elif theirs.accepted != ours.accepted:
            says = "accepts" if theirs.accepted else f"line {theirs.row}: {theirs.message}"
            we = "we accept" if ours.accepted else f"we say line {ours.row}: {ours.message}"
            self._fail(tally, label, request, f"CPython {says}; {we}")
        elif theirs.accepted:
            tally.accepted += 1
            if theirs.digest not in ("-", ours.digest):
                self._fail(tally, label, request, self._first_difference(request))
        else:
            tally.rejected += 1
            tally.same_message += same_words(theirs.message, ours.message)
            if theirs.row in (ours.row, 0):
                tally.same_row += 1
            else:
                tally.other_rows.append(
                    f"{label}: CPython line {theirs.row}: {theirs.message}; "
                    f"we say line {ours.row}: {ours.message}"
                )

    def _first_difference(self, request: Request) -> str:
        oracle, ours = self.oracles.get(), self.ours.get()
        theirs = oracle.dump(request).split("\n")
        mine = ours.dump(request).split("\n")
        self.oracles.put(oracle)
        self.ours.put(ours)
        path: list[str] = []
        for number, (left, right) in enumerate(itertools.zip_longest(theirs, mine), 1):
            if left != right:
                above = " > ".join(step.strip() for step in path[-4:])
                return f"dump line {number}: {left!r}, ours {right!r} (in {above})"
            if left.endswith(("(", "[")):
                depth = len(left) - len(left.lstrip())
                path = [step for step in path if len(step) - len(step.lstrip()) < depth]
                path.append(left)
        return "dumps differ in nothing but their hash"

    @staticmethod
    def _fail(tally: Tally, label: str, request: Request, text: str) -> None:
        if isinstance(request, bytes):
            FAILURES.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"[^A-Za-z0-9_.-]+", "_", f"{tally.name}-{label}") + ".py"
            (FAILURES / name).write_bytes(request)
            label = f"{label} [{(FAILURES / name).relative_to(ROOT)}]"
        tally.failures.append(f"{label}: {text}")


def same_words(left: str, right: str) -> bool:
    return re.sub(r"\W+", " ", left).strip() == re.sub(r"\W+", " ", right).strip()
