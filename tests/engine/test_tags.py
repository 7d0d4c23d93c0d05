from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from engine import tags
from engine.arrange import components, nearest_others
from engine.atlas import Atlas
from engine.errors import DarkroomError, PhotoError
from engine.tags import Tags


@pytest.fixture(autouse=True)
def places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))


COUNT = 90


@pytest.fixture
def drawn(tmp_path: Path) -> Atlas:
    """A map of 90 files in three groups of 30, the number in the name telling which (a latent of four numbers)."""
    rng = np.random.default_rng(0)
    space = (np.eye(4)[np.arange(COUNT) % 3] * 4 + rng.normal(0, 0.7, (COUNT, 4))).astype(np.float32)
    names = [f"{n:02d}.png" for n in range(COUNT)]
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    contents = np.zeros((COUNT, 16), np.uint8)
    contents[:, 0] = np.arange(COUNT)
    zeros = np.zeros(COUNT, np.float32)
    atlas = Atlas(
        folder=tmp_path, model="m", model_name="M", fingerprint="f", side=32, whole=True, globe=4, drawable=True,
        usual_bits=(0.0, 1.0, 2.0), names=names, pixels=np.full((COUNT, 2), 32, np.int32),
        stamps=np.zeros((COUNT, 2), np.int64), contents=contents, rows=np.arange(COUNT), oddness=zeros,
        out_of_place=zeros, bits=np.zeros((COUNT, 2), np.float32), known=np.zeros(COUNT, np.uint8),
        groups=np.full(COUNT, -1), clusters=np.zeros(COUNT, np.int32), nearest=nearest_others(space),
        components=components(space), neighbours=None, left_out=[], finished=True, place=tmp_path / "none",
    )  # fmt: skip
    atlas.__dict__["space"] = space  # what it would read from the disk
    return atlas


def tagged(atlas: Atlas, each: int = 2, kinds: int = 3) -> Tags:
    given = Tags()
    for picture in range(3 * each):
        if picture % 3 < kinds:
            given = given.give(atlas.content(picture), "abc"[picture % 3])
    return given


def test_two_examples_a_kind_name_the_rest(drawn: Atlas) -> None:
    suggested = tags.suggest(drawn, tagged(drawn))
    assert suggested.names == ("a", "b", "c")
    right = suggested.probabilities.argmax(1) == np.arange(COUNT) % 3
    assert right.mean() > 0.95
    assert suggested.best(0) == ("a", 1.0)
    assert (suggested.probabilities.sum(1) <= 1.001).all()


def test_one_tag_is_enough_to_begin(drawn: Atlas) -> None:
    suggested = tags.suggest(drawn, tagged(drawn, each=4, kinds=1))
    most = suggested.probabilities[:, 0].argsort()[::-1][:25]
    assert (most % 3 == 0).mean() > 0.9
    assert suggested.probabilities[np.arange(COUNT) % 3 > 0, 0].mean() < 0.3


def test_a_refusal_is_final_and_speaks_for_its_neighbours(drawn: Atlas) -> None:
    given = tagged(drawn, kinds=1)
    refused = np.flatnonzero(np.arange(COUNT) % 3 == 1)[:4]
    for picture in refused:
        given = given.refuse(drawn.content(picture), "a")
    suggested = tags.suggest(drawn, given).probabilities[:, 0]
    assert (suggested[refused] == 0).all()
    assert suggested[1::3].mean() < 0.1 < 0.5 < suggested[::3].mean()


def test_nothing_tagged_gets_a_sentence(drawn: Atlas) -> None:
    with pytest.raises(DarkroomError, match="tag a few"):
        tags.suggest(drawn, Tags(("a",)))
    with pytest.raises(DarkroomError, match="both sides"):
        tags.sides(drawn, tagged(drawn, kinds=1), "a")


def test_tags_change() -> None:
    given = Tags().give("1", "a").give("2", "b").refuse("3", "a")
    assert given.names == ("a", "b") and given.refused == {"3": ("a",)}
    assert given.give("3", "a").refused == {}
    assert given.refuse("1", "a").by_content == {"2": "b"}
    assert given.rename("a", "b").names == ("b",) and given.rename("a", "b").by_content == {"1": "b", "2": "b"}
    assert given.drop("a") == Tags(("b",), {"2": "b"}, {})
    assert given.take("2").by_content == {"1": "a"}


def test_tags_are_kept_by_folder(tmp_path: Path) -> None:
    assert tags.load(tmp_path) == Tags()
    given = Tags().give("1", "a")
    tags.save(tmp_path, given)
    assert tags.load(tmp_path) == given and tags.load(tmp_path.parent) == Tags()
    tags.path_of(tmp_path).write_text('{"names": 3')
    with pytest.raises(DarkroomError, match="damaged"):
        tags.load(tmp_path)


def test_copies_go_into_sub_folders_and_nothing_is_replaced(drawn: Atlas, tmp_path: Path) -> None:
    target = tmp_path / "sorted"
    (tmp_path / "05.png").unlink()
    names = {0: "a", 1: "b/c", 3: "a", 5: "CON"}
    failed = tags.copy_to_folders(drawn, names, target)
    assert [(path.name, cause) for path, cause in failed] == [("05.png", "it is not there (any more)")]
    assert sorted(p.relative_to(target).as_posix() for p in target.rglob("*.png")) == [
        "a/00.png",
        "a/03.png",
        "b_c/01.png",
    ]
    (target / "a" / "00.png").write_bytes(b"the user's")
    tags.copy_to_folders(drawn, {0: "a"}, target)
    assert (target / "a" / "00.png").read_bytes() == b"the user's"
    assert (target / "a" / "00-2.png").read_bytes() == b"00.png" == (tmp_path / "00.png").read_bytes()


def test_a_table_says_who_said_so(drawn: Atlas, tmp_path: Path) -> None:
    given = tagged(drawn)
    target = tmp_path / "tags.csv"
    tags.write_csv(drawn, given, tags.suggest(drawn, given), target)
    lines = list(csv.DictReader(target.open(encoding="utf-8-sig", newline="")))
    assert len(lines) == COUNT and lines[0] == {"file": "00.png", "tag": "a", "by": "given", "probability": "1"}
    assert lines[30]["by"] == "suggested" and lines[30]["tag"] == "a" and 0 < float(lines[30]["probability"]) <= 1
    with pytest.raises(PhotoError, match="already exists"):
        tags.write_csv(drawn, given, None, target)


def test_both_sides_of_a_slider(drawn: Atlas) -> None:
    given = tagged(drawn, kinds=1).refuse(drawn.content(7), "a").give(drawn.content(8), "z")
    these, those = tags.sides(drawn, given, "a")
    assert [Path(p).name for p in these] == ["00.png", "03.png"] and [Path(p).name for p in those] == [
        "07.png",
        "08.png",
    ]
    assert tags.tagged(drawn, given) == {0: "a", 3: "a", 8: "z"}
