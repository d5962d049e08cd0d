# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


def clear(box, n):
    box["k"] = n
    return range(n)


def main():
    box = {"k": 1}
    out = []
    for v in clear(box, 9):
        out.append(work(v) * box["k"])
    print(out)


if __name__ == "__main__":
    main()
