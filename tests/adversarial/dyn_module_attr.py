import sys


def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


hook = None
LOG = []
def impure(x):
    LOG.append(x)
    return len(LOG)
def main():
    sys.modules[__name__].hook = impure
    out = []
    for x in range(12):
        s = 0
        if hook is not None:
            s = hook(x)
        out.append(work(x) + s)
    print(out, len(LOG))


if __name__ == "__main__":
    main()
