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
def deco(cls):
    cls.STEP = Step()
    return cls
@deco
class C:
    STEP = 1


def main():
    step = C.STEP
    out = []
    for x in range(12):
        out.append(work(x) + (x + step))
    print(out, LOG)


if __name__ == "__main__":
    main()
