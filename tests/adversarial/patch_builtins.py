import builtins


def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
def impure(x):
    LOG.append(x)
    return len(LOG)
def main():
    builtins.abs = impure
    out = []
    for x in range(12):
        out.append(work(x) + abs(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
