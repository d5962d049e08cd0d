def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


class C:
    def __init__(self):
        self.n = 0
    def __lt__(self, o):
        N.append(1)
        return True
N = []
def main():
    out = []
    for x in range(12):
        m = sorted([[C()], [C()]])
        out.append(work(x))
    print(out, len(N))


if __name__ == "__main__":
    main()
