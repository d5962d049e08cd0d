"""The two parsers under comparison as processes that answer requests: ours and CPython's."""

from __future__ import annotations

import hashlib
import pathlib
import subprocess
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
Request = bytes | pathlib.Path


@dataclass(frozen=True)
class Outcome:
    """What a parser said of one source."""

    kind: str  # ok, error, unreadable, gives-up or crashed
    digest: str = "-"  # of the dump; "-" where there is none to compare
    row: int = 0
    message: str = ""

    @property
    def accepted(self) -> bool:
        return self.kind == "ok"


class Engine:
    """A process that is started again when it ends on a request."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.process: subprocess.Popen | None = None

    def ask(self, request: Request, prefix: bytes = b"") -> Outcome:
        outcome, _ = self._ask(request, prefix)
        return outcome

    def dump(self, request: Request) -> str:
        """The whole dump, for showing a difference."""
        return self._ask(request, self.dump_prefix)[1].decode("utf-8", "replace")

    dump_prefix = b""

    def _ask(self, request: Request, prefix: bytes) -> tuple[Outcome, bytes]:
        if self.process is None:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        try:
            if isinstance(request, bytes):
                message = prefix + b"=%d\n" % len(request) + request + b"\n"
            else:
                message = prefix + str(request).encode() + b"\n"
            self.process.stdin.write(message)
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = b""
        if not line:
            code = self.process.wait()
            self.process = None
            return Outcome("crashed", message=f"ended with code {code}"), b""
        return self._read(line.decode("utf-8", "replace").rstrip("\n"))

    def _read(self, line: str) -> tuple[Outcome, bytes]:
        raise NotImplementedError

    def close(self) -> None:
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process = None

    def _body(self, size: int) -> bytes:
        body = self.process.stdout.read(size)
        self.process.stdout.read(1)
        return body


class Ours(Engine):
    def __init__(self, executable: pathlib.Path, version: str, *options: str) -> None:
        tables = "--symtable" in options
        command = [str(executable), "debug", "symtable" if tables else "ast", "--batch"]
        own = [option for option in options if option != "--symtable"]
        super().__init__([*command, "--target-version", version, *own])

    def _read(self, line: str) -> tuple[Outcome, bytes]:
        kind, _, rest = line.partition(" ")
        if kind == "ok":
            body = self._body(int(rest))
            return Outcome("ok", hashlib.sha256(body).hexdigest()), body
        if kind == "error":
            row, _, message = rest.split(" ", 2)
            return Outcome("error", row=int(row), message=message), b""
        return Outcome(kind, message=rest), b""


class CPython(Engine):
    dump_prefix = b"?"

    def __init__(self, interpreter: str, *options: str) -> None:
        super().__init__([interpreter, "-I", str(HERE / "oracle.py"), *options])
        self.interpreter = interpreter

    def tag(self) -> str:
        """Tells builds of CPython apart whose parsers may differ."""
        code = "import sys; print('-'.join(map(str, sys.version_info)))"
        return subprocess.run(
            [self.interpreter, "-I", "-c", code], check=True, capture_output=True, text=True
        ).stdout.strip()

    def version(self) -> str:
        return ".".join(self.tag().split("-")[:2])

    def standard_library(self) -> pathlib.Path:
        code = "import sysconfig; print(sysconfig.get_path('stdlib'))"
        return pathlib.Path(
            subprocess.run(
                [self.interpreter, "-I", "-c", code], check=True, capture_output=True, text=True
            ).stdout.strip()
        )

    def _read(self, line: str) -> tuple[Outcome, bytes]:
        kind, _, rest = line.partition(" ")
        if kind == "ok":
            if rest.isdigit() and len(rest) < 20:
                return Outcome("ok"), self._body(int(rest))
            return Outcome("ok", rest), b""
        if kind == "error":
            row, _, message = rest.partition(" ")
            return Outcome("error", row=int(row), message=message), b""
        return Outcome(kind, message=rest), b""
