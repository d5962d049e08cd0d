def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class E:
    def __init__(self, v):
        self.v = v
    def __eq__(self, o):
        LOG.append(1)
        return self.v == o.v
def main():
    out = []
    for x in range(12):
        a = [E(x)] == [E(x)]
        out.append(work(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
