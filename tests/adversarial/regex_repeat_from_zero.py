# also: spawn
import re

from urllib.parse import urlsplit

PATTERN = re.compile(r"(?:(?P<k>\w)=){0,2}(?P<v>.*)")


def work(item):
    match = PATTERN.match(item)
    if match is None:
        return "none"
    entry = match.groupdict()
    try:
        return repr(urlsplit(entry["k"])) + repr(entry) + repr(match.groups())
    except TypeError as error:
        return str(error)


def main():
    items = ["a=1", "b=", "=c", "x", "key=value=more"] * 3
    results = [work(item) for item in items]
    print(results)


if __name__ == "__main__":
    main()
