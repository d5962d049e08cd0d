# also: spawn
import pickle


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


NAMES = ["alpha", "beta"]
def f(x):
    return (NAMES[x % 2], work(x))
def main():
    out = [f(x) for x in range(12)]
    print(len(pickle.dumps(out)))


if __name__ == "__main__":
    main()
