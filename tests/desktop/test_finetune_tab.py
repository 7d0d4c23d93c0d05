"""The Fine-tune tab as a user meets it: whole window, the wizard's command played by `fake_lessons`."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import fake_lessons
import platformdirs
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QPushButton,
)

from desktop import command
from desktop.tabs.finetune import FinetuneTab
from desktop.tabs.finetune_state import PAGES
from desktop.tabs.generate import GenerateTab
from desktop.tabs.restore import RestoreTab
from desktop.widgets.drop import read as read_mime
from engine import catalog

LONG = 60_000


@pytest.fixture
def lessons_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the fake command keeps what is unfinished, and writes down how it was called."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    monkeypatch.setenv("LESSONS", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(Path(fake_lessons.__file__).parents[2]))
    monkeypatch.setattr(command, "_program", lambda: [sys.executable, fake_lessons.__file__])
    return folder


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts a model's card where the program finds it; two are there."""
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(tmp_path / "data"))
    monkeypatch.setattr(catalog, "shipped", lambda: tmp_path / "shipped")

    def add(name: str, *capabilities: str) -> None:
        place = catalog.own() / name
        place.mkdir(parents=True)
        card = catalog.Card(
            id=name,
            name=name.title(),
            kind="generate",
            version="1",
            summary=f"Knows {name}.",
            licence="-",
            training_data=[],
            capabilities=list(capabilities),
            multiple=32,
            reach=0,
            latents=[],
            config={},
        )
        catalog.write_card(place, card)

    add("faces", "sample", "finetune")
    add("photo-restore", "restore", "finetune")
    return add


@pytest.fixture
def tab(lessons_folder: Path, models, window, qtbot) -> FinetuneTab:
    tab = window.tab(FinetuneTab)
    window.show_tab(tab)
    qtbot.waitUntil(lambda: not tab.runs.running("list"), timeout=LONG)
    return tab


@pytest.fixture
def pictures(tmp_path: Path) -> Callable[..., Path]:
    """A folder of pictures: its name, and names of files; by default nine good ones."""

    def make(name: str = "fruit", files: list[str] | None = None) -> Path:
        folder = tmp_path / "pictures" / name
        folder.mkdir(parents=True)
        for number, file in enumerate(files or [f"{number}.png" for number in range(9)]):
            (folder / file).parent.mkdir(exist_ok=True)
            Image.new("RGB", (40, 30), (20 * number, 80, 80)).save(folder / file)
        return folder

    return make


def asked(folder: Path) -> list[list[str]]:
    """How the command was called, each time."""
    return [json.loads(line) for line in (folder / "asked.txt").read_text().splitlines()]


def look(tab: FinetuneTab, folder: Path, qtbot) -> None:
    tab.begin(folder)
    qtbot.waitUntil(lambda: not tab.state.folder.looking, timeout=LONG)
    qtbot.waitUntil(lambda: not tab.runs.running("check"), timeout=LONG)


def to_time(tab: FinetuneTab, folder: Path, qtbot) -> None:
    look(tab, folder, qtbot)
    tab.commands.next.trigger()
    tab.commands.next.trigger()
    assert tab.state.page == "time"
    qtbot.waitUntil(lambda: not tab.runs.running("trial"), timeout=LONG)


def learn(tab: FinetuneTab, folder: Path, qtbot) -> None:
    to_time(tab, folder, qtbot)
    tab.commands.start.trigger()
    qtbot.waitUntil(lambda: phase(tab) == "learning" and len(tab.state.lesson.curve) > 1, timeout=LONG)


def phase(tab: FinetuneTab) -> str:
    return tab.state.lesson.phase if tab.state.lesson else ""


def wait(tab: FinetuneTab, qtbot, wanted: str) -> None:
    qtbot.waitUntil(lambda: phase(tab) == wanted and not tab._look.isActive(), timeout=LONG)


def foot(tab: FinetuneTab) -> list[str]:
    """What the buttons at the foot say; those that cannot be pressed in brackets."""
    shown = [button for button in tab.view.buttons.values() if not button.isHidden()]
    return [button.text() if button.isEnabled() else f"({button.text()})" for button in shown]


