# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


class Step:
    def __radd__(self, other):
        LOG.append(other)
        return other + len(LOG)
class B:
    def __init_subclass__(cls):
        cls.STEP = Step()
class C(B):
    STEP = 1


def main():
    step = C.STEP
    out = []
    for x in range(12):
        out.append(work(x) + (x + step))
    print(out, LOG)


if __name__ == "__main__":
    main()
