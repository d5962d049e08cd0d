#!/usr/bin/env python3
"""A small recursive ray tracer: spheres on a checkered floor, shadows and mirrors."""

import argparse
import hashlib
import math
import os
import random
import sys
from concurrent.futures import ProcessPoolExecutor

MAX_DEPTH = 3
EPSILON = 1e-6
FAR = 1e9
AMBIENT = 0.12


class Vec:
    """Three floats with the usual operators; also used for colours."""

    __slots__ = ('x', 'y', 'z')

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __repr__(self):
        return 'Vec(%g, %g, %g)' % (self.x, self.y, self.z)

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, other):
        if isinstance(other, Vec):    # colour times colour
            return Vec(self.x * other.x, self.y * other.y, self.z * other.z)
        return Vec(self.x * other, self.y * other, self.z * other)

    __rmul__ = __mul__

    def __neg__(self):
        return Vec(-self.x, -self.y, -self.z)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other):
        return Vec(self.y * other.z - self.z * other.y,
                   self.z * other.x - self.x * other.z,
                   self.x * other.y - self.y * other.x)

    def length(self):
        return math.sqrt(self.dot(self))

    def unit(self):
        return self * (1.0 / self.length())

    def reflect(self, normal):
        return self - normal * (2.0 * self.dot(normal))


BLACK = Vec(0.0, 0.0, 0.0)
SKY_LOW = Vec(0.9, 0.93, 1.0)
SKY_HIGH = Vec(0.3, 0.5, 0.9)


class Sphere:
    def __init__(self, center, radius, color, mirror=0.0):
        self.center = center
        self.radius = radius
        self.color = color
        self.mirror = mirror

    def hit(self, origin, direction):
        """Distance along the ray to the sphere, or None."""
        to_center = self.center - origin
        along = to_center.dot(direction)
        miss = to_center.dot(to_center) - along * along
        reach = self.radius * self.radius - miss
        if reach < 0.0:
            return None
        half = math.sqrt(reach)
        if along - half > EPSILON:
            return along - half
        if along + half > EPSILON:
            return along + half
        return None

    def normal(self, point):
        return (point - self.center) * (1.0 / self.radius)

    def color_at(self, point):
        return self.color


class Floor:
    """The plane y = height, in two colours."""

    mirror = 0.15

    def __init__(self, height, light, dark):
        self.height = height
        self.light = light
        self.dark = dark

    def hit(self, origin, direction):
        if abs(direction.y) < EPSILON:
            return None
        distance = (self.height - origin.y) / direction.y
        return distance if distance > EPSILON else None

    def normal(self, point):
        return Vec(0.0, 1.0, 0.0)

    def color_at(self, point):
        if (math.floor(point.x) + math.floor(point.z)) % 2 == 0:
            return self.light
        return self.dark


def random_scene(spheres: int, seed: int) -> list:
    rng = random.Random(seed)
    things = [Floor(0.0, Vec(0.85, 0.85, 0.8), Vec(0.25, 0.3, 0.3))]
    for _ in range(spheres):
        radius = rng.uniform(0.25, 0.8)
        center = Vec(rng.uniform(-3.5, 3.5), radius, rng.uniform(0.0, 6.0))
        color = Vec(rng.uniform(0.2, 1.0), rng.uniform(0.2, 1.0), rng.uniform(0.2, 1.0))
        things.append(Sphere(center, radius, color, rng.choice([0.0, 0.1, 0.5])))
    return things


