"""Choose the sharp photos of an album and enhance them.

Every photo is denoised, measured for sharpness, and, if it is sharp enough,
contrast-stretched and outlined.  Pictures are plain lists of rows of grey
values from 0 to 255, no imaging library is needed.

    python photo_filter.py --photos 40 --width 128 --out enhanced
"""

import argparse
import math
import os
import random
import zlib
from concurrent.futures import ProcessPoolExecutor
from functools import partial

MIN_SHARPNESS = 180.0       # variance of the Laplacian; below it a photo counts as blurred
EDGE_WEIGHT = 0.35          # how strongly outlines are drawn into the result
GAUSS = (1, 4, 6, 4, 1)     # binomial kernel, sums to 16
GAUSS_SUM = sum(GAUSS)


# ---------------------------------------------------------------- the album

def photo_names(count):
    return ["IMG_%04d.pgm" % (1000 + 7 * n) for n in range(count)]


def load_photo(name, width):
    """A made-up photo: sky, hills, a few lamps and sensor noise, the same for the same name."""
    height = width * 3 // 4
    rng = random.Random(name)
    horizon = height * rng.uniform(0.3, 0.6)
    waves = [(rng.uniform(0.02, 0.2), rng.uniform(0, math.pi), rng.uniform(2, 9)) for _ in range(3)]
    lamps = [(rng.randrange(width), rng.randrange(height), rng.uniform(2, 8)) for _ in range(5)]
    softness = rng.choice([0, 0, 0, 1, 3])      # some shots are out of focus

    hills = []
    for x in range(width):
        hills.append(horizon + sum(a * math.sin(f * x + p) for f, p, a in waves))

    rows = []
    for y in range(height):
        row = []
        for x in range(width):
            if y < hills[x]:
                value = 190 - 60 * y / height
            else:
                value = 60 + 40 * ((x // 6 + y // 6) % 2)
            for lx, ly, size in lamps:
                if abs(x - lx) < size and abs(y - ly) < size:
                    value += 70
            value += rng.gauss(0, 6)
            row.append(min(255, max(0, int(value))))
        rows.append(row)
    for _ in range(softness):
        rows = blur(rows)
    return rows


# ---------------------------------------------------------------- filters

def clamp(value):
    if value < 0:
        return 0
    if value > 255:
        return 255
    return int(value)


def median3(image):
    """Median of each 3x3 neighbourhood; the border is kept."""
    height = len(image)
    width = len(image[0])
    result = [row[:] for row in image]
    for y in range(1, height - 1):
        above, here, below = image[y - 1], image[y], image[y + 1]
        for x in range(1, width - 1):
            window = above[x - 1:x + 2] + here[x - 1:x + 2] + below[x - 1:x + 2]
            window.sort()
            result[y][x] = window[4]
    return result


def blur(image):
    """Separable 5-tap Gaussian, edges repeated."""
    height = len(image)
    width = len(image[0])
    half = []
    for row in image:
        padded = [row[0], row[0]] + row + [row[-1], row[-1]]
        half.append([
            sum(weight * padded[x + k] for k, weight in enumerate(GAUSS)) // GAUSS_SUM
            for x in range(width)
        ])
    result = []
    for y in range(height):
        rows = [half[min(height - 1, max(0, y + k - 2))] for k in range(5)]
        result.append([
            (rows[0][x] + 4 * rows[1][x] + 6 * rows[2][x] + 4 * rows[3][x] + rows[4][x]) // GAUSS_SUM
            for x in range(width)
        ])
    return result


def laplacian_variance(image):
    total = 0
    squares = 0
    count = 0
    for y in range(1, len(image) - 1):
        for x in range(1, len(image[0]) - 1):
            value = (4 * image[y][x] - image[y - 1][x] - image[y + 1][x]
                     - image[y][x - 1] - image[y][x + 1])
            total += value
            squares += value * value
            count += 1
    mean = total / count
    return squares / count - mean * mean


def sobel(image):
    height, width = len(image), len(image[0])
    edges = [[0] * width for _ in range(height)]
    for y in range(1, height - 1):
        a, b, c = image[y - 1], image[y], image[y + 1]
        for x in range(1, width - 1):
            gx = a[x + 1] + 2 * b[x + 1] + c[x + 1] - a[x - 1] - 2 * b[x - 1] - c[x - 1]
            gy = c[x - 1] + 2 * c[x] + c[x + 1] - a[x - 1] - 2 * a[x] - a[x + 1]
            edges[y][x] = clamp(math.hypot(gx, gy))
    return edges


def stretch(image, cut=0.01):
    """Spread the grey values so that all but the darkest and brightest 1% fill the range."""
    histogram = [0] * 256
    for row in image:
        for value in row:
            histogram[value] += 1
    limit = cut * len(image) * len(image[0])
    low, seen = 0, histogram[0]
    while seen < limit:
        low += 1
        seen += histogram[low]
    high, seen = 255, histogram[255]
    while seen < limit:
        high -= 1
        seen += histogram[high]
    if high <= low:
        return image
    table = [clamp((value - low) * 255 / (high - low)) for value in range(256)]
    return [[table[value] for value in row] for row in image]


def outline(image, edges):
    return [
        [clamp(value - EDGE_WEIGHT * edge) for value, edge in zip(row, edge_row)]
        for row, edge_row in zip(image, edges)
    ]


# ---------------------------------------------------------------- the job

def enhance_photo(name, width, threshold):
    """Sharpness and enhanced version of one photo, or None for a blurred one."""
    photo = median3(load_photo(name, width))     # denoised first, noise looks like sharpness
    sharpness = laplacian_variance(photo)
    if sharpness < threshold:
        return None     # blurred, not worth the trouble
    edges = sobel(blur(photo))
    return sharpness, outline(stretch(photo), edges)


def enhance_album(names, width, threshold):
    """Enhanced version and sharpness of every photo that is sharp enough."""
    enhanced = {}
    task = partial(enhance_photo, width=width, threshold=threshold)
    with ProcessPoolExecutor(available_cpus()) as pool:
        # photos differ much in cost (blurred ones end early): one at a time balances best
        for name, result in zip(names, pool.map(task, names)):
            if result is not None:
                enhanced[name] = result
    return enhanced


def available_cpus():
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:      # macOS, Windows
        return os.cpu_count() or 1


def checksum(image):
    crc = 0
    for row in image:
        crc = zlib.crc32(bytes(row), crc)
    return crc


def save_pgm(path, image):
    with open(path, "wb") as f:
        f.write(b"P5\n%d %d\n255\n" % (len(image[0]), len(image)))
        for row in image:
            f.write(bytes(row))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=80, help="number of photos in the album")
    parser.add_argument("--width", type=int, default=192, help="width of a photo in pixels")
    parser.add_argument("--threshold", type=float, default=MIN_SHARPNESS)
    parser.add_argument("--out", help="folder for the enhanced photos")
    args = parser.parse_args()
    if args.width < 16:
        parser.error("photos must be at least 16 pixels wide")

    names = photo_names(args.photos)
    print("looking at", len(names), "photos")
    enhanced = enhance_album(names, args.width, args.threshold)

    for name, (sharpness, image) in enhanced.items():
        print("%-14s sharpness %8.2f   crc %08x" % (name, sharpness, checksum(image)))
    print(len(enhanced), "kept,", len(names) - len(enhanced), "too blurred")

    if args.out:
        os.makedirs(args.out, exist_ok=True)
        for name, (_, image) in enhanced.items():
            save_pgm(os.path.join(args.out, name), image)


if __name__ == "__main__":
    main()
