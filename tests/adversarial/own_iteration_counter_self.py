# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Count:
    def __init__(self, n):
        self.n = n
        self.i = 0
    def __iter__(self):
        return self
    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i


def main():
    count = Count(9)
    out = []
    try:
        for v in count:
            out.append(work(10 // (v - 3)))
    except ZeroDivisionError:
        print("stopped")
    print(out, count.i, list(count))


if __name__ == "__main__":
    main()
