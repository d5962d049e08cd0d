# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self, values):
        self.values = values
        self.it = None
    def __iter__(self):
        if self.it is None:
            self.it = iter(self.values)
        return self.it


def main():
    bag = Bag(list(range(10)))
    out = []
    try:
        for v in bag:
            out.append(work(10 // (v - 3)))
    except ZeroDivisionError:
        print("stopped")
    print(out, list(bag))


if __name__ == "__main__":
    main()
