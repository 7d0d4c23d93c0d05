from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

from engine import atlas, catalog, seen
from engine.atlas import Atlas, Began, Explored, LeftOut, Line, Mapped, Missing, Note
from engine.errors import Cancelled, DarkroomError, ModelError
from engine.explore import explore

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Maps and tags of a test lie in folders of its own."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    return home


@pytest.fixture
def digits() -> Path:
    """A shipped model that is small and sees 32 pixels a side."""
    return catalog.shipped() / "digits"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """40 pictures of two kinds in two sub-folders, the first of them twice."""
    place = tmp_path / "shapes"
    for number in range(40):
        kind = "discs" if number % 2 else "bars"
        target = place / kind / f"{number:02d}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(shape(number)).save(target)
    shutil.copy(place / "bars" / "00.png", place / "discs" / "again.png")
    return place


def shape(number: int) -> np.ndarray:
    rng = np.random.default_rng(number)
    y, x = np.mgrid[0:40, 0:32] - rng.integers(12, 20, 2)[:, None, None]
    inside = x**2 + y**2 < rng.integers(20, 90) if number % 2 else np.abs(x) < rng.integers(2, 6)
    picture = np.full((40, 32, 3), rng.integers(0, 60, 3), np.uint8)
    picture[inside] = rng.integers(120, 255, 3)
    return picture


def run(folder: Path, model: Path | str, **more) -> tuple[Atlas, list[Line]]:
    said: list[Line] = []
    return explore(folder, str(model), said.append, device="cpu", **({"neighbours": False} | more)), said


def of(said: list[Line], kind: type) -> list:
    return [line for line in said if isinstance(line, kind)]


# -- the map ------------------------------------------------------------------------------------------


def test_a_folder_becomes_a_map_that_is_read_from_the_disk(folder: Path, digits: Path) -> None:
    made, said = run(folder, digits)
    assert of(said, Began) == [Began(str(folder), "digits", 41, 0)]
    assert isinstance(said[-1], Explored)
    read = atlas.open_atlas(folder, "digits")
    assert read.finished and read.names == made.names and len(read) == 41
    assert read.names[0] == "bars/00.png"
    assert read.positions.shape == (41, 2) and read.positions.min() >= 0 and read.positions.max() <= 1
    assert read.nearest.shape == (41, atlas.NEAREST) and not (read.nearest == np.arange(41)[:, None]).any()
    assert read.thumbnails(np.array([3, 1])).shape == (2, seen.THUMBNAIL, seen.THUMBNAIL, 3)
    assert read.heats(np.array([3])).shape == (1, seen.HEAT, seen.HEAT)
    assert read.space.shape == (41, 32) and np.isfinite(read.oddness).all()
    assert tuple(read.pixels[0]) == (32, 40) and read.seen_box(0) == (-4, 0, 36, 40)


def test_copies_are_one_group_and_nothing_else_is(folder: Path, digits: Path) -> None:
    made, _ = run(folder, digits)
    twice = [made.names.index(name) for name in ("bars/00.png", "discs/again.png")]
    assert made.groups[twice[0]] == made.groups[twice[1]] == 0
    assert (np.delete(made.groups, twice) == -1).all()


def test_the_map_by_neighbours_keeps_near_what_is_near(folder: Path, digits: Path) -> None:
    pytest.importorskip("openTSNE")
    made, said = run(folder, digits, neighbours=True)
    assert [line.part for line in of(said, Mapped)] == ["all", "neighbours"]
    assert made.neighbours is not None
    gaps = ((made.neighbours[:, None] - made.neighbours) ** 2).sum(2)
    assert gaps[np.arange(41), made.nearest[:, 0]].mean() < 0.5 * gaps.mean()
    assert of(run(folder, digits, neighbours=True)[1], Mapped) == [Mapped("all", 41)]  # it is kept


def test_what_lies_between_pictures_can_be_drawn(folder: Path, digits: Path) -> None:
    from engine.generate import Generator

    made, _ = run(folder, digits)
    recipe = made.between((float(made.positions[5, 0]), float(made.positions[5, 1])))
    drawn = Generator(str(digits), "cpu").draw([recipe])
    assert drawn.shape == (1, 32, 32, 3)
    here = np.frombuffer(recipe.latent, "<f2")[: made.globe]
    np.testing.assert_allclose(here, made.space[5], atol=0.1)


def test_a_restoration_model_finds_the_odd_one_among_photos(tmp_path: Path) -> None:
    """The shipped one, whose card knows what photos are like: flat drawings are odd although it draws them well."""
    rng = np.random.default_rng(0)
    for number in range(24):
        smooth = Image.fromarray(rng.integers(0, 255, (9, 9, 3), np.uint8)).resize((96, 96), Image.Resampling.BICUBIC)
        grain = np.asarray(smooth, np.float32) + rng.normal(0, 6, (96, 96, 1))
        Image.fromarray(grain.clip(0, 255).astype(np.uint8)).save(tmp_path / f"photo-{number:02d}.png")
    flat = np.full((96, 96, 3), 255, np.uint8)
    flat[30:60, 30:60] = (200, 30, 30)
    Image.fromarray(flat).save(tmp_path / "drawing.png")
    made, _ = run(tmp_path, "photo-restore")
    assert made.names[int(made.oddness.argmax())] == "drawing.png"
    assert not made.drawable and not made.whole
    with pytest.raises(DarkroomError, match="nothing to draw"):
        made.between((0.5, 0.5))


