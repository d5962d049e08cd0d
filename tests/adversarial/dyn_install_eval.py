def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
hook = None
def impure(x):
    LOG.append(x)
    return len(LOG)
def install():
    global hook
    hook = impure
def main():
    eval("install()")
    out = []
    for x in range(12):
        s = 0
        if hook is not None:
            s = hook(x)
        out.append(work(x) + s)
    print(out, len(LOG))


if __name__ == "__main__":
    main()
