import sys
from dataclasses import dataclass, field
from typing import List


@dataclass
class Loan:
    amount: float
    rate: float
    years: int
    payments: List[float] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    monthly: float
    interest: float
    months: int


def solve(loan: Loan, rounds: int = 60) -> Plan:
    """Monthly payment that clears the loan in time, by bisection."""
    low, high = 0.0, loan.amount * (1 + loan.rate)
    months = loan.years * 12
    for _ in range(rounds):
        payment = (low + high) / 2
        rest = loan.amount
        for _ in range(months):
            rest += rest * loan.rate / 12 - payment
        if rest > 0:
            low = payment
        else:
            high = payment
    return Plan(round(high, 2), round(high * months - loan.amount, 2), months)


def plans(loans: List[Loan]) -> List[Plan]:
    result = []
    for loan in loans:
        result.append(solve(loan))
    return result


def main() -> None:
    count = int(sys.argv[1])
    loans = [Loan(1000.0 * (k + 1), 0.01 + 0.005 * (k % 5), 1 + k % 4) for k in range(count)]
    for plan in plans(loans):
        print(plan)
    print(plans(loans) == plans(loans), hash(plans(loans[:1])[0]) if loans else "none")


if __name__ == "__main__":
    main()
