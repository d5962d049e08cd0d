"""Where every import leads by `unspool debug modules` against the interpreter's own import machinery:
the same module found, or none by both. What `from p import n` takes where both an attribute and a
submodule are possible is checked by importing for real, in a process of its own for each package.
./dev conformance modules runs everything."""

from __future__ import annotations

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import corpora
import interpreters

from syntax import default_binary

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENT = ROOT / "build" / "modules-environment"
ORACLE = HERE / "modules_oracle.py"
MAY_BE_UNKNOWN = 0.005
SHOWN = 20
CHECK_SECONDS = 60
PLAIN_CHECKS = 50


@dataclass
class Books:
    files: int = 0
    imports: int = 0
    same: int = 0
    unknown: collections.Counter = field(default_factory=collections.Counter)
    per_file: list[tuple[int, int]] = field(default_factory=list)  # imports, unknown ones
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    # (asked for, what we say sys.modules has there) -> where
    others: dict[tuple[str, str], str] = field(default_factory=dict)
    # module -> name -> (what we say, where): to be asked of a real import
    claims: dict[str, dict[str, tuple[str, str]]] = field(
        default_factory=lambda: collections.defaultdict(dict)
    )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev conformance modules", description=__doc__)
    parser.add_argument(
        "--sample",
        type=int,
        nargs="?",
        const=400,
        metavar="N",
        help="compare only N files, import only a few packages (default 400)",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--corpus",
        type=pathlib.Path,
        nargs="+",
        metavar="DIR",
        help="instead of the standard library and the corpus packages",
    )
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--binary", type=pathlib.Path, default=default_binary())
    parser.add_argument(
        "--checks",
        type=int,
        metavar="N",
        help="packages to import for real (default: all in question; 15 with --sample)",
    )
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    options = parser.parse_args(arguments)  # fmt: skip
    if not options.binary.exists():
        parser.error(f"{options.binary} is not there: build it, or name it with --binary")
    options.binary = options.binary.resolve()
    begin = time.monotonic()
    interpreter = environment(interpreters.named(options.python))
    folders = options.corpus or [standard_library(interpreter), corpora.PACKAGES]
    books = Books()
    for folder in folders:
        if folder.exists():
            compare(books, folder.resolve(), interpreter, options)
    if not books.imports:
        parser.error("the corpus has no Python file")
    checked, failed = check_claims(books, interpreter, options)
    return report(books, checked, failed, time.monotonic() - begin, interpreter, options)


def environment(python: str) -> pathlib.Path:
    """A virtual environment of the interpreter in which the corpus packages are installed."""
    code = "import sys; print(sys.base_prefix, sys.version_info[:3])"
    tag = subprocess.run([python, "-I", "-c", code], check=True, capture_output=True, text=True)
    stamp, made = ENVIRONMENT / "made-for", f"{python} {tag.stdout}{corpora.PACKAGES}"
    interpreter = ENVIRONMENT / "bin" / "python"
    if stamp.exists() and stamp.read_text() == made:
        return interpreter
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    subprocess.run([python, "-m", "venv", "--without-pip", ENVIRONMENT], check=True)
    (site,) = ENVIRONMENT.glob("lib/python*/site-packages")
    (site / "corpus.pth").write_text(f"{corpora.PACKAGES}\n")
    stamp.write_text(made)
    return interpreter


def standard_library(interpreter: pathlib.Path) -> pathlib.Path:
    code = "import sysconfig; print(sysconfig.get_path('stdlib'))"
    done = subprocess.run(
        [interpreter, "-I", "-c", code], check=True, capture_output=True, text=True
    )
    return pathlib.Path(done.stdout.strip())


