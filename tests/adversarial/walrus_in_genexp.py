# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []





def main():
    n = 1
    out = []
    for v in ((n := x) for x in [1, 2, 3, 4, 5, 6]):
        out.append(work(v) * n)
    print(out, n)


if __name__ == "__main__":
    main()
