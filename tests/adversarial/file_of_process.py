import os


def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def me(n):
    with open("/proc/self/stat") as f:
        return work(n), f.read().split()[0] == str(PID)


PID = os.getpid()


def main():
    print([me(n) for n in range(12)])


if __name__ == "__main__":
    main()
