"""What somebody else than the program has put in the place of what the program bound: functions that
tests patch into modules and classes under observation, and into modules that these use.

When a module has been executed, the names in it, in its classes, and those it uses of other modules are
remembered with their values; whenever a place has seen something new, they are looked at again. A name
counts where the value is another one and no observed file stores anything under that name: by `global`,
as an attribute, or by `setattr` with the name written out. What is put back before anything new is seen
goes unnoticed, which makes the list smaller.
"""

from __future__ import annotations

import ast
import builtins
import sys
import types
from collections.abc import Mapping

from .names import is_metaclass

_namespace = type.__dict__["__dict__"].__get__
_module = type.__dict__["__module__"].__get__
_qualname = type.__dict__["__qualname__"].__get__
MISSING = object()


class Originals:
    def __init__(self) -> None:
        # Module, path to the class in it with a dot behind, the thing, its names.
        self.owners: list[tuple[str, str, object, dict[str, object]]] = []
        self.wanted: dict[
            str, set[str]
        ] = {}  # modules that were not there yet, and names of theirs
        self.known: set[tuple[str, str]] = set()
        self.stored: set[str] = set()  # names that observed files store themselves
        self.found: dict[tuple[str, str], None] = {}

    def add_module(self, module: types.ModuleType, source: bytes) -> None:
        """The module has just been executed."""
        names = _Names()
        names.visit(ast.parse(source))
        self.stored |= names.stored
        name = module.__dict__["__name__"]
        self.remember(name, "", module, set(module.__dict__))
        for value in list(module.__dict__.values()):
            if is_metaclass(type(value)) and _module(value) == name:
                self.remember(name, _qualname(value) + ".", value, set(_namespace(value)))
        self.remember("builtins", "", builtins, names.read)
        for imported in names.imported:
            self.wanted.setdefault(imported, set()).update(names.attributes)
        self.look_for_modules()

    def look_for_modules(self) -> None:
        for name in list(self.wanted):
            module = sys.modules.get(name)
            if type(module) is types.ModuleType:
                self.remember(name, "", module, self.wanted.pop(name))

    def remember(self, module: str, path: str, thing: object, names: set[str]) -> None:
        namespace = _names_of(thing)
        fresh = {
            name: namespace[name]
            for name in names
            if name in namespace
            and not name.startswith("__")
            and (module, path + name) not in self.known
        }
        if fresh:
            self.known.update((module, path + name) for name in fresh)
            self.owners.append((module, path, thing, fresh))

    def look(self) -> None:
        if self.wanted:
            self.look_for_modules()
        for module, path, thing, originals in self.owners:
            namespace = _names_of(thing)
            for name, value in originals.items():
                if namespace.get(name, MISSING) is not value:
                    self.found[module, path + name] = None

    def names(self) -> list[list[str]]:
        return sorted(
            [module, path]
            for module, path in self.found
            if path.rpartition(".")[2] not in self.stored and "<locals>" not in path
        )


def _names_of(thing: object) -> Mapping[str, object]:
    return _namespace(thing) if is_metaclass(type(thing)) else thing.__dict__


class _Names(ast.NodeVisitor):
    def __init__(self) -> None:
        self.stored: set[str] = set()
        self.attributes: set[str] = set()
        self.read: set[str] = set()
        self.imported: set[str] = set()

    def visit_Attribute(self, node: ast.Attribute) -> None:
        (self.attributes if isinstance(node.ctx, ast.Load) else self.stored).add(node.attr)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        self.read.add(node.id)

    def visit_Global(self, node: ast.Global) -> None:
        self.stored.update(node.names)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in ("setattr", "delattr"):
            for argument in node.args[1:2]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    self.stored.add(argument.value)
        self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        self.imported.update(alias.name for alias in node.names)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module and not node.level:
            self.imported.add(node.module)
            # Imported where it is used: patched there, or where it comes from.
            self.attributes.update(alias.name for alias in node.names)
