# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


SEEN = []
class Bag:
    def __iter__(self):
        SEEN.append(len(SEEN))
        return iter(SEEN)


def main():
    out = [work(v) + len(SEEN) for v in Bag()]
    out += [work(v) + w for v in range(4) for w in Bag()]
    print(out, SEEN)


if __name__ == "__main__":
    main()
