"""Makes the imports of a process give instrumented modules, for source files below given folders."""

from __future__ import annotations

import hashlib
import importlib.machinery
import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from . import instrument
from .observe import Observer


@dataclass
class File:
    """Its places are not kept: instrumenting the same bytes again gives the same numbers."""

    path: str
    source: bytes
    first_site: int
    sites: int
    first_function: int
    functions: int
    module: str


class Loader(importlib.machinery.SourceFileLoader):
    """Keeps no bytecode: probes cannot be written down."""

    def __init__(self, name: str, path: str, hook: Hook) -> None:
        super().__init__(name, path)
        self.hook = hook

    def get_code(self, fullname: str):
        code = self.hook.code(self.path, fullname)
        return code if code is not None else super().get_code(fullname)

    def exec_module(self, module) -> None:
        super().exec_module(module)
        self.hook.executed(self.path, module)


class Hook:
    """A finder for `sys.meta_path`. Files below `roots` are instrumented, unless a part of the path from
    there is one of `excluded`; the record names them from `base` on."""

    def __init__(
        self, base: str, roots: Sequence[str], excluded: Sequence[str], observer: Observer
    ) -> None:
        self.base = base
        self.roots = tuple(os.path.join(os.path.abspath(root), "") for root in roots)
        self.excluded = tuple(excluded)
        self.observer = observer
        self.files: list[File] = []
        self.refused: dict[str, str] = {}
        self.sites = self.functions = 0
        self.lock = threading.RLock()
        self.busy = False
        names = ("PROBE", "CALLEE", "ENTER", "ENTER_LATER")
        marks = [getattr(instrument, name) for name in names]
        self.probes = dict(zip(marks, observer.probes(), strict=True))

    def find_spec(self, fullname: str, path=None, target=None):
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or type(spec.loader) is not importlib.machinery.SourceFileLoader:
            return None
        if not self.wanted(spec.origin):
            return None
        spec.loader = Loader(fullname, spec.origin, self)
        return spec

    def wanted(self, path: str) -> bool:
        path = os.path.abspath(path)
        for root in self.roots:
            # A root may be a single file.
            if path.startswith(root) or path == root[:-1]:
                parts = path[len(root) :].split(os.sep)
                if not any(part in self.excluded for part in parts):
                    return True
        return False

    def code(self, path: str, module: str):
        """None where the file is to be run as it is."""
        # Threads import too, and the numbers go on from file to file.
        with self.lock:
            if self.busy:
                return None  # an import by the recorder itself
            self.busy = True
            try:
                return self._code(path, module)
            finally:
                self.busy = False

    def _code(self, path: str, module: str):
        try:
            with open(path, "rb") as file:
                source = file.read()
            result = instrument.instrument(source, path, self.sites, self.functions)
            code = instrument.compiled(result.tree, path, self.probes)
        except SyntaxError:
            return None  # of the program; it gets it from the ordinary loader
        except (RecursionError, MemoryError) as error:
            self.refused[path] = type(error).__name__
            return None
        number = len(self.files)
        self.files.append(
            File(
                *(path, source, self.sites, result.count),
                *(self.functions, len(result.functions), module),
            )
        )
        self.observer.add_file(number, result.count, result.parameters)
        self.observer.add_code(code, number)
        self.sites += result.count
        self.functions += len(result.functions)
        return code

    def executed(self, path: str, module) -> None:
        with self.lock:
            for file in self.files:
                if file.path == path and file.module == module.__dict__["__name__"]:
                    self.observer.originals.add_module(module, file.source)
                    return  # the same text, however often it is imported

    def install(self) -> None:
        sys.meta_path.insert(0, self)
        sys.path_importer_cache.clear()


def digest(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()
