import sys


def evaluate(expression):
    """A calculator for reversed Polish notation."""
    stack = []
    for token in expression.split():
        if token in ("+", "-", "*", "/", "^"):
            b = stack.pop()
            a = stack.pop()
            if token == "+":
                stack.append(a + b)
            elif token == "-":
                stack.append(a - b)
            elif token == "*":
                stack.append(a * b)
            elif token == "/":
                stack.append(a // b)
            else:
                stack.append(pow(a, b, 1000003))
        else:
            stack.append(int(token))
    if len(stack) != 1:
        raise ArithmeticError("%d values left" % len(stack))
    return stack[0]


def answers(expressions):
    results = []
    for expression in expressions:
        try:
            result = evaluate(expression)
        except (ValueError, IndexError) as error:
            results.append((expression, type(error).__name__))
        except ZeroDivisionError:
            continue
        else:
            results.append((expression, result))
        finally:
            expression = None
    return results


def main():
    expressions = sys.argv[1:] * 3
    for expression, result in answers(expressions):
        print("%-20s %s" % (expression, result))


if __name__ == "__main__":
    main()
