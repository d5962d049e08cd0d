import sys


def checksum(text):
    value = 0
    for character in text:
        value = (value * 131 + ord(character)) % 65521
    return value


def parse(tokens):
    """-n NUMBER and words; an option takes the next token from the same iterator."""
    stream = iter(tokens)
    parsed = []
    for token in stream:
        if token.startswith("-"):
            value = next(stream, "missing")
            parsed.append((token, value))
        else:
            parsed.append(("word", checksum(token * 50)))
    return parsed


def main():
    for kind, value in parse(sys.argv[1:]):
        print(kind, value)


if __name__ == "__main__":
    main()
