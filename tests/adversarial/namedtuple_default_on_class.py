# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


import typing
class P(typing.NamedTuple):
    x: int = 3


def main():
    out = []
    try:
        for x in range(12):
            out.append(work(x) + P.x)
    except TypeError as e:
        print("type")
    print(out)


if __name__ == "__main__":
    main()
