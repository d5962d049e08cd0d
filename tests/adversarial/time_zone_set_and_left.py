# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


import os, time, datetime
def f(x):
    return work(x), datetime.datetime.fromtimestamp(x * 3600.0).hour
def main():
    os.environ["TZ"] = "Asia/Tokyo"
    time.tzset()
    del os.environ["TZ"]
    out = [f(x) for x in range(12)]
    print(out)


if __name__ == "__main__":
    main()
