from __future__ import annotations

import errno
import io
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.animate import SUFFIXES, contact_sheet, moments, save
from engine.errors import Cancelled, PhotoError
from engine.metrics import psnr

COUNT = 7


@pytest.fixture
def frames(picture: np.ndarray) -> list[np.ndarray]:
    """A picture that scrolls."""
    return [np.roll(picture, 5 * i, axis=1) for i in range(COUNT)]


def played(path: Path) -> list[np.ndarray]:
    """The frames of a file or folder as a player shows them."""
    if path.is_dir():
        return [np.asarray(Image.open(file)) for file in sorted(path.iterdir())]
    if path.suffix == ".mp4":
        av = pytest.importorskip("av")
        with av.open(str(path)) as container:
            return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    with Image.open(path) as image:
        found = []
        for number in range(image.n_frames):
            image.seek(number)
            found.append(np.asarray(image.convert("RGB")))
        return found


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- what comes out ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "least"), [("a.gif", 27), ("a.webp", 30), ("a.mp4", 27), ("a", 99)])
def test_every_format_shows_the_frames(tmp_path: Path, frames: list[np.ndarray], name: str, least: float) -> None:
    if name.endswith("mp4"):
        pytest.importorskip("av")
    seen: list[int] = []
    assert save(iter(frames), tmp_path / name, on_frame=seen.append) == tmp_path / name
    shown = played(tmp_path / name)
    assert len(shown) == COUNT
    assert min(psnr(a, b) for a, b in zip(shown, frames, strict=True)) > least
    assert seen == list(range(1, COUNT + 1))
    assert left_behind(tmp_path) == [name]


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_animations_repeat_at_the_pace_asked_for(tmp_path: Path, frames: list[np.ndarray], suffix: str) -> None:
    save(frames, tmp_path / f"a{suffix}", fps=20)
    with Image.open(tmp_path / f"a{suffix}") as image:
        assert image.info["loop"] == 0
        image.seek(1)
        image.load()
        assert image.info["duration"] == 50


def test_an_mp4_plays_everywhere(tmp_path: Path, picture: np.ndarray) -> None:
    av = pytest.importorskip("av")
    odd = picture[:95, :135]
    save([odd] * 4, tmp_path / "a.mp4", fps=12.5)
    with av.open(str(tmp_path / "a.mp4")) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert (stream.height, stream.width) == (96, 136)
        assert float(stream.average_rate) == pytest.approx(12.5)


def test_a_gif_has_colours_of_its_own_for_each_frame(tmp_path: Path) -> None:
    ramp = np.linspace(0, 255, 256).astype(np.uint8)
    colours = []
    for channel in range(3):
        frame = np.zeros((64, 256, 3), dtype=np.uint8)
        frame[..., channel] = ramp
        colours.append(frame)
    save(colours, tmp_path / "a.gif")
    assert min(psnr(a, b) for a, b in zip(played(tmp_path / "a.gif"), colours, strict=True)) > 35


def test_a_single_frame_is_an_animation_too(tmp_path: Path, picture: np.ndarray) -> None:
    for name in ("a.gif", "a.webp", "a"):
        save([picture], tmp_path / name)
        assert len(played(tmp_path / name)) == 1


def test_frames_are_numbered_in_order(tmp_path: Path, frames: list[np.ndarray]) -> None:
    (tmp_path / "walk").mkdir()  # an empty folder is no obstacle
    save(frames, tmp_path / "walk")
    assert left_behind(tmp_path / "walk") == [f"{n:04}.png" for n in range(1, COUNT + 1)]


# -- what is refused, and what is left then ---------------------------------------------------------


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a"])
def test_nothing_is_left_of_a_cancelled_export(tmp_path: Path, frames: list[np.ndarray], name: str) -> None:
    seen: list[int] = []
    with pytest.raises(Cancelled):
        save(frames, tmp_path / name, on_frame=seen.append, cancelled=lambda: len(seen) == 3)
    assert seen == [1, 2, 3]
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize("name", ["a.gif", "a"])
def test_an_error_while_drawing_is_not_hidden(tmp_path: Path, picture: np.ndarray, name: str) -> None:
    def broken():
        yield picture
        raise RuntimeError("the model failed")

    with pytest.raises(RuntimeError, match="the model failed"):
        save(broken(), tmp_path / name)
    assert left_behind(tmp_path) == []