# -- again ----------------------------------------------------------------------------------------------


def test_the_second_visit_looks_at_nothing(folder: Path, digits: Path, monkeypatch) -> None:
    first, _ = run(folder, digits)
    monkeypatch.setattr("engine.explore.eye_of", None)  # the model is not even loaded
    second, said = run(folder, digits)
    assert of(said, Began)[0].seen_before == 41
    np.testing.assert_array_equal(first.oddness, second.oddness)


def test_renamed_added_and_removed_pictures(folder: Path, digits: Path) -> None:
    run(folder, digits)
    (folder / "bars" / "02.png").rename(folder / "renamed.png")
    (folder / "bars" / "04.png").unlink()
    Image.fromarray(shape(99)).save(folder / "new.png")
    before = sum(path.stat().st_size for path in place_of(folder, digits).glob("seen-*"))
    made, _ = run(folder, digits)
    assert {"renamed.png", "new.png"} < set(made.names) and "bars/04.png" not in made.names
    grown = sum(path.stat().st_size for path in place_of(folder, digits).glob("seen-*")) - before
    assert grown < 2 * seen.record(32 + 4 * 8 * 8).itemsize  # one picture was looked at: the renamed one was known


def test_a_run_that_ends_early_goes_on_where_it_was(folder: Path, digits: Path) -> None:
    said: list[Line] = []
    with pytest.raises(Cancelled):
        explore(folder, str(digits), said.append, lambda: True, "cpu", threads=1, neighbours=False)
    half = atlas.open_atlas(folder, "digits")
    assert not half.finished and 2 <= len(half) < 41
    made, said = run(folder, digits)
    assert of(said, Began)[0].seen_before == len(half) and made.finished and len(made) == 41