def answer(monkeypatch: pytest.MonkeyPatch, words: str) -> list[str]:
    """Press the button with these words in the next dialogs; what was asked."""
    questions: list[str] = []

    def press(box: QMessageBox) -> int:
        questions.append(box.text())
        next(button for button in box.findChildren(QPushButton) if words in button.text()).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    return questions


# -- page 1 ---------------------------------------------------------------------------------------


def test_a_folder_is_dropped_and_looked_at(tab: FinetuneTab, pictures, qtbot) -> None:
    folder = pictures(files=["a/0.png", "a/1.png", "b/2.png", "odd.png", "alike.png", "unreadable.png"])
    assert foot(tab) == ["(Next)"]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    tab.view.drops.dropped.emit(read_mime(mime))
    qtbot.waitUntil(lambda: tab.state.folder.checked is not None and not tab._look.isActive(), timeout=LONG)
    page = tab.view.folder
    assert page.grid.tiles.rowCount() == 6
    assert "4 of 6" in page._state.text()
    assert page._labels.text() == "Labels: a (2), b (1)"
    assert page.notes[0].text == "One picture is odd."
    assert page.lamps["draw"].accessibleName() == "Not enough"
    assert "6 are needed" in page._light_words["draw"].text()
    assert [page.filter.itemText(row) for row in range(page.filter.count())] == [
        "All pictures (6)",
        "What it learns from (4)",
        "Unlike the others (1)",
        "Copies (1)",
        "Unreadable (1)",
    ]
    assert foot(tab) == ["Next"]
    page.filter.setCurrentIndex(2)
    page.filter.activated.emit(2)
    assert [page.grid.tiles.key(row) for row in range(page.grid.tiles.rowCount())] == ["odd.png"]
    picture = page.grid.tiles.data(page.grid.tiles.index(0), Qt.ItemDataRole.DecorationRole)
    assert picture.width() == 24


def test_answers_can_be_undone(tab: FinetuneTab, pictures, qtbot) -> None:
    to_time(tab, pictures(), qtbot)
    name = tab.state.name
    tab.view.time.lengths.chosen.emit(0)
    for letters in ("M", "Mi", "Mine"):
        tab.view.time.name.textEdited.emit(letters)
    assert (tab.state.length, tab.state.name) == ("quick", "Mine")
    tab.undo_stack.undo()
    assert (tab.state.length, tab.state.name) == ("quick", name)
    assert tab.view.time.name.text() == name
    tab.undo_stack.undo()
    assert tab.state.length == "normal"
    assert tab.undo_stack.redoText() == "Change an answer"


