# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    rows = [[i] for i in range(12)]
    out = []
    for r in rows:
        if work(r[0]) > 899:
            out.append(r)
    rows[2].append(5)
    rows[3].append(5)
    print(out, rows)


if __name__ == "__main__":
    main()
