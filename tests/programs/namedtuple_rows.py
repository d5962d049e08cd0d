import sys
from collections import namedtuple

Job = namedtuple("Job", "name start step limit")
Row = namedtuple("Row", ["name", "hits", "last"])


def is_palindrome(n):
    text = str(n)
    return text == text[::-1]


def search(jobs):
    rows = []
    for name, start, step, limit in jobs:
        hits, last = 0, None
        for n in range(start, limit, step):
            if is_palindrome(n * n):
                hits += 1
                last = n
        rows.append(Row(name, hits, last))
    return rows


if __name__ == "__main__":
    jobs = []
    for number, text in enumerate(sys.argv[1:]):
        start, step, limit = [int(part) for part in text.split(":")]
        jobs.append(Job("job%d" % number, start, step, limit))
    for row in search(jobs):
        print(row, row.hits, row._asdict() == dict(zip(Row._fields, row)))
    print(len(jobs))
