import sys


def mix(value, state):
    for _ in range(50):
        value = (value * 1103515245 + state) % 2147483648
    return value


def chain(values):
    state = 1
    out = []
    for value in values:
        state = mix(value, state)
        out.append(state)
    return out


def main():
    values = [int(a) for a in sys.argv[1:]]
    print(chain(values))
    print(chain(values[::-1]), chain(values + values))


if __name__ == "__main__":
    main()
