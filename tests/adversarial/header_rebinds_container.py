# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []





def main():
    out = []
    old = out
    def prepare():
        nonlocal out
        out = [0]
        return [1, 2, 3, 4, 5, 6]
    for v in prepare():
        out.append(work(v))
    print(out, old)


if __name__ == "__main__":
    main()
