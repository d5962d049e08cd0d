import sys

import parsing


def main():
    words = sys.argv[1:]
    print("begin")
    parsed = []
    for word in words:
        parsed.append(parsing.parse(word))
    print(parsed)


if __name__ == "__main__":
    main()