def test_pictures_are_left_out_by_mouse_and_keys_in_undo(tab: FinetuneTab, pictures, qtbot) -> None:
    look(tab, pictures(), qtbot)
    grid = tab.view.folder.grid
    place = grid.visualRect(grid.tiles.index(0)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert tab.state.folder.left_out == {"0.png"}
    assert grid.tiles.data(grid.tiles.index(0), grid.tiles.TileRole).faded
    grid.choose(["1.png", "2.png"])
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert tab.state.folder.left_out == {"0.png", "1.png", "2.png"}
    assert "6 of 9" in tab.view.folder._state.text()
    assert "6 pictures are left and may do" in tab.view.folder._light_words["draw"].text()
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert tab.state.folder.left_out == {"0.png"}
    tab.commands.undo.trigger()
    tab.commands.undo.trigger()
    assert tab.state.folder.left_out == {"0.png"}
    tab.commands.undo.trigger()
    assert tab.state.folder.left_out == frozenset()
    tab.commands.redo.trigger()
    assert tab.state.folder.left_out == {"0.png"}


def test_a_folder_without_pictures_is_said_and_can_be_looked_at_again(tab: FinetuneTab, pictures, qtbot) -> None:
    folder = pictures("empty", ["notes.txt.png"])
    (folder / "notes.txt.png").unlink()
    look(tab, folder, qtbot)
    page = tab.view.folder
    assert page.trouble.text == "empty: there are no pictures in this folder."
    assert foot(tab) == ["(Next)"]
    for number in range(9):
        Image.new("RGB", (9, 9)).save(folder / f"{number}.png")
    page.trouble._action.click()
    qtbot.waitUntil(lambda: tab.state.folder.checked is not None and not tab._look.isActive(), timeout=LONG)
    assert page.trouble.isHidden()


def test_too_few_pictures_lead_nowhere(tab: FinetuneTab, pictures, qtbot) -> None:
    look(tab, pictures("few", ["0.png"]), qtbot)
    assert {lamp.accessibleName() for lamp in tab.view.folder.lamps.values()} == {"Not enough"}
    assert foot(tab) == ["(Next)"]
    tab.commands.next.trigger()
    assert tab.state.page == "folder"


def test_a_picture_is_no_folder_but_lies_in_one(tab: FinetuneTab, pictures, qtbot) -> None:
    tab.receive([pictures() / "3.png"])
    assert "“3.png” is no folder" in tab.view.banner.text
    tab.view.banner.acted.emit()
    qtbot.waitUntil(lambda: tab.state.folder.checked is not None, timeout=LONG)
    assert tab.state.name == "Fruit"


def test_another_folder_takes_the_place_of_the_one_that_is_looked_at(tab: FinetuneTab, pictures, qtbot) -> None:
    first, second = pictures("first"), pictures("second", ["0.png", "1.png"])
    tab.begin(first)
    look(tab, second, qtbot)
    assert tab.state.folder.folder == second
    assert len(tab.state.folder.files) == 2


# -- pages 2 and 3 --------------------------------------------------------------------------------


def test_the_goal_is_chosen_with_its_base(tab: FinetuneTab, models, pictures, qtbot) -> None:
    models("animals", "sample", "finetune")
    tab._models = catalog.cards("finetune")
    look(tab, pictures(files=["0.png", "1.png", "2.png", "3.png"]), qtbot)
    tab.commands.next.trigger()
    page = tab.view.goal
    assert tab.view.steps.accessibleName() == "Step 2 of 5: Goal"
    assert [card.isEnabled() for card in page.goals.cards] == [False, True, True]
    assert page.goals.index == 1  # the likely one needs more
    assert [page.base.itemText(row) for row in range(page.base.count())] == ["Photo-Restore"]
    qtbot.mouseClick(page.goals.cards[2], Qt.MouseButton.LeftButton)
    assert tab.state.goal == "denoise-noisy"
    tab.commands.back.trigger()
    look(tab, pictures("more"), qtbot)
    tab.commands.next.trigger()
    assert page.goals.index == 0
    assert [page.base.itemText(row) for row in range(page.base.count())] == ["Animals", "Faces (recommended)"]
    assert page._reason.text() == "faces knows such pictures."
    page.base.setCurrentIndex(0)
    page.base.activated.emit(0)
    assert page._reason.text() == "Knows animals."
    assert tab.state.base(["animals", "faces"]) == "animals"


def test_without_a_model_to_start_from_the_page_says_so(tab: FinetuneTab, pictures, qtbot) -> None:
    tab._models = []
    look(tab, pictures(), qtbot)
    tab.commands.next.trigger()
    assert "No model" in tab.view.goal.none.text
    assert foot(tab) == ["Back", "(Next)"]


def test_a_trial_tells_how_long_it_takes(tab: FinetuneTab, pictures, lessons_folder: Path, qtbot) -> None:
    to_time(tab, pictures(), qtbot)
    page = tab.view.time
    assert page.lengths.index == 1
    assert "4 minutes" in page.lengths.cards[2].words or "6 minutes" in page.lengths.cards[2].words
    assert page.device.text() == "CPU, 2 threads: there is no other."
    assert "9.0 GB are free" in page.room.text() and "35 %, not charging" in page.room.text()
    assert page.warnings[0].text == "The battery will not last for the thorough lesson."
    assert page.name.text() == "Fruit"
    assert foot(tab) == ["Back", "Start learning"]
    page.name.selectAll()
    qtbot.keyClicks(page.name, "faces")
    assert "already" in page._taken.text()
    assert foot(tab) == ["Back", "(Start learning)"]
    page.name.selectAll()
    qtbot.keyClick(page.name, Qt.Key.Key_Backspace)
    assert foot(tab) == ["Back", "(Start learning)"]
    qtbot.mouseClick(page.lengths.cards[0], Qt.MouseButton.LeftButton)
    assert tab.state.length == "quick"
    tab.commands.back.trigger()
    tab.commands.next.trigger()
    assert not tab.runs.running("trial")  # nothing has changed
    assert sum("--trial" in call for call in asked(lessons_folder)) == 1


def test_a_trial_that_fails_says_why_and_can_be_tried_again(tab: FinetuneTab, pictures, qtbot) -> None:
    to_time(tab, pictures("deaf"), qtbot)
    page = tab.view.time
    assert page.trouble.text == "deaf: memory is too short for this model."
    assert foot(tab) == ["Back", "(Start learning)"]
    page.trouble._action.click()
    assert tab.runs.running("trial") and page.trouble.isHidden()
    qtbot.waitUntil(lambda: not page.trouble.isHidden(), timeout=LONG)


def test_what_is_not_possible_cannot_be_started(tab: FinetuneTab, pictures, qtbot) -> None:
    to_time(tab, pictures("full"), qtbot)
    assert foot(tab) == ["Back", "(Start learning)"]


# -- pages 4 and 5 --------------------------------------------------------------------------------


def test_from_a_folder_to_a_model(tab: FinetuneTab, pictures, lessons_folder: Path, window, qtbot) -> None:
    folder = pictures()
    look(tab, folder, qtbot)
    tab.leave_out(["0.png"])
    tab.commands.next.trigger()
    tab.commands.next.trigger()
    qtbot.waitUntil(lambda: tab.state.trial.estimated is not None and not tab._look.isActive(), timeout=LONG)
    tab.commands.start.trigger()
    assert tab.view.steps.position == 3
    wait(tab, qtbot, "result")
    call = next(call for call in asked(lessons_folder) if "--ask" in call)
    assert call[1:4] == [str(folder), "--base=faces", "--goal=draw"]
    assert {"--name=Fruit", "--steps=60", "out:0.png"} <= set(call)
    page = tab.view.result
    assert page.question.text() == "“Fruit” got better"
    assert page.help.text() == "On 3 pictures from 20.0 to 23.0 dB."
    labels = [label.text() for label in page.findChildren(type(page.help)) if label.text()]
    assert {"20.00 dB", "23.00 dB", "better by 3.00 dB", "–", "1.0 %"} <= set(labels)
    assert len(page.pictures.panes.panes) == 3
    assert not page.with_pictures.isChecked()
    assert foot(tab) == ["Throw away…", "Learn some more", "Try it now", "Keep the model"]
    page.with_pictures.click()
    tab.commands.keep.trigger()
    wait(tab, qtbot, "kept")
    assert json.loads((lessons_folder / "kept.txt").read_text()) == {"id": "fruit", "pictures": True}
    assert foot(tab) == ["Teach another folder", "Open in Sliders", "Open in Generate"]
    tab.commands.again.trigger()
    assert tab.state.page == "folder" and tab.state.folder.folder is None


def test_the_curve_and_the_pictures_grow(tab: FinetuneTab, pictures, qtbot) -> None:
    learn(tab, pictures("endless"), qtbot)
    page = tab.view.learn
    qtbot.waitUntil(lambda: page.notes[0].text == "It learns your pictures by heart.", timeout=LONG)
    qtbot.waitUntil(lambda: "left (" in page._left.text(), timeout=LONG)
    assert "It learns to draw them" in page._doing.text()
    assert "9 pictures; 3 others" in page.help.text()
    assert "dB" in page.chart.reading and "base model 20.00 dB" in page.chart.reading
    page.which.chosen.emit(page.which.index)
    for index, word in ((1, "Lower is better"), (2, "sliders do nothing"), (0, "Higher is better")):
        page.which.choose(index)
        page.which.chosen.emit(index)
        assert word in page._meaning.text()
    assert [pane.name for pane in page.pictures.panes.panes] == ["Original", "Base model", "Now"]
    tab.commands.next_pictures.trigger()
    tab.commands.next_pictures.trigger()
    assert page.pictures._where.text() == "3 of 3"
    page.pictures._turn_to(1)
    assert page.pictures.samples.tiles.rowCount() == 4
    assert foot(tab)[0] == "Throw away…"


def test_a_break_and_a_try_in_another_tab(tab: FinetuneTab, models, pictures, window, qtbot) -> None:
    learn(tab, pictures("endless"), qtbot)
    tab.commands.pause.trigger()
    tab.commands.pause.trigger()  # impatient
    assert "Pausing" in tab.view.learn._doing.text()
    wait(tab, qtbot, "paused")
    assert foot(tab) == ["Throw away…", "Try it now", "Stop and take the best", "Go on learning"]
    steps = tab.state.lesson.learning.step
    tab.commands.try_now.trigger()
    qtbot.waitUntil(lambda: bool(tab.state.lesson.tryable) and not tab._look.isActive(), timeout=LONG)
    models("endless-so-far", "sample")
    tab.view.learn.tryable._action.click()
    generate = window.tab(GenerateTab)
    assert window.current is generate
    assert {recipe.model for recipe in generate.state.shown.values()} == {"endless-so-far"}
    assert len(generate.state.shown) == 16
    assert generate.view.panel.model.model == "endless-so-far"
    assert tab.state.lesson.learning.step == steps
    window.show_tab(tab)
    tab.commands.go_on.trigger()
    wait(tab, qtbot, "learning")
    tab.commands.stop.trigger()
    wait(tab, qtbot, "result")


def test_a_model_that_restores_is_used_by_restore(
    tab: FinetuneTab, models, pictures, window, photo_file, qtbot
) -> None:
    restore = window.tab(RestoreTab)
    restore.open([photo_file()])
    qtbot.waitUntil(lambda: bool(restore.queue.photos), timeout=LONG)
    look(tab, pictures("album"), qtbot)
    tab.commands.next.trigger()
    tab.view.goal.goals.cards[1].click()
    tab.commands.next.trigger()
    qtbot.waitUntil(lambda: tab.state.trial.estimated is not None and not tab._look.isActive(), timeout=LONG)
    tab.commands.start.trigger()
    wait(tab, qtbot, "result")
    models("album", "restore")
    tab.commands.keep.trigger()
    wait(tab, qtbot, "kept")
    assert foot(tab) == ["Teach another folder", "Open in Restore"]
    tab.commands.to_restore.trigger()
    assert window.current is restore
    assert restore.view.panel.model.isVisible()
    assert restore.view.panel.model.model == "album"
    assert restore.queue.photos[0].settings.model == "album"
    restore.commands.undo.trigger()
    assert restore.queue.photos[0].settings.model == "photo-restore"


def test_nothing_got_better(tab: FinetuneTab, pictures, lessons_folder: Path, qtbot, monkeypatch) -> None:
    to_time(tab, pictures("vain"), qtbot)
    tab.commands.start.trigger()
    wait(tab, qtbot, "result")
    assert tab.view.result.question.text() == "Nothing got better"
    assert not tab.view.result.with_pictures.isVisible()
    assert foot(tab) == ["Throw away…", "Learn some more"]
    tab.commands.more.trigger()
    wait(tab, qtbot, "learning")
    assert tab.state.page == "learning"
    wait(tab, qtbot, "result")
    assert tab.state.lesson.result.steps == 120
    answer(monkeypatch, "Cancel")
    tab.commands.throw_away.trigger()
    assert phase(tab) == "result"
    questions = answer(monkeypatch, "Throw away")
    tab.commands.throw_away.trigger()
    qtbot.waitUntil(lambda: tab.state.lesson is None, timeout=LONG)
    assert questions == ["Throw away what “Vain” has learnt?"]
    assert tab.state.page == "folder"
    assert list(lessons_folder.glob("*.json")) == []


def test_a_lesson_that_dies_goes_on(tab: FinetuneTab, pictures, window, qtbot) -> None:
    engine = window._engine.pid
    to_time(tab, pictures("deadly"), qtbot)
    tab.commands.start.trigger()
    wait(tab, qtbot, "died")
    assert "it can go on" in tab.view.learn.trouble.text
    assert tab.view.learn.question.text() == "“Deadly” has stopped"
    assert foot(tab) == ["Teach another folder", "Go on learning"]
    assert window._engine.pid == engine
    tab.commands.go_on.trigger()
    wait(tab, qtbot, "result")
    assert tab.view.learn.trouble.isHidden()


def test_what_was_killed_is_listed_and_goes_on_or_away(
    tab: FinetuneTab, pictures, lessons_folder: Path, qtbot, monkeypatch
) -> None:
    learn(tab, pictures("endless"), qtbot)
    qtbot.waitUntil(lambda: tab.state.lesson.saved is not None, timeout=LONG)
    os.kill(tab.runs.pid("lesson"), signal.SIGKILL)
    wait(tab, qtbot, "died")
    tab.commands.again.trigger()
    page = tab.view.folder.unfinished
    qtbot.waitUntil(lambda: [lesson.name for lesson in page.lessons] == ["Endless"], timeout=LONG)
    assert [button.accessibleName() for button in page.buttons] == ["Endless: Go on", "Endless: Throw away"]
    page.buttons[0].click()
    wait(tab, qtbot, "learning")
    assert tab.state.lesson.begun.step >= 20
    tab.commands.stop.trigger()
    wait(tab, qtbot, "result")
    os.kill(tab.runs.pid("lesson"), signal.SIGKILL)
    wait(tab, qtbot, "died")
    tab.commands.again.trigger()
    qtbot.waitUntil(lambda: bool(page.buttons) and "See the result" in page.buttons[0].text(), timeout=LONG)
    answer(monkeypatch, "Throw away")
    page.buttons[1].click()
    qtbot.waitUntil(lambda: not list(lessons_folder.glob("*.json")), timeout=LONG)
    qtbot.waitUntil(lambda: not tab.runs.running("discard") and not tab.runs.running("list"), timeout=LONG)
    assert page.isHidden()


def test_a_lesson_whose_folder_moved_is_told_where_it_is(
    tab: FinetuneTab, pictures, lessons_folder: Path, qtbot, monkeypatch
) -> None:
    state = {"run": "old", "name": "Old", "folder": "/gone", "goal": "draw", "base": "faces", "step": 20, "steps": 40}
    (lessons_folder / "old.json").write_text(json.dumps(state))
    tab.teacher.refresh()
    page = tab.view.folder.unfinished
    qtbot.waitUntil(lambda: bool(page.lessons), timeout=LONG)
    assert page.buttons[0].text() == "Find the folder…"
    folder = pictures("here now")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *arguments: str(folder))
    page.buttons[0].click()
    wait(tab, qtbot, "result")
    assert asked(lessons_folder)[-1][1] == str(folder)


