def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class Sup:
    def __enter__(self):
        return self
    def __exit__(self, t, v, tb):
        if t:
            LOG.append(1)
        return True
def main():
    out = []
    for x in range(12):
        with Sup():
            y = work(x) // (x % 3)
        out.append(work(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