def test_two_at_once_on_one_folder(folder: Path, digits: Path) -> None:
    made: list[Atlas] = []
    threads = [threading.Thread(target=lambda: made.append(run(folder, digits)[0])) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 2 and len(atlas.open_atlas(folder, "digits")) == 41
    assert len(made[0].thumbnails(np.arange(41))) == 41  # what both point to is there


# -- what goes wrong ------------------------------------------------------------------------------------


def place_of(folder: Path, model: Path) -> Path:
    return atlas.place_of(folder, catalog.read_card(model))


def sentence(folder: Path, model: Path | str) -> str:
    with pytest.raises(DarkroomError) as caught:
        run(folder, model)
    text = str(caught.value)
    assert text.endswith((".", ")")) and "\n" not in text
    return text


def test_an_empty_folder(tmp_path: Path, digits: Path) -> None:
    (tmp_path / "notes.txt").write_text("no picture")
    assert sentence(tmp_path, digits) == f"There are no pictures in {tmp_path.name}."


def test_a_folder_that_is_not_there(tmp_path: Path, digits: Path) -> None:
    assert sentence(tmp_path / "gone", digits) == "gone: it is not there (any more)."


def test_one_picture(tmp_path: Path, digits: Path) -> None:
    Image.fromarray(shape(1)).save(tmp_path / "only.png")
    assert "only.png is the only picture" in sentence(tmp_path, digits)


def test_nothing_readable(tmp_path: Path, digits: Path) -> None:
    (tmp_path / "a.png").write_text("this is a text")
    assert "None of the 1 pictures" in sentence(tmp_path, digits)


def test_unreadable_pictures_are_named_and_the_rest_is_mapped(folder: Path, digits: Path) -> None:
    (folder / "text.jpg").write_text("this is a text")
    whole = (folder / "bars" / "06.png").read_bytes()
    (folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    (folder / "dead.png").symlink_to(folder / "nowhere.png")
    made, said = run(folder, digits)
    assert len(made) == 41
    assert {line.name for line in of(said, LeftOut)} == {"text.jpg", "cut.png", "dead.png"}
    assert dict(made.left_out)["dead.png"] == "it is not there (any more)"
    again, said = run(folder, digits)
    assert len(again) == 41 and len(of(said, LeftOut)) == 3


def test_links_in_a_circle(folder: Path, digits: Path) -> None:
    (folder / "bars" / "round").symlink_to(folder)
    assert len(run(folder, digits)[0]) == 41


def test_a_picture_that_vanishes_on_the_way(folder: Path, digits: Path, monkeypatch) -> None:
    import engine.explore as module

    read = module.read_scaled

    def gone(path: Path, side: int):
        path.unlink(missing_ok=True) if path.name == "08.png" else None
        return read(path, side)

    monkeypatch.setattr(module, "read_scaled", gone)
    made, said = run(folder, digits)
    assert len(made) == 40 and [line.name for line in of(said, LeftOut)] == ["bars/08.png"]


def test_a_folder_that_vanishes_on_the_way(folder: Path, digits: Path, monkeypatch) -> None:
    import engine.explore as module

    read = module.read_scaled

    def gone(path: Path, side: int):
        small = read(path, side)
        if path.name == "20.png":
            shutil.rmtree(folder)
        return small

    monkeypatch.setattr(module, "read_scaled", gone)
    assert sentence(folder, digits) == "shapes: the folder is not there any more; what was seen is kept."


@pytest.mark.parametrize("harm", ["version", "cut short", "noise", "empty"])
def test_a_map_that_is_of_no_use_is_drawn_anew(folder: Path, digits: Path, harm: str) -> None:
    run(folder, digits)
    path = place_of(folder, digits) / atlas.FILE
    whole = path.read_bytes()
    fields = msgspec.msgpack.decode(whole)
    harmed = {
        "version": msgspec.msgpack.encode(fields | {"version": 99}),
        "cut short": whole[: len(whole) // 2],
        "noise": os.urandom(500),
        "empty": b"",
    }
    path.write_bytes(harmed[harm])
    with pytest.raises(Missing):
        atlas.open_atlas(folder, "digits")
    made, said = run(folder, digits)
    assert len(made) == 41 and len(of(said, Note)) == 1


def test_records_cut_short_or_damaged_are_looked_at_again(folder: Path, digits: Path) -> None:
    run(folder, digits)
    place = place_of(folder, digits)
    (place / atlas.FILE).unlink()
    (path,) = place.glob("seen-*")
    data = bytearray(path.read_bytes())
    data[64 + 5000] ^= 0xFF  # in the first record
    path.write_bytes(data[:-100])  # and the last one is torn
    made, _ = run(folder, digits)
    assert len(made) == 41 and made.store.whole()[made.rows].all()


def test_a_map_whose_records_were_cut_short_says_so(folder: Path, digits: Path) -> None:
    run(folder, digits)
    (path,) = place_of(folder, digits).glob("seen-*")
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(Missing, match="cut short"):
        atlas.open_atlas(folder, "digits")
    assert len(run(folder, digits)[0]) == 41


def test_records_of_another_version_are_told_and_removed(folder: Path, digits: Path) -> None:
    run(folder, digits)
    place = place_of(folder, digits)
    (place / atlas.FILE).unlink()
    (path,) = place.glob("seen-*")
    data = bytearray(path.read_bytes())
    data[32] = 77
    path.write_bytes(data)
    made, said = run(folder, digits)
    assert len(made) == 41 and "another version" in of(said, Note)[0].sentence and not path.exists()


def test_a_model_removed_while_its_map_is_open(folder: Path, digits: Path, tmp_path: Path) -> None:
    model = tmp_path / "models" / "brief"
    shutil.copytree(digits, model)
    run(folder, model)
    shutil.rmtree(model)
    still = atlas.open_atlas(folder, "digits")  # its id is on the card
    assert len(still.thumbnails(np.arange(41))) == 41
    assert "There is no model" in sentence(folder, model)


def test_a_model_that_cannot_look(folder: Path, digits: Path, tmp_path: Path) -> None:
    model = tmp_path / "blind"
    shutil.copytree(digits, model)
    card = catalog.read_card(model)
    card.capabilities = ["sample"]
    catalog.write_card(model, card)
    with pytest.raises(ModelError, match="cannot explore"):
        run(folder, model)


def test_no_picture_is_touched(folder: Path, digits: Path) -> None:
    def state() -> dict[str, tuple[bytes, int]]:
        return {str(p): (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*.png")}

    before = state()
    run(folder, digits)
    assert state() == before


# -- the command ------------------------------------------------------------------------------------------


def command(*arguments: str | Path, **more) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "desktop", *map(str, arguments)]
    return subprocess.run(program, capture_output=True, text=True, check=False, cwd=ROOT, **more)


def test_the_command_says_lines_and_writes_a_report(folder: Path, digits: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    options = ("--model", digits, "--no-neighbours", "--json", "--report", report)
    done = command("explore", folder, *options, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    said = [msgspec.json.decode(line, type=Line) for line in done.stdout.splitlines()]
    assert isinstance(said[0], Began) and said[-1] == msgspec.structs.replace(said[-1], pictures=41, report=str(report))
    assert len(report.read_text().splitlines()) == 42
    refused = command("explore", folder, *options, stdin=subprocess.DEVNULL)
    assert refused.returncode == 1 and "already exists" in refused.stderr


def test_a_closed_ear_ends_the_command(folder: Path, digits: Path) -> None:
    done = command("explore", folder, "--model", digits, "--json", input="")
    assert done.returncode == 130, done.stderr
