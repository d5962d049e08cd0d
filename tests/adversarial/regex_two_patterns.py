# also: spawn
import re

from urllib.parse import urlsplit

PATTERNS = [re.compile(r"(?P<k>\w+)=(?P<v>.+)"), re.compile(r"(?P<k>\w+=)?(?P<v>.*)")]


def work(item):
    found = []
    for pattern in PATTERNS:
        match = pattern.match(item)
        if match:
            found.append(match["k"])
            found.append(match.group("v", "k"))
            first, second = match.groups()
            found.append(second)
    return repr(found)


def main():
    items = ["a=1", "b=", "=c", "x", "key=value=more"] * 3
    results = [work(item) for item in items]
    print(results)


if __name__ == "__main__":
    main()