def test_an_existing_file_stays_unless_it_may_go(tmp_path: Path, frames: list[np.ndarray]) -> None:
    target = tmp_path / "a.gif"
    target.write_bytes(b"precious")

    def never():
        raise AssertionError("a frame was asked for")
        yield

    with pytest.raises(PhotoError, match=r"a\.gif: it already exists"):
        save(never(), target)
    assert target.read_bytes() == b"precious"
    save(frames, target, overwrite=True)
    assert len(played(target)) == COUNT


def test_a_folder_with_files_is_never_replaced(tmp_path: Path, frames: list[np.ndarray]) -> None:
    (tmp_path / "walk").mkdir()
    (tmp_path / "walk" / "diary.txt").write_text("precious")
    for overwrite in (False, True):
        with pytest.raises(PhotoError, match="has files in it"):
            save(frames, tmp_path / "walk", overwrite=overwrite)
    assert left_behind(tmp_path / "walk") == ["diary.txt"]
    assert left_behind(tmp_path) == ["walk"]


@pytest.mark.parametrize("name", ["nowhere/a.gif", "nowhere/a"])
def test_a_missing_folder_is_named(tmp_path: Path, frames: list[np.ndarray], name: str) -> None:
    with pytest.raises(PhotoError, match="its folder does not exist"):
        save(frames, tmp_path / name)


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a"])
def test_a_full_disk_is_said_and_leaves_nothing(
    tmp_path: Path, frames: list[np.ndarray], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    class Full(io.FileIO):
        def write(self, data) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def open_full(path: Path, mode: str = "r", *rest, **more):
        return Full(path, "x") if mode == "xb" else opened(path, mode, *rest, **more)

    monkeypatch.setattr(Path, "open", open_full)
    with pytest.raises(PhotoError, match="the disk is full"):
        save(frames, tmp_path / name)
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a"])
def test_no_frames_are_no_animation(tmp_path: Path, name: str) -> None:
    with pytest.raises(PhotoError, match="no frames"):
        save([], tmp_path / name)
    assert left_behind(tmp_path) == []


def test_other_formats_are_refused(tmp_path: Path, frames: list[np.ndarray]) -> None:
    with pytest.raises(PhotoError, match=r"a\.avi: animations are saved as .*not as '\.avi'") as error:
        save(frames, tmp_path / "a.avi")
    assert all(suffix in str(error.value) for suffix in SUFFIXES)


def test_mp4_says_what_it_needs(tmp_path: Path, frames: list[np.ndarray], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(PhotoError, match=r"a\.mp4: MP4 needs PyAV"):
        save(frames, tmp_path / "a.mp4")
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize("fps", [0, -1, 51, float("nan")])
def test_no_player_keeps_such_a_pace(tmp_path: Path, frames: list[np.ndarray], fps: float) -> None:
    with pytest.raises(ValueError, match="fps"):
        save(frames, tmp_path / "a.gif", fps=fps)


# -- times and sheets -------------------------------------------------------------------------------


def test_moments_along_a_walk() -> None:
    assert moments(2, 5) == [0, 0.5, 1, 1.5, 2]
    assert moments(1, 4, path="back") == [0, 0.5, 1, 0.5]  # the next would be the first again
    assert moments(3, 6, path="closed") == [0, 0.5, 1, 1.5, 2, 2.5]
    assert moments(2, 1) == [0]
    assert moments(2, 0) == []


@pytest.mark.parametrize("path", ["once", "back", "closed"])
def test_smooth_moments_linger_at_the_key_pictures(path) -> None:
    even, smooth = (np.array(moments(2, 41, path=path, easing=easing)) for easing in ("linear", "smooth"))
    assert smooth.min() >= 0 and smooth.max() <= 2
    assert np.allclose(np.floor(even), np.floor(smooth))
    assert (np.abs(smooth - np.rint(smooth)) <= np.abs(even - np.rint(even)) + 1e-9).all()
    assert np.sign(np.diff(smooth)).tolist() == np.sign(np.diff(even)).tolist()


def test_a_contact_sheet_holds_every_frame(frames: list[np.ndarray]) -> None:
    height, width = frames[0].shape[:2]
    sheet = contact_sheet(frames, columns=4, gap=3)
    assert sheet.shape == (2 * (height + 3) + 3, 4 * (width + 3) + 3, 3)
    for number, frame in enumerate(frames):
        top, left = 3 + number // 4 * (height + 3), 3 + number % 4 * (width + 3)
        assert np.array_equal(sheet[top : top + height, left : left + width], frame)
    assert contact_sheet(frames).shape[1] == 3 * (width + 4) + 4
    assert contact_sheet(frames[:2], columns=9).shape[1] == 2 * (width + 4) + 4
    with pytest.raises(ValueError, match="needs frames"):
        contact_sheet([])
