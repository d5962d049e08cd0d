"""Statistics over a folder of web server logs: traffic, errors, slow pages, sessions.

    python make_data.py logs
    python log_stats.py logs

Without a folder the demo logs of make_data.py are written to ./logs first.
"""

import argparse
import glob
import json
import os
import re
import sys
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from make_data import write_logs

LINE = re.compile(
    r'(?P<client>\S+) \S+ \S+ \[(?P<when>[^\]]+)\] '
    r'"(?P<method>[A-Z]+) (?P<target>\S+) [^"]*" '
    r'(?P<status>\d{3}) (?P<size>\d+|-) "[^"]*" "(?P<agent>[^"]*)" (?P<seconds>[\d.]+)$'
)
BOT = re.compile(r"bot|crawl|spider|curl|wget", re.IGNORECASE)
BROWSERS = [("Firefox", re.compile(r"Firefox/\d+")), ("Chrome", re.compile(r"Chrome/\d+")),
            ("Safari", re.compile(r"Version/[\d.]+.*Safari"))]
SESSION_GAP = 30 * 60       # seconds of silence that end a visit
TIME_FORMAT = "%d/%b/%Y:%H:%M:%S %z"


def browser_of(agent):
    if BOT.search(agent):
        return "bot"
    for name, pattern in BROWSERS:
        if pattern.search(agent):
            return name
    return "other"


def parse_line(line):
    """The fields of one access line as a dict, or None for anything else."""
    match = LINE.match(line)
    if match is None:
        return None
    entry = match.groupdict()
    entry["time"] = datetime.strptime(entry["when"], TIME_FORMAT).timestamp()
    entry["status"] = int(entry["status"])
    entry["size"] = 0 if entry["size"] == "-" else int(entry["size"])
    entry["seconds"] = float(entry["seconds"])
    parts = urlsplit(entry["target"])
    entry["page"] = parts.path
    entry["query"] = parse_qs(parts.query)
    return entry


def count_sessions(visits):
    """Number of visits, given the request times of every client."""
    sessions = 0
    for times in visits.values():
        times.sort()
        last = None
        for time in times:
            if last is None or time - last > SESSION_GAP:
                sessions += 1
            last = time
    return sessions


def summarise(path):
    """Everything we want to know about one log file, small enough to be kept."""
    statuses = Counter()
    browsers = Counter()
    quarters = Counter()
    searches = Counter()
    page_seconds = defaultdict(list)
    visits = defaultdict(list)
    size = bad = 0
    with open(path, encoding="utf-8") as f:
        for line in f:
            entry = parse_line(line.rstrip("\n"))
            if entry is None:
                bad += 1
                continue
            statuses[entry["status"]] += 1
            browsers[browser_of(entry["agent"])] += 1
            quarters[datetime.fromtimestamp(entry["time"]).minute // 15] += 1
            size += entry["size"]
            for words in entry["query"].get("q", []):
                searches.update(words.split())
            page_seconds[entry["page"]].append(entry["seconds"])
            visits[entry["client"]].append(entry["time"])

    slowest = sorted(page_seconds, key=lambda page: (-max(page_seconds[page]), page))[:5]
    return {
        "file": os.path.basename(path),
        "lines": sum(statuses.values()),
        "bad": bad,
        "bytes": size,
        "statuses": dict(statuses),
        "browsers": dict(browsers),
        "quarters": dict(quarters),
        "searches": searches.most_common(3),
        "slow": [(page, max(page_seconds[page]), len(page_seconds[page])) for page in slowest],
        "sessions": count_sessions(visits),
    }


def available_cpus():
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:      # macOS, Windows
        return os.cpu_count() or 1


def print_report(reports):
    print("%-16s %7s %4s %9s %9s %9s" % ("file", "lines", "bad", "kbytes", "sessions", "errors"))
    for r in reports:
        errors = sum(n for status, n in r["statuses"].items() if status >= 500)
        print("%-16s %7d %4d %9d %9d %8.2f%%" % (
            r["file"], r["lines"], r["bad"], r["bytes"] // 1024, r["sessions"],
            100.0 * errors / max(1, r["lines"])))

    browsers = Counter()
    statuses = Counter()
    for r in reports:
        browsers.update(r["browsers"])
        statuses.update(r["statuses"])
    print("browsers:", ", ".join("%s %d" % pair for pair in browsers.most_common()))
    print("statuses:", ", ".join("%d: %d" % pair for pair in sorted(statuses.items())))
    slow = sorted((row for r in reports for row in r["slow"]), key=lambda row: -row[1])
    for page, seconds, hits in slow[:5]:
        print("slow: %-24s %.3f s (%d requests)" % (page, seconds, hits))


def main():
    parser = argparse.ArgumentParser(description="Statistics over web server logs.")
    parser.add_argument("folder", nargs="?", default="logs")
    parser.add_argument("--files", type=int, default=24, help="files written if there is no folder")
    parser.add_argument("--lines", type=int, default=12000, help="lines in each of them")
    parser.add_argument("--json", metavar="FILE", help="write the whole statistics as JSON")
    args = parser.parse_args()

    if not os.path.isdir(args.folder):
        write_logs(args.folder, args.files, args.lines)
    paths = sorted(glob.glob(os.path.join(args.folder, "*.log")))
    if not paths:
        sys.exit("no *.log files in " + args.folder)

    filled = [path for path in paths if os.path.getsize(path) > 0]
    with ProcessPoolExecutor(available_cpus()) as pool:
        reports = list(pool.map(summarise, filled))
    print_report(reports)
    if args.json:
        with open(args.json, "w") as out:
            json.dump(reports, out, indent=1)


if __name__ == "__main__":
    main()
