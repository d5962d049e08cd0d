# also: spawn
from collections import defaultdict

class Tally:
    total = 0


TALLY = Tally()


class Odd:
    def __str__(self):
        TALLY.total += 1
        return "odd%d" % TALLY.total

    def __hash__(self):
        return hash("a")

    def __eq__(self, other):
        return other == "a"


def work(item):
    d = defaultdict(Odd)
    d["b"] = item
    return str(d["a"]) + d["b"] + str(d["a"])


def main():
    items = ["a=1", "b=", "=c", "x", "key=value=more"] * 3
    results = [work(item) for item in items]
    print(results)


if __name__ == "__main__":
    main()