def compare(
    books: Books, folder: pathlib.Path, interpreter: pathlib.Path, options: argparse.Namespace
) -> None:
    ours = subprocess.run(
        [options.binary, "debug", "modules", "--output-format", "json"]
        + ["--python", interpreter, folder],
        check=True,
        capture_output=True,
        cwd="/",
        env=clean(),
    )
    program = json.loads(ours.stdout)
    by_file: dict[str, list[dict]] = collections.defaultdict(list)
    for number, module in enumerate(program["modules"]):
        module["number"] = number
        if module["in_project"]:
            by_file[module["file"]] = []
    for item in program["imports"]:
        by_file[program["modules"][item["importer"]]["file"]].append(item)
    added = {m["file"]: m["adds_to_path"] for m in program["modules"] if m["in_project"]}
    files = sorted(by_file)
    if options.sample is not None and options.sample < len(files):
        files = sorted(random.Random(options.seed).sample(files, options.sample))
    for file, theirs in ask(files, added, interpreter, options.processes):
        if theirs is None:
            continue
        books.files += 1
        mine = by_file[file]
        if len(mine) != len(theirs):
            books.wrong.append(f"{file}: {len(mine)} imports, CPython has {len(theirs)}")
            continue
        unknown = books.unknown.total()
        for item, answer in zip(mine, theirs):
            judge(books, program["modules"], file, item, answer)
        books.per_file.append((len(mine), books.unknown.total() - unknown))


