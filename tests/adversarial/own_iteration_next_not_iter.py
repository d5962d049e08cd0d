# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Steps:
    def __init__(self):
        self.i = 0
    def __iter__(self):
        return iter([1, 2, 3])
    def __next__(self):
        self.i += 1
        print("step", self.i)
        if self.i > 6:
            raise StopIteration
        return self.i
class Bag:
    def __iter__(self):
        return Steps()


def main():
    out = []
    for v in Bag():
        out.append(work(v))
    print(out)


if __name__ == "__main__":
    main()
