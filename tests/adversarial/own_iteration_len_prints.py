# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self, values):
        self.values = values
    def __len__(self):
        print("len")
        return len(self.values)
    def __bool__(self):
        print("bool")
        return True
    def __iter__(self):
        return iter(self.values)


def main():
    out = []
    for v in Bag(list(range(8))):
        out.append(work(v))
    print(out)


if __name__ == "__main__":
    main()
