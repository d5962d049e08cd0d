import sys

import numbering


def main():
    texts = [f"text {number}" for number in range(int(sys.argv[1]))]
    results = []
    for text in texts:
        results.append(numbering.label(text))
    print(results, numbering.count)


if __name__ == "__main__":
    main()
