"""Answers what the interpreter it runs under makes of every import of the files named on standard
input, a line of JSON each: [file, folders it puts on sys.path]. The answer is a line too, [file,
[[line, module, name, base, submodule], ...]], or [file, null] where CPython cannot parse it. Found stepwise by the finders on sys.meta_path with each parent's own
search locations; no package is imported. With --check, imports for real what it is told.

`base` and `submodule` are [kind, file, locations] or null. Standard library only.
"""

import ast
import importlib.machinery as machinery
import json
import os
import subprocess
import sys
import types
import warnings

# What a program finds loaded already, asked of a process that did nothing else.
LOADED = """
import sys
names = {}
for key, module in list(sys.modules.items()):
    spec = getattr(module, "__spec__", None)
    if spec is not None and key != "__main__":
        state = getattr(spec, "loader_state", None)
        kind = "builtin" if spec.origin == "built-in" else "frozen" if spec.origin == "frozen" else "file"
        file = getattr(state, "filename", None) or (spec.origin if kind == "file" else None)
        names[key] = [spec.name, kind, file, list(spec.submodule_search_locations or ())]
print(repr(names))
"""


def describe(spec):
    loader = spec.loader
    locations = spec.submodule_search_locations
    places = list(locations) if locations is not None else None
    if loader is machinery.BuiltinImporter:
        return ["builtin", "", places]
    if loader is machinery.FrozenImporter:
        state = getattr(spec, "loader_state", None)
        return ["frozen", getattr(state, "filename", None) or "", places]
    if loader is None or type(loader).__name__ in ("NamespaceLoader", "_NamespaceLoader"):
        return ["namespace", "", places]
    if isinstance(loader, machinery.ExtensionFileLoader):
        return ["extension", spec.origin, places]
    if isinstance(loader, machinery.SourcelessFileLoader):
        return ["bytecode", spec.origin, places]
    if isinstance(loader, machinery.SourceFileLoader):
        return ["package" if places is not None else "source", spec.origin, places]
    return ["hook", spec.origin or "", places]


class Machinery:
    def __init__(self):
        code = [sys.executable, "-c", LOADED]
        done = subprocess.run(code, cwd="/", check=True, stdout=subprocess.PIPE)
        self.loaded = ast.literal_eval(done.stdout.decode())
        self.path = [os.path.abspath(entry) for entry in sys.path[1:]]
        self.known = {}

    def find(self, name, front=()):
        key = (name, front)
        if key not in self.known:
            self.known[key] = self._find(name, front)
        return self.known[key]

    def _find(self, name, front):
        if name in self.loaded:
            other, kind, file, places = self.loaded[name]
            if kind == "file":
                kind = "package" if places else "source"
            if kind == "frozen" and not file:
                return describe(machinery.FrozenImporter.find_spec(other))
            return [kind, file or "", places or None]
        parent, _, _ = name.rpartition(".")
        if parent:
            around = self.find(parent, front)
            if around is None or around[2] is None:
                return None
            path = around[2]
        else:
            path = None
        # Namespace packages ask their parent for its path: a stand-in has it, while it is needed.
        stand_in = bool(parent) and parent not in sys.modules
        if stand_in:
            sys.modules[parent] = types.ModuleType(parent)
            sys.modules[parent].__path__ = path
        try:
            return self._ask_finders(name, path, front)
        finally:
            if stand_in:
                del sys.modules[parent]

    def _ask_finders(self, name, path, front):
        for finder in sys.meta_path:
            if finder is machinery.PathFinder:
                spec = finder.find_spec(name, [*front, *self.path] if path is None else path)
            else:
                spec = finder.find_spec(name, path)
            if spec is not None:
                return describe(spec)
        return None

    def place(self, file):
        """The file's package, and what comes before sys.path for it."""
        entries = [e for e in self.path if file.startswith(e.rstrip("/") + "/")]
        if entries:
            name = dotted(file, max(entries, key=len))
            found = name and self.find(name)
            if found and found[1] == file:
                return (name if found[2] is not None else name.rpartition(".")[0]), ()
        folder = os.path.dirname(file)
        while (
            os.path.isfile(os.path.join(folder, "__init__.py"))
            and os.path.basename(folder).isidentifier()
        ):
            folder = os.path.dirname(folder)
        name = dotted(file, folder) or ""
        if os.path.basename(file) == "__init__.py":
            return name, (folder,)
        return name.rpartition(".")[0], (folder,)


def dotted(file, folder):
    parts = os.path.relpath(file, folder)[: -len(".py")].split("/")
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts) if parts and all(part.isidentifier() for part in parts) else None


def absolute(package, level, module):
    if level == 0:
        return module
    for _ in range(level - 1):
        package, dot, _ = package.rpartition(".")
        if not dot:
            return None
    if not package:
        return None
    return f"{package}.{module}" if module else package


def answer(modules, file, added):
    try:
        with open(file, "rb") as stream:
            tree = ast.parse(stream.read())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    package, front = modules.place(file)
    extended = (*front, *added)
    items = []
    statements = [n for n in ast.walk(tree) if isinstance(n, (ast.Import, ast.ImportFrom))]
    for statement in sorted(statements, key=lambda n: (n.lineno, n.col_offset)):
        for alias in statement.names:
            if isinstance(statement, ast.Import):
                found = modules.find(alias.name, front) or modules.find(alias.name, extended)
                items.append([statement.lineno, alias.name, "", found, None])
                continue
            name = absolute(package, statement.level, statement.module)
            found = modules.find(name, front) if name else None
            if name and found is None:
                found = modules.find(name, extended)
            submodule = None
            if found and found[2] is not None and alias.name != "*":
                inner = f"{name}.{alias.name}"
                submodule = modules.find(inner, front) or modules.find(inner, extended)
            items.append([statement.lineno, name or "", alias.name, found, submodule])
    return items


def check(module, names):
    """What `from module import name` really takes: "attribute", "missing" or a module's file."""
    import importlib

    try:
        owner = importlib.import_module(module)
    except BaseException as error:
        return {"error": f"{type(error).__name__}: {error}"}
    answers = {}
    for name in names:
        space = {}
        try:
            exec(f"from {module} import {name} as it", space)
        except ImportError as error:
            missing = type(error) is ImportError and "cannot import name" in str(error)
            answers[name] = "missing" if missing else f"fails: {error}"
            continue
        except BaseException as error:
            answers[name] = f"fails: {type(error).__name__}"
            continue
        value = space["it"]
        own = sys.modules.get(f"{owner.__name__}.{name}")
        is_own = own is not None and value is own
        answers[name] = f"module {getattr(value, '__file__', '')}" if is_own else "attribute"
    return answers


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20_000)
    if sys.argv[1:] == ["--check"]:
        module, *names = json.loads(sys.stdin.read())
        output = os.dup(1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        text = json.dumps(check(module, names))
        os.write(output, text.encode())
        os._exit(0)
    # The folder of this script is nobody's search path.
    modules = Machinery()
    for line in sys.stdin:
        file, added = json.loads(line)
        print(json.dumps([file, answer(modules, file, added)]), flush=True)


if __name__ == "__main__":
    main()
