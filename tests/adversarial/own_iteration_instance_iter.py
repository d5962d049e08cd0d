# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self):
        self.__iter__ = lambda: iter([9, 9, 9, 9])
    def __getitem__(self, i):
        if i > 5:
            raise IndexError
        return i


def main():
    out = []
    for v in Bag():
        out.append(work(v))
    print(out)


if __name__ == "__main__":
    main()
