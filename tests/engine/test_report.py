from __future__ import annotations

import csv
import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

from engine import report
from engine.atlas import Atlas
from engine.errors import PhotoError
from engine.explore import explore


@pytest.fixture(scope="module")
def explored(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("shapes <& more>")
    rng = np.random.default_rng(0)
    for number in range(24):
        picture = np.zeros((32, 32, 3), np.uint8)
        left, top = rng.integers(4, 16, 2)
        picture[top : top + 12, left : left + 3 + number % 9] = 255
        Image.fromarray(picture).save(folder / f"{number:02d}.png")
    (folder / "again.png").write_bytes((folder / "03.png").read_bytes())
    (folder / "<b>bad.png").write_text("this is a text")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        return explore(folder, "digits", lambda _: None, device="cpu", neighbours=False)


class Page(HTMLParser):
    """Notes what a page consists of, and that what is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.pictures: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "img":
            self.pictures.append(dict(attrs)["src"] or "")
        if tag not in ("img", "meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_else(explored: Atlas, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    report.write(explored, target)
    text = target.read_text(encoding="utf-8")
    page = Page()
    page.feed(text)
    assert not page.open and not page.tags & {"script", "link", "iframe", "b"}
    assert len(page.pictures) > 40 and all(p.startswith("data:image/jpeg;base64,") for p in page.pictures)
    assert not re.search(r"https?://|src=\"(?!data:)|url\(", text)
    assert "&lt;b&gt;bad.png" in text and "break-inside: avoid" in text
    with pytest.raises(PhotoError, match="already exists"):
        report.write(explored, target)


def test_the_page_does_without_files_that_are_gone(explored: Atlas) -> None:
    (explored.folder / "05.png").unlink()
    assert report.page(explored).endswith("</html>\n")


def test_the_table_and_the_json_say_the_same(explored: Atlas, tmp_path: Path) -> None:
    for name in ("report.csv", "report.json"):
        report.write(explored, tmp_path / name)
    lines = list(csv.DictReader((tmp_path / "report.csv").open(newline="")))
    said = msgspec.json.decode((tmp_path / "report.json").read_bytes())
    assert [line["file"] for line in lines] == [row["file"] for row in said["pictures"]]
    assert len(lines) == 25 and said["left_out"][0]["file"] == "<b>bad.png"
    odd = [float(line["oddness"]) for line in lines]
    assert odd == sorted(odd, reverse=True)
    copies = {line["file"] for line in lines if line["copies"] != "-1"}
    assert copies == {"03.png", "again.png"}


def test_heat_is_where_the_error_is() -> None:
    heat = np.zeros((16, 16), np.uint8)
    heat[2:4, 10:12] = 200
    seen = report.heated(np.full((64, 64, 3), 128, np.uint8), heat)
    assert seen[12, 44, 0] > 170 and (seen[40:, :30] == 128).all()
