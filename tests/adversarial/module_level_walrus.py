# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


n = 1
rows = []
for v in range(n := 8):
    rows.append(work(v) * n)
print(len(rows))


def main():
    print(rows)


if __name__ == "__main__":
    main()
