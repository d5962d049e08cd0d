# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self, rows):
        self.it = (v * 2 for v in rows if v)
    def __iter__(self):
        return self.it


def main():
    rows = []
    bag = Bag([0, 1, 2, 3, 4, 5])
    try:
        for v in bag:
            rows.append(work(7 // (v - 6)))
    except ZeroDivisionError as e:
        print(e)
    print(rows, list(bag))


if __name__ == "__main__":
    main()
