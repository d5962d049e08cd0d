# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LIMIT = [6]
def step(v):
    LIMIT[0] -= 1
    return work(v)
class Bag:
    def __getitem__(self, i):
        if i >= LIMIT[0]:
            raise IndexError
        return i


def main():
    rows = []
    for v in Bag():
        rows.append(step(v))
    print(rows)


if __name__ == "__main__":
    main()
