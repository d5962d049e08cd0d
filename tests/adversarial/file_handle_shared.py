import os


def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    with open("lines.txt", "w") as out:
        for n in range(40):
            out.write(f"{n}\n")
    results = []
    with open("lines.txt") as lines:
        for n in range(10):
            results.append((work(n), lines.readline(), lines.tell()))
    print(results)
    with open("lines.txt") as lines:
        for line in lines:
            results.append((work(len(line)), next(lines)))
    print(results)
    with open("lines.txt", "rb") as data:
        print([(work(n), data.read(n)) for n in range(12)])


if __name__ == "__main__":
    main()
