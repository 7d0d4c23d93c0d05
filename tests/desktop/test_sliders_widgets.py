"""A place for a picture, a slider with nothing in the middle, a frame on a photo: each on its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from desktop.widgets.centred_slider import CentredSlider, words
from desktop.widgets.crop_frame import MARGIN, CropFrame
from desktop.widgets.drop import Dropped
from desktop.widgets.slot import Slot

LEFT = Qt.MouseButton.LeftButton


def image(width: int = 8, height: int = 4, colour: Qt.GlobalColor = Qt.GlobalColor.red) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(colour)
    return made


@pytest.fixture
def slot(qtbot) -> Slot:
    slot = Slot("First picture", "Drop a picture here")
    qtbot.addWidget(slot)
    slot.resize(112, 112)
    slot.show()
    return slot


def test_a_slot_is_pressed_while_it_is_empty(slot: Slot, qtbot) -> None:
    pressed: list[int] = []
    slot.clicked.connect(lambda: pressed.append(1))
    qtbot.mouseClick(slot, LEFT)
    qtbot.keyClick(slot, Qt.Key.Key_Return)
    assert len(pressed) == 2
    slot.show_image(image())
    qtbot.mouseClick(slot, LEFT)
    qtbot.keyClick(slot, Qt.Key.Key_Return)
    assert len(pressed) == 2
    assert slot.accessibleName() == "First picture"


def test_a_slot_enlarges_a_small_picture_to_fit(slot: Slot) -> None:
    slot.show_image(image(8, 4))
    shown = slot.grab().toImage()
    assert shown.pixelColor(10, 56) == shown.pixelColor(100, 56) == Qt.GlobalColor.red
    assert shown.pixelColor(56, 25) != Qt.GlobalColor.red
    assert slot.image is not None and slot.image.width() == 8
    slot.show_busy(True)
    assert slot.grab().toImage().pixelColor(56, 56) != shown.pixelColor(56, 56)
    slot.show_busy(False)
    slot.show_image(QImage())
    assert slot.image is None


def test_keys_of_a_slot_come_before_those_of_the_window(qtbot, tmp_path: Path) -> None:
    window, slot = QWidget(), Slot("Picture", "")
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(slot)
    taken: list[str] = []
    for key in ("Ctrl+V", "Ctrl+C", "Ctrl+S"):
        action = QAction(window)
        action.setShortcut(key)
        action.triggered.connect(lambda _=False, key=key: taken.append(key))
        window.addAction(action)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    slot.setFocus()
    dropped: list[Dropped] = []
    slot.dropped.connect(dropped.append)
    QGuiApplication.clipboard().setImage(image(30, 20))
    for key in (Qt.Key.Key_V, Qt.Key.Key_S, Qt.Key.Key_C):
        qtbot.keyClick(slot, key, Qt.KeyboardModifier.ControlModifier)
    assert taken == ["Ctrl+S", "Ctrl+C"]  # there was nothing to copy
    assert dropped[0].image is not None and dropped[0].image.width() == 30
    slot.show_image(image())
    slot.file_for_drag = lambda: tmp_path / "a.png"
    qtbot.keyClick(slot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(taken) == 2
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.hasImage() and mime.urls() == [QUrl.fromLocalFile(str(tmp_path / "a.png"))]


def test_a_slot_takes_drops(slot: Slot, tmp_path: Path) -> None:
    dropped: list[Dropped] = []
    slot.dropped.connect(dropped.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])
    copy, plain = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(slot, QDragEnterEvent(QPointF(9, 9), copy, mime, LEFT, plain))
    QApplication.sendEvent(slot, QDropEvent(QPointF(9, 9), copy, mime, LEFT, plain, QEvent.Type.Drop))
    assert dropped == [Dropped([tmp_path / "a.png"])]


@pytest.fixture
def slider(qtbot) -> CentredSlider:
    slider = CentredSlider("hair colour", 3.0, removable=True)
    qtbot.addWidget(slider)
    slider.resize(260, 50)
    slider.show()
    return slider


def test_a_slider_begins_in_the_middle_and_goes_back_there(slider: CentredSlider, qtbot) -> None:
    edits: list[tuple[float, bool]] = []
    slider.edited.connect(lambda value, held: edits.append((value, held)))
    track = slider.track
    qtbot.mouseClick(track, LEFT, pos=QPoint(track.width() - 4, 12))
    assert edits == [(3.0, True)]
    assert slider.back.isVisible()
    qtbot.mouseDClick(track, LEFT, pos=QPoint(track.width() - 4, 12))
    assert edits[-1] == (0.0, False)
    assert not slider.back.isVisible()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_PageDown, Qt.Key.Key_Home):
        qtbot.keyClick(track, key)
    assert [value for value, _ in edits[2:]] == [-0.1, -0.6, -3.0]
    qtbot.mouseClick(slider.back, LEFT)
    assert edits[-1] == (0.0, False)
    qtbot.mouseClick(track, LEFT, pos=QPoint(track.width() // 2 + 2, 12))
    assert len(edits) == 6  # the middle catches the mouse: nothing has changed


def test_a_slider_says_its_value_and_can_be_removed(slider: CentredSlider, qtbot) -> None:
    assert [words(value) for value in (0, 1.25, -0.5, 2, 4.999)] == ["0", "+1.25", "−0.5", "+2", "+5"]
    edits: list[float] = []
    slider.edited.connect(lambda value, _: edits.append(value))
    slider.show_value(4.5)  # beyond its end, from somebody's file
    assert edits == [] and slider.track.value() == 300
    removed: list[int] = []
    slider.remove_asked.connect(lambda: removed.append(1))
    remove = next(b for b in slider.findChildren(QAbstractButton) if "Remove" in b.accessibleName())
    qtbot.mouseClick(remove, LEFT)
    assert removed == [1]
    assert all(button.accessibleName() for button in slider.findChildren(QAbstractButton))
    assert slider.track.accessibleName() == "Hair colour"


def test_a_frame_is_dragged_and_resized_by_mouse_and_keys(qtbot) -> None:
    frame = CropFrame("Part")
    qtbot.addWidget(frame)
    frame.resize(400 + 2 * MARGIN, 300 + 2 * MARGIN)
    frame.show()
    moves: list[tuple[int, int, int, int]] = []
    frame.moved.connect(lambda: moves.append(frame.box))
    qtbot.keyClick(frame, Qt.Key.Key_Plus)
    assert moves == []  # there is no photo yet
    frame.show_photo(image(40, 30), (800, 600), (200, 200, 400, 400))
    inside, there = QPoint(MARGIN + 150, MARGIN + 150), QPoint(MARGIN + 160, MARGIN + 145)
    qtbot.mousePress(frame, LEFT, pos=inside)
    qtbot.mouseMove(frame, there)
    qtbot.mouseRelease(frame, LEFT, pos=there)
    assert frame.box == (220, 190, 420, 390)
    corner = QPoint(MARGIN + 210, MARGIN + 195)
    qtbot.mousePress(frame, LEFT, pos=corner)
    qtbot.mouseMove(frame, corner + QPoint(20, 20))
    qtbot.mouseRelease(frame, LEFT, pos=corner + QPoint(20, 20))
    assert frame.box == (220, 190, 460, 430)
    qtbot.keyClick(frame, Qt.Key.Key_0)
    assert frame.box == (100, 0, 700, 600)
    qtbot.keyClick(frame, Qt.Key.Key_Left)
    assert frame.box == (88, 0, 688, 600)
    qtbot.keyClick(frame, Qt.Key.Key_Minus)
    assert frame.box[2] - frame.box[0] == 571
    assert moves[-1] == frame.box
    with qtbot.waitSignal(frame.closed):
        qtbot.keyClick(frame, Qt.Key.Key_Return)
