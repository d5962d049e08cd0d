# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Back:
    def __init__(self, rows):
        self.rows = rows
    def __getitem__(self, i):
        if i > 6:
            raise IndexError
        return len(self.rows)


def main():
    rows = []
    for v in Back(rows):
        rows.append(work(v))
    print(rows)


if __name__ == "__main__":
    main()
