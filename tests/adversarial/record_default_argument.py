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


def remember(key, value, seen={}):
    seen[key] = value
    return seen.get("a", "none")


def work(item):
    return remember("a" if item.startswith("a") else "b", item) + item


def main():
    items = ["a=1", "b=", "=c", "x", "key=value=more"] * 3
    results = [work(item) for item in items]
    print(results)


if __name__ == "__main__":
    main()
