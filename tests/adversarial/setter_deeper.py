# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


SCALE = 1
def inner():
    global SCALE
    SCALE = 7
class Bag:
    def __init__(self, xs):
        self.xs = xs
    def __add__(self, other):
        inner()
        return self.xs + other


def main():
    bag = Bag([1, 2, 3])
    out = []
    for v in bag + [4, 5, 6]:
        out.append(work(v) * SCALE)
    print(out)


if __name__ == "__main__":
    main()
