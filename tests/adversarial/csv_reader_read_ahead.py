import csv
def work(text):
    n = int(text)
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    with open("lines.txt", "w") as out:
        out.write("1\n" if 1 != 2 else "n\n")
        for n in range(400):
            out.write(f"{n}\n" if n != 5 else "x\n")
    results = []
    f = open("lines.txt")
    try:
        for row in csv.reader(f):
            results.append(work(row[0]))
    except ValueError:
        print("rest", len(f.read()))
    print(len(results))
    f.close()


if __name__ == "__main__":
    main()
