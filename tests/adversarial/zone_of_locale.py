# also: spawn
import locale
import time


def work(item):
    return time.strftime("%A %c", time.gmtime(item))


def main():
    items = [0.0, 1e9, 1.6e9, 1.7e9]
    locale.setlocale(locale.LC_ALL, "C")
    results = [work(item) for item in items]
    print(results)


if __name__ == "__main__":
    main()
