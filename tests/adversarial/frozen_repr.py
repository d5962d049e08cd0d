# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    s = frozenset({"n%d" % i for i in range(100, 130)})
    out = []
    for x in range(12):
        out.append(str(s) + str(work(x)))
    print(len(set(o.split("}")[0] for o in out)), out[0].startswith(str(s)))


if __name__ == "__main__":
    main()
