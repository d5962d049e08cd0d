import sys

total = sum(range(10))
print("total", total, file=sys.stderr)
sys.exit(total)
