def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class XI(Exception):
    def __init__(self, *a): LOG.append(1)
def main():
    out = []
    for x in range(12):
        c = 0
        try:
            raise ValueError from XI
        except ValueError as e:
            r = 1
        out.append((work(x), r))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
