import sys


class Money:
    log = []

    def __init__(self, cents):
        self.cents = cents

    def __add__(self, other):
        Money.log.append((self.cents, other.cents))
        return Money(self.cents + other.cents)

    def __eq__(self, other):
        return self.cents == other.cents


def compound(amount, rounds):
    total = amount
    for _ in range(rounds):
        total = total + amount
    return total


def totals(amounts, rounds):
    sums = []
    for amount in amounts:
        sums.append(compound(amount, rounds).cents)
    return sums


def main():
    amounts = [Money(int(a)) for a in sys.argv[2:]]
    print(totals(amounts, int(sys.argv[1])))
    print(len(Money.log), Money.log[-2:])


if __name__ == "__main__":
    main()
