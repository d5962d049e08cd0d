# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Other:
    def __init__(self, values):
        self.values = values
        self.at = 0
    def __next__(self):
        if self.at == len(self.values):
            raise StopIteration
        self.at += 1
        return self.values[self.at - 1]
class Bag:
    def __init__(self, values):
        self.values = values
    def __iter__(self):
        return Other(self.values)


def main():
    rows = []
    for v in Bag([5, 6, 7, 8]):
        rows.append(work(v))
    print(rows)


if __name__ == "__main__":
    main()
