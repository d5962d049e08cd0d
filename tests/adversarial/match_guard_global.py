# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def f(x):
    return work(x) * K
K = 1
if __name__ == "__main__":
    match 5:
        case K:
            pass
    out = []
    for x in range(12):
        out.append(f(x))
    print(out)