def test_a_lesson_that_cannot_begin_says_why_and_leads_back(
    tab: FinetuneTab, pictures, lessons_folder: Path, qtbot, monkeypatch
) -> None:
    to_time(tab, pictures(), qtbot)
    monkeypatch.setattr(
        command, "_program", lambda: [sys.executable, "-c", "import sys; sys.exit('fruit: the disk is full.')"]
    )
    tab.commands.start.trigger()
    wait(tab, qtbot, "failed")
    assert tab.view.learn.trouble.text == "fruit: the disk is full."
    assert foot(tab) == ["Back"]
    tab.commands.back.trigger()
    assert tab.state.page == "time"
    assert foot(tab) == ["Back", "Start learning"]


def test_one_lesson_at_a_time(tab: FinetuneTab, pictures, qtbot) -> None:
    learn(tab, pictures("endless"), qtbot)
    assert not tab.commands.open.isEnabled()
    pid = tab.runs.pid("lesson")
    tab.receive([pictures("second")])
    assert "One lesson at a time" in tab.view.banner.text
    assert tab.runs.pid("lesson") == pid
    tab.hide()
    tab.show()
    assert tab.state.page == "learning"


def test_closing_the_window_while_it_learns_asks_once_and_keeps_the_state(
    tab: FinetuneTab, pictures, window, lessons_folder: Path, qtbot, monkeypatch
) -> None:
    learn(tab, pictures("endless"), qtbot)
    window.ask_before_closing = True
    pid = tab.runs.pid("lesson")
    questions = answer(monkeypatch, "Cancel")
    assert not window.close()
    assert phase(tab) == "learning"
    questions += answer(monkeypatch, "Stop and close")
    assert window.close()
    assert len(questions) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    kept = json.loads((lessons_folder / "endless.json").read_text())
    assert kept["step"] >= tab.state.lesson.learning.step


