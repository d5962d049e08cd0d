# also: spawn
import re

from urllib.parse import urlsplit

PATTERN = re.compile(r"(\w+)(=(\w+))?")


def work(item):
    match = PATTERN.search(item)
    try:
        return match[1] + match.group(2) + match[3]
    except TypeError as error:
        return "%s|%s" % (match, error) if match is None else str(error)


def main():
    items = ["a=1", "b=", "=c", "x", "key=value=more"] * 3
    results = [work(item) for item in items]
    print(results)


if __name__ == "__main__":
    main()
