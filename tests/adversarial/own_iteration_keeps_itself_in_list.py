# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self):
        self.open = []
    def __iter__(self):
        it = iter([1, 2, 3, 4, 5, 6, 7])
        self.open.append(it)
        yield from it


def main():
    bag = Bag()
    rows = []
    try:
        for v in bag:
            rows.append(work(7 // (v - 3)))
    except ZeroDivisionError as e:
        print(e)
    print(rows, list(bag.open[0]))


if __name__ == "__main__":
    main()
