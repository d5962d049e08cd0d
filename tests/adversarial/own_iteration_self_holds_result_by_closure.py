# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def make(rows):
    class Bag:
        def __iter__(self):
            for v in range(6):
                yield v + len(rows)
    return Bag()


def main():
    rows = []
    for v in make(rows):
        rows.append(work(v))
    print(rows)


if __name__ == "__main__":
    main()
