"""Colour spaces: profiles built here byte by byte, against conversions computed here from the standards' formulas."""

from __future__ import annotations

import io
import itertools
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms

from engine import photo
from engine.color import SRGB

D50 = (0.9642, 1.0, 0.8249)
#: [XYZ, RGB] colorants adapted to D50, as the profiles of the spaces' makers have them, in their steps of 1/65536
ADOBE = np.array([[0.60974, 0.20528, 0.14919], [0.31111, 0.62567, 0.06322], [0.01947, 0.06087, 0.74457]])
P3 = np.array([[0.51512, 0.29198, 0.15710], [0.24120, 0.69225, 0.06657], [-0.00105, 0.04189, 0.78407]])
_LCMS = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).profile
SRGB_D50 = np.array([_LCMS.red_colorant[0], _LCMS.green_colorant[0], _LCMS.blue_colorant[0]]).T
ADOBE, P3, SRGB_D50 = (np.rint(colorants * 65536) / 65536 for colorants in (ADOBE, P3, SRGB_D50))


def srgb_light(code: np.ndarray) -> np.ndarray:
    """IEC 61966-2-1."""
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def srgb_code(light: np.ndarray) -> np.ndarray:
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


# -- profiles ---------------------------------------------------------------------------------------


def s15(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(v * 65536) for v in values))


def profile(space: bytes, kind: bytes, tags: dict[bytes, bytes]) -> bytes:
    text = b"test\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78),
        b"wtpt": b"XYZ \0\0\0\0" + s15(*D50),
        b"cprt": b"text\0\0\0\0none\0",
    } | tags
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"test", 0x02400000, kind, space, b"XYZ ") + bytes(12)
    head += b"acsp" + bytes(28) + s15(*D50) + bytes(48)
    return head + struct.pack(">I", len(tags)) + table + body


def gamma_curve(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))


def srgb_curve() -> bytes:
    table = np.rint(srgb_light(np.linspace(0, 1, 1024)) * 65535).astype(">u2")
    return b"curv\0\0\0\0" + struct.pack(">I", 1024) + table.tobytes()


def matrix_profile(colorants: np.ndarray, curve: bytes) -> bytes:
    names = (b"rXYZ", b"gXYZ", b"bXYZ")
    tags = {name: b"XYZ \0\0\0\0" + s15(*column) for name, column in zip(names, colorants.T, strict=True)}
    return profile(b"RGB ", b"mntr", tags | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve))


def grey_profile(curve: bytes) -> bytes:
    return profile(b"GRAY", b"mntr", {b"kTRC": curve})


def lut16(inputs: int, outputs: int, nodes: int, table: np.ndarray, curve: np.ndarray | None = None) -> bytes:
    """lut16Type: one curve for every input, a lattice, straight outputs. ``table`` and ``curve`` in 0..65535."""
    curve = np.linspace(0, 65535, 2) if curve is None else curve
    head = b"mft2\0\0\0\0" + bytes((inputs, outputs, nodes, 0)) + s15(1, 0, 0, 0, 1, 0, 0, 0, 1)
    curves = np.concatenate([np.tile(curve, inputs), np.rint(table).ravel(), np.tile([0, 65535], outputs)])
    return head + struct.pack(">HH", len(curve), 2) + np.rint(curves).astype(">u2").tobytes()


def table_profile(two_way: bool) -> bytes:
    """Adobe RGB's colours as a lattice, as profiles of scanners are made."""
    nodes = 33
    grid = np.stack(np.meshgrid(*[np.linspace(0, 1, nodes)] * 3, indexing="ij"), axis=-1)
    tags = {b"A2B0": lut16(3, 3, nodes, (grid**2.2 @ ADOBE.T).clip(0, 1.99) * 32768)}
    if two_way:
        spread = np.linspace(0, 1, 4096) ** (1 / 2.2)  # lattice of 33 nodes over the roots of X, Y and Z up to 2
        xyz = grid**2.2 * (65535 / 32768)
        rgb = np.clip(xyz @ np.linalg.inv(ADOBE).T, 0, 1) ** (1 / 2.2)
        tags[b"B2A0"] = lut16(3, 3, nodes, rgb * 65535, spread * 65535)
    return profile(b"RGB ", b"mntr" if two_way else b"scnr", tags)


