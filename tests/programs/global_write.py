import sys

calls = 0
longest = 0


def chain_length(n):
    global calls, longest
    calls += 1
    steps = 0
    while n > 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    if steps > longest:
        longest = steps
    return steps, calls


def survey(numbers):
    result = []
    for n in numbers:
        result.append(chain_length(n))
    return result


def main():
    print(survey(list(range(int(sys.argv[1])))))
    print(calls, "calls, longest", longest)


if __name__ == "__main__":
    main()
