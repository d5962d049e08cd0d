def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


D = {}
class K:
    def __repr__(self):
        LOG.append(1)
        return "k"
    def __hash__(self): return 1
    def __eq__(self, o): return True
LOG = []
def g(x):
    try:
        return D[K()]
    except KeyError as e:
        return str(e), work(x)
def main():
    out = []
    for x in range(12):
        out.append(g(x))
    print(out, LOG)


if __name__ == "__main__":
    main()
