# also: spawn
import os
import time
from datetime import datetime


def work(item):
    return datetime.fromtimestamp(item).hour


def main():
    items = [0.0, 1e9, 1.6e9, 1.7e9]
    os.environ["TZ"] = "Asia/Kolkata"
    time.tzset()
    os.environ["TZ"] = "America/Lima"
    results = [work(item) for item in items]
    print(results)


if __name__ == "__main__":
    main()
