def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


import dataclasses
LOG = []
@dataclasses.dataclass
class P:
    a: int
    b: dataclasses.InitVar[int] = 0
    c: "int" = dataclasses.field(init=False, default=3)
    def __post_init__(self, b):
        LOG.append(b)
def main():
    out = [P(work(x), 5) for x in range(12)]
    print(out, LOG)


if __name__ == "__main__":
    main()
