# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self, values):
        self.values = values
    def __iter__(self):
        for v in self.values:
            if v == 4:
                raise KeyError(v)
            yield v


def main():
    out = []
    try:
        for v in Bag(list(range(9))):
            out.append(work(v))
    except KeyError as e:
        print("key", e)
    print(out)
    try:
        for v in Bag(list(range(9))):
            out.append(work(1 // (v - 2)))
    except (KeyError, ZeroDivisionError) as e:
        print(repr(e))
    print(out)


if __name__ == "__main__":
    main()
