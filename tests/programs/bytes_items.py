import sys


def build_table(polynomial):
    table = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = (value >> 1) ^ (polynomial if value & 1 else 0)
        table.append(value)
    return table


TABLE = build_table(0xEDB88320)


def stretch(byte, rounds):
    value = byte ^ 0xffffffff
    for _ in range(rounds):
        value = TABLE[(value ^ byte) & 0xff] ^ (value >> 8)
    return value & 0xff


def expand(data, rounds):
    out = []
    for byte in data:
        out.append(stretch(byte, rounds))
    return bytes(out)


def main():
    rounds = int(sys.argv[1])
    data = " ".join(sys.argv[2:]).encode("utf-8", "surrogateescape")
    print(expand(data, rounds).hex())
    print(expand(bytearray(data), rounds).hex(), expand(b"", rounds))


if __name__ == "__main__":
    main()
