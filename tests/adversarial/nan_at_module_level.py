# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


INF = 1e308 * 10
N = INF - INF
def main():
    out = []
    for x in range(12):
        work(x)
        out.append(N if x % 2 else 1.0)
    print(out.count(N), N in out)


if __name__ == "__main__":
    main()
