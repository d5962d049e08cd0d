"""Write made-up web server logs, the same for the same seed."""

import argparse
import os
import random
from datetime import datetime, timedelta, timezone

SECTIONS = ["shop", "blog", "help", "account", "search", "static"]
WORDS = "blue red green chair table lamp mirror shelf rug clock plant frame".split()
AGENTS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 Version/17.2 Mobile Safari/604.1",
    "Mozilla/5.0 (compatible; SearchBot/2.1; +http://bot.example/)",
    "curl/8.4.0",
]
STATUS = [200] * 16 + [304] * 3 + [301, 302, 403, 404, 404, 500, 503]


def log_line(rng, now):
    client = "10.%d.%d.%d" % (rng.randrange(2), rng.randrange(8), rng.randrange(40))
    section = rng.choice(SECTIONS)
    path = "/%s/%s-%d" % (section, rng.choice(WORDS), rng.randrange(90))
    if section == "search":
        path = "/search?q=%s+%s&page=%d" % (rng.choice(WORDS), rng.choice(WORDS), rng.randrange(5))
    if rng.random() < 0.004:
        return "client %s closed connection early" % client       # not an access line
    return '%s - - [%s] "%s %s HTTP/1.1" %d %d "-" "%s" %.4f' % (
        client, now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        rng.choice(["GET", "GET", "GET", "POST", "HEAD"]), path,
        rng.choice(STATUS), rng.randrange(200, 60000), rng.choice(AGENTS), rng.expovariate(9))


def write_logs(folder, files, lines, seed=11):
    os.makedirs(folder, exist_ok=True)
    for number in range(files):
        rng = random.Random(seed * 1000 + number)
        now = datetime(2024, 3, 1, tzinfo=timezone.utc) + timedelta(hours=number)
        with open(os.path.join(folder, "access-%03d.log" % number), "w", encoding="utf-8") as f:
            for _ in range(lines):
                now += timedelta(seconds=rng.randrange(3))
                f.write(log_line(rng, now) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="logs")
    parser.add_argument("--files", type=int, default=24)
    parser.add_argument("--lines", type=int, default=12000, help="lines in each file")
    args = parser.parse_args()
    write_logs(args.folder, args.files, args.lines)
