# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self, rows):
        self.rows = rows
    def __iter__(self):
        return (v * 2 for v in self.rows if v)


def main():
    rows = []
    try:
        for v in Bag([0, 1, 2, 3, 4, 5]):
            rows.append(work(7 // (v - 6)))
    except ZeroDivisionError as e:
        print(e)
    print(rows)


if __name__ == "__main__":
    main()
