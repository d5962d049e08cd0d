# also: spawn
import csv
import hashlib
import json
from pathlib import Path


def make(folder, count):
    folder.mkdir(exist_ok=True)
    for n in range(count):
        (folder / f"{n}.csv").write_text("a,b\n" + "".join(f"{i},{i * n}\n" for i in range(n)))
        (folder / f"{n}.json").write_text(json.dumps({"n": n, "items": list(range(n))}))


def digest(path):
    h = hashlib.sha256()
    with path.open("rb") as f:
        while chunk := f.read(64):
            h.update(chunk)
    return h.hexdigest()


def total(path):
    with open(path, newline="") as f:
        return sum(int(row["b"]) for row in csv.DictReader(f))


def rows(path):
    with open(path, newline="") as f:
        return [row for row in csv.reader(f)]


def items(path):
    with open(path) as f:
        return len(json.load(f)["items"])


def lines(path):
    found = 0
    with open(path, encoding="utf-8") as f:
        for line in f:
            found += len(line.rstrip())
    return found


def main():
    folder = Path("data")
    make(folder, 12)
    digests = {}
    for path in sorted(folder.glob("*.csv")):
        digests[path.name] = digest(path)
    print(digests)
    print([total(path) for path in sorted(folder.rglob("*.csv"))])
    print([rows(path) for path in sorted(folder.iterdir()) if path.suffix == ".csv"])
    print([items(path) for path in sorted(folder.glob("*.json"))])
    print({path.stem: lines(path) for path in sorted(folder.glob("*.csv"))})
    (folder / "3.csv").write_text("a,b\n1,x\n")
    print([total(path) for path in sorted(folder.rglob("*.csv"))])


if __name__ == "__main__":
    main()
