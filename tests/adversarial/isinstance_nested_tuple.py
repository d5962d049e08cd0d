def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
def f(x):
    if isinstance(x, (str, (int, float))):
        LOG.append(x)
    return work(x)
def main():
    out = []
    for x in range(12):
        out.append(f(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
