"""Pictures of the sample issues out: issues/images/*.png, drawn of flat shapes and soft light.

Every picture is drawn at four times its size and scaled down, so that its edges are smooth. All
lengths below are pixels of the finished picture. Nothing is left to chance: the same Pillow makes
the same bytes.
"""

from collections.abc import Callable, Sequence
from io import BytesIO
from math import ceil, cos, floor, hypot, pi, radians, sin
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

IMAGES = Path(__file__).parent.parent / "issues" / "images"
SCALE = 4
LIMIT = 150_000  # bytes; a heavier picture is saved with a palette

INK = "#14202f"
NAVY = "#1d2f45"
SLATE = "#4d6677"
PINE = "#24505a"
TEAL = "#3c7379"
SAGE = "#7fa5a3"
MIST = "#c3d6d1"
PALE = "#e4ece8"
PAPER = "#f6f1e6"
OCHRE = "#dda94f"
PLUM = "#7a1f5c"

Point = tuple[float, float]
Shape = Sequence[Point]
Seen = Callable[[float, float, float], Point]


class Fade(NamedTuple):
    """A colour that turns into another, downwards or from left to right."""

    first: str
    last: str
    across: bool = False


class Sheet(NamedTuple):
    """A picture being drawn."""

    image: Image.Image

    def fill(
        self, shape: Shape, paint: str | Fade, blur: float = 0, within: Shape | None = None
    ) -> None:
        """A shape laid on the picture; its colours may be partly clear (#rrggbbaa)."""
        margin = 3 * blur
        left = floor((min(x for x, _ in shape) - margin) * SCALE)
        top = floor((min(y for _, y in shape) - margin) * SCALE)
        right = ceil((max(x for x, _ in shape) + margin) * SCALE) + 1
        bottom = ceil((max(y for _, y in shape) + margin) * SCALE) + 1
        size = (right - left, bottom - top)

        def mask(outline: Shape) -> Image.Image:
            made = Image.new("L", size)
            points = [(x * SCALE - left, y * SCALE - top) for x, y in outline]
            ImageDraw.Draw(made).polygon(points, fill=255)
            return made

        cover = mask(shape)
        if blur:
            cover = cover.filter(ImageFilter.GaussianBlur(blur * SCALE))
        if within:
            cover = ImageChops.multiply(cover, mask(within))
        colour = coloured(paint, size)
        alpha = ImageChops.multiply(cover, colour.getchannel("A"))
        if self.image.mode == "RGBA":
            colour.putalpha(alpha)
            self.image.alpha_composite(colour, (left, top))
        else:
            self.image.paste(colour.convert("RGB"), (left, top), alpha)


def coloured(paint: str | Fade, size: tuple[int, int]) -> Image.Image:
    """A plain or fading field of colour."""
    if isinstance(paint, str):
        return Image.new("RGBA", size, ImageColor.getcolor(paint, "RGBA"))
    slope = Image.linear_gradient("L")
    if paint.across:
        slope = slope.transpose(Image.Transpose.ROTATE_90)
    first = Image.new("RGBA", size, ImageColor.getcolor(paint.first, "RGBA"))
    last = Image.new("RGBA", size, ImageColor.getcolor(paint.last, "RGBA"))
    return Image.composite(last, first, slope.resize(size, Image.Resampling.BICUBIC))


def sheet(width: int, height: int, paint: str | Fade) -> Sheet:
    """A new picture on its ground."""
    made = Sheet(Image.new("RGB", (width * SCALE, height * SCALE)))
    made.fill(box(0, 0, width, height), paint)
    return made


def box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> Shape:
    """A rectangle, its corners rounded if asked."""
    if not radius:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    corners = [
        (right - radius, bottom - radius),
        (left + radius, bottom - radius),
        (left + radius, top + radius),
        (right - radius, top + radius),
    ]
    return [
        point
        for quarter, (x, y) in enumerate(corners)
        for point in arc(x, y, radius, radius, 90 * quarter, 90 * quarter + 90)
    ]


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> list[Point]:
    """A part of an oval, in degrees from the right, clockwise."""
    steps = 48
    angles = [radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + rx * cos(angle), y + ry * sin(angle)) for angle in angles]


def oval(x: float, y: float, rx: float, ry: float | None = None) -> Shape:
    """A circle or an oval about its middle."""
    return arc(x, y, rx, rx if ry is None else ry, 0, 360)


def curve(points: Shape, closed: bool = True) -> list[Point]:
    """A smooth line through points; a point given twice is a corner."""
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    made: list[Point] = []
    for index in range(count if closed else count - 1):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (at(index + step) for step in (-1, 0, 1, 2))
        if (bx, by) == (cx, cy):
            continue
        for step in range(16):
            t = step / 16
            weights = (
                (-t + 2 * t**2 - t**3) / 2,
                (2 - 5 * t**2 + 3 * t**3) / 2,
                (t + 4 * t**2 - 3 * t**3) / 2,
                (t**3 - t**2) / 2,
            )
            made.append(
                (
                    sum(w * x for w, x in zip(weights, (ax, bx, cx, dx), strict=True)),
                    sum(w * y for w, y in zip(weights, (ay, by, cy, dy), strict=True)),
                )
            )
    return made if closed else [*made, points[-1]]


