"""The map as it is drawn: all pictures of a folder at their places, as dots from far and as pictures from near."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.tabs.explore_dots import dots
from desktop.tabs.explore_places import Places, level_at
from desktop.tabs.explore_sheet import Sheet
from desktop.widgets import spoken
from desktop.widgets.focus import FocusRing
from desktop.widgets.view import View

#: The map's side in the units of `View`, whose closest look is 16 screen pixels for one.
WORLD = 8192
#: Side of the smallest and the largest pictures on the map, and of what is drawn between them, in points.
SMALL, LARGE, DRAWN = 44, 132, 128
#: The power of the zoom by which pictures grow: of one picture, less for ten times as many, and at least. In a large
#: folder most of the room goes to more of them.
GROWTH, LESS, LEAST = 0.75, 0.14, 0.15
#: Share of its room that a picture fills.
FILLED = 0.9
#: Around a picture, in points: its colour.
FRAME = 2
#: Radius of a dot in points, and how far beside it a click still means it.
DOT, NEAR = 2.6, 7.0


class MapScene(QWidget):
    """Shows `Places` through a `Sheet`: what is where on the screen, and how it looks."""

    spoken_role = QAccessible.Role.Graphic

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = View()
        self.view.enlarges = math.inf
        self.words: Callable[[int], str] = lambda _picture: ""  #: what is said of a picture
        self.places = Places(np.zeros((0, 2)))
        self._sheet = sheet
        self._colours = np.zeros(0, np.uint32)
        self.chosen = np.zeros(0, bool)
        self.current: int | None = None
        self.pin: tuple[float, float] | None = None  #: where something is drawn between the pictures
        self._drawn: QImage | None = None
        self._layer: tuple[object, QImage] | None = None  # the dots, and what they were painted for
        self.line: list[QPointF] = []  #: of a lasso, or two corners of a rectangle
        self.line_is_box = False
        self._ring = FocusRing(self)
        self.setMinimumSize(240, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Map of the pictures"))
        self.setAccessibleDescription(
            self.tr("Arrow keys go to the next picture, Space looks closer, plus and minus zoom, 0 shows all.")
        )
        sheet.changed.connect(self.update)

    # -- what is shown ------------------------------------------------------------------------------

    def show_places(self, places: Places) -> None:
        """Other places; zoom and middle stay."""
        self.places, self._layer = places, None
        self.current = self.current if self.current is not None and self.current < len(places) else None
        self._colours, self.chosen = np.zeros(len(places), np.uint32), np.zeros(len(places), bool)
        self.view.show((WORLD, WORLD))
        self._resize_view()
        self.update()

    def show_colours(self, colours: np.ndarray) -> None:
        """[N] 0xRRGGBB: one for each picture."""
        self._colours, self._layer = colours, None
        self.update()

    def show_chosen(self, chosen: Sequence[int], current: int | None) -> None:
        """Which pictures are chosen, and where the keyboard stands."""
        self.chosen = np.zeros(len(self.places), bool)
        self.chosen[list(chosen)] = True
        if current != self.current:
            self.current = current
            spoken.changed(self)
        self.update()

    def show_drawn(self, pin: tuple[float, float] | None, image: QImage | None = None) -> None:
        """What the model sees at a place; no image: it is on its way."""
        self.pin, self._drawn = pin, image
        self.update()

    def fit(self) -> None:
        self.view.fit()
        self.update()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Closer or farther; the place under ``at`` stays where it is."""
        ratio = self.devicePixelRatioF()
        self.view.zoom_to(self.view.zoom * factor, None if at is None else (at.x() * ratio, at.y() * ratio))
        self.update()

    def look_at(self, picture: int) -> None:
        """Bring a picture into view where it is not."""
        x, y = self.on_screen(self.places.points[[picture]])[0]
        ratio, edge = self.devicePixelRatioF(), self.side
        if not (edge <= x <= self.width() * ratio - edge and edge <= y <= self.height() * ratio - edge):
            self.view.pan(self.width() * ratio / 2 - float(x), self.height() * ratio / 2 - float(y))
            self.update()

    @property
    def middle(self) -> tuple[float, float]:
        """The place in the middle of the view."""
        return self.view.centre[0] / WORLD, self.view.centre[1] / WORLD

    def spoken_value(self) -> str:
        if self.current is None:
            return self.tr("%n picture(s)", "", int(self.places.there.sum()))
        chosen = self.tr("chosen") if self.chosen[self.current] else ""
        return ", ".join(filter(None, (self.words(self.current), chosen)))

    # -- geometry -----------------------------------------------------------------------------------

    @property
    def side(self) -> int:
        """Of a picture on the map, in screen pixels, in steps: a picture of every size is kept for the next paint."""
        ratio = self.devicePixelRatioF()
        room = max(min(self.width(), self.height()), 1) * ratio
        count = max(int(self.places.there.sum()), 1)
        few = 0.62 * room / math.sqrt(count)  # where all of them fit beside each other
        power = max(GROWTH - LESS * math.log10(count), LEAST)
        grown = max(few, SMALL * ratio) * max(self.view.zoom / self.view.fit_zoom, 1.0) ** power
        steps = round(4 * math.log2(max(min(grown, LARGE * ratio), SMALL * ratio) / (SMALL * ratio)))
        return round(SMALL * ratio * 2 ** (steps / 4))

    def on_screen(self, points: np.ndarray) -> np.ndarray:
        """Points of the map [n, 2] in screen pixels."""
        return points * (WORLD * self.view.zoom) + np.asarray(self.view.origin, np.float32)

    def on_map(self, point: QPointF) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        x, y = self.view.to_picture((point.x() * ratio, point.y() * ratio))
        return x / WORLD, y / WORLD

    def _seen_as_pictures(self) -> np.ndarray:
        """[N] bool: those that have room enough to be seen as pictures."""
        room = FILLED * self.side + 2 * FRAME * self.devicePixelRatioF()
        return self.places.levels <= level_at(room / (WORLD * self.view.zoom))

    def picture_at(self, point: QPointF) -> int | None:
        """The picture under a point of the widget: a small picture, or a dot near by."""
        if not self.places.there.any():
            return None
        place, ratio = np.asarray(self.on_map(point), np.float32), self.devicePixelRatioF()
        unit = WORLD * self.view.zoom
        gap = np.abs(self.places.points - place)
        under = self._seen_as_pictures() & (gap.max(1) * unit <= FILLED * self.side / 2)
        if under.any():
            return int(np.where(under, gap.max(1), np.inf).argmin())
        picture, far = self.places.nearest((float(place[0]), float(place[1])))
        return picture if far * unit <= NEAR * ratio else None

    def _resize_view(self) -> None:
        ratio = self.devicePixelRatioF()
        self.view.margin = round(min(self.side, LARGE * ratio) / 2 + 14 * ratio)
        self.view.resize((round(self.width() * ratio), round(self.height() * ratio)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resize_view()
        self._resize_view()  # pictures grow with the room, and the margin with them
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(800, 600)

    # -- drawing ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self.palette()
        painter.fillRect(self.rect(), colours.color(QPalette.ColorRole.Base))
        if len(self.places):
            self._draw_pictures(painter)
        if self.pin is not None:
            self._draw_pin(painter, self.pin)
        if self.line:
            accent = colours.color(QPalette.ColorRole.Accent)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(accent, 1.5))
            accent.setAlpha(30)
            painter.setBrush(accent)
            if self.line_is_box:
                painter.drawRect(QRectF(self.line[0], self.line[-1]).normalized())
            else:
                painter.drawPolygon(QPolygonF(self.line))
        self._ring.draw(painter)

    def _draw_pictures(self, painter: QPainter) -> None:
        ratio, side = self.devicePixelRatioF(), self.side
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        at, half = self.on_screen(self.places.points), side / 2
        x, y = at.T
        on = self.places.there & (x > -half) & (x < width + half) & (y > -half) & (y < height + half)
        near = self._seen_as_pictures()
        far, pictures = np.flatnonzero(on & ~near), np.flatnonzero(on & near)
        if self.current is not None and on[self.current]:  # is always seen, on top of the others
            pictures = np.append(pictures[pictures != self.current], self.current)
        if len(far):
            painter.drawImage(QRectF(self.rect()), self._dots(at, far, (width, height)))
        chosen = self.chosen[pictures]
        role = QPalette.ColorRole
        strong = self.palette().color(role.Accent if self.hasFocus() else role.WindowText)
        inner = round(FILLED * side)
        pixmaps = self._sheet.pixmaps([int(p) for p in pictures], inner)
        inks = [QColor(0xFF000000 | int(colour)) for colour in self._colours[pictures]]
        for picture, pixmap, ink, mine in zip(pictures.tolist(), pixmaps, inks, chosen.tolist(), strict=True):
            size = pixmap.deviceIndependentSize()
            place = QRectF(QPointF(), size)
            place.moveCenter(QPointF(float(x[picture]), float(y[picture])) / ratio)
            place.moveTopLeft(
                (place.topLeft() * ratio).toPoint().toPointF() / ratio
            )  # whole pixels: copied, not scaled
            painter.fillRect(place.adjusted(-FRAME, -FRAME, FRAME, FRAME), strong if mine else ink)
            painter.drawPixmap(place.topLeft(), pixmap)
            if mine:
                painter.setPen(QPen(strong, 2))
                painter.drawRect(place.adjusted(-FRAME, -FRAME, FRAME, FRAME))
        if self.current is not None and on[self.current]:
            painter.setPen(QPen(strong, 1.6))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            room = QRectF(0, 0, inner / ratio + 12, inner / ratio + 12)
            room.moveCenter(QPointF(float(x[self.current]), float(y[self.current])) / ratio)
            painter.drawRoundedRect(room, 4, 4)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _dots(self, at: np.ndarray, far: np.ndarray, size: tuple[int, int]) -> QImage:
        """The dots, painted again only where something about them changed."""
        ratio = self.devicePixelRatioF()
        role = QPalette.ColorRole.Accent if self.hasFocus() else QPalette.ColorRole.WindowText
        mark = self.palette().color(role).rgb() & 0xFFFFFF
        key = (self.view.zoom, self.view.origin, size, mark, self.chosen.tobytes())
        if self._layer is None or self._layer[0] != key:
            mine = self.chosen[far]
            order = np.concatenate([far[~mine], far[mine]])  # chosen ones on top
            inks = np.where(self.chosen[order], mark, self._colours[order]).astype(np.uint32)
            self._layer = key, dots(at[order], inks, size, DOT * ratio)
        return self._layer[1]

    def _draw_pin(self, painter: QPainter, pin: tuple[float, float]) -> None:
        ratio, colours = self.devicePixelRatioF(), self.palette()
        x, y = (self.on_screen(np.asarray([pin], np.float32))[0] / ratio).tolist()
        room = QRectF(0, 0, DRAWN, DRAWN)
        room.moveCenter(QPointF(x, y - DRAWN / 2 - 14 if y > DRAWN + 30 else y + DRAWN / 2 + 14))
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(colours.color(QPalette.ColorRole.Accent), 1.6, Qt.PenStyle.DashLine))
        painter.setBrush(colours.color(QPalette.ColorRole.AlternateBase))
        painter.drawLine(QPointF(x, y), room.center())
        painter.drawEllipse(QPointF(x, y), 4, 4)
        painter.drawRoundedRect(room.adjusted(-5, -5, 5, 5), 6, 6)
        if self._drawn is not None:
            painter.drawImage(room, self._drawn)
        else:
            painter.setPen(colours.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.tr("Drawing…"))
        painter.restore()
