import sys

from banking import Account


def main():
    accounts = [Account(number, number % 7) for number in range(int(sys.argv[1]))]
    worth = []
    for account in accounts:
        worth.append(account.after(40))
    print(worth)


if __name__ == "__main__":
    main()
