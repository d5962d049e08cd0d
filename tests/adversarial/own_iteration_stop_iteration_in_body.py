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
        return iter(self.values)
def pick(v):
    if v == 3:
        raise StopIteration(v)
    return work(v)
class Outer:
    def __iter__(self):
        return self
    def __next__(self):
        rows = []
        for v in Bag([1, 2, 3, 4]):
            rows.append(pick(v))
        return rows


def main():
    print(list(Outer()))


if __name__ == "__main__":
    main()
