import sys

GRID = [[(x * 31 + y * 17) % 10 for x in range(60)] for y in range(60)]
COSTS = {digit: digit + 1 for digit in range(10)}
START = 0, 0


def cheapest_path(goal):
    """Dijkstra without a heap, on the module's grid."""
    size = max(goal) + 1
    best = {START: 0}
    done = set()
    while goal not in done:
        place = min((p for p in best if p not in done), key=lambda p: (best[p], p))
        done.add(place)
        x, y = place
        for nx, ny in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            if 0 <= nx < size and 0 <= ny < size:
                cost = best[place] + COSTS[GRID[ny][nx]]
                if cost < best.get((nx, ny), cost + 1):
                    best[nx, ny] = cost
    return best[goal], len(done)


def main():
    goals = [(k % 9, k) for k in range(int(sys.argv[1]))]
    costs = [None] * len(goals)
    for i, goal in enumerate(goals):
        costs[i] = cheapest_path(goal)
    for goal, (cost, visited) in zip(goals, costs):
        print(goal, cost, visited)


if __name__ == "__main__":
    main()
