import sys


class Ticket:
    next_number = 1

    def __init__(self, text):
        self.number = Ticket.next_number
        Ticket.next_number += 1
        self.weight = sum(ord(c) * k for k, c in enumerate(text * 30))

    def __repr__(self):
        return "Ticket(%d, %d)" % (self.number, self.weight)


def issue(texts):
    tickets = []
    for text in texts:
        tickets.append(Ticket(text))
    return tickets


def main():
    print(issue(sys.argv[1:]))
    print(issue(["again"]), Ticket.next_number)


if __name__ == "__main__":
    main()