def stroke(points: Shape, width: float) -> Shape:
    """A line with a width and round ends."""
    half = width / 2
    line = [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
    one, other = [], []
    for index, (x, y) in enumerate(line):
        (ax, ay), (bx, by) = line[max(index - 1, 0)], line[min(index + 1, len(line) - 1)]
        length = hypot(bx - ax, by - ay)
        nx, ny = (ay - by) / length * half, (bx - ax) / length * half
        one.append((x + nx, y + ny))
        other.append((x - nx, y - ny))

    def cap(centre: Point, start: Point) -> list[Point]:
        dx, dy = start[0] - centre[0], start[1] - centre[1]
        turns = [-pi * step / 12 for step in range(1, 12)]
        return [
            (centre[0] + dx * cos(t) - dy * sin(t), centre[1] + dx * sin(t) + dy * cos(t))
            for t in turns
        ]

    return [*one, *cap(line[-1], one[-1]), *reversed(other), *cap(line[0], other[0])]


def moved(shape: Shape, x: float, y: float, scale: float = 1, flip: bool = False) -> Shape:
    """A shape elsewhere, in another size, or looking the other way."""
    return [(x + px * (-scale if flip else scale), y + py * scale) for px, py in shape]


def plan(x: float, y: float, turn: float) -> Seen:
    """Where a spot on a desk, at a height above it, is seen from an angle."""
    c, s = cos(radians(turn)), sin(radians(turn))
    return lambda px, py, pz: (x + px * c - py * s, y + (px * s + py * c) * 0.52 - pz)


def depth(x: float, y: float) -> Seen:
    """Where a spot of the picture's plane is seen when it is further away, towards (x, y)."""
    return lambda px, py, far: (x + (px - x) / far, y + (py - y) / far)


def wall(far: Seen, x: float, high: float, low: float, near: float, away: float) -> Shape:
    """A part of a wall that runs away from the eye."""
    return [far(x, high, near), far(x, high, away), far(x, low, away), far(x, low, near)]


def level(far: Seen, y: float, left: float, right: float, near: float, away: float) -> Shape:
    """A part of a floor or a ceiling that runs away from the eye."""
    return [far(left, y, near), far(right, y, near), far(right, y, away), far(left, y, away)]


def turned(shape: Shape, x: float, y: float, angle: float) -> Shape:
    """A shape turned about a point, in degrees clockwise."""
    c, s = cos(radians(angle)), sin(radians(angle))
    return [(x + (px - x) * c - (py - y) * s, y + (px - x) * s + (py - y) * c) for px, py in shape]


def panel_report() -> Sheet:
    """A stack of bound reports on a desk, in the light of a window."""
    art = sheet(720, 480, Fade("#a9c4c0", "#cfdeda"))
    for left in (92, 262):
        pane = [(left, 0), (left + 140, 0), (left + 40, 236), (left - 100, 236)]
        art.fill(pane, Fade("#f3efdc90", "#f3efdc40"), blur=2)
    art.fill(box(0, 222, 720, 232), Fade("#7fa5a300", "#5f878830"))
    art.fill(box(0, 232, 720, 480), Fade("#d9c5a2", "#ead9bb"))
    art.fill(box(0, 232, 720, 236), "#f0e3c9")
    stack = [
        (0, -28.0, 34, NAVY, "#162538", "#2f4a66"),
        (34, -34.0, 24, "#b9803a", "#9c6a2c", OCHRE),
        (58, -26.0, 38, PINE, "#1b3f48", TEAL),
        (96, -31.0, 30, "#27415b", "#1b3046", "#39597a"),
    ]
    a, b = 128, 176
    x, y = 336, 344
    for blur, clear in ((22, "55"), (7, "60")):
        spot = plan(x, y + 4, -28)
        shade = [spot(-a - 14, -b, 0), spot(a, -b, 0), spot(a + 4, b, 0), spot(-a - 14, b + 6, 0)]
        art.fill(shade, "#6b5334" + clear, blur=blur)
    for number, (base, turn, high, cover, spine, top) in enumerate(stack):
        spot = plan(x, y - base, turn)
        lid = [spot(-a, b, high), spot(a, b, high), spot(a, -b, high), spot(-a, -b, high)]
        art.fill([spot(-a, b, 0), spot(a, b, 0), lid[1], lid[0]], cover)
        inner = [(-a + 3, 4), (a - 3, 4), (a - 3, high - 4), (-a + 3, high - 4)]
        pages = [spot(px, b, pz) for px, pz in inner]
        art.fill(pages, Fade("#f4ecdb", "#d9cbb0", across=True))
        for leaf in range(8, high - 5, 5):
            art.fill(stroke([spot(-a + 3, b, leaf), spot(a - 3, b, leaf)], 0.7), "#a9977955")
        art.fill([spot(-a, -b, 0), spot(-a, b, 0), lid[0], lid[3]], Fade(spine, cover, across=True))
        art.fill(lid, Fade(top, cover, across=True))
        if number + 1 < len(stack):
            above = plan(x, y - base - high, stack[number + 1][1] - 2)
            shade = [above(-a, b, 0), above(a, b, 0), above(a, -b, 0), above(-a, -b, 0)]
            art.fill(shade, "#0b141e70", blur=5, within=lid)
        for loop in range(-b + 14, b - 6, 15):
            ring = [(-a + 9, high), (-a + 3, high + 3), (-a, high - 13)]
            wire = curve([spot(px, loop, pz) for px, pz in ring], closed=False)
            art.fill(stroke(wire, 3), "#d8dfdd")
        if number in (0, 2):
            for tab, paint in ((16, "#c9704f"), (50, OCHRE), (84, SAGE)):
                flag = [(tab, b), (tab + 22, b), (tab + 22, b + 20), (tab, b + 20)]
                art.fill([spot(px, py, high - 15) for px, py in flag], "#5b4a3050", blur=1.5)
                art.fill([spot(px, py, high - 11) for px, py in flag], paint)
    spot = plan(x, y - 96, -31)

    def plate(left: float, near: float, right: float, far: float) -> Shape:
        corners = ((left, far), (right, far), (right, near), (left, near))
        return [spot(px, py, 30) for px, py in corners]

    art.fill(plate(-58, -118, 92, -24), PAPER)
    art.fill(plate(-38, -98, 72, -85), SLATE)
    art.fill(plate(-38, -72, 40, -64), SAGE)
    art.fill(plate(-38, -54, 56, -46), SAGE)
    art.fill(plate(-58, 98, 92, 108), OCHRE)
    pen = [(598.0, 424.0), (676.0, 330.0)]
    art.fill(stroke(moved(pen, 3, 7), 10), "#6b533466", blur=4)
    art.fill(stroke([(592, 431), (600, 421)], 4), "#d8dfdd")
    art.fill(stroke(pen, 11), Fade(TEAL, PINE))
    art.fill(stroke([(664, 344.5), (677, 329)], 11), NAVY)
    art.fill(stroke([(600, 418), (662, 343)], 2), "#ffffff40")
    return art


def family_home() -> Sheet:
    """A terrace at dusk; one window of the house in its middle is lit."""
    art = sheet(720, 480, Fade("#3f6478", "#f0cf98"))
    art.fill(box(0, 0, 720, 116), Fade("#3f6276", "#e9c99a"))
    art.fill(oval(520, 122, 330, 46), "#f9dca8a0", blur=30)
    for left, top, right in ((40, 26, 190), (96, 42, 300), (520, 18, 640), (560, 32, 760)):
        art.fill(box(left, top, right, top + 7, 3.5), "#f0dcb830", blur=1)
    walls = [("#40566a", "#33475a"), ("#4b6072", "#3a4d60"), ("#3f5568", "#32465a")]
    for house, left in enumerate((-232, 2, 236, 470, 704)):
        right = left + 234
        first, last = walls[house % 3]
        # The roof, then the chimney on the wall between two houses.
        art.fill([(left, 196), (left, 112), (right, 112), (right, 196)], Fade("#2a4056", "#22364a"))
        for row in range(124, 192, 12):
            art.fill(box(left, row, right, row + 1), "#16263652")
        art.fill(box(left, 108, right, 114), "#1a2c3e")
        art.fill(box(left, 196, right, 420), Fade(first, last))
        art.fill(box(left, 190, right, 199), "#1a2c3e")
        art.fill(box(left, 199, right, 212), Fade("#0f1c2a60", "#0f1c2a00"))
        art.fill(box(left - 1, 199, left + 1, 420), "#1a2c3e60")
    for left in (2, 236, 470, 704):
        art.fill(box(left - 24, 66, left + 24, 140), Fade("#33485c", "#4c5a66", across=True))
        art.fill(box(left - 28, 62, left + 28, 70), "#1f3245")
        for pot in (-18, -4, 10):
            art.fill(box(left + pot, 46, left + pot + 9, 63), "#6b5a52")
            art.fill(box(left + pot - 1, 44, left + pot + 10, 48), "#574a46")
        art.fill(box(left - 28, 132, left + 28, 140), "#1a2c3e")

    def sash(
        left: float, top: float, width: float, height: float, lit: bool = False, bars: bool = True
    ) -> None:
        art.fill(box(left - 7, top + height, left + width + 7, top + height + 7), "#8796a0")
        art.fill(box(left - 5, top - 9, left + width + 5, top - 1), "#63758380")
        art.fill(box(left - 3, top - 1, left + width + 3, top + height), "#8796a0")
        glass = box(left, top + 2, left + width, top + height - 1)
        if lit:
            art.fill(glass, Fade("#fbe6ae", "#eebf66"))
            for side in (1, -1):
                edge = left if side == 1 else left + width
                drape = [
                    (edge, top + 2),
                    (edge + side * width * 0.36, top + 2),
                    (edge + side * width * 0.24, top + height * 0.5),
                    (edge + side * width * 0.13, top + height - 1),
                    (edge, top + height - 1),
                ]
                art.fill(drape, "#d99a4a99")
        else:
            art.fill(glass, Fade("#22384d", "#2e4a60"))
            sheen = [
                (left, top + height * 0.6),
                (left + width * 0.7, top + 2),
                (left + width, top + 2),
                (left, top + height),
            ]
            art.fill(sheen, "#8fb0b61c", within=glass)
        bar = "#f6e9c8" if lit else "#8796a0"
        art.fill(box(left, top + height / 2 - 1.5, left + width, top + height / 2 + 1.5), bar)
        if bars:
            art.fill(box(left + width / 2 - 1, top, left + width / 2 + 1, top + height), bar)

    doors = {-232: "#2b4260", 2: "#5b3a4f", 236: "#2b6a70", 470: "#2b4260", 704: "#5b3a4f"}
    for left, door in doors.items():
        lit = left == 236
        if lit:
            art.fill(oval(left + 78, 254, 66, 58), "#f9cf7a90", blur=26)
        sash(left + 52, 222, 52, 66, lit)
        sash(left + 156, 222, 44, 66)
        # The bay, the door and its step.
        cover = [(left + 24, 316), (left + 34, 304), (left + 122, 304), (left + 132, 316)]
        art.fill(cover, "#22364a")
        art.fill(box(left + 28, 316, left + 128, 420), Fade("#51677a", "#40566a"))
        for pane, wide in ((35, 18), (61, 34), (103, 18)):
            sash(left + pane, 328, wide, 58, bars=wide > 20)
        art.fill(box(left + 26, 385, left + 130, 392), "#8796a0")
        art.fill(box(left + 154, 304, left + 204, 420), "#8796a0")
        art.fill(box(left + 158, 308, left + 200, 326), Fade("#22384d", "#2e4a60"))
        art.fill(box(left + 158, 329, left + 200, 420), door)
        for column in (163, 182):
            art.fill(box(left + column, 336, left + column + 13, 366, 1), "#0f1c2a38")
            art.fill(box(left + column, 374, left + column + 13, 406, 1), "#0f1c2a38")
        art.fill(oval(left + 195, 370, 2), "#e0c48a")
    art.fill(box(0, 418, 720, 480), Fade("#33465a", "#222f40"))
    for left in (-232, 2, 236, 470, 704):
        art.fill(box(left + 146, 414, left + 212, 424), "#76848c")
        for start, end in ((0, 140), (218, 234)):
            art.fill(box(left + start, 396, left + end, 436), Fade("#2c3f52", "#26384a"))
            art.fill(box(left + start - 2, 391, left + end + 2, 398), "#63747f")
    art.fill(box(0, 436, 720, 480), Fade("#53636f", "#465663"))
    art.fill(box(0, 436, 720, 439), "#71808a")
    art.fill(box(0, 462, 720, 480), "#222f3f")
    return art


def closed_door() -> Sheet:
    """A dark corridor that ends at a closed door, with light below it."""
    art = sheet(720, 480, INK)
    far = depth(390, 196)
    end = 2.5
    left, right, top, bottom = -60.0, 780.0, -120.0, 560.0
    art.fill(level(far, top, left, right, 0.8, end), Fade("#16222f", "#20323f"))
    art.fill(level(far, bottom, left, right, 0.8, end), Fade("#4c4a45", "#22262b"))
    for plank in range(-60, 790, 70):
        line = [far(plank - 1, bottom, 0.8), far(plank + 1, bottom, 0.8), far(plank, bottom, end)]
        art.fill(line, "#0f172060")
    art.fill(wall(far, left, top, bottom, 0.8, end), Fade("#1a2c3a", "#2b4854", across=True))
    art.fill(wall(far, right, top, bottom, 0.8, end), Fade("#274350", "#182937", across=True))
    for x in (left, right):
        art.fill(wall(far, x, 300, bottom, 0.8, end), "#0f1b2638")
        art.fill(wall(far, x, 292, 304, 0.8, end), "#3d5a64")
        art.fill(wall(far, x, bottom - 36, bottom, 0.8, end), "#3a5560")
        art.fill(wall(far, x, top, top + 16, 0.8, end), "#31505c")
    # A door in each wall, closed as well.
    for x, near, away in ((left, 1.25, 1.66), (right, 1.5, 1.95)):
        art.fill(wall(far, x, -4, bottom, near - 0.05, away + 0.06), "#3a5560")
        art.fill(wall(far, x, 16, bottom, near, away), "#1b2c39")
        art.fill(wall(far, x, 60, 250, near + 0.08, away - 0.09), "#14222e")
        art.fill(wall(far, x, 300, bottom - 60, near + 0.08, away - 0.09), "#14222e")
    (x0, y0), (x1, y1) = far(left, top, end), far(right, bottom, end)
    art.fill(box(x0, y0, x1, y1), Fade("#2d4b57", "#35555f"))
    art.fill(box(x0, y0, x1, y0 + 7), "#31505c")
    art.fill(box(x0, y1 - 14, x1, y1), "#41616a")
    a, b, c = 332.0, 449.0, y1
    art.fill(box(a - 12, 98, b + 12, c), "#4d6d75")
    art.fill(box(a - 12, 98, b + 12, 101), "#66868c")
    art.fill(box(a - 3, 108, b + 3, c), "#0f1820")
    art.fill(box(a, 110, b, c - 6), Fade("#1e3a47", "#2a4a55"))
    for column in (a + 13, a + 64):
        for high, low in ((124, 200), (216, 262), (278, 322)):
            art.fill(box(column, high, column + 40, low), "#152a36")
            art.fill(box(column + 2, high + 2, column + 40, low), "#24434f")
    art.fill(oval(b - 9, 246, 4.5), "#c9a35c")
    art.fill(oval(b - 10, 245, 2), "#f3dca6")
    # The light: the gap, what it throws on the floor, and a little of it in the air.
    spill = [(a, c), (b, c), (b + 150, 480), (a - 130, 480)]
    art.fill(spill, Fade("#f3cd80e6", "#f3cd8000"), blur=5, within=box(0, c, 720, 480))
    core = [(a + 4, c), (b - 4, c), (b + 46, 430), (a - 40, 430)]
    art.fill(core, Fade("#fdeab8d0", "#fdeab800"), blur=4, within=box(0, c, 720, 480))
    art.fill(oval((a + b) / 2, c, 84, 12), "#f7cf7f80", blur=9)
    art.fill(box(a, c - 6, b, c + 1), "#fff3cf")
    return art


def screen() -> Sheet:
    """A laptop in a dark room: grey tiles behind a warning triangle."""
    art = sheet(720, 480, Fade("#111c2a", "#1d3043"))
    # A window at night and a plant, hardly seen.
    art.fill(box(46, 40, 176, 250), "#24394d")
    art.fill(box(53, 47, 169, 243), Fade("#1c3248", "#33536a"))
    art.fill(box(108, 47, 113, 243), "#24394d")
    art.fill(box(53, 140, 169, 145), "#24394d")
    art.fill(box(38, 250, 184, 259), "#2a4156")
    art.fill(oval(360, 220, 250, 170), "#9fc4c84c", blur=50)
    for turn, length in ((-62, 92), (-86, 128), (-108, 112), (-130, 78), (-44, 70)):
        tip = (636 + length * cos(radians(turn)), 322 + length * sin(radians(turn)))
        mid = (636 + tip[0]) / 2, (322 + tip[1]) / 2
        wide = length * 0.15
        nx, ny = -sin(radians(turn)) * wide, cos(radians(turn)) * wide
        leaf = [(636, 322), (636, 322), (mid[0] + nx, mid[1] + ny), tip, tip]
        art.fill(curve([*leaf, (mid[0] - nx, mid[1] - ny)]), Fade("#2d5a60", "#1d3e49"))
    pot = [(606, 318), (666, 318), (658, 384), (614, 384)]
    art.fill(pot, Fade("#3b5366", "#22364a", across=True))
    art.fill(box(0, 376, 720, 480), Fade("#2b3b49", "#182431"))
    art.fill(box(0, 376, 720, 379), "#43586a")
    art.fill(oval(360, 420, 300, 30), "#a9cdd04d", blur=24)
    art.fill(oval(636, 385, 40, 5), "#0a121c80", blur=4)
    # The laptop.
    art.fill(oval(360, 426, 240, 10), "#070d15b0", blur=8)
    art.fill(box(172, 84, 548, 372, 14), "#0c141e")
    art.fill(box(173, 85, 547, 371, 13), Fade("#3d4f5e", "#26343f"))
    art.fill(box(176, 88, 544, 370, 11), "#0d151f")
    view = box(188, 100, 532, 346, 3)
    art.fill(view, Fade("#e3eae8", "#cfd9d8"))
    art.fill(box(188, 100, 532, 120), "#b5c2c3")
    for dot in (200, 212, 224):
        art.fill(oval(dot, 110, 3.2), "#8d9da1")
    art.fill(box(246, 105, 474, 115, 5), "#d5dedd")
    for row in range(3):
        for column in range(5):
            x, y = 200 + column * 65, 131 + row * 71
            shade = ("#a3b0b3", "#94a3a8", "#b1bcbd")[(row * 2 + column) % 3]
            art.fill(box(x, y, x + 58, y + 62, 4), shade)
    art.fill(view, "#dfe7e666")

    def triangle(radius: float) -> Shape:
        corners = ((360, 149, 210), (444, 294.5, 330), (276, 294.5, 90))
        return [
            point
            for x, y, start in corners
            for point in arc(x, y, radius, radius, start, start + 120)
        ]

    art.fill(triangle(22), "#2b3f4f90", blur=9)
    art.fill(triangle(18), "#c98f2c")
    art.fill(triangle(14), Fade("#ecc269", OCHRE))
    art.fill([(349, 188), (371, 188), (366, 248), (354, 248)], NAVY)
    art.fill(oval(360, 188, 11), NAVY)
    art.fill(oval(360, 248, 6), NAVY)
    art.fill(oval(360, 273, 10.5), NAVY)
    base = [(148, 372), (572, 372), (620, 414), (100, 414)]
    art.fill(base, Fade("#6f838e", "#475a68"))
    keys = [(178, 377), (542, 377), (562, 396), (158, 396)]
    art.fill(keys, "#22313e")
    for gap in (383, 389.5):
        art.fill(stroke([(168, gap), (552, gap)], 0.9), "#5d7080")
    art.fill([(310, 399), (410, 399), (415, 410), (305, 410)], "#5d7080")
    art.fill(box(100, 413, 620, 422, 4), Fade("#8798a2", "#3b4c5a"))
    # A cup.
    art.fill(oval(92, 428, 40, 6), "#0a121c90", blur=4)
    art.fill(stroke(arc(66, 394, 17, 15, 60, 300), 7), "#33495b")
    art.fill(box(68, 366, 122, 428, 9), Fade("#2a3e50", "#5d7c88", across=True))
    art.fill(oval(95, 368, 26, 5), "#1a2938")
    return art


def mask() -> Sheet:
    """An N95 respirator on a plain ground."""
    art = sheet(1072, 603, "#c7dad5")

    def tilt(shape: Shape) -> Shape:
        return turned(shape, 536, 310, -9)

    def both(half: Shape) -> Shape:
        return [*half, *((1072 - x, y) for x, y in reversed(half) if x != 536)]

    edge = [(536, 128), (574, 132), (606, 158), (656, 190), (708, 244), (732, 314), (722, 380)]
    edge += [(682, 440), (618, 478), (536, 490)]
    body = tilt(curve(both(edge)))
    shell = [(536, 142), (570, 146), (600, 170), (648, 203), (694, 252), (714, 314), (705, 374)]
    shell += [(668, 428), (610, 462), (536, 473)]
    dome = tilt(curve(both(shell)))
    over = [(356, 296), (300, 262), (274, 196), (312, 120), (410, 72), (536, 58)]
    under = [(366, 388), (322, 410), (308, 462), (350, 522), (436, 560), (536, 570)]
    upper, lower = (tilt(curve(both(half), closed=False)) for half in (over, under))
    for strap in (upper, lower):
        art.fill(stroke(moved(strap, 6, 12), 13), "#47696c60", blur=6)
    art.fill(moved(body, 14, 30), "#3f62667a", blur=22)
    art.fill(moved(body, 5, 9), "#3f626660", blur=6)
    for strap in (upper, lower):
        art.fill(stroke(strap, 13), "#d9b877")
        art.fill(stroke(strap, 4), "#e9d09c")
    art.fill(body, Fade("#f4f2ea", "#bfcac7", across=True))
    art.fill(dome, "#eef0eb")
    # The dome: shade to the right and below, light above left.
    art.fill(tilt(oval(700, 400, 140, 250)), "#7d969a78", blur=54, within=dome)
    art.fill(tilt(oval(530, 492, 200, 50)), "#7d969a60", blur=26, within=dome)
    art.fill(tilt(oval(456, 280, 84, 110)), "#ffffffd0", blur=40, within=dome)
    for drop in (0, 72):
        line = [(340, 312 + drop), (436, 336 + drop), (536, 344 + drop)]
        seam = tilt(curve(both(line), closed=False))
        art.fill(stroke(seam, 5), "#a3b4b3b8", within=dome)
        art.fill(stroke(moved(seam, 0, 4.5), 3), "#ffffffb8", within=dome)
    # The clip over the nose, and what holds the straps.
    clip = curve(both([(446, 218), (486, 192), (512, 168), (536, 161)]), closed=False)
    art.fill(stroke(moved(tilt(clip), 2, 5), 20), "#6f888c70", blur=3, within=dome)
    art.fill(stroke(tilt(clip), 19), "#8ea0a6")
    art.fill(stroke(moved(tilt(clip), 0, -1.5), 13), "#b4c1c4")
    art.fill(stroke(moved(tilt(clip), -1, -4), 3), "#dfe6e6")
    for x, y in ((354, 296), (718, 296), (364, 388), (708, 388)):
        art.fill(tilt(box(x - 13, y - 9, x + 13, y + 9, 4)), "#d9b877")
        art.fill(tilt(box(x - 8, y - 2, x + 8, y + 2, 2)), "#8b7b56")
    return art


def conversation() -> Sheet:
    """A young man and an adult who talk at a table, seen from the side."""
    art = sheet(1072, 603, Fade("#efe3cc", "#e2d0ae"))
    # The window between them.
    art.fill(box(364, 44, 708, 400), "#fbf5e6")
    art.fill(box(376, 56, 696, 388), Fade("#cfe0dc", "#f3ecd4"))
    pane = box(376, 56, 696, 388)
    art.fill(oval(420, 420, 170, 90), "#a9c4ba", within=pane)
    art.fill(oval(640, 440, 210, 120), "#93b5ae", within=pane)
    art.fill(oval(618, 124, 27), "#fbeec4", within=pane)
    art.fill(box(531, 56, 541, 388), "#fbf5e6")
    art.fill(box(376, 214, 696, 222), "#fbf5e6")
    art.fill(box(350, 400, 722, 412), "#fbf5e6")
    art.fill(box(350, 412, 722, 424), Fade("#b99f7260", "#b99f7200"))
    # The chairs.
    for left, right in ((92, 116), (956, 980)):
        art.fill(box(left, 300, right, 620, 12), Fade("#a9835a", "#7d6040"))
    face = [(-4, -60), (22, -54), (38, -36), (43, -16), (43, -4), (51, 11), (49, 17), (44, 21)]
    face += [(45, 30), (43, 38), (42, 50), (34, 59), (22, 61), (15, 72), (16, 104)]
    face += [(-50, 112), (-36, 84), (-34, 48), (-48, 18), (-51, -12), (-42, -42), (-24, -56)]
    trunk = [(16, 96), (34, 112), (50, 150), (56, 210), (54, 270), (60, 360), (60, 360)]
    trunk += [(-122, 360), (-122, 360), (-124, 260), (-114, 180), (-92, 128), (-52, 98), (-34, 88)]
    arm = [(-66, 122), (-30, 118), (-6, 150), (4, 200), (20, 250), (84, 272), (140, 284)]
    arm += [(172, 286)]
    arm += [(188, 296), (182, 306), (140, 310), (70, 312), (-4, 306), (-46, 284), (-72, 214)]
    arm += [(-80, 156)]
    hand = [(132, 282), (160, 280), (190, 288), (200, 298), (190, 307), (160, 310), (132, 310)]

    def place(shape: Shape, adult: bool) -> Shape:
        return moved(shape, 820, 164, 1.04, flip=True) if adult else moved(shape, 262, 176)

    for adult, skin, cloth in ((False, PINE, TEAL), (True, "#2a4058", NAVY)):
        art.fill(place(curve(face), adult), skin)
        art.fill(place(curve(trunk), adult), cloth)
    hood = [(-86, 128), (-74, 92), (-46, 70), (-22, 84), (6, 100), (22, 106), (20, 118), (-20, 128)]
    art.fill(place(curve(hood), False), "#4f8a8d")
    crop = [(-51, 14), (-56, -16), (-48, -48), (-22, -67), (8, -70), (34, -58), (44, -38)]
    crop += [(30, -34)]
    crop += [(14, -32), (6, -18), (2, 4), (-6, 12), (-12, -2), (-20, 0), (-22, 18), (-34, 36)]
    crop += [(-44, 28)]
    art.fill(place(curve(crop), False), "#173640")
    art.fill(place(oval(-70, -26, 24, 22), True), INK)
    tied = [(-52, 18), (-57, -16), (-48, -48), (-22, -66), (8, -68), (34, -56), (42, -34)]
    tied += [(34, -30)]
    tied += [(16, -36), (2, -20), (-6, 2), (-14, 16), (-28, 30), (-42, 30)]
    art.fill(place(curve(tied), True), INK)
    jacket = place(curve(trunk), True)
    shirt = [(-10, 80), (20, 84), (50, 104), (70, 150), (56, 176), (30, 150)]
    art.fill(place(curve(shirt), True), MIST, within=jacket)
    lapel = [(-44, 80), (-30, 82), (0, 98), (30, 136), (56, 186), (56, 196), (22, 168), (-26, 122)]
    art.fill(place(curve(lapel), True), "#2f4a68", within=jacket)
    # The table, then what lies on it.
    art.fill([(150, 462), (922, 462), (1010, 520), (62, 520)], Fade("#c79f6b", "#b98e5a"))
    art.fill(box(62, 519, 1010, 540), Fade("#94703f", "#846236"))
    art.fill(box(110, 540, 962, 603), Fade("#5b4a38", "#7d6748"))
    for adult, cloth, skin in ((False, "#45807f", PINE), (True, "#27405c", "#2a4058")):
        shade = moved(place(curve(arm), adult), 0, 9)
        art.fill(shade, "#5e452850", blur=5, within=box(62, 462, 1010, 540))
        art.fill(place(curve(hand), adult), skin)
        art.fill(place(curve([*arm[:7], (150, 296), (142, 310), *arm[11:]]), adult), cloth)
    for x, first, last in ((498, PAPER, "#cfc6b2"), (574, "#8fb3b0", "#5f8f90")):
        paint = Fade(first, last, across=True)
        art.fill(oval(x + 4, 502, 34, 6), "#5e452860", blur=3)
        side = -1 if x < 536 else 1
        art.fill(stroke(arc(x + side * 22, 476, 12, 12, 90, 90 - side * 180), 5), paint)
        art.fill(box(x - 23, 452, x + 23, 503, 8), paint)
        art.fill(oval(x, 454, 22, 5), "#4a3a2c")
    return art


def corridor() -> Sheet:
    """A hospital corridor that ends at a locked double door."""
    art = sheet(1072, 603, PALE)
    far = depth(536, 262)
    left, right, top, bottom, end = -40.0, 1112.0, -70.0, 720.0, 2.2
    art.fill(level(far, top, left, right, 0.6, end), Fade("#eef3f0", "#cfdcd8"))
    art.fill(level(far, bottom, left, right, 0.6, end), Fade("#a9bcba", "#d5dcd4"))
    art.fill(wall(far, left, top, bottom, 0.6, end), Fade("#dbe6e1", "#bdd0cb", across=True))
    art.fill(wall(far, right, top, bottom, 0.6, end), Fade("#b4c9c5", "#d3e0db", across=True))
    for near, away in ((0.8, 1.08), (1.3, 1.52), (1.76, 2.02)):
        art.fill(level(far, top, 386, 686, near - 0.02, away + 0.03), "#b3c5c1")
        art.fill(level(far, top, 400, 672, near, away), "#fffdf2")
    for x, tone in ((left, "#8db0ad"), (right, "#83a7a5")):
        art.fill(wall(far, x, 470, bottom, 0.6, end), tone)
        art.fill(wall(far, x, bottom - 40, bottom, 0.6, end), "#4f7f82")
    for x, near, away in ((left, 1.16, 1.56), (right, 1.3, 1.72)):
        art.fill(wall(far, x, 60, bottom, near - 0.05, away + 0.06), "#eef2ec")
        art.fill(wall(far, x, 82, bottom, near, away), TEAL)
        art.fill(wall(far, x, 130, 360, near + 0.06, near + 0.16), "#234a55")
        art.fill(wall(far, x, 600, bottom - 6, near + 0.01, away - 0.01), "#5d8d90")
        art.fill(wall(far, x, 404, 420, away - 0.11, away - 0.03), "#e9eeea")
    for x in (left, right):
        for near, away in ((0.6, 1.08), (1.64, 2.16)) if x == left else ((0.6, 1.22), (1.82, 2.16)):
            art.fill(wall(far, x, 452, 492, near, away), "#4b6f7438", blur=2)
            art.fill(wall(far, x, 440, 472, near, away), "#d9b877")
            art.fill(wall(far, x, 440, 450, near, away), "#ecd6a6")
    (x0, y0), (x1, y1) = far(left, top, end), far(right, bottom, end)
    art.fill(box(x0, y0, x1, y1), Fade("#cddcd7", "#dbe6e1"))
    art.fill(box(x0, 262 + 208 / end, x1, y1), "#9dbab6")
    art.fill(box(x0, y1 - 16, x1, y1), "#4f7f82")
    art.fill(box(x0, y0, x1, y0 + 26), Fade("#8ba5a350", "#8ba5a300"))
    # The doors: two leaves, a bar on each, steel below; the floor gives them back.
    echo = Fade("#2f5f6870", "#2f5f6800")
    art.fill(box(386, y1, 686, y1 + 90), echo, blur=3, within=box(0, y1, 1072, 603))
    art.fill(box(374, 150, 698, y1), "#eef2ec")
    art.fill(box(374, 150, 698, 154), "#ffffff")
    art.fill(box(388, 166, 684, y1), "#173640")
    for a, b in ((391.0, 534.5), (537.5, 681.0)):
        art.fill(box(a, 169, b, y1 - 2), Fade("#34707a", "#28586a"))
        art.fill(box(a, 430, b, y1 - 2), Fade("#a7b8ba", "#8499a0"))
        x = (a + b) / 2
        art.fill(box(x - 27, 196, x + 27, 310, 6), "#1d4450")
        glass = box(x - 22, 201, x + 22, 305, 3)
        art.fill(glass, Fade("#1a2f3f", "#2b4a59"))
        sheen = [(x - 22, 280), (x + 22, 222), (x + 22, 248), (x - 22, 305)]
        art.fill(sheen, "#9fc0c22c", within=glass)
        art.fill(box(a + 14, 368, b - 14, 382, 7), "#173640")
        art.fill(box(a + 14, 365, b - 14, 377, 6), Fade("#dde4e3", "#9fb0b3"))
    # The lock across both leaves.
    art.fill(oval(536, 344, 42), "#10262f80", blur=5)
    art.fill(oval(536, 340, 41), "#dfe5e1")
    art.fill(oval(536, 340, 36), Fade("#b4543f", "#9c4433"))
    art.fill(stroke([(525, 338), *arc(536, 328, 11, 12, 180, 360), (547, 338)], 6), PAPER)
    art.fill(box(517, 334, 555, 362, 5), PAPER)
    art.fill(oval(536, 345, 4.2), "#9c4433")
    art.fill(box(534.4, 345, 537.6, 355, 1.5), "#9c4433")
    art.fill(box(722, 292, 752, 346, 5), "#3d5863")
    art.fill(box(726, 296, 748, 312, 2), "#1b2f3a")
    art.fill(oval(737, 304, 9), "#d9644a80", blur=4)
    art.fill(oval(737, 304, 4), "#e0785d")
    for row in range(3):
        for column in range(3):
            art.fill(oval(730 + column * 7, 321 + row * 8, 2.2), "#c3d0d0")
    return art


def screening() -> Sheet:
    """A row of empty seats before the bright screen of a cinema."""
    art = sheet(1072, 603, Fade("#121d2b", "#1a2b3c"))
    art.fill(box(0, 430, 1072, 603), Fade("#1c2f40", "#0f1823"))
    art.fill(box(170, 60, 902, 440), "#bfe0de70", blur=60)
    for fold in range(6):
        for left in (fold * 27 - 10, 1055 - fold * 27):
            art.fill(box(left, 0, left + 27, 480), Fade("#1d3a48", "#2c5662", across=True))
    art.fill(box(0, 0, 160, 480), Fade("#0c151fd0", "#0c151f10", across=True))
    art.fill(box(912, 0, 1072, 480), Fade("#0c151f10", "#0c151fd0", across=True))
    art.fill(box(0, 0, 1072, 34), "#0e1722")
    art.fill(box(158, 44, 914, 438), "#0c141d")
    view = box(170, 56, 902, 426)
    art.fill(view, Fade("#f8f3e2", "#dfeae4"))
    art.fill(oval(536, 210, 300, 150), "#fffdf0c0", blur=60, within=view)
    art.fill(box(150, 438, 922, 500), Fade("#bcdcd860", "#bcdcd800"), blur=14)

    def seat(x: float, top: float, wide: float, tones: tuple[str, str, str]) -> None:
        half = wide / 2
        back = [(x - half * 0.94, top + wide * 1.5), (x - half * 0.94, top + wide * 1.5)]
        back += [(x - half, top + wide * 0.5), (x - half * 0.93, top + wide * 0.13)]
        back += [(x - half * 0.66, top + wide * 0.01), (x, top - wide * 0.02)]
        back += [(2 * x - px, py) for px, py in reversed(back[:-1])]
        shape = curve(back)
        art.fill(shape, Fade(tones[0], tones[1]))
        rim = sorted((px, py) for px, py in shape if py < top + wide * 0.42)
        art.fill(stroke(rim, wide * 0.05), Fade(tones[2], tones[2] + "00"), within=shape)
        inner = moved(shape, x * 0.16, top * 0.16 + wide * 0.05, 0.84)
        art.fill(stroke([*inner, inner[0]], wide * 0.012), "#0a121a66", within=shape)

    for number in range(-5, 6):
        seat(536 + number * 112, 384, 102, ("#33566a", "#1c3142", "#9cc4c4"))
    art.fill(box(0, 430, 1072, 603), Fade("#0c141d00", "#0c141db0"))
    for number in range(-4, 5):
        x = 536 + number * 166
        for arm in (x - 83, x + 83):
            art.fill(box(arm - 12, 540, arm + 12, 620, 8), "#0d1620")
            art.fill(box(arm - 12, 538, arm + 12, 546, 4), "#41697a")
    for number in range(-4, 5):
        seat(536 + number * 166, 452, 146, ("#274459", "#0f1b28", "#b5d6d3"))
    return art


def logo() -> Sheet:
    """The mark of a small organisation: two circles that overlap beside three rising bars."""
    art = Sheet(Image.new("RGBA", (480 * SCALE, 120 * SCALE)))
    art.fill(oval(118, 60, 52), PLUM)
    art.fill(oval(186, 60, 52), "#b9719f")
    art.fill(oval(186, 60, 52), "#4f0f3a", within=oval(118, 60, 52))
    for left, top, paint in ((272, 70, "#b9719f"), (324, 40, "#9a4880"), (376, 8, PLUM)):
        art.fill(box(left, top, left + 38, 112, 7), paint)
    return art


PICTURES: dict[str, Callable[[], Sheet]] = {
    "panel-report": panel_report,
    "family-home": family_home,
    "closed-door": closed_door,
    "screen": screen,
    "mask": mask,
    "conversation": conversation,
    "corridor": corridor,
    "screening": screening,
    "logo": logo,
}


def png(picture: Image.Image) -> bytes:
    """The bytes of a picture: in all its colours, or with a palette if that weighs too much."""
    made = BytesIO()
    picture.save(made, "PNG", optimize=True)
    if made.tell() > LIMIT:
        made = BytesIO()
        few = picture.quantize(256, kmeans=1, dither=Image.Dither.NONE)
        few.save(made, "PNG", optimize=True)
    return made.getvalue()


def main() -> None:
    """Every picture drawn, scaled down and saved."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        large = draw().image
        size = (large.width // SCALE, large.height // SCALE)
        data = png(large.resize(size, Image.Resampling.LANCZOS))
        (IMAGES / f"{name}.png").write_bytes(data)
        print(f"{name}.png: {size[0]} x {size[1]} px, {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
