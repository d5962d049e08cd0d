def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class Obj:
    pass
def record(t):
    LOG.append(t)
    return len(LOG)
def main():
    o = Obj()
    out = []
    for x in range(12):
        record(o.__eq__(o))
        out.append(work(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
