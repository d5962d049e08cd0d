import enum


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Color(enum.Enum):
    RED = 1
    def hit(self):
        LOG.append(1)
LOG = []
def f(x):
    Color["RED"].hit()
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


main()
