# also: spawn
import re

from urllib.parse import urlsplit

PATTERN = re.compile(r"(?P<k>\w+)")


def compiled(text):
    return re.compile(text)


def work(item):
    found = ""
    for pattern in (compiled(r"(?P<k>\w+)"), compiled(r"(?P<k>\w+=)?")):
        match = pattern.match(item)
        if match:
            found += str(match.groupdict()["k"])
    return found


def main():
    items = ["a=1", "b=", "=c", "x", "key=value=more"] * 3
    results = [work(item) for item in items]
    print(results)


if __name__ == "__main__":
    main()
