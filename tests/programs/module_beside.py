import sys

import measures
from measures import weight as weigh

total = []
SCALE = 7


def main():
    texts = [f"text {number}" * 3 for number in range(int(sys.argv[1]))]
    results = []
    for text in texts:
        results.append(measures.score(text) + weigh(len(text)) * SCALE)
    total.extend(results)
    print(len(total), sum(total))
    print(total[:5])


if __name__ == "__main__":
    main()
