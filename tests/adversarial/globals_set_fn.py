def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
def fn(x):
    return 0
def impure(x):
    LOG.append(x)
    return len(LOG)
def main():
    globals()["fn"] = impure
    out = []
    for x in range(12):
        out.append(work(x) + fn(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
