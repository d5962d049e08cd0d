# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def fresh(values):
    return iter(values)
class Bag:
    def __init__(self, values):
        self.values = values
    def __iter__(self):
        return fresh(self.values)


def main():
    source = iter(range(10))
    bag = Bag(source)
    out = []
    try:
        for v in bag:
            out.append(work(10 // (v - 3)))
    except ZeroDivisionError:
        print("stopped")
    print(out, list(source))


if __name__ == "__main__":
    main()
