import sys


class Sensor:
    def __init__(self, pool, gain):
        self.pool = pool
        self.gain = gain

    @property
    def value(self):
        self.pool["drawn"] += 1
        return self.gain * self.pool["drawn"]


def smoothed(sensor, rounds):
    level = 0
    for _ in range(rounds):
        level = (3 * level + sensor.value) // 4
    return level


def levels(sensors, rounds):
    return [smoothed(sensor, rounds) for sensor in sensors]


def main():
    pool = {"drawn": 0}
    sensors = [Sensor(pool, int(a)) for a in sys.argv[2:]]
    print(levels(sensors, int(sys.argv[1])))
    print(pool)


if __name__ == "__main__":
    main()
