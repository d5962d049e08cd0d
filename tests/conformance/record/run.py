"""Records what the workloads of workloads.toml show: ./dev record [WORKLOAD...]. Each runs twice in a
fresh interpreter, plainly and with recording; build/record/NAME.jsonl.gz is the record (store.py says
what is in it), and what failed only under recording is told."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import sysconfig
import tarfile
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[3]
HERE = pathlib.Path(__file__).resolve().parent
FOLDER = ROOT / "build" / "record"
SITE = FOLDER / "site"
REQUIREMENTS = ROOT / "requirements" / "record.txt"
PATIENCE = 3  # times all limits, for machines that have more to do
SLOWER = 6  # times the limit for a recorded run
GRACE = 60  # seconds to write the record after the limit
EXCLUDED = ["conftest.py", "test", "testing", "tests"]
# Of the standard library besides: no code of its own, or code of others.
EXCLUDED_LIBRARY = [*EXCLUDED, "dist-packages", "encodings", "idlelib", "lib2to3", "site-packages"]


def main(arguments: list[str]) -> int:
    workloads = tomllib.loads((HERE / "workloads.toml").read_text())
    parser = argparse.ArgumentParser(prog="./dev record", description=__doc__)
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help=", ".join(workloads))
    parser.add_argument("--no-plain", action="store_true", help="leave out the run to compare with")
    options = parser.parse_args(arguments)
    if unknown := set(options.workloads) - set(workloads):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there is: {', '.join(workloads)}")
    install({name: one["sdist"] for name, one in workloads.items() if "sdist" in one})
    rows = []
    for name in options.workloads or workloads:
        rows.append(record(name, workloads[name], plain=not options.no_plain))
        print(table(rows[-1:]), flush=True)
    if len(rows) > 1:
        print("\n" + table(rows))
    return 1 if any("totals" not in row for row in rows) else 0


# ---- installing ----


def pinned() -> dict[str, str]:
    lines = REQUIREMENTS.read_text().splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def install(from_source: dict[str, list[str]]) -> None:
    """Once for each content of the list."""
    key = REQUIREMENTS.read_bytes() + repr(sorted(from_source.items())).encode()
    stamp = FOLDER / f"installed-{hashlib.sha256(key).hexdigest()[:16]}"
    if stamp.exists():
        return
    print(
        f"installing {REQUIREMENTS.relative_to(ROOT)} below {FOLDER.relative_to(ROOT)}", flush=True
    )
    shutil.rmtree(SITE, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    pip("install", "--no-deps", "--no-compile", "--target", str(SITE), "-r", str(REQUIREMENTS))
    for name, folders in from_source.items():
        fetch_tests(name, folders)
    stamp.touch()


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def fetch_tests(name: str, folders: list[str]) -> None:
    """Only the tests: what they test comes from SITE."""
    archives = FOLDER / "archives"
    pattern = f"{name.replace('-', '[-_]')}-{pinned()[name]}.tar.gz"
    # pip has to build the package's description for each, which takes its time.
    if not list(archives.glob(pattern)):
        pip(
            *("download", "--no-deps", "--no-binary", ":all:", "--dest", str(archives)),
            f"{name}=={pinned()[name]}",
        )
    (archive,) = archives.glob(pattern)
    target = FOLDER / "tests" / name
    shutil.rmtree(target, ignore_errors=True)
    with tarfile.open(archive) as members:
        for member in members:
            _, _, inside = member.name.partition("/")
            place = pathlib.PurePosixPath(inside)
            if member.isfile() and place.parts[0] in folders and ".." not in place.parts:
                (target / place).parent.mkdir(parents=True, exist_ok=True)
                (target / place).write_bytes(members.extractfile(member).read())


# ---- running ----


def configuration(name: str, workload: dict, recorded: bool) -> dict:
    library = workload["runner"] == "unittest"
    base = pathlib.Path(sysconfig.get_path("stdlib")) if library else SITE
    folder = FOLDER / "tests" / name if "sdist" in workload else base
    arguments = workload["arguments"]
    if library:
        folder = FOLDER / "scratch"
    else:
        # No configuration but this: warnings that are errors there would be ours.
        empty = FOLDER / "pytest.ini"
        empty.write_text("[pytest]\n")
        arguments = [*arguments, "-c", str(empty), "--rootdir", str(folder)]
        arguments += ["-p", "no:cacheprovider"]
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "name": name,
        "record": recorded,
        "runner": workload["runner"],
        "arguments": arguments,
        "base": str(base),
        "roots": [str(base / root) for root in workload["roots"]] or [str(base)],
        "excluded": EXCLUDED_LIBRARY if library else EXCLUDED,
        "path": [] if library else [str(folder), str(SITE)],
        "folder": str(folder),
        "versions": {} if library else {name: pinned()[name]},
        "output": str(FOLDER / f"{name}.jsonl.gz"),
        "outcomes": str(FOLDER / f"{name}-{'recorded' if recorded else 'plain'}.json"),
    }


def run(name: str, workload: dict, recorded: bool) -> dict:
    """What start.py says of the run; without `tests` if it said nothing."""
    settings = configuration(name, workload, recorded)
    outcomes = pathlib.Path(settings["outcomes"])
    outcomes.unlink(missing_ok=True)
    place = outcomes.with_suffix(".configuration.json")
    place.write_text(json.dumps(settings))
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTEST", "PYTHON", "COV"))
    }
    environment.update(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", PYTHONHASHSEED="0")
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    log = outcomes.with_suffix(".log")
    limit = PATIENCE * workload["limit"] * (SLOWER if recorded else 1)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, str(HERE / "start.py"), str(place)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
        ended = wait(process, limit)
    if not outcomes.exists():
        return {"error": f"ended with code {process.returncode}, see {log.relative_to(ROOT)}"}
    answer = json.loads(outcomes.read_text())
    if not ended:
        answer["error"] = f"cut off after {limit} s"
    return answer


def wait(process: subprocess.Popen, limit: float) -> bool:
    """False where the limit ended it: first in a way that lets it write what it has."""
    begin, told = time.monotonic(), 0.0
    try:
        while True:
            try:
                process.wait(10)
                return not told
            except subprocess.TimeoutExpired:
                now = time.monotonic()
                print(f"  {now - begin:.0f} s", end="\r", file=sys.stderr, flush=True)
                if told and now - told > GRACE:
                    os.killpg(process.pid, signal.SIGKILL)
                elif not told and now - begin > limit:
                    told = now
                    process.send_signal(signal.SIGINT)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def record(name: str, workload: dict, plain: bool) -> dict:
    print(f"{name}", flush=True)
    before = run(name, workload, recorded=False) if plain else {}
    after = run(name, workload, recorded=True)
    for what, answer in (("plain", before), ("recorded", after)):
        if "error" in answer:
            print(f"  {what}: {answer['error']}")
    row = {"name": name, **{key: after[key] for key in ("totals", "seconds") if key in after}}
    row["plain"], row["recorded"] = passed(before), passed(after)
    row["plain seconds"] = before.get("seconds")
    known = before.get("tests", {})
    # A module that cannot be imported fails under a name of its own.
    only = sorted(
        test
        for test, (outcome, _) in after.get("tests", {}).items()
        if known and outcome == "failed" and known.get(test, ["passed"])[0] != "failed"
    )
    if "error" not in after and (gone := known.keys() - after.get("tests", {}).keys()):
        print(f"  not run when recorded: {len(gone)}, such as {min(gone)}")
    row["only recorded"] = len(only)
    for test in only:
        print(f"  fails only when recorded: {test}: {after['tests'][test][1]}")
    for text, count in row.get("totals", {}).get("lost", {}).items():
        print(f"  values lost: {count}, {text}")
    return row


def passed(answer: dict) -> str:
    outcomes = [outcome for outcome, _ in answer.get("tests", {}).values()]
    run = [outcome for outcome in outcomes if outcome != "skipped"]
    return f"{run.count('passed')}/{len(run)}" if "tests" in answer else "-"


def table(rows: list[dict]) -> str:
    lines = [
        f"{'workload':<16}{'passed':>12}{'recorded':>12}{'only then':>10}{'plain s':>9}{'rec. s':>8}"
        f"{'files':>7}{'places':>9}{'capped':>8}{'calls':>8}{'edges':>8}{'entries':>9}"
    ]
    for row in rows:
        totals = row.get("totals", {})
        cells = [totals.get(key, "-") for key in ("files", "places", "capped", "calls", "edges")]
        files, places, capped, calls, edges = cells
        lines.append(
            f"{row['name']:<16}{row['plain']:>12}{row['recorded']:>12}{row['only recorded']:>10}"
            f"{row['plain seconds'] or '-':>9}{row.get('seconds', '-'):>8}{files:>7}{places:>9}"
            f"{capped:>8}{calls:>8}{edges:>8}{totals.get('entries', '-'):>9}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
