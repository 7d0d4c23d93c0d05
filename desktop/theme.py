"""How the window looks: two neutral palettes on Qt's Fusion style, a small stylesheet, icons in the palette's colours.

Greys carry no hue, so that nothing beside a picture shifts how its colours are seen. The one colour, the
amber of a darkroom's safelight, marks the keyboard's focus and progress.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.restyle import Restyle

ICONS = Path(__file__).resolve().parent.parent / "assets" / "icons"

_restyle: Restyle | None = None


@dataclass(frozen=True)
class Colours:
    """The colours of a theme as #rrggbb."""

    window: str
    canvas: str  #: behind pictures
    raised: str  #: buttons, menus
    hover: str
    chosen: str  #: the chosen word of several
    line: str
    groove: str  #: what a slider or a progress bar runs in
    faint: str  #: disabled text, at least 3 : 1
    quiet: str  #: secondary text, at least 4.5 : 1
    text: str
    strong: str  #: the main button
    on_strong: str
    accent: str


DARK = Colours(
    window="#1f1f1f",
    canvas="#171717",
    raised="#2a2a2a",
    hover="#343434",
    chosen="#383838",
    line="#333333",
    groove="#3d3d3d",
    faint="#7a7a7a",
    quiet="#a0a0a0",
    text="#dcdcdc",
    strong="#dcdcdc",
    on_strong="#1a1a1a",
    accent="#e0a458",
)
LIGHT = Colours(
    window="#f4f4f4",
    canvas="#e2e2e2",
    raised="#ffffff",
    hover="#ebebeb",
    chosen="#ffffff",
    line="#d4d4d4",
    groove="#cfcfcf",
    faint="#7e7e7e",
    quiet="#5e5e5e",
    text="#232323",
    strong="#2b2b2b",
    on_strong="#f6f6f6",
    accent="#8c5213",
)

_ROLE = QPalette.ColorRole
#: Where each colour lies in the palette. The stylesheet names the palette's roles, not colours: so it stays as it is
#: when the theme changes, for a new one makes Qt work on every widget there is before the window can go on.
_ROLES = {
    "window": _ROLE.Window,
    "canvas": _ROLE.Base,
    "raised": _ROLE.Button,
    "hover": _ROLE.Midlight,
    "chosen": _ROLE.Light,
    "line": _ROLE.Mid,
    "groove": _ROLE.Dark,
    "faint": _ROLE.LinkVisited,
    "quiet": _ROLE.PlaceholderText,
    "text": _ROLE.WindowText,
    "strong": _ROLE.BrightText,
    "on_strong": _ROLE.Shadow,
    "accent": _ROLE.Accent,
}
#: The same, as Qt's stylesheets say it: WindowText is "window-text".
_NAMES = {name: f"palette({re.sub('(?<!^)(?=[A-Z])', '-', role.name).lower()})" for name, role in _ROLES.items()}

_STYLE = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 5px 7px; }

QPushButton, QToolButton {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 6px; padding: 7px 14px;
}
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $line; }
QPushButton:disabled, QToolButton:disabled { color: $faint; background: transparent; }
QPushButton:focus, QToolButton:focus { border-color: $accent; }
QPushButton[strong="true"]:enabled {
    background: $strong; color: $on_strong; border-color: $strong; font-weight: 600;
}
QPushButton[strong="true"]:enabled:hover { background: $text; }
QPushButton[strong="true"]:focus { border: 2px solid $accent; padding: 6px 13px; }

QToolButton[bare="true"] { background: transparent; border-color: transparent; padding: 5px; }
QToolButton[bare="true"]:hover { background: $hover; }
QToolButton[bare="true"]:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }

QComboBox, QLineEdit {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 6px; padding: 6px 10px;
    selection-background-color: $quiet; selection-color: $window;
}
QComboBox:hover { background: $hover; }
QComboBox:focus, QLineEdit:focus { border-color: $accent; }
QComboBox:disabled, QLineEdit:disabled { color: $faint; background: transparent; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView {
    background: $raised; color: $text; border: 1px solid $line; padding: 4px; outline: none;
    selection-background-color: $hover; selection-color: $text;
}
QComboBox QAbstractItemView::item { padding: 5px 8px; border-radius: 4px; }

QFrame#choice { background: $canvas; border: 1px solid $line; border-radius: 7px; }
QFrame#choice QToolButton {
    background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 4px 9px; color: $quiet;
}
QFrame#choice[stretch="true"] QToolButton { padding: 4px 2px; }
QFrame#choice QToolButton:hover { color: $text; }
QFrame#choice QToolButton:checked { background: $chosen; color: $text; }
QFrame#choice QToolButton:focus { border-color: $accent; }
QFrame#choice QToolButton:disabled { color: $faint; }

QTabBar { background: transparent; border: none; }
QTabBar::tab {
    background: transparent; color: $quiet; border: none; border-bottom: 2px solid transparent;
    padding: 13px 2px 18px 2px; margin-right: 26px;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $text; }
