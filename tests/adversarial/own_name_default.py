# The parameter is the function's own, its default is the builtin.
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []


def extra(x):
    return 0


def counted(x):
    LOG.append(x)
    return len(LOG)


def install(globals=globals):
    globals()["extra"] = counted


def main():
    install()
    out = []
    for x in range(12):
        out.append(work(x) + extra(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
