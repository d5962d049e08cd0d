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
    values = [3, 4, 5]
    out = []
    for v in Bag(values):
        if len(values) < 9:
            values.append(v + 1)
        out.append(work(v))
    print(out, values)


if __name__ == "__main__":
    main()
