def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


SKIP = (-1, "skip")
def f(x):
    return SKIP if x % 2 else (work(x), "x")
def main():
    out = []
    for x in range(12):
        out.append(f(x))
    print(sum(1 for s in out if s is SKIP))


if __name__ == "__main__":
    main()
