# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self):
        self.seen = 0
    def __getitem__(self, i):
        if self.seen > 5:
            raise IndexError
        return i


def main():
    bag = Bag()
    out = []
    for v in bag:
        bag.seen += 1
        out.append(work(v))
    print(out)


if __name__ == "__main__":
    main()
