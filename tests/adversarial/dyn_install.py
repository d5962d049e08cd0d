def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
handlers = []
def impure(x):
    LOG.append(x)
    return len(LOG)
def install():
    handlers.append(impure)
def main():
    globals()["install"]()
    out = []
    for x in range(12):
        s = 0
        for h in handlers:
            s += h(x)
        out.append(work(x) + s)
    print(out, len(LOG))


if __name__ == "__main__":
    main()