QTabBar::tab:hover { color: $text; }
QTabBar QToolButton { padding: 0; }
QTabBar:focus::tab:selected { border-bottom-color: $accent; }

QProgressBar { background: $groove; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QMenu { background: $raised; color: $text; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 6px 8px; }

QScrollBar { background: transparent; width: 8px; height: 8px; margin: 0; }
QScrollBar::handle { background: $groove; border-radius: 2px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea, QListView { background: transparent; border: none; }

QLabel[quiet="true"] { color: $quiet; }
QFrame[line="true"] { background: $line; border: none; }
QFrame#banner, QFrame#card { background: $raised; border: 1px solid $line; border-radius: 8px; }
QFrame#offer { background: $raised; border: none; border-bottom: 1px solid $line; }
QFrame#card:focus { border-color: $accent; }
QScrollArea#reading:focus { border: 1px solid $accent; }
""")


def apply(choice: str) -> None:
    """Dress the application. ``choice`` is "dark", "light" or "system", which follows the desktop (dark if unknown)."""
    hints = QGuiApplication.styleHints()
    wanted = {"dark": Qt.ColorScheme.Dark, "light": Qt.ColorScheme.Light}.get(choice, Qt.ColorScheme.Unknown)
    hints.setColorScheme(wanted)  # title bar and native dialogs
    scheme = hints.colorScheme() if wanted is Qt.ColorScheme.Unknown else wanted
    dress(scheme)


def dress(scheme: Qt.ColorScheme) -> None:
    """Show the light theme, or the dark one where it is not known which is wanted: what is seen at once, what is
    hidden soon after."""
    global _restyle
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setPalette(palette(LIGHT if scheme is Qt.ColorScheme.Light else DARK))
    if not app.styleSheet():
        app.setStyleSheet(_STYLE.substitute(_NAMES))
    if _restyle is None:
        _restyle = Restyle(_show_palette, app)
    _restyle.begin()


def catch_up(page: QWidget) -> None:
    """A page is about to be seen: it shows the theme of now, also where its turn has not come."""
    if _restyle is not None:
        _restyle.catch_up(page)


def _show_palette(widget: QWidget) -> None:
    """The stylesheet looks a colour of the palette up once and keeps it, for each widget, until that is polished."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # the others will be when they are first shown
        widget.style().polish(widget)
        widget.update()
    for holder in [widget, *widget.actions()] if isinstance(widget, QAbstractButton) else widget.actions():
        name = holder.property("icon-name")
        if name and isinstance(holder, QAction | QAbstractButton):
            holder.setIcon(icon(name))


def palette(colours: Colours) -> QPalette:
    """A palette for Qt's own widgets, for the stylesheet, and for custom widgets, which paint with its roles: Base
    behind pictures, PlaceholderText for quiet text, Mid for lines, Dark for grooves, Accent for focus and progress."""
    role = QPalette.ColorRole
    roles = {which: getattr(colours, name) for name, which in _ROLES.items()} | {
        role.AlternateBase: colours.raised,
        role.ToolTipBase: colours.raised,
        role.Text: colours.text,
        role.ButtonText: colours.text,
        role.ToolTipText: colours.text,
        role.Highlight: colours.hover,
        role.HighlightedText: colours.text,
        role.Link: colours.accent,
    }
    made = QPalette()
    for which, colour in roles.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.faint))
    return made


def app_icon() -> QIcon:
    """The app's own, in every size that `assets/make_icons.py` wrote."""
    made = QIcon()
    for file in sorted((ICONS / "app").glob("*.png"), key=lambda file: int(file.stem)):
        made.addFile(str(file))
    return made


def icon(name: str) -> QIcon:
    """The drawing ``assets/icons/NAME.svg`` in the palette's text colour, sharp on any screen."""
    made = QIcon()
    colours = QGuiApplication.palette()
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        for scale in (1, 2, 3):
            made.addPixmap(pixmap(name, colours.color(group, QPalette.ColorRole.ButtonText), 20, scale), mode)
    return made


def pixmap(name: str, colour: QColor | str, side: int, scale: float = 1.0) -> QPixmap:
    """A drawing in ``colour``, ``side`` points wide on a screen with ``scale`` pixels a point."""
    return _pixmap(name, QColor(colour).name(), side, scale)


@functools.lru_cache(maxsize=1024)  # lists paint hundreds, and most buttons share a drawing with others
def _pixmap(name: str, colour: str, side: int, scale: float) -> QPixmap:
    drawing = _drawing(name).replace("#000", colour)
    picture = QPixmap(round(side * scale), round(side * scale))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


@functools.cache
def _drawing(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")


def read_drawings() -> None:
    """Have them all in memory, so that no paint waits for a disk. For a worker."""
    for file in ICONS.glob("*.svg"):
        _drawing(file.stem)


def set_icon(holder: QAction | QAbstractButton, name: str) -> None:
    """Give a button or an action a drawing that changes with the theme."""
    holder.setProperty("icon-name", name)
    holder.setIcon(icon(name))
