"""The grid, the large view, the list of models and pictures as bytes, each on its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import platformdirs
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop.widgets.grid import MARGIN, SMALLEST, PictureGrid, Tile, arrange
from desktop.widgets.large import LargeView
from desktop.widgets.model_choice import ModelChoice
from desktop.widgets.rgb import array_of, bytes_of, image_of, images_of


def tiles(count: int) -> list[Tile]:
    return [Tile(str(number), f"Picture {number}") for number in range(count)]


@pytest.fixture
def grid(qtbot) -> PictureGrid:
    grid = PictureGrid("Pictures")
    qtbot.addWidget(grid)
    grid.resize(900, 600)
    grid.show()
    return grid


def places(grid: PictureGrid) -> list[tuple[int, int]]:
    rects = [grid.visualRect(grid.tiles.index(row)) for row in range(grid.tiles.rowCount())]
    at = grid.viewport().pos()
    return [(at.x() + rect.x(), at.y() + rect.y()) for rect in rects]


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (4, 2), (9, 3), (16, 4), (36, 9)])
def test_pictures_are_as_large_as_fits_in_full_rows(count: int, columns: int) -> None:
    found, side = arrange(count, 940, 600)
    assert found == columns
    assert columns * side <= 940 and -(-count // columns) * side <= 600


def test_many_pictures_scroll(grid: PictureGrid) -> None:
    columns, side = arrange(500, 860, 560)
    assert side >= SMALLEST and columns * side <= 860
    grid.show_tiles(tiles(500))
    assert len({x for x, _ in places(grid)}) == columns
    assert grid.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize("count", [1, 4, 9, 16, 36])
@pytest.mark.parametrize("size", [(900, 600), (1021, 707), (1601, 977)])
def test_the_grid_is_in_the_middle_and_does_not_scroll(grid: PictureGrid, count: int, size: tuple[int, int]) -> None:
    grid.resize(*size)
    grid.show_tiles(tiles(count))
    columns, side = arrange(count, size[0] - 2 * MARGIN, size[1] - 2 * MARGIN)
    spots = places(grid)
    assert len({x for x, _ in spots}) == columns
    left, right = min(x for x, _ in spots), size[0] - max(x for x, _ in spots) - side
    assert abs(left - right) <= 1
    assert grid.verticalScrollBar().maximum() == 0


def test_arrows_go_on_in_the_next_row(grid: PictureGrid, qtbot) -> None:
    grid.show_tiles(tiles(9))
    grid.choose(["2"])
    for key, expected in (
        (Qt.Key.Key_Right, "3"),
        (Qt.Key.Key_Down, "6"),
        (Qt.Key.Key_Down, "6"),
        (Qt.Key.Key_Left, "5"),
        (Qt.Key.Key_Up, "2"),
        (Qt.Key.Key_End, "8"),
        (Qt.Key.Key_Right, "8"),
        (Qt.Key.Key_Home, "0"),
    ):
        qtbot.keyClick(grid, key)
        assert grid.chosen_keys() == [expected] == [grid.current_key]
    qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert grid.chosen_keys() == ["0", "1"]


def test_what_is_chosen_stays_chosen_when_the_tiles_change(grid: PictureGrid) -> None:
    grid.show_tiles(tiles(9))
    grid.choose(["1", "2", "7"], "7")
    grid.show_tiles([Tile(tile.key, tile.words, loved=True) for tile in tiles(9)])
    assert (grid.chosen_keys(), grid.current_key) == (["1", "2", "7"], "7")
    grid.show_tiles(tiles(9)[::-1][:6])
    assert (grid.chosen_keys(), grid.current_key) == (["7"], "7")
    grid.show_tiles([])
    assert (grid.chosen_keys(), grid.current_key) == ([], None)


def test_space_enter_and_two_clicks_open_and_letters_are_left_alone(grid: PictureGrid, qtbot) -> None:
    opened: list[str] = []
    grid.opened.connect(opened.append)
    grid.show_tiles(tiles(4))
    grid.choose(["1"])
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_P):
        qtbot.keyClick(grid, key)
    at = grid.visualRect(grid.tiles.index(3)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened == ["1", "1", "3"]


def test_a_picture_is_painted_in_its_place(grid: PictureGrid) -> None:
    image = QImage(32, 32, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    grid.show_tiles(tiles(4))
    grid.tiles.set_picture("2", image)
    grid.tiles.set_picture("nobody", image)
    shot = grid.viewport().grab().toImage()
    colours = [shot.pixelColor(grid.visualRect(grid.tiles.index(row)).center()).red() for row in range(4)]
    assert colours[2] == 255 and max(colours[:2] + colours[3:]) < 255


def test_the_large_view_enlarges_steps_closes_and_is_dragged(qtbot) -> None:
    view = LargeView("Picture")
    qtbot.addWidget(view)
    view.resize(500, 500)
    view.show()
    heard: list[object] = []
    view.stepped.connect(heard.append)
    view.closed.connect(lambda: heard.append("closed"))
    view.drag_asked.connect(lambda: heard.append("drag"))
    image = QImage(32, 32, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    view.show_image(image, "Seed 1")
    shot = view.grab().toImage()
    assert shot.pixelColor(100, 200).red() == 255
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Escape):
        qtbot.keyClick(view, key)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton)
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view, left, pos=view.rect().center())
    far = QPointF(view.rect().center()) + QPointF(60, 0)
    move = QMouseEvent(QEvent.Type.MouseMove, far, view.mapToGlobal(far), left, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, move)
    assert heard == [-1, 1, "closed", "closed", "drag"]
    view.show_image(None, "")
    view.grab()


@pytest.mark.parametrize("width", [1, 5, 32])
def test_bytes_become_images_and_bytes_again(width: int) -> None:
    pixels = np.random.default_rng(width).integers(0, 256, (7, width, 3), np.uint8)
    image = image_of(pixels.tobytes(), width, 7)
    assert np.array_equal(array_of(image), pixels)
    assert bytes_of(image) == pixels.tobytes()
    with pytest.raises(ValueError):
        image_of(pixels.tobytes()[1:], width, 7)


def test_a_batch_becomes_images() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (3, 8, 8, 3), np.uint8)
    assert all(np.array_equal(array_of(i), p) for i, p in zip(images_of(pixels.tobytes(), 8), pixels, strict=True))


def test_without_a_model_the_choice_says_so(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(tmp_path))
    monkeypatch.setattr("engine.catalog.shipped", lambda: tmp_path / "none")
    choice = ModelChoice("sample")
    qtbot.addWidget(choice)
    choice.show()
    choice.refresh()
    assert (choice.available, choice.model, choice.card) == (False, "", None)
    assert not choice.box.isVisible()
    assert not choice.choose("faces")
