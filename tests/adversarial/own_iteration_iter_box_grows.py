# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Gen:
    def __iter__(self):
        box = []
        for i in range(8):
            box.append(i)
            yield box


def main():
    out = []
    for v in Gen():
        out.append((work(len(v)), len(v)))
    print(out)


if __name__ == "__main__":
    main()
