# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Steps:
    def __init__(self, values):
        self.values = values
    def __iter__(self):
        for v in self.values:
            yield v
    def __del__(self):
        print("gone")


def main():
    out = []
    for v in Steps([1, 2, 3, 4]):
        out.append(work(v))
    print(out)


if __name__ == "__main__":
    main()
