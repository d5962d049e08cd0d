# also: spawn
import os
from datetime import datetime


def work(item):
    return datetime.fromtimestamp(item).hour


def main():
    items = [0.0, 1e9, 1.6e9, 1.7e9]
    datetime.fromtimestamp(5.0)
    os.putenv("TZ", "Asia/Kolkata")
    results = [work(item) for item in items]
    print(results)


if __name__ == "__main__":
    main()
