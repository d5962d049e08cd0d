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
            yield v


def main():
    out = []
    for v in Bag({"a%d" % i for i in range(9)}):
        out.append((v, work(len(v))))
    print(sorted(out))


if __name__ == "__main__":
    main()
