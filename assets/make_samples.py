"""``python -m assets.make_samples``: the sample pictures, made again from nothing but this file and our own models.

`old-photos`: three scenes drawn with numpy and then treated as time treats prints, with the damage, the grain and
the compression that `engine.training.degrade` and `engine.training.marks` use for training. `drawn`: faces of the
model cartoon-faces with their recipes. `fruit`: a folder of the model fruit, with one picture that does not belong
and one that is there twice. The same program draws the same pictures.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFilter

from engine.training.degrade import Draw, noise
from engine.training.marks import marks

SAMPLES = Path(__file__).resolve().parent / "samples"
WIDTH, HEIGHT = 720, 540
#: Scenes are drawn at so many times their size and averaged down.
FINER = 2
FACES, FRUITS, ODD = (3, 13, 16), 27, 11

Picture = np.ndarray  # [H, W, 3] of light in [0, 1]


def clouds(height: int, width: int, random: np.random.Generator, coarsest: int = 4, octaves: int = 7) -> np.ndarray:
    """Smooth noise of many sizes, [height, width] in [0, 1]: sums of ever finer lattices, each half as strong."""
    total, strength = np.zeros((height, width), np.float32), 1.0
    for octave in range(octaves):
        cells = coarsest * 2**octave
        lattice = Image.fromarray(random.random((cells + 1, max(cells * width // height, 1) + 1)).astype(np.float32))
        total += strength * np.asarray(lattice.resize((width, height), Image.Resampling.BICUBIC))
        strength /= 2
    return (total - total.min()) / (total.max() - total.min())


def ridge(width: int, random: np.random.Generator, rough: float) -> np.ndarray:
    """A skyline, [width] in [0, 1]: midpoints are moved, by less and less."""
    points = random.random(3)
    step = 0.5
    while len(points) < width:
        middles = (points[:-1] + points[1:]) / 2 + step * (random.random(len(points) - 1) - 0.5)
        points = np.insert(points, np.arange(1, len(points)), middles)
        step *= rough
    line = np.interp(np.linspace(0, len(points) - 1, width), np.arange(len(points)), points)
    return (line - line.min()) / (line.max() - line.min())


def mixed(below: Picture, above: Picture | tuple, share: np.ndarray) -> Picture:
    return below + (np.asarray(above, np.float32) - below) * share[..., None]


def sky(height: int, width: int, top: tuple, low: tuple, cloud: float, random: np.random.Generator) -> Picture:
    fall = np.linspace(0, 1, height, dtype=np.float32)[:, None] ** 0.8
    colour = np.asarray(top, np.float32) + (np.asarray(low, np.float32) - np.asarray(top)) * fall[..., None]
    ground = np.broadcast_to(colour, (height, width, 3))
    wisps = np.clip((clouds(height, width, random, 3) - 0.45) * 3, 0, 1) * cloud
    return mixed(ground, (0.97, 0.93, 0.88), wisps * (0.4 + 0.6 * (1 - fall)))


def hills(
    scene: Picture,
    base: float,
    rise: float,
    colour: tuple,
    rough: float,
    random: np.random.Generator,
    snow: float = 0.0,
) -> None:
    """A range of hills over the scene, lit from the left; ``snow``: how far down it lies, as a share of the picture."""
    height, width = scene.shape[:2]
    top = (base - rise * ridge(width, random, rough)) * height
    rows = np.arange(height, dtype=np.float32)[:, None]
    inside = np.clip(rows - top, 0, 1)
    relief = clouds(height, width, random, 9, 7)
    light = 1 + np.clip(26 * np.gradient(relief, axis=1) + 0.4 * (relief - 0.5), -0.45, 0.45)
    ground = np.asarray(colour, np.float32) * light[..., None]
    if snow:
        lies = np.clip(1.6 - (rows - top) / (snow * height) - 1.4 * relief, 0, 1)
        ground = mixed(ground, np.asarray((0.95, 0.96, 0.98), np.float32) * (0.55 + 0.45 * light[..., None]), lies)
    scene[:] = mixed(scene, ground, inside)


def water(scene: Picture, shore: float, random: np.random.Generator) -> None:
    """What is above the shore, upside down in moving water."""
    height, width = scene.shape[:2]
    line = int(shore * height)
    depth = height - line
    rows = np.arange(depth)
    waves = clouds(depth, width, random, 8, 6) - 0.5
    lift = np.clip(line - 1 - rows[:, None] * 0.9 - waves * 26 * (rows[:, None] / depth + 0.15), 0, line - 1)
    columns = np.clip(np.arange(width) + waves * 14, 0, width - 1)
    mirrored = scene[lift.astype(int), columns.astype(int)]
    dark = 0.62 + 0.2 * waves[..., None]
    scene[line:] = mirrored * dark + np.asarray((0.02, 0.05, 0.07), np.float32)


def trees(scene: Picture, ground: float, count: int, tall: float, random: np.random.Generator) -> None:
    """Firs along a shore: a trunk and tiers of ragged branches."""
    height, width = scene.shape[:2]
    sheet = Image.fromarray((scene.clip(0, 1) * 255).astype(np.uint8))
    pencil = ImageDraw.Draw(sheet)
    for _ in range(count):
        x, foot = random.random() * width, (ground + 0.02 * random.standard_normal()) * height
        size = tall * height * (0.5 + 0.7 * random.random())
        shade = 0.6 + 0.5 * random.random()
        for tier in np.linspace(0, 1, int(10 + size / 12)):
            half = size * 0.2 * (tier + 0.04) * (0.75 + 0.5 * random.random())
            y = foot - size * (1 - tier)
            colour = tuple(int(255 * c * shade * (0.75 + 0.5 * random.random())) for c in (0.13, 0.22, 0.13))
            drop = size * 0.08
            pencil.polygon(
                [(x - half, y + drop), (x, y - drop), (x + half, y + drop), (x, y + drop * 0.4)], fill=colour
            )
    scene[:] = np.asarray(sheet, np.float32) / 255


def lake(random: np.random.Generator) -> Picture:
    """Mountains over a lake."""
    height, width = HEIGHT * FINER, WIDTH * FINER
    scene = sky(height, width, (0.42, 0.6, 0.82), (0.93, 0.88, 0.8), 0.8, random).copy()
    hills(scene, 0.52, 0.4, (0.5, 0.53, 0.6), 0.56, random, snow=0.16)
    hills(scene, 0.56, 0.2, (0.36, 0.43, 0.42), 0.55, random)
    hills(scene, 0.6, 0.1, (0.26, 0.33, 0.24), 0.5, random)
    trees(scene, 0.61, 90, 0.1, random)
    water(scene, 0.62, random)
    trees(scene, 1.04, 16, 0.46, random)
    return scene


def harbour(random: np.random.Generator) -> Picture:
    """A lighthouse, boats and an evening sky."""
    height, width = HEIGHT * FINER, WIDTH * FINER
    scene = sky(height, width, (0.3, 0.36, 0.58), (0.98, 0.72, 0.48), 0.9, random).copy()
    hills(scene, 0.63, 0.1, (0.35, 0.33, 0.42), 0.5, random)
    sheet = Image.fromarray((scene.clip(0, 1) * 255).astype(np.uint8))
    pencil = ImageDraw.Draw(sheet)
    x, foot, top = width * 0.74, height * 0.62, height * 0.16
    pencil.polygon(
        [(x - 150, foot + 12), (x - 90, foot - 36), (x + 100, foot - 42), (x + 190, foot + 12)], fill=(88, 78, 72)
    )
    for band in range(6):  # red and white, narrower towards the lamp, lit from the left
        y0, y1 = (foot - 30 + (top - foot + 30) * (band + d) / 6 for d in (0, 1))
        w0, w1 = (44 - 20 * (band + d) / 6 for d in (0, 1))
        for strip in range(12):
            a, b = strip / 12 * 2 - 1, (strip + 1) / 12 * 2 - 1
            light = 0.55 + 0.45 * np.sqrt(max(1 - (a + 0.45) ** 2, 0))
            tone = np.asarray((235, 228, 214) if band % 2 else (186, 58, 46)) * light
            pencil.polygon(
                [(x + w0 * a, y0), (x + w1 * a, y1), (x + w1 * b, y1), (x + w0 * b, y0)], fill=tuple(tone.astype(int))
            )
    pencil.rectangle((x - 34, top - 8, x + 34, top), fill=(50, 46, 48))
    pencil.rectangle((x - 18, top - 46, x + 18, top - 8), fill=(255, 236, 178))
    for post in (-18, -6, 6, 18):
        pencil.line((x + post, top - 46, x + post, top - 8), fill=(60, 52, 50), width=3)
    pencil.pieslice((x - 26, top - 74, x + 26, top - 22), 180, 360, fill=(150, 44, 36))
    for _ in range(7):  # houses at the foot of the hills
        at, w, h = width * (0.06 + 0.5 * random.random()), 50 + 40 * random.random(), 34 + 26 * random.random()
        wall = np.asarray((214, 190, 160)) * (0.7 + 0.3 * random.random())
        ground = foot + 6
        pencil.rectangle((at, ground - h, at + w, ground), fill=tuple(wall.astype(int)))
        pencil.polygon(
            [(at - 6, ground - h), (at + w / 2, ground - h - 30), (at + w + 6, ground - h)], fill=(120, 62, 48)
        )
        for window in range(2):
            left = at + 10 + window * (w / 2 - 4)
            pencil.rectangle((left, ground - h + 10, left + 12, ground - h + 24), fill=(252, 214, 128))
    scene = np.asarray(sheet, np.float32) / 255
    water(scene, 0.63, random)
    sheet = Image.fromarray((scene.clip(0, 1) * 255).astype(np.uint8))
    pencil = ImageDraw.Draw(sheet)
    for at, y, size in ((0.2, 0.82, 1.6), (0.47, 0.73, 0.9), (0.6, 0.9, 2.0)):
        bx, by = width * at, height * y
        hull = [(bx - 70 * size, by - 14 * size), (bx + 76 * size, by - 18 * size), (bx + 50 * size, by + 12 * size)]
        pencil.polygon([*hull, (bx - 52 * size, by + 12 * size)], fill=(64, 50, 58))
        pencil.line(
            (bx - 68 * size, by - 13 * size, bx + 74 * size, by - 17 * size), fill=(214, 196, 176), width=int(5 * size)
        )
        pencil.line((bx, by - 16 * size, bx, by - 150 * size), fill=(70, 54, 50), width=int(4 * size))
        sail = [(bx + 5 * size, by - 146 * size), (bx + 66 * size, by - 32 * size), (bx + 5 * size, by - 28 * size)]
        pencil.polygon(sail, fill=(236, 220, 196))
        for seam in range(1, 5):
            y0 = by + (-146 + 25 * seam) * size
            pencil.line((bx + 5 * size, y0, bx + 5 * size + 13 * seam * size, y0 + 2), fill=(206, 186, 162), width=2)
    return np.asarray(sheet, np.float32) / 255


def orchard(random: np.random.Generator) -> Picture:
    """A meadow with flowers, a tree, a house behind."""
    height, width = HEIGHT * FINER, WIDTH * FINER
    scene = sky(height, width, (0.46, 0.66, 0.9), (0.88, 0.92, 0.95), 1.0, random).copy()
    hills(scene, 0.6, 0.16, (0.42, 0.52, 0.46), 0.5, random)
    rows = np.arange(height, dtype=np.float32)[:, None] / height
    grass = clouds(height, width, random, 40, 5)
    field = np.stack([0.34 + 0.3 * grass, 0.5 + 0.32 * grass, 0.2 + 0.12 * grass], 2)
    field *= (0.75 + 0.5 * (rows - 0.55))[..., None]
    scene = mixed(scene, field, np.clip((rows - 0.56) * height / 6, 0, 1) * np.ones((1, width)))
    sheet = Image.fromarray((scene.clip(0, 1) * 255).astype(np.uint8))
    pencil = ImageDraw.Draw(sheet)
    hx, hy = width * 0.16, height * 0.6
    pencil.rectangle((hx, hy - 120, hx + 230, hy), fill=(224, 208, 184))
    for course in range(0, 120, 8):  # boards
        pencil.line((hx, hy - course, hx + 230, hy - course), fill=(196, 178, 152), width=2)
    pencil.polygon(
        [(hx - 22, hy - 118), (hx + 50, hy - 196), (hx + 200, hy - 196), (hx + 254, hy - 118)], fill=(142, 70, 54)
    )
    for tile in range(9):
        y = hy - 118 - tile * 9
        pencil.line((hx - 18 + tile * 8, y, hx + 250 - tile * 6, y), fill=(112, 52, 42), width=2)
    pencil.rectangle((hx + 168, hy - 226, hx + 194, hy - 176), fill=(122, 84, 70))
    for at in (24, 92, 164):
        pencil.rectangle(
            (hx + at, hy - 92, hx + at + 40, hy - 38), fill=(70, 86, 100), outline=(250, 246, 236), width=5
        )
        pencil.line((hx + at + 20, hy - 92, hx + at + 20, hy - 38), fill=(250, 246, 236), width=4)
    for post in range(26):  # a fence before it
        px = post * width / 25
        pencil.rectangle((px - 5, height * 0.64 - 46, px + 5, height * 0.64 + 6), fill=(206, 196, 180))
    for rail in (-34, -12):
        pencil.rectangle((0, height * 0.64 + rail, width, height * 0.64 + rail + 7), fill=(196, 186, 170))
    tx, ty = width * 0.7, height * 0.74
    pencil.polygon(
        [
            (tx - 30, ty),
            (tx - 16, ty - 190),
            (tx - 60, ty - 290),
            (tx + 20, ty - 220),
            (tx + 90, ty - 300),
            (tx + 20, ty - 160),
            (tx + 34, ty),
        ],
        fill=(84, 64, 50),
    )
    for _ in range(5200):  # leaves, the lit ones last
        angle, far = random.random() * 2 * np.pi, np.sqrt(random.random())
        lx, ly = (
            tx + 10 + 250 * far * np.cos(angle),
            ty - 370 + 185 * far * np.sin(angle) + 20 * random.standard_normal(),
        )
        lit = np.clip(0.55 - (ly - ty + 370) / 520 - (lx - tx) / 900 + 0.22 * random.standard_normal(), 0.15, 1)
        size = 5 + 6 * random.random()
        pencil.ellipse(
            (lx - size, ly - size * 0.7, lx + size, ly + size * 0.7),
            fill=tuple((np.asarray((110, 156, 62)) * (0.35 + lit)).clip(0, 255).astype(int)),
        )
    for _ in range(110):
        angle, far = random.random() * 2 * np.pi, np.sqrt(random.random())
        ax, ay = tx + 10 + 236 * far * np.cos(angle), ty - 366 + 170 * far * np.sin(angle)
        pencil.ellipse((ax - 9, ay - 9, ax + 9, ay + 9), fill=(196, 46, 38))
        pencil.ellipse((ax - 6, ay - 7, ax - 1, ay - 2), fill=(246, 170, 150))
    for _ in range(900):
        fx, fy = random.random() * width, height * (0.68 + 0.32 * random.random() ** 0.7)
        size = 1.5 + 6 * (fy / height - 0.66) / 0.34
        colour = ((240, 226, 90), (238, 238, 232), (206, 92, 120))[int(random.integers(3))]
        pencil.ellipse((fx - size, fy - size, fx + size, fy + size), fill=colour)
    return np.asarray(sheet, np.float32) / 255


def finished(scene: Picture) -> Picture:
    """The scene at its own size, with the soft edges of a lens."""
    sheet = Image.fromarray((scene.clip(0, 1) * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8 * FINER / 2))
    return np.asarray(sheet.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS), np.float32) / 255


def aged(photo: Picture, seed: int, grain: float, damage: float, tones: np.ndarray, grey: bool) -> Image.Image:
    """The photo as it is found in a drawer: ``grain`` in grey levels, ``damage`` 0..1, and ``tones`` [3, 2] the black
    and the white of each colour that are left."""
    generator = torch.Generator().manual_seed(seed)
    draw = Draw(generator, torch.device("cpu"))
    if grey:
        photo = np.repeat(photo @ np.asarray((0.299, 0.587, 0.114), np.float32)[:, None], 3, 2)
    clean = torch.from_numpy(np.ascontiguousarray(photo.transpose(2, 0, 1)))[None]
    flag = torch.tensor([True])
    old = clean + noise(clean, torch.tensor([grain / 255]), draw, grey=flag & grey, plain=~flag)
    cover = marks(3, WIDTH, generator).amax(0)[:, :HEIGHT].numpy()[0] * damage
    low, high = tones[:, 0], tones[:, 1]
    drifted = low + (high - low) * old[0].numpy().transpose(1, 2, 0).clip(0, 1) ** 0.9
    paper = (0.97, 0.96, 0.94)
    return Image.fromarray((mixed(drifted, paper, cover).clip(0, 1) * 255).round().astype(np.uint8))


def old_photos(folder: Path) -> None:
    folder.mkdir(parents=True)
    sepia = np.asarray([(0.2, 0.92), (0.15, 0.83), (0.1, 0.66)], np.float32)
    pale = np.asarray([(0.17, 0.93), (0.12, 0.84), (0.2, 0.8)], np.float32)
    plain = np.asarray([(0.0, 1.0), (0.0, 1.0), (0.0, 1.0)], np.float32)
    lake_photo = aged(finished(lake(np.random.default_rng(4))), 11, 9, 1.0, sepia, grey=True)
    lake_photo.save(folder / "1 mountain lake.jpg", quality=80, optimize=True)
    orchard_photo = aged(finished(orchard(np.random.default_rng(7))), 5, 6, 1.0, pale, grey=False)
    orchard_photo.save(folder / "2 faded orchard.jpg", quality=76, optimize=True)
    harbour_photo = aged(finished(harbour(np.random.default_rng(2))), 3, 16, 0.0, plain, grey=False)
    harbour_photo.save(folder / "3 noisy harbour.jpg", quality=26, optimize=True)


def run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "desktop", *arguments], check=True, stdout=subprocess.DEVNULL)


def drawn(folder: Path) -> None:
    """Faces with their recipes: tabs that draw go on with them."""
    for seed in FACES:
        run("generate", "--model", "cartoon-faces", "--count", "1", "--seed", str(seed), "--output", str(folder))


def fruit(folder: Path) -> None:
    """Small JPEG files, as a folder of somebody's pictures would be."""
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name:
        run("generate", "--model", "fruit", "--count", str(FRUITS), "--seed", "1", "--output", name)
        run("generate", "--model", "cartoon-faces", "--count", "1", "--seed", str(ODD), "--output", name)
        pictures = [*(Path(name) / f"fruit-{seed}.png" for seed in range(1, FRUITS + 1))]
        for number, picture in enumerate([*pictures, Path(name) / f"cartoon-faces-{ODD}.png", pictures[3]], 1):
            with Image.open(picture) as image:
                image.convert("RGB").resize((96, 96), Image.Resampling.LANCZOS).save(
                    folder / f"{number:02}.jpg", quality=88
                )


def main() -> None:
    for name, make in (("old-photos", old_photos), ("drawn", drawn), ("fruit", fruit)):
        shutil.rmtree(SAMPLES / name, ignore_errors=True)
        make(SAMPLES / name)
    size = sum(path.stat().st_size for path in SAMPLES.rglob("*.*"))
    print(f"{SAMPLES}: {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
