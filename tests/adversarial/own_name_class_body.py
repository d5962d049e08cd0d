# In a class body the name means the builtin until the body binds it, within a function as well.
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


def install():
    class Setup:
        globals()["extra"] = counted
        globals = None

    return Setup


def main():
    install()
    out = []
    for x in range(12):
        out.append(work(x) + extra(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
