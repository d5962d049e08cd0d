"""Mandelbrot rows written into a list that was made before the loop."""
import sys

MAX_ITER = 60
SHADES = " .:-=+*#%@"


def escape_time(cx, cy):
    x = y = 0.0
    for k in range(MAX_ITER):
        x, y = x * x - y * y + cx, 2 * x * y + cy
        if x * x + y * y > 4.0:
            return k
    return MAX_ITER


def line_of_text(row, width, height):
    cy = 2.4 * row / height - 1.2
    text = ""
    for column in range(width):
        k = escape_time(3.2 * column / width - 2.3, cy)
        text += SHADES[k * (len(SHADES) - 1) // MAX_ITER]
    return text


def draw(width, height):
    picture = [None] * height
    for row in range(height):
        picture[row] = line_of_text(row, width, height)
    return picture


if __name__ == "__main__":
    width = int(sys.argv[1]) if len(sys.argv) > 1 else 1200
    height = int(sys.argv[2]) if len(sys.argv) > 2 else 800
    picture = draw(width, height)
    print("\n".join(picture))
    print(len(picture), "rows", sum(line.count("@") for line in picture), "points inside")
