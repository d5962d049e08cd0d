# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


ROWS = []
def more(v):
    return v + len(ROWS)
class Bag:
    def __iter__(self):
        return map(more, range(6))


def main():
    for v in Bag():
        ROWS.append(work(v))
    print(ROWS)


if __name__ == "__main__":
    main()
