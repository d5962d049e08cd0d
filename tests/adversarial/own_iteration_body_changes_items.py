# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Cell:
    def __init__(self, v):
        self.v = v
class Bag:
    def __init__(self, values):
        self.values = values
    def __iter__(self):
        last = None
        for v in self.values:
            if last is not None and last.v > 5:
                return
            last = v
            yield v


def main():
    cells = [Cell(n) for n in range(8)]
    out = []
    for c in Bag(cells):
        c.v += 3
        out.append(work(c.v))
    print(out, [c.v for c in cells])


if __name__ == "__main__":
    main()
