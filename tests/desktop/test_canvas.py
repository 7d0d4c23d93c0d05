"""What is on the canvas, pixel by pixel."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop.widgets.canvas import Canvas, Mode
from desktop.widgets.picture import Picture

RED, GREEN = (200, 0, 0), (0, 200, 0)


def plain(colour: tuple[int, int, int], width: int = 400, height: int = 300) -> Picture:
    picture = Picture(np.full((height, width, 3), colour, np.uint8))
    picture.build()
    return picture


def colour_at(image: QImage, x: float, y: float) -> tuple[int, ...]:
    return QColor(image.pixel(round(x), round(y))).getRgb()[:3]


@pytest.fixture
def canvas(qtbot) -> Canvas:
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(836, 636)  # 800 x 600 within the margin: zoom 2
    made.show()
    qtbot.waitExposed(made)
    doubt = Picture(np.zeros((300, 400), np.uint8))
    doubt.levels[0][:, 200:] = 255
    made.show_pictures(plain(RED), plain(GREEN), doubt)
    made.clearFocus()
    return made


def test_split_shows_the_original_left_and_the_result_right_of_the_divider(canvas: Canvas) -> None:
    canvas.divider = 0.25
    image = canvas.grab().toImage()
    x = 18 + 0.25 * 800
    for y in (150, 500):
        assert colour_at(image, x - 5, y) == RED
        assert colour_at(image, x + 5, y) == GREEN
        assert colour_at(image, 18, y) == RED
        assert colour_at(image, 817, y) == GREEN
    assert colour_at(image, 10, 10) == colour_at(image, 830, 630)  # nothing beside the picture


def test_the_divider_is_dragged_and_keeps_within_the_picture(canvas: Canvas, qtbot) -> None:
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(418, 100))
    qtbot.mouseMove(canvas, QPoint(618, 120))
    assert canvas.divider == pytest.approx(0.75)
    qtbot.mouseMove(canvas, QPoint(5000, 120))
    assert canvas.divider == 1.0
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(830, 120))
    assert colour_at(canvas.grab().toImage(), 700, 500) == RED


def test_strength_is_a_blend_of_both(canvas: Canvas) -> None:
    canvas.set_strength(0.25)
    red, green, _ = colour_at(canvas.grab().toImage(), 700, 500)
    assert (red, green) == (pytest.approx(150, abs=2), pytest.approx(50, abs=2))
    canvas.set_strength(0.0)
    assert colour_at(canvas.grab().toImage(), 700, 500) == RED


def test_side_by_side_shows_both_at_one_zoom(canvas: Canvas) -> None:
    canvas.set_mode(Mode.SIDE_BY_SIDE)
    image = canvas.grab().toImage()
    assert colour_at(image, 205, 318) == RED
    assert colour_at(image, 630, 318) == GREEN
    canvas.zoom_to(4.0)
    canvas.view.pan(100000, 0)
    image = canvas.grab().toImage()
    assert colour_at(image, 2, 400) == RED
    assert colour_at(image, 427, 400) == GREEN


def test_hold_shows_the_original_for_as_long_as_it_is_held(canvas: Canvas, qtbot) -> None:
    canvas.set_mode(Mode.HOLD)
    assert colour_at(canvas.grab().toImage(), 100, 400) == GREEN
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 400))
    assert colour_at(canvas.grab().toImage(), 100, 400) == RED
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 400))
    assert colour_at(canvas.grab().toImage(), 100, 400) == GREEN
    canvas.set_mode(Mode.SPLIT)
    qtbot.keyPress(canvas, Qt.Key.Key_B)
    assert colour_at(canvas.grab().toImage(), 700, 500) == RED
    qtbot.keyRelease(canvas, Qt.Key.Key_B)
    assert colour_at(canvas.grab().toImage(), 700, 500) == GREEN


def test_doubt_is_a_veil_over_the_grey_result(canvas: Canvas) -> None:
    canvas.set_mode(Mode.DOUBT)
    image = canvas.grab().toImage()
    sure, unsure = colour_at(image, 200, 300), colour_at(image, 600, 300)
    assert sure[2] > sure[0]
    assert unsure[0] > 200
    assert unsure[2] < 120


def test_without_a_result_the_original_is_shown(canvas: Canvas) -> None:
    for mode in Mode:
        canvas.set_mode(mode)
        canvas.show_pictures(plain(RED), None, None)
        assert colour_at(canvas.grab().toImage(), 630, 318) == RED


def test_the_wheel_zooms_at_the_cursor(canvas: Canvas) -> None:
    at = QPointF(618, 218)
    before = canvas.view.to_picture((618, 218))
    wheel = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, 360),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, wheel)
    assert canvas.view.zoom == pytest.approx(4.0)
    assert canvas.view.to_picture((618, 218)) == pytest.approx(before)


def test_keys_move_and_zoom(canvas: Canvas, qtbot) -> None:
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.view.zoom == 1.0
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.view.zoom == 1.25
    canvas.zoom_to(4.0)
    left = canvas.visible_box()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert left is not None
    assert canvas.visible_box() == (left[0] + 20, left[1], left[2] + 20, left[3])
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.divider == pytest.approx(0.55)
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.visible_box() is None


def test_a_large_photo_is_drawn_from_a_small_copy(qtbot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(836, 636)
    original = plain(RED, 4000, 3000)
    original.levels[2][:] = (0, 0, 200)  # what only the copy at a quarter of the size shows
    canvas.show_pictures(original, None, None)
    assert colour_at(canvas.grab().toImage(), 418, 318) == (0, 0, 200)
    canvas.zoom_to(1.0)
    assert colour_at(canvas.grab().toImage(), 418, 318) == RED


def test_a_real_pixel_is_a_pixel_of_the_screen(qtbot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(300, 200)
    pixels = np.random.default_rng(2).integers(0, 255, (500, 700, 3), dtype=np.uint8)
    picture = Picture(pixels)
    picture.build()
    canvas.show_pictures(picture, None, None)
    canvas.zoom_to(1.0)
    image = canvas.grab().toImage()
    x, y = canvas.view.origin
    for at in ((150, 190), (10, 120), (299, 50)):
        assert colour_at(image, *at) == tuple(int(v) for v in pixels[at[1] - int(y), at[0] - int(x)])
