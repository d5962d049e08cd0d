# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self, values):
        self.values = values
    def __iter__(self, kept=iter(range(10))):
        return kept


def main():
    bag = Bag([])
    out = []
    try:
        for v in bag:
            out.append(work(10 // (v - 3)))
    except ZeroDivisionError:
        print("stopped")
    print(out, list(bag))


if __name__ == "__main__":
    main()
