"""Reading needs little more memory than the photo. Measured in a process of its own for each case."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from engine import icc

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the most memory a process ever had")

HEIGHT, WIDTH = 2400, 3200
SLACK = 8_000_000  #: bytes: code that is loaded late, the file itself, bands
READ = """
import re, sys
from pathlib import Path
from engine import photo


def most() -> int:  # bytes; what getrusage says begins with the parent's
    return 1024 * int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])


photo.read(sys.argv[1])
before = most()
taken = photo.read(sys.argv[2])
print((most() - before) / taken.pixels.nbytes)
"""


def photo_file(folder: Path, kind: str, height: int, width: int) -> Path:
    small = np.random.default_rng(0).integers(0, 256, (12, 16, 3), dtype=np.uint8)
    rgb = np.asarray(Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC))
    path = folder / f"{kind} {width}.{'tif' if '16' in kind else 'png' if kind == 'png' else 'jpg'}"
    other = icc.rgb_profile(icc.power_curve(2.2), ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), (0.3127, 0.329)))
    exif = Image.Exif()
    exif[0x0112] = 6
    if kind == "16 bits":
        tifffile.imwrite(path, rgb.astype(np.uint16) * 257, photometric="rgb")
    elif kind == "16 bits, profile":
        tifffile.imwrite(path, rgb.astype(np.uint16) * 257, photometric="rgb", iccprofile=other)
    elif kind == "turned":
        Image.fromarray(rgb).save(path, exif=exif.tobytes())
    elif kind == "profile":
        Image.fromarray(rgb).save(path, icc_profile=other)
    else:
        Image.fromarray(rgb).save(path)
    return path


@pytest.mark.parametrize("kind", ["jpeg", "turned", "profile", "png", "16 bits", "16 bits, profile"])
def test_reading_takes_two_and_a_half_times_the_pixels(tmp_path: Path, kind: str) -> None:
    small, large = photo_file(tmp_path, kind, 48, 64), photo_file(tmp_path, kind, HEIGHT, WIDTH)
    done = subprocess.run([sys.executable, "-c", READ, small, large], capture_output=True, text=True, check=True)
    size = HEIGHT * WIDTH * 3 * (2 if "16" in kind else 1)
    assert float(done.stdout) <= 2.5 + SLACK / size
