# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self):
        self.scale = 1
    def __iter__(self):
        self.scale = 7
        return iter([1, 2, 3, 4, 5, 6])


def main():
    bag = Bag()
    out = []
    for v in bag:
        out.append(work(v) * bag.scale)
    print(out)


if __name__ == "__main__":
    main()
