# -*- coding: latin-1 -*-
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    out = []
    for x in range(12):
        out.append("éü" + str(work(x)))
    print([ascii(o) for o in out])


if __name__ == "__main__":
    main()
