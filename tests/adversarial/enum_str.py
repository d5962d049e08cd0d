# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


import enum


def main():
    class F(str, enum.Enum):
        A = "a"
        def __str__(self):
            LOG.append(1)
            return "n%d" % len(LOG)
    a = F.A
    out = []
    for x in range(12):
        out.append((work(x), f"{a}", "%s" % a, str(a)))
    print(out, LOG)


if __name__ == "__main__":
    main()
