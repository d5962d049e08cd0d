import re
import sys
from urllib.parse import urlsplit

LINE = re.compile(r"(?P<client>\S+) (?P<target>\S+)(?: (?P<size>\d+))?$")


def parse(line):
    """A record whose values are of another class by key."""
    match = LINE.match(line)
    if match is None:
        return None
    entry = match.groupdict()
    entry["number"] = len(line)
    entry["size"] = int(entry["size"] or 0)
    entry["page"] = urlsplit(entry["target"]).path
    return entry


def total(text):
    pages = {}
    bad = 0
    for line in text.split("\n"):
        entry = parse(line)
        if entry is None:
            bad += 1
            continue
        pages[entry["page"]] = pages.get(entry["page"], 0) + entry["size"] + entry["number"]
    return {"pages": pages, "bad": bad}


def main():
    texts = []
    for number in range(int(sys.argv[1])):
        lines = ["10.0.0.%d /p%d?x=%d %d" % (n % 7, n % 5, n, n * number) for n in range(400)]
        lines += ["no match", "10.0.0.1 /p1", "10.0.0.1 //[/ 3" if number > 20 else "x /y 1"]
        texts.append("\n".join(lines))
    reports = [total(text) for text in texts]
    for report in reports:
        print(report["bad"], sorted(report["pages"].items()))


if __name__ == "__main__":
    main()
