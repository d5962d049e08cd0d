import os


def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def append(n):
    with open("log.txt", "a") as log:
        log.write(f"{work(n)}\n")
    with open("log.txt") as log:
        return len(log.readlines())


def fresh(n):
    with open("new.txt", "x") as out:
        out.write(str(work(n)))
    with open("new.txt", "rb") as back:
        return back.read()


def main():
    sizes = []
    for n in range(12):
        sizes.append(append(n))
    print(sizes)
    try:
        print([fresh(n) for n in range(5)])
    except OSError as error:
        print(error)


if __name__ == "__main__":
    main()
