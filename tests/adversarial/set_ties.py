# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    t = {"n%d" % i for i in range(100, 130)}
    out = []
    for x in range(12):
        work(x)
        out.append(sorted(t, key=len))
    print(all(row == sorted(t, key=len) for row in out))


if __name__ == "__main__":
    main()
