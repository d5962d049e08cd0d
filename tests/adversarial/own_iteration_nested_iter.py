# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Inner:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        for k in range(self.n):
            yield k
class Outer:
    def __init__(self, rows):
        self.rows = rows
    def __iter__(self):
        for n in self.rows:
            yield Inner(n)


def main():
    out = []
    for row in Outer([3, 1, 4, 1, 5]):
        total = 0
        for k in row:
            total += work(k)
        out.append(total)
    print(out)


if __name__ == "__main__":
    main()
