# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


class Meta(type):
    def __new__(mcs, name, bases, body):
        def loud(n):
            LOG.append(n)
            return n + len(LOG)

        body["plain"] = staticmethod(loud)
        body["STEP"] = Step()
        return super().__new__(mcs, name, bases, body)


class Step:
    def __radd__(self, other):
        LOG.append(other)
        return other + len(LOG)


class C(metaclass=Meta):
    STEP = 1

    @staticmethod
    def plain(n):
        return n


def main():
    out = []
    for x in range(12):
        out.append(work(x) + C.plain(x))
    step = C.STEP
    for x in range(12):
        out.append(work(x) + (x + step))
    print(out, LOG)


if __name__ == "__main__":
    main()
