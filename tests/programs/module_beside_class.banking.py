RATE = 3


class Account:
    def __init__(self, balance, bonus):
        self.balance = balance
        self.bonus = bonus

    def after(self, years):
        balance = self.balance
        for year in range(years * 100):
            balance = (balance * (100 + RATE) // 100 + self.bonus) % 1000003
        return balance
