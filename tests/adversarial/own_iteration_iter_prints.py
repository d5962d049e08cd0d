# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Loud:
    def __iter__(self):
        for i in range(6):
            print("step", i)
            yield i


def main():
    out = []
    for v in Loud():
        out.append(work(v))
    print(out)


if __name__ == "__main__":
    main()
