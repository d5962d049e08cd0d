"""Objects of one class as items: their methods read only their own attributes."""
import math
import sys


class Pendulum:
    def __init__(self, length, angle):
        self.length = length
        self.angle = angle

    def acceleration(self, angle):
        return -9.81 / self.length * math.sin(angle)

    def period(self, dt):
        """Time until the angle comes back to its start, by small steps."""
        angle, speed, time = self.angle, 0.0, 0.0
        crossings = 0
        while crossings < 2 and time < 30.0:
            before = angle
            speed += self.acceleration(angle) * dt
            angle += speed * dt
            time += dt
            if (before > 0) != (angle > 0):
                crossings += 1
        return 2 * time

    def __str__(self):
        return f"{self.length:.2f} m from {math.degrees(self.angle):.0f} degrees"


def periods(pendulums, dt):
    times = []
    for pendulum in pendulums:
        times.append(pendulum.period(dt))
    return times


def main():
    count = int(sys.argv[1])
    dt = float(sys.argv[2])
    swings = [Pendulum(0.5 + 0.25 * k, 0.2 + 0.1 * k) for k in range(count)]
    if count > 3:
        swings[3].length = 0        # as a user's file might say
    try:
        for swing, time in zip(swings, periods(swings, dt)):
            print(f"{swing}: {time:.3f} s")
    except ZeroDivisionError as error:
        print("bad pendulum:", error)
    print(len(swings), [swing.angle for swing in swings])


if __name__ == "__main__":
    main()
