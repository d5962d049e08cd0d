# also: spawn
class Tally:
    total = 0


CONFIG = {}
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
    CONFIG["last"] = item
    return CONFIG["first"] + CONFIG["last"]


def main():
    items = ["a=1", "b=", "=c", "x", "key=value=more"] * 3
    CONFIG["first"] = "f"
    results = [work(item) for item in items]
    print(results)


if __name__ == "__main__":
    main()
