import sys


def settle(account, rounds):
    for _ in range(rounds):
        account["balance"] = (account["balance"] * 21 + account["fee"]) % 10007
    return account["balance"]


def settle_all(accounts, rounds):
    balances = []
    for account in accounts:
        balances.append(settle(account, rounds))
    return balances


def main():
    shared = {"balance": int(sys.argv[1]), "fee": 7}
    other = {"balance": 50, "fee": 3}
    accounts = [shared, other, shared, dict(other)]     # the same account twice
    print(settle_all(accounts, int(sys.argv[2])))
    print(shared, other, accounts)


if __name__ == "__main__":
    main()
