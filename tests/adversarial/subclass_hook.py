def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


import abc
LOG = []
class Abc1(abc.ABC):
    @classmethod
    def __subclasshook__(cls, o): LOG.append(1); return True
def main():
    out = []
    for x in range(12):
        c = 0
        r = isinstance(x, Abc1)
        out.append((work(x), r))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
