# also: spawn
from collections import Counter


def work(item):
    c = Counter({"a": True})
    c.update({"a": True, "b": 1.5})
    c["d"] += 2
    return c["a"] + c["missing"] + c["b"] + c["d"] + len(item)


def main():
    items = ["a=1", "b=", "=c", "x", "key=value=more"] * 3
    results = [work(item) for item in items]
    print(results)


if __name__ == "__main__":
    main()