# -- for everybody --------------------------------------------------------------------------------


def test_every_control_has_a_name(tab: FinetuneTab, pictures, qtbot) -> None:
    learn(tab, pictures("endless"), qtbot)
    for page in PAGES:
        tab.view.at(page)
    controls = [
        control
        for kind in (QAbstractButton, QAbstractSlider, QAbstractItemView, QLineEdit, QProgressBar)
        for control in tab.findChildren(kind)
        if not control.objectName().startswith("qt_") and type(control).__name__ != "QScrollBar"
    ]
    assert len(controls) > 40
    assert [type(control).__name__ for control in controls if not control.accessibleName()] == []
    texts = [action.text() for _, group in tab.menus.groups() for action in group if action is not None]
    assert all(texts) and len(set(texts)) == len(texts)
    keys = [action.shortcut().toString() for _, group in tab.menus.groups() for action in group if action]
    keys = [key for key in keys if key]
    assert len(set(keys)) == len(keys)


def test_the_whole_wizard_by_keyboard(tab: FinetuneTab, pictures, window, qtbot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=LONG)
    look(tab, pictures(), qtbot)
    alt, ctrl = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(tab, Qt.Key.Key_Right, alt)
    assert tab.state.page == "goal"
    qtbot.keyClick(tab.view.goal.goals.cards[0], Qt.Key.Key_Right)
    assert tab.state.goal == "restore"
    qtbot.keyClick(tab, Qt.Key.Key_Right, alt)
    qtbot.waitUntil(lambda: tab.state.trial.estimated is not None and not tab._look.isActive(), timeout=LONG)
    qtbot.keyClick(tab, Qt.Key.Key_Left, alt)
    qtbot.keyClick(tab, Qt.Key.Key_Right, alt)
    qtbot.keyClick(tab.view.time.lengths.cards[1], Qt.Key.Key_Left)
    assert tab.state.length == "quick"
    qtbot.keyClick(tab, Qt.Key.Key_Return, ctrl)
    wait(tab, qtbot, "result")
    qtbot.keyClick(tab, Qt.Key.Key_Down, alt)
    assert tab.view.result.pictures.index == 1
    qtbot.keyClick(tab, Qt.Key.Key_S, ctrl)
    wait(tab, qtbot, "kept")


def test_pages_are_built_when_they_are_wanted_and_stand_before_the_foot(tab: FinetuneTab, pictures, qtbot) -> None:
    built = [name for name in ("goal", "time", "learn", "result") if name in vars(tab.view)]
    assert built == []
    look(tab, pictures(), qtbot)
    tab.commands.next.trigger()
    assert "goal" in vars(tab.view) and "result" not in vars(tab.view)
    widget, chain = tab.view.steps.nextInFocusChain(), []
    while widget is not tab.view.steps:
        chain.append(widget)
        widget = widget.nextInFocusChain()
        assert widget is not None
    last = max(chain.index(control) for control in (*tab.view.goal.goals.cards, tab.view.goal.base))
    buttons = [chain.index(button) for button in tab.view.buttons.values()]
    assert buttons == sorted(buttons)
    assert last < buttons[0]
    assert last > chain.index(tab.view.folder.grid)