class Renderer:
    def __init__(self, things, width, height):
        self.things = things
        self.width = width
        self.height = height
        self.eye = Vec(0.0, 2.0, -5.0)
        self.light = Vec(-6.0, 9.0, -4.0)
        target = Vec(0.0, 0.7, 2.0)
        self.forward = (target - self.eye).unit()
        self.right = Vec(0.0, 1.0, 0.0).cross(self.forward).unit()
        self.up = self.forward.cross(self.right)
        self.zoom = math.tan(math.radians(27.0))

    def nearest(self, origin, direction):
        best, best_distance = None, FAR
        for thing in self.things:
            distance = thing.hit(origin, direction)
            if distance is not None and distance < best_distance:
                best, best_distance = thing, distance
        return best, best_distance

    def in_shadow(self, point, to_light, light_distance):
        for thing in self.things:
            distance = thing.hit(point, to_light)
            if distance is not None and distance < light_distance:
                return True
        return False

    def trace(self, origin, direction, depth=0):
        thing, distance = self.nearest(origin, direction)
        if thing is None:
            share = 0.5 * (direction.y + 1.0)
            return SKY_LOW * (1.0 - share) + SKY_HIGH * share
        point = origin + direction * distance
        normal = thing.normal(point)
        color = thing.color_at(point)
        result = color * AMBIENT
        to_light = self.light - point
        light_distance = to_light.length()
        to_light = to_light.unit()
        brightness = normal.dot(to_light)
        lifted = point + normal * 1e-4
        if brightness > 0.0 and not self.in_shadow(lifted, to_light, light_distance):
            result = result + color * (brightness * (1.0 - AMBIENT))
            shine = max(0.0, to_light.reflect(normal).dot(direction))
            if thing.mirror:
                result = result + Vec(1.0, 1.0, 1.0) * (0.6 * shine ** 40)
        if thing.mirror and depth < MAX_DEPTH:
            bounced = self.trace(lifted, direction.reflect(normal), depth + 1)
            result = result * (1.0 - thing.mirror) + bounced * thing.mirror
        return result

    def render_row(self, y):
        row = []
        aspect = self.width / self.height
        v = (1.0 - 2.0 * (y + 0.5) / self.height) * self.zoom
        for x in range(self.width):
            u = (2.0 * (x + 0.5) / self.width - 1.0) * self.zoom * aspect
            direction = (self.forward + self.right * u + self.up * v).unit()
            color = self.trace(self.eye, direction)
            row.append((to_byte(color.x), to_byte(color.y), to_byte(color.z)))
        return row

    def render(self):
        """The picture as a list of rows of (red, green, blue)."""
        # rows of the sky are much cheaper than those of the floor: small chunks, so that
        # both workers end together; the scene travels once with each of them
        with ProcessPoolExecutor(available_cpus()) as pool:
            return list(pool.map(self.render_row, range(self.height), chunksize=8))


def available_cpus() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:    # macOS, Windows
        return os.cpu_count() or 1


def to_byte(value: float) -> int:
    return int(255.0 * min(1.0, max(0.0, value)) ** (1 / 2.2) + 0.5)


def write_ppm(path: str, image: list) -> None:
    with open(path, 'wb') as out:
        out.write(b'P6 %d %d 255\n' % (len(image[0]), len(image)))
        for row in image:
            for pixel in row:
                out.write(bytes(pixel))


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--size', type=int, default=660, help='width of the picture in pixels')
    parser.add_argument('--spheres', type=int, default=12)
    parser.add_argument('--seed', type=int, default=5)
    parser.add_argument('-o', '--output', metavar='FILE.ppm')
    args = parser.parse_args(argv)

    things = random_scene(args.spheres, args.seed)
    renderer = Renderer(things, args.size, args.size * 2 // 3)
    image = renderer.render()

    digest = hashlib.sha256()
    for row in image:
        for pixel in row:
            digest.update(bytes(pixel))
    middle = image[len(image) // 2]
    print(f'{args.size} x {len(image)} pixels, {len(things)} things')
    print('middle row:', ' '.join('%02x%02x%02x' % p for p in middle[::max(1, len(middle) // 8)]))
    print('sha256', digest.hexdigest())
    if args.output:
        write_ppm(args.output, image)
    return 0


if __name__ == '__main__':
    sys.exit(main())
