# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


KEPT = []
class Bag:
    def __init__(self, values):
        self.values = values
    def __iter__(self):
        it = iter(self.values)
        KEPT.append(it)
        return it


def main():
    bag = Bag(list(range(10)))
    out = []
    try:
        for v in bag:
            out.append(work(10 // (v - 3)))
    except ZeroDivisionError:
        print("stopped")
    print(out, list(KEPT[0]))


if __name__ == "__main__":
    main()