def ask(
    files: list[str], added: dict[str, list[str]], interpreter: pathlib.Path, processes: int
) -> Iterator[tuple[str, list | None]]:
    """(file, answer) of the oracle for each file; `added`: what it puts on sys.path."""

    def run(part: list[str]) -> list:
        done = subprocess.run(
            [interpreter, ORACLE],
            input="".join(json.dumps([file, added[file]]) + "\n" for file in part),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            cwd="/",
            env=clean(),
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    with concurrent.futures.ThreadPoolExecutor(processes) as pool:
        for answers in pool.map(run, [files[n::processes] for n in range(processes)]):
            yield from answers


def clean() -> dict[str, str]:
    """The environment without what changes where Python finds modules."""
    return {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}


def judge(books: Books, modules: list[dict], file: str, item: dict, answer: list) -> None:
    line, module, name, base, submodule = answer
    place = f"{file}:{line}: {f'from {module} import {name}' if name else f'import {module}'}"
    books.imports += 1
    if line != item["line"] or (name or "") != item["name"]:
        books.wrong.append(f"{place}: another import than ours at line {item['line']}")
        return
    meaning = item["meaning"]
    if meaning == "unknown":
        key = (item["cause"], item["detail"])
        books.unknown[key] += 1
        books.examples.setdefault(key, place)
        return
    target = modules[item["target"]] if item["target"] is not None else None
    says = f"{meaning} {target['file'] or target['name'] if target else item['cause']}"
    ok = False
    if meaning == "not-found":
        if item["cause"] == "no-such-name":
            ok = base is not None and submodule is None
            books.claims[module].setdefault(name, ("missing", place))
        else:
            ok = base is None
            if item["cause"] == "not-a-package":
                parent, _, last = module.rpartition(".")
                books.claims[parent].setdefault(last, ("not-a-package", place))
    elif meaning != "module" and is_other(target, module) and not alike(target, base):
        # Put into sys.modules by its parent: no finder is asked, a real import is.
        ok = base is not None
        books.others[module, target["name"]] = place
    elif meaning in ("attribute", "star"):
        ok = alike(target, base)
        if meaning == "attribute" and submodule is not None:
            books.claims[module].setdefault(name, ("attribute", place))
    elif is_other(target, f"{module}.{name}" if name else module) and not alike(
        target, submodule if name else base
    ):
        ok = base is not None
        books.others[f"{module}.{name}" if name else module, target["name"]] = place
    elif not name:
        ok = alike(target, base)
    else:
        ok = base is not None and alike(target, submodule)
        if ok:
            books.claims[module].setdefault(name, (f"module {target['file']}", place))
    if ok:
        books.same += 1
    else:
        books.wrong.append(f"{place}: CPython finds {base}, submodule {submodule}; we say {says}")


def is_other(target: dict | None, asked: str) -> bool:
    """We say that sys.modules holds another module under the name."""
    return target is not None and target["name"] not in (asked, "__main__")


def alike(ours: dict | None, theirs: list | None) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    kind, file, locations = theirs
    if ours["kind"] != kind or ours["is_package"] != (locations is not None):
        return False
    if kind == "namespace":
        return ours["path"] == locations
    return ours["file"] == (file or "")


def check_claims(
    books: Books, interpreter: pathlib.Path, options: argparse.Namespace
) -> tuple[int, collections.Counter]:
    """Asks real imports; the number of answers, and how often a package could not be imported."""

    def worth(module: str) -> bool:
        return not module.startswith(("test.", "idlelib", "antigravity", "this"))

    claims = {m: names for m, names in sorted(books.claims.items()) if worth(m)}
    in_question = [
        module
        for module, names in claims.items()
        if any(not claim.startswith("module") for claim, _ in names.values())
    ]
    # Most packages have only submodules that nothing else binds; some of them will do.
    plain = [module for module in claims if module not in in_question]
    generator = random.Random(options.seed)
    limit = options.checks or (15 if options.sample is not None else len(in_question))
    chosen = generator.sample(in_question, min(limit, len(in_question)))
    chosen += generator.sample(plain, min(limit, PLAIN_CHECKS, len(plain)))

    def run(module: str) -> dict:
        names = sorted(books.claims[module])
        try:
            done = subprocess.run(
                [interpreter, ORACLE, "--check"],
                input=json.dumps([module, *names]),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                timeout=CHECK_SECONDS,
                cwd="/tmp",
                env={**clean(), "DISPLAY": "", "MPLBACKEND": "agg"},
            )
            return json.loads(done.stdout)
        except (subprocess.TimeoutExpired, ValueError):
            return {"error": "no answer"}

    checked, failed = 0, collections.Counter()
    for (asked, other), place in sorted(books.others.items()):
        code = (
            f"import sys, {asked}, {other}; print(sys.modules[{asked!r}] is sys.modules[{other!r}])"
        )
        done = subprocess.run(
            [interpreter, "-c", code], capture_output=True, text=True, cwd="/tmp", env=clean()
        )
        checked += 1
        if done.stdout.strip() != "True":
            books.wrong.append(f"{place}: {asked} is not {other}: {done.stderr[-200:]}")
    with concurrent.futures.ThreadPoolExecutor(options.processes) as pool:
        for module, answers in zip(chosen, pool.map(run, chosen)):
            if "error" in answers:
                failed[answers["error"].split(":")[0]] += 1
                continue
            for name, real in answers.items():
                claim, place = books.claims[module][name]
                if real.startswith("fails"):
                    continue
                checked += 1
                expected = claim if claim != "not-a-package" else "missing"
                if claim == "not-a-package" and real == "attribute":
                    continue  # an attribute is no module
                if real != expected and not (claim == "module " and real.startswith("module")):
                    books.wrong.append(f"{place}: really {real}; we say {claim}")
    return checked, failed


def report(
    books: Books,
    checked: int,
    failed: collections.Counter,
    seconds: float,
    interpreter: pathlib.Path,
    options: argparse.Namespace,
) -> int:
    unknown = sum(books.unknown.values())
    share = unknown / books.imports
    print(f"\nmodules: {books.imports} imports in {books.files} files in {seconds:.1f} s")
    print(f"  the same answer       {books.same}")
    print(f"  imported for real     {checked} names; {sum(failed.values())} packages do not import")
    print(f"  unknown               {unknown} ({share:.2%})")
    for (cause, detail), count in books.unknown.most_common(10):
        print(f"    {count:6} {cause}: {detail}")
        print(f"           {books.examples[cause, detail]}")
    causes: collections.Counter = collections.Counter()
    for (cause, _), count in books.unknown.items():
        causes[cause] += count
    print("  by cause              " + ", ".join(f"{c} {n}" for c, n in causes.most_common()))
    print(f"  differences           {len(books.wrong)}")
    for wrong in books.wrong[:SHOWN]:
        print(f"    {wrong}")
    if len(books.wrong) > SHOWN:
        print(f"    and {len(books.wrong) - SHOWN} more")
    print(f"{interpreter}, {options.binary}, seed {options.seed}")
    if options.sample is None:
        return 1 if books.wrong or share > MAY_BE_UNKNOWN else 0
    # A sample may well hold more than its share, and one test that builds its packages on the spot
    # more unknown imports than hundreds of files: the worst file is left out, not counted for all.
    imports, most = max(books.per_file, key=lambda counts: counts[1], default=(0, 0))
    rest = (unknown - most) / max(1, books.imports - imports)
    print(f"  without the worst file {rest:.2%}, allowed {4 * MAY_BE_UNKNOWN:.2%}")
    return 1 if books.wrong or rest > 4 * MAY_BE_UNKNOWN else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
