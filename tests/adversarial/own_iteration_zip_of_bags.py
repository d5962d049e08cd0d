# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Gen:
    def __iter__(self):
        box = [0]
        while box[0] < 9:
            yield box


def main():
    out = []
    for i, v in enumerate(Gen()):
        v[0] += 1
        out.append(work(v[0] + i))
    print(out)


if __name__ == "__main__":
    main()