def cmyk_profile() -> bytes:
    """Ideal inks: each takes its third of the light away."""
    corners = np.array(list(itertools.product((0.0, 1.0), repeat=4)))
    light = (1 - corners[:, :3]) * (1 - corners[:, 3:])
    return profile(b"CMYK", b"prtr", {b"A2B0": lut16(4, 3, 2, (light @ SRGB_D50.T).clip(0, 1.99) * 32768)})


SPACES = {
    "Adobe RGB": (matrix_profile(ADOBE, gamma_curve(563 / 256)), ADOBE, lambda v: v ** (563 / 256), 563 / 256),
    "Display P3": (matrix_profile(P3, srgb_curve()), P3, srgb_light, None),
    "linear": (matrix_profile(SRGB_D50, b"curv\0\0\0\0" + bytes(4)), SRGB_D50, lambda v: v, 1.0),
}


def expected_srgb(space: str, codes: np.ndarray) -> np.ndarray:
    """0..1, from the formulas."""
    _, colorants, light, _ = SPACES[space]
    return srgb_code(light(codes) @ np.linalg.solve(SRGB_D50, colorants).T)


def colours(bits: int) -> np.ndarray:
    """[100, 100, 3] colours from the whole cube, with every grey among them."""
    dice = np.random.default_rng(0)
    top = 2**bits - 1
    cube = dice.integers(0, top + 1, (100, 100, 3))
    cube[:3] = np.linspace(0, top, 300).astype(int).reshape(3, 100, 1)
    return cube.astype(np.uint8 if bits == 8 else np.uint16)


def saved(folder: Path, samples: np.ndarray, icc: bytes) -> Path:
    if samples.dtype == np.uint8:
        Image.fromarray(samples).save(folder / "a.png", icc_profile=icc)
        return folder / "a.png"
    photometric = "rgb" if samples.ndim == 3 else "minisblack"
    tifffile.imwrite(folder / "a.tif", samples, photometric=photometric, iccprofile=icc)
    return folder / "a.tif"


