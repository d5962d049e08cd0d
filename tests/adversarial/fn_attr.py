# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def f(x):
    return work(x) * f.k
f.k = 1
def main():
    f.k = 3
    out = []
    for x in range(12):
        out.append(f(x))
    print(out)


if __name__ == "__main__":
    main()
