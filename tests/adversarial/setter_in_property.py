# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


SCALE = 1
class Bag:
    @property
    def rows(self):
        global SCALE
        SCALE = 7
        return [1, 2, 3, 4, 5]


def main():
    bag = Bag()
    out = []
    for v in bag.rows:
        out.append(work(v) * SCALE)
    print(out)


if __name__ == "__main__":
    main()