# -- RGB --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("space", SPACES)
def test_into_srgb(tmp_path: Path, space: str, bits: int) -> None:
    source = colours(bits)
    taken = photo.read(saved(tmp_path, source, SPACES[space][0]))
    expected = expected_srgb(space, source / (2**bits - 1))
    assert taken.icc == SPACES[space][0] and taken.pixels.dtype == source.dtype
    assert np.abs(taken.pixels / (2**bits - 1) - expected).max() <= (1.1 / 255 if bits == 8 else 12 / 65535)


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("space", SPACES)
def test_an_unchanged_photo_gets_its_own_samples_back(tmp_path: Path, space: str, bits: int) -> None:
    """Even the colours and the darkest tones that sRGB cannot hold."""
    source = colours(bits)
    taken = photo.read(saved(tmp_path, source, SPACES[space][0]))
    for name in ("b.png", "b.tif"):
        target = photo.write(taken, taken.pixels, tmp_path / name)
        read = tifffile.imread(target) if name == "b.tif" else photo.read(target).source
        assert np.array_equal(read, source)
        assert photo.read(target).icc == SPACES[space][0]


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("space", SPACES)
def test_a_changed_photo_gets_the_samples_of_its_new_colours(tmp_path: Path, space: str, bits: int) -> None:
    taken = photo.read(saved(tmp_path, colours(bits), SPACES[space][0]))
    new = (colours(bits)[::-1] // 2 + 2**bits // 4).astype(taken.pixels.dtype)  # far from the old, well inside the cube
    written = tifffile.imread(photo.write(taken, new, tmp_path / "b.tif"))
    seen = expected_srgb(space, written / (2**bits - 1))  # what a viewer that knows profiles shows
    moved = np.abs(new.astype(int) - taken.pixels).max(axis=-1) > 2**bits / 16
    assert moved.mean() > 0.9
    assert np.abs(seen - new / (2**bits - 1))[moved].max() <= (5 if space == "linear" and bits == 8 else 2.2) / 255


def test_a_profile_of_srgb_by_another_maker_changes_nothing(tmp_path: Path) -> None:
    icc = matrix_profile(SRGB_D50, srgb_curve())
    for bits in (8, 16):
        taken = photo.read(saved(tmp_path, colours(bits), icc))
        assert np.array_equal(taken.pixels, colours(bits)) and taken.source is None and taken.icc == icc
        assert photo.read(photo.write(taken, taken.pixels, tmp_path / "b.png", overwrite=True)).icc == icc


@pytest.mark.parametrize("suffix", [".jpg", ".webp", ".avif"])
def test_profiles_in_formats_that_lose(tmp_path: Path, suffix: str) -> None:
    smooth = np.asarray(Image.fromarray(colours(8)[::20, ::20]).resize((96, 96), Image.Resampling.BICUBIC))
    smooth = smooth // 2 + 64
    icc = SPACES["Display P3"][0]
    taken = photo.read(saved(tmp_path, smooth, icc))
    again = photo.read(photo.write(taken, taken.pixels, tmp_path / f"b{suffix}", quality=100))
    assert again.icc == icc
    assert np.abs(again.pixels.astype(int) - taken.pixels).mean() < 3


# -- profiles made of tables ------------------------------------------------------------------------


@pytest.mark.parametrize("bits", [8, 16])
def test_a_profile_made_of_tables(tmp_path: Path, bits: int) -> None:
    icc, source = table_profile(two_way=True), colours(bits)
    taken = photo.read(saved(tmp_path, source, icc))
    difference = np.abs(taken.pixels / (2**bits - 1) - expected_srgb("Adobe RGB", source / (2**bits - 1)))
    assert np.median(difference) < 1 / 255 and np.percentile(difference, 95) < 5 / 255
    target = photo.write(taken, taken.pixels, tmp_path / "b.tif")
    assert np.array_equal(tifffile.imread(target), source) and photo.read(target).icc == icc


@pytest.mark.parametrize("bits", [8, 16])
def test_a_profile_that_leads_one_way_is_replaced_by_srgb(tmp_path: Path, bits: int) -> None:
    source = colours(bits)
    taken = photo.read(saved(tmp_path, source, table_profile(two_way=False)))
    difference = np.abs(taken.pixels / (2**bits - 1) - expected_srgb("Adobe RGB", source / (2**bits - 1)))
    assert np.median(difference) < 1 / 255
    again = photo.read(photo.write(taken, taken.pixels, tmp_path / "b.png", overwrite=True))
    assert again.icc == taken.icc == SRGB and np.array_equal(again.pixels, taken.pixels)


# -- grey -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bits", [8, 16])
def test_grey(tmp_path: Path, bits: int) -> None:
    source, icc, top = colours(bits)[..., 0], grey_profile(gamma_curve(1.75)), 2**bits - 1
    taken = photo.read(saved(tmp_path, source, icc))
    assert taken.grey
    assert np.abs(taken.pixels[..., 1] / top - srgb_code((source / top) ** 1.75)).max() < 1.5 / 255
    for name in ("b.tif", "b.png"):
        target = photo.write(taken, taken.pixels, tmp_path / name)
        assert photo.read(target).icc == icc and photo.read(target).grey
    assert np.array_equal(tifffile.imread(tmp_path / "b.tif"), source)
    coloured = photo.read(photo.write(taken, taken.pixels, tmp_path / "b.webp", quality=100))
    assert coloured.icc is None
    assert np.abs(coloured.pixels.astype(int) - np.rint(taken.pixels / (257 if bits == 16 else 1))).max() <= 1


def test_grey_with_a_profile_for_colour(tmp_path: Path) -> None:
    source, (icc, _, light, _) = colours(8)[..., 0], SPACES["Adobe RGB"]
    taken = photo.read(saved(tmp_path, source, icc))
    assert taken.grey and np.abs(taken.pixels[..., 0] / 255 - srgb_code(light(source / 255))).max() < 1.5 / 255
    target = photo.write(taken, taken.pixels, tmp_path / "b.png")
    assert np.array_equal(np.asarray(Image.open(target)), source)


def test_a_grey_result_stays_exact(tmp_path: Path) -> None:
    ramp = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    tifffile.imwrite(tmp_path / "a.tif", ramp, photometric="minisblack")
    taken = photo.read(tmp_path / "a.tif")
    assert np.array_equal(tifffile.imread(photo.write(taken, taken.pixels, tmp_path / "b.tif")), ramp)


# -- other spaces, and none -------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".tif", ".jpg"])
def test_cmyk_with_a_profile(tmp_path: Path, suffix: str) -> None:
    inks = np.array(list(itertools.product((0, 255), repeat=4)), np.uint8).repeat(16, axis=0).reshape(16, 16, 4)
    inks = inks.repeat(16, axis=0)
    image = Image.frombytes("CMYK", (16, 256), inks.tobytes())
    image.save(tmp_path / f"a{suffix}", icc_profile=cmyk_profile(), **({"quality": 100} if suffix == ".jpg" else {}))
    taken = photo.read(tmp_path / f"a{suffix}")
    light = (1 - inks[..., :3] / 255) * (1 - inks[..., 3:] / 255)
    assert np.abs(taken.pixels - np.rint(srgb_code(light) * 255)).mean() < (1 if suffix == ".tif" else 4)
    assert taken.icc == SRGB
    assert photo.read(photo.write(taken, taken.pixels, tmp_path / "b.png")).icc == SRGB


@pytest.mark.parametrize("icc", [
    b"not a profile", SPACES["Adobe RGB"][0][:300], cmyk_profile(), grey_profile(gamma_curve(1.8)),
    matrix_profile(np.zeros((3, 3)), gamma_curve(2.2)), matrix_profile(ADOBE, b"curv\0\0\0\0\xff\xff\xff\xff"),
])  # fmt: skip
@pytest.mark.parametrize("bits", [8, 16])
def test_profiles_that_are_damaged_or_do_not_fit(tmp_path: Path, icc: bytes, bits: int) -> None:
    taken = photo.read(saved(tmp_path, colours(bits), icc))
    assert np.array_equal(taken.pixels, colours(bits)) and taken.icc is None
    assert photo.write(taken, taken.pixels, tmp_path / "b.png")


@pytest.mark.parametrize("grey", [False, True])
def test_gamma_chunks_of_png(tmp_path: Path, grey: bool) -> None:
    """A PNG without a profile may say its gamma in a chunk, here that of old Macintosh computers."""
    samples = colours(8)[..., 0] if grey else colours(8)
    buffer = io.BytesIO()
    Image.fromarray(samples).save(buffer, "PNG")
    whole, data = buffer.getvalue(), b"gAMA" + struct.pack(">I", 55556)
    gamma = struct.pack(">I", 4) + data + struct.pack(">I", zlib.crc32(data))
    (tmp_path / "a.png").write_bytes(whole[:33] + gamma + whole[33:])
    taken = photo.read(tmp_path / "a.png")
    expected = srgb_code((samples / 255) ** (1 / 0.55556))
    assert np.abs((taken.pixels[..., 0] if grey else taken.pixels) / 255 - expected).max() < 1.5 / 255
    target = photo.write(taken, taken.pixels, tmp_path / "b.png")
    assert np.array_equal(np.asarray(Image.open(target)), samples)
    assert taken.icc is not None and ImageCms.ImageCmsProfile(io.BytesIO(taken.icc)).profile.version >= 4
