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
        return (v + len(self.rows) for v in range(6))


def main():
    rows = []
    for v in Bag(rows):
        rows.append(work(v))
    print(rows)


if __name__ == "__main__":
    main()
