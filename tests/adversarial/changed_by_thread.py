# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


import threading

REG = [1]


def g():
    REG.append(2)


def f(x):
    return work(x) + len(REG)


def main():
    t = threading.Thread(target=g)
    t.start()
    t.join()
    print([f(x) for x in range(12)])


if __name__ == "__main__":
    main()
