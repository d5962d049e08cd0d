import sys


def make_hasher(rounds, salt):
    """A function that hashes many messages; rounds and salt come from the closure."""
    mask = 0xffffffff

    def hash_all(messages):
        digests = []
        for message in messages:
            state = salt
            for _ in range(rounds):
                for character in message:
                    state = ((state << 5) ^ (state >> 2) ^ ord(character)) & mask
            digests.append('%08x' % state)
        return digests

    return hash_all


def main():
    rounds = int(sys.argv[1])
    hasher = make_hasher(rounds, 0x5bd1e995)
    messages = sys.argv[2:] or ['message %d' % k for k in range(20)]
    for message, digest in zip(messages, hasher(messages)):
        print(digest, message)
    other = make_hasher(rounds, 0)
    print(other(messages) == hasher(messages), other([]))


if __name__ == '__main__':
    main()
