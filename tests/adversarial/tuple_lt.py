def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


N = []
class C:
    def __lt__(self, o):
        N.append(1)
        return True
def main():
    out = []
    for x in range(12):
        m = (C(), 1) < (C(), 2)
        out.append(work(x))
    print(out, len(N))


if __name__ == "__main__":
    main()
