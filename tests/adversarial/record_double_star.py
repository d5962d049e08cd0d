# also: spawn
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
    first = {"a": Odd()}
    d = {"a": "x", **first}
    return str(d["a"]) + str({**d}.pop("a")) + str(dict(d).get("a")) + str(d.copy()["a"]) + item


def main():
    items = ["a=1", "b=", "=c", "x", "key=value=more"] * 3
    results = [work(item) for item in items]
    print(results)


if __name__ == "__main__":
    main()
