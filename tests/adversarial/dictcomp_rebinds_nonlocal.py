# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []





def main():
    scale = 1
    def prepare():
        nonlocal scale
        scale = 7
        return [1, 2, 3, 4, 5, 6]
    out = {v: work(v) * scale for v in prepare()}
    print(out)


if __name__ == "__main__":
    main()
