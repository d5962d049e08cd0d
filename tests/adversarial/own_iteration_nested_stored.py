# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Inner:
    def __init__(self, it):
        self.it = it
    def __iter__(self):
        return self.it


def main():
    shared = iter(range(12))
    out = []
    for n in [3, 1, 4, 1, 5]:
        total = 0
        for k in Inner(shared):
            total += work(k)
            if k % 3 == 2:
                break
        out.append(total)
    print(out)


if __name__ == "__main__":
    main()
