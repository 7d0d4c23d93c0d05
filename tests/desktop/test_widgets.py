"""Slider, choice, filmstrip, drops: each on its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton

from desktop.tabs.restore_panel import RestorePanel
from desktop.widgets import drop
from desktop.widgets.choice import Choice
from desktop.widgets.filmstrip import Filmstrip, FilmstripModel, Frame, Mark, keep_selection
from desktop.widgets.slider import LabelledSlider
from desktop.widgets.status import clock
from engine.jobs import Estimate, RestoreSettings

ESTIMATE = Estimate(noise=12.4, blur=0.84, jpeg=45, scratches=0.7, fading=0.0, monochrome=False)


def test_a_slider_starts_in_auto_shows_the_estimate_and_goes_back(qtbot) -> None:
    slider = LabelledSlider("Noise", 100, str)
    qtbot.addWidget(slider)
    slider.resize(250, 50)
    slider.show()
    edits: list[object] = []
    slider.edited.connect(edits.append)
    slider.show_value(None, 12)
    assert slider.track.automatic
    assert slider.track.value() == 12
    assert edits == []
    qtbot.mouseClick(slider.track, Qt.MouseButton.LeftButton, pos=QPoint(slider.track.width() - 4, 12))
    assert edits == [100]
    assert not slider.track.automatic
    (back,) = [button for button in slider.findChildren(QAbstractButton) if button.isVisible()]
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert edits == [100, None]
    assert slider.track.value() == 12
    assert not back.isVisible()


def test_keys_move_a_slider_and_make_it_manual(qtbot) -> None:
    slider = LabelledSlider("Noise", 100, str)
    qtbot.addWidget(slider)
    slider.show_value(None, 12)
    edits: list[object] = []
    slider.edited.connect(edits.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(slider.track, key)
    assert edits == [13, 23, 100, 0]


def test_a_press_on_the_spot_of_the_estimate_makes_it_manual(qtbot) -> None:
    slider = LabelledSlider("Noise", 100, str)
    qtbot.addWidget(slider)
    slider.resize(250, 50)
    slider.show()
    slider.show_value(None, 50)
    edits: list[object] = []
    slider.edited.connect(edits.append)
    at = slider.track.rect().center()
    qtbot.mouseClick(slider.track, Qt.MouseButton.LeftButton, pos=at)
    assert edits == [50]


def test_arrows_move_a_choice(qtbot) -> None:
    choice = Choice("Scratches", ["Auto", "On", "Off"])
    qtbot.addWidget(choice)
    chosen: list[int] = []
    choice.chosen.connect(chosen.append)
    qtbot.keyClick(choice.buttons()[0], Qt.Key.Key_Left)
    qtbot.keyClick(choice.buttons()[2], Qt.Key.Key_Left)
    qtbot.mouseClick(choice.buttons()[0], Qt.MouseButton.LeftButton)
    assert chosen == [2, 1, 0]


@pytest.fixture
def panel(qtbot) -> RestorePanel:
    made = RestorePanel()
    qtbot.addWidget(made)
    made.show_settings(RestoreSettings(), ESTIMATE)
    return made


def test_the_panel_turns_positions_into_settings(panel: RestorePanel) -> None:
    told: list[RestoreSettings] = []
    panel.edited.connect(lambda settings, field: told.append(settings))
    panel.noise.track.setValue(30)
    panel.blur.track.setValue(15)
    panel.jpeg.track.setValue(91)
    panel.scratches.buttons()[1].click()
    panel.fading.buttons()[2].click()
    panel.variant.buttons()[3].click()
    panel.strength.track.setValue(80)
    assert told[-1] == RestoreSettings(
        noise=30.0, blur=1.5, jpeg=10, scratches=True, fading=False, variant=3, strength=0.8
    )
    assert not panel.automatic.isChecked()


def test_automatic_off_takes_over_the_estimates_and_on_gives_them_back(panel: RestorePanel) -> None:
    told: list[RestoreSettings] = []
    panel.edited.connect(lambda settings, field: told.append(settings))
    assert panel.automatic.isChecked()
    panel.automatic.click()
    # Under JPEG no blur is undone, and none becomes the user's.
    assert told[-1] == RestoreSettings(noise=12, blur=None, jpeg=45, scratches=True, fading=False)
    panel.automatic.click()
    assert told[-1] == RestoreSettings()


def test_settings_survive_being_shown(panel: RestorePanel) -> None:
    settings = RestoreSettings(noise=7.0, blur=0.3, jpeg=0, scratches=False, strength=0.5, variant=2)
    told: list[object] = []
    panel.edited.connect(lambda settings, field: told.append(settings))
    panel.show_settings(settings, ESTIMATE)
    assert told == []
    assert (panel.noise.track.value(), panel.blur.track.value(), panel.jpeg.track.value()) == (7, 3, 0)
    assert (panel.scratches.index, panel.fading.index, panel.variant.index) == (2, 0, 2)


def frame(key: int, mark: Mark = Mark.WAITING) -> Frame:
    return Frame(key, f"{key}.jpg", mark, mark.value)


def test_the_strip_follows_its_frames_and_keeps_the_selection(qtbot) -> None:
    strip = Filmstrip("Queue")
    qtbot.addWidget(strip)
    keep_selection(strip, lambda: strip.frames.show_frames([frame(1), frame(2), frame(3)]))
    assert strip.current_key == 1
    strip.go_to(2)
    keep_selection(strip, lambda: strip.frames.show_frames([frame(1), frame(2, Mark.DONE), frame(3), frame(4)]))
    assert strip.current_key == 2
    assert strip.frames.index(1).data(FilmstripModel.FrameRole).mark is Mark.DONE
    keep_selection(strip, lambda: strip.frames.show_frames([frame(1), frame(3), frame(4)]))
    assert strip.current_key in (1, 3)
    assert strip.frames.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "1.jpg, waiting"


def test_files_folders_pictures_and_addresses_are_told_apart(tmp_path: Path) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "ä ö.jpg")), QUrl("https://example.org/x.jpg")])
    read = drop.read(files)
    assert read.paths == [tmp_path / "ä ö.jpg"]
    assert read.elsewhere
    picture = QMimeData()
    picture.setImageData(QImage(5, 4, QImage.Format.Format_RGB32))
    assert drop.read(picture).image is not None
    garbage = QMimeData()
    garbage.setText("hello")
    assert not drop.read(garbage)
    empty = QMimeData()
    empty.setImageData(QImage())
    assert not drop.read(empty)


def test_time_left_is_rounded_up() -> None:
    assert [clock(s) for s in (0.2, 14, 61.5, 3723)] == ["0:01", "0:14", "1:02", "1:02:03"]
