# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self, values):
        self.it = iter(values)
    def __iter__(self):
        return self.it


def main():
    bag = Bag(range(10))
    found = None
    for v in bag:
        if work(v) > 8000:
            found = v
            break
    print(found, list(bag))


if __name__ == "__main__":
    main()
