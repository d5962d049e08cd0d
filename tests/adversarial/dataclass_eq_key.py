import dataclasses


def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


@dataclasses.dataclass(eq=False)
class C:
    x: int
def main():
    cs = [C(1), C(1)] * 6
    out = []
    for x in cs:
        out.append((work(x.x), x == cs[0]))
    print(out)


if __name__ == "__main__":
    main()
