"""The window in other languages: one that nobody speaks, longer ones, from right to left, and changed while it runs."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import fake_engine
import psutil
import pytest
from PySide6.QtCore import QLocale, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from seen_words import whole, words_of, words_of_menus
from shiboken6 import isValid

from desktop import language, theme
from desktop.engine_client import EngineClient
from desktop.historian import Historian
from desktop.open_window import OpenWindow
from desktop.preferences import Preferences
from desktop.tabs.doors import DOORS
from desktop.tabs.restore import RestoreTab
from desktop.widgets.shortcut_sheet import ShortcutSheet
from desktop.widgets.slider import Track
from desktop.window import MainWindow

#: Names that are the same in every language; kinds of files, units, keys.
NAMES = re.compile(
    r"Latent Darkroom|Apache|CC BY(-SA)?"
    r"|\b(PNG|JPEG|TIFF|WebP|GIF|AVIF|HEIC|MP4|CSV|JSON|CPU|GB|MB|kB|dB|px|sha256|MIT)\b"
    r"|\b(Ctrl|Shift|Alt|Meta|Space|Enter|Return|Esc|Del(ete)?|Backspace|Tab|F\d+|PgUp|PgDown|Ins)\b"
    r"|\b(Left|Right|Up|Down|Home|End)\b"
    r"|\w+day, \w+ \d+, \d{4} .*|\b[AP]M\b|cartoon-faces-\d+"
    r"|English|简体中文|The fake engine needs no more."
    r"|\(Language\)|[\w-]+\.(png|onnx|safetensors|json|jpg)|[0-9a-f]{12,}…?|<[^>]*>|&\w+;"
)


class Pseudo(QTranslator):
    """[!!! Every word as it is, but longer !!!]"""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, words: str, about: str | None = None, number: int = -1) -> str:
        return f"[!!! {words}{'~' * round(0.4 * len(words))} !!!]"


class Longer(QTranslator):
    """As long as in German or Finnish: two fifths more."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, words: str, about: str | None = None, number: int = -1) -> str:
        return words + " longer longer"[: round(0.4 * len(words))] + " longer" * (round(0.4 * len(words) - 14) // 7)


@pytest.fixture(autouse=True)
def nothing_of_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Models, presets and favourites have names that nobody translates."""
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data"))


@pytest.fixture
def speak() -> Iterator[Callable[[QTranslator], None]]:
    yield lambda translator: language.install([translator])
    language.apply("en")


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def unmarked(words: str) -> str:
    """What is left of words once everything that came through the translator is taken out."""
    before = None
    while before != words:
        before, words = words, re.sub(r"\[!!! (?:(?!\[!!! | !!!\]).)* !!!\]", "", words, flags=re.DOTALL)
    return NAMES.sub("", words)


def bare(words: set[str]) -> set[str]:
    return {said for said in words if re.search(r"[^\W\d_]{2,}", unmarked(said))}


# -- a language that nobody speaks --------------------------------------------------------------------------


def test_every_word_can_be_translated(
    speak: Callable[[QTranslator], None],
    make_window: Callable[..., MainWindow],
    qtbot,
    photo_file: Callable[..., Path],
    tmp_path: Path,
) -> None:
    speak(Pseudo())
    window, historian = make_window(fake_engine.main), Historian(tmp_path / "history.db")
    window.history.keep(historian)
    for number, door in enumerate(DOORS):
        window.show_tab(whole(window.at(number)))
        assert not bare(words_of(window)), door.name
        assert not bare(words_of_menus(window)), door.name
    tab = window.tab(RestoreTab)
    window.show_tab(tab)
    tab.receive([photo_file("1.png"), photo_file("2.png")])
    qtbot.waitUntil(lambda: len(tab.queue.unsaved()) == 2, timeout=60000)
    assert not bare(words_of(window))
    window.history.open()
    page = window.history.page
    assert page is not None
    qtbot.waitUntil(lambda: page.view.grid.tiles.rowCount() >= 2, timeout=60000)
    assert not bare(words_of(page))
    historian.close()
    for scope in ("restore", "explore"):
        sheet = ShortcutSheet(window.shortcuts, scope, window)
        assert not bare(words_of(sheet)), scope


# -- longer words, and from right to left -------------------------------------------------------------------


def clipped(top: QWidget) -> list[str]:
    """Buttons and labels that are seen and have less room than their words need, and do not say so in a tip."""
    found = []
    for widget in top.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QAbstractButton | QLabel) or not widget.text():
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            short = widget.heightForWidth(widget.width()) > widget.height() + 1
        else:
            short = widget.minimumSizeHint().width() > widget.width() + 1
        words = widget.text().replace("&", "")
        if short and not widget.toolTip():
            found.append(f"{type(widget).__name__} {words!r}: {widget.size().toTuple()}")
    return found


def test_longer_words_have_room(
    speak: Callable[[QTranslator], None], make_window: Callable[..., MainWindow], qtbot, photo_file
) -> None:
    speak(Longer())
    window = make_window(fake_engine.main)
    window.resize(1280, 800)
    window.tab(RestoreTab).receive([photo_file("1.png")])
    qtbot.waitUntil(lambda: bool(window.tab(RestoreTab).queue.unsaved()), timeout=60000)
    for number, door in enumerate(DOORS):
        window.show_tab(whole(window.at(number)))
        with contextlib.suppress(qtbot.TimeoutError):
            qtbot.waitUntil(lambda: not clipped(window))
        assert window.width() == 1280
        assert not clipped(window), door.name


@pytest.mark.usefixtures("right_to_left")
def test_from_right_to_left(make_window: Callable[..., MainWindow], qtbot, photo_file: Callable[..., Path]) -> None:
    """The panel stands on the left; pictures and sliders keep their sense."""
    window = make_window(fake_engine.main)
    tab = window.tab(RestoreTab)
    tab.receive([photo_file("1.png")])
    qtbot.waitUntil(lambda: bool(tab.queue.unsaved()), timeout=60000)
    view = tab.view
    assert (
        view.panel.mapTo(window, view.panel.rect().center()).x()
        < view.canvas.mapTo(window, view.canvas.rect().center()).x()
    )
    track = view.panel.strength.findChild(Track)
    assert track is not None
    before = track.value()
    qtbot.keyClick(track, Qt.Key.Key_Left)
    assert track.value() < before
    choice = view.panel.scratches  # Auto, On, Off: the first stands on the right
    first, second, *_ = choice.buttons()
    assert first.x() > second.x()
    qtbot.keyClick(first, Qt.Key.Key_Left)
    assert choice.index == 1


# -- changed while it runs ----------------------------------------------------------------------------------


@pytest.fixture
def opened(qtbot, tmp_path: Path) -> Iterator[OpenWindow]:
    theme.apply("dark")
    folder = tmp_path / "work"
    folder.mkdir()
    preferences = Preferences(tmp_path / "settings.json")
    opened = OpenWindow(preferences, folder, lambda place: EngineClient(place, fake_engine.main))
    opened.window.ask_before_closing = False
    opened.window.show()
    yield opened
    opened.window.close()
    opened.window.deleteLater()
    language.apply("en")


def everything(window: MainWindow) -> set[str]:
    for number in range(len(DOORS)):
        window.show_tab(whole(window.at(number)))
    return words_of(window) | words_of_menus(window)


def test_another_language_leaves_nothing_of_the_first(opened: OpenWindow, qtbot, photo_file) -> None:
    first = opened.window
    english = everything(first)
    tab = first.tab(RestoreTab)
    tab.receive([photo_file("1.png"), photo_file("2.png")])
    qtbot.waitUntil(lambda: len(tab.queue.unsaved()) == 2, timeout=60000)
    first.show_tab(tab)
    qtbot.waitUntil(lambda: not first.at_work(), timeout=60000)
    first.languages.choose("zh_CN")
    qtbot.waitUntil(lambda: opened.window is not first, timeout=60000)
    second = opened.window
    assert second.isVisible()
    assert not first.isVisible()
    assert second.current.name == "restore"
    assert len(second.tab(RestoreTab).queue.unsaved()) == 2  # with their results
    assert QLocale().name() == "zh_CN"
    chinese = everything(second)
    left = {words for words in english & chinese if re.search(r"[A-Za-z]{2}", NAMES.sub("", words))}
    assert not left
    assert sum(bool(re.search(r"[\u4e00-\u9fff]", words)) for words in chinese) > 200
    second.languages.choose("en")
    qtbot.waitUntil(lambda: opened.window is not second, timeout=60000)
    assert not [
        words for words in everything(opened.window) if re.search(r"[\u4e00-\u9fff]", words.replace("简体中文", ""))
    ]


def test_a_batch_goes_on_in_the_other_language(opened: OpenWindow, qtbot, photo_file) -> None:
    first = opened.window
    first.tab(RestoreTab).receive([photo_file(f"{number}.png") for number in range(6)])
    qtbot.waitUntil(lambda: len(first.tab(RestoreTab).queue.photos) == 6, timeout=60000)
    first.languages.choose("zh_CN")
    qtbot.waitUntil(lambda: opened.window is not first, timeout=60000)
    queue = opened.window.tab(RestoreTab).queue
    assert len(queue.photos) == 6
    qtbot.waitUntil(lambda: len(queue.unsaved()) == 6, timeout=60000)


def test_the_language_waits_for_work_that_would_be_lost(
    opened: OpenWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened.window
    tab = first.current
    monkeypatch.setattr(type(first), "at_work", lambda window: window is first and not tab.property("done"))
    first.languages.choose("zh_CN")
    qtbot.waitUntil(lambda: "when the work" in first.banner.text, timeout=60000)
    qtbot.wait(700)
    assert opened.window is first
    tab.setProperty("done", True)
    qtbot.waitUntil(lambda: opened.window is not first, timeout=60000)


def slow_to_end(window: MainWindow, qtbot) -> None:
    """Its engine does not hear that it shall end."""
    qtbot.waitUntil(lambda: window._engine.last_ready is not None, timeout=60000)
    assert window._engine.pid is not None
    psutil.Process(window._engine.pid).suspend()


def test_the_window_stays_and_hears_while_its_engine_ends(opened: OpenWindow, qtbot) -> None:
    first = opened.window
    slow_to_end(first, qtbot)
    first.languages.choose("zh_CN")
    qtbot.waitUntil(lambda: first._engine.pid is None, timeout=60000)
    heard: list[bool] = []
    QTimer.singleShot(0, lambda: heard.append(opened.window is first and first.isVisible() and first.isEnabled()))
    qtbot.waitUntil(lambda: opened.window is not first, timeout=60000)
    assert heard == [True]
    assert not (isValid(first) and first.isVisible())


def test_the_last_of_two_languages_chosen_in_a_row_is_spoken(opened: OpenWindow, qtbot) -> None:
    slow_to_end(opened.window, qtbot)
    built: list[MainWindow] = []
    opened.built.connect(built.append)
    first = opened.window
    first.languages.choose("zh_CN")
    qtbot.waitUntil(lambda: first._engine.pid is None, timeout=60000)
    first.languages.choose("en")
    qtbot.waitUntil(lambda: bool(built), timeout=60000)
    qtbot.wait(200)
    assert built == [opened.window]
    assert QLocale().language() == QLocale.Language.English


def test_a_window_closed_while_its_language_changes_stays_closed(opened: OpenWindow, qtbot) -> None:
    first = opened.window
    slow_to_end(first, qtbot)
    first.languages.choose("zh_CN")
    qtbot.waitUntil(lambda: first._engine.pid is None, timeout=60000)
    first.close()
    qtbot.wait(300)
    assert opened.window is first
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]


# -- the words themselves -------------------------------------------------------------------------------------


def test_an_unknown_language_is_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "system", lambda: "en")
    language.apply("tlh")
    assert QLocale().language() == QLocale.Language.English


def test_words_that_are_newer_than_what_was_compiled_are_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = language.FOLDER / "latent-darkroom_en.ts"
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    (tmp_path / source.name).write_bytes(source.read_bytes())
    first = language.compiled("en")
    assert first.stat().st_size > 100
    made = first.stat().st_mtime_ns
    assert language.compiled("en").stat().st_mtime_ns == made
    first.unlink()
    (tmp_path / source.name).write_text("no words", encoding="utf-8")
    assert not language.compiled("en").exists()  # noted in the log; the window speaks English without plurals
