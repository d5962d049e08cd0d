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
    for v in range(n := 8):
        out.append(work(v) * n)
    print(out)


if __name__ == "__main__":
    main()
