"""What can be dropped or pasted as a photo: files and folders, or a picture itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from desktop.scale import TITLE, sized

#: Longest side of the small picture under the pointer while something is dragged, in points.
DRAGGED = 96


@dataclass
class Dropped:
    """Files and folders of this computer, a picture, and whether something lay elsewhere."""

    paths: list[Path] = field(default_factory=list)
    image: QImage | None = None
    elsewhere: bool = False  #: an address on the network was among it

    def __bool__(self) -> bool:
        return bool(self.paths) or self.image is not None


def read(mime: QMimeData | None) -> Dropped:
    """What a drop or the clipboard (None: it is empty) holds for us. A file is preferred to a picture of it."""
    dropped = Dropped()
    if mime is None:
        return dropped
    for url in mime.urls():
        if url.isLocalFile():
            dropped.paths.append(Path(url.toLocalFile()))
        else:
            dropped.elsewhere = True
    if not dropped.paths and mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            dropped.image = image
    return dropped


def mime_of(paths: Sequence[Path], image: QImage | None = None) -> QMimeData:
    """Files, or a picture, for the clipboard or a drag."""
    mime = QMimeData()
    if paths:
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if image is not None:
        mime.setImageData(image)
    return mime


def held() -> bool:
    """Whether the mouse's button is still down: what takes a while to get ready can only be dragged then."""
    return bool(QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton)


def drag_out(source: QWidget, mime: QMimeData, picture: QImage | QPixmap | None = None) -> None:
    """Drag something out of the window, to be copied, with a small ``picture`` of it under the pointer."""
    drag = QDrag(source)
    drag.setMimeData(mime)
    if picture is not None:
        small = picture if isinstance(picture, QPixmap) else QPixmap.fromImage(picture)
        if max(small.width(), small.height()) > DRAGGED:
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            small = small.scaled(DRAGGED, DRAGGED, keep, smooth)
        drag.setPixmap(small)
    drag.exec(Qt.DropAction.CopyAction)


def store(image: QImage, folder: Path) -> Path:
    """Keep a picture that came without a file as a PNG in ``folder``. Raises OSError."""
    folder.mkdir(exist_ok=True)
    target = folder / f"pasted-{1 + sum(1 for _ in folder.iterdir())}.png"
    if not image.save(str(target)):
        words = QCoreApplication.translate("Dropped", "{name}: the work folder cannot be written.")
        raise OSError(words.format(name=target.name))
    return target


class DropTarget(QObject):
    """Makes a widget take photos. While something is held over it, a frame shows that it will be taken."""

    dropped = Signal(object)  #: a `Dropped`, possibly empty

    def __init__(
        self, widget: QWidget, also_ours: bool = False, takes: Callable[[Dropped], bool] | None = None
    ) -> None:
        """``also_ours``: pictures dragged out of another part of this window are taken too. ``takes`` says what
        is welcome while it is held over the widget, where that is something else than pictures."""
        super().__init__(widget)
        self._widget, self._also_ours, self._takes = widget, also_ours, takes
        self._words: Callable[[Dropped], str] | None = None
        self._taking = False
        self._frame = _Frame(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def explain(self, words: Callable[[Dropped], str], takes: Callable[[Dropped], bool]) -> None:
        """Say over the widget, while something is held there, what would become of it."""
        self._words, self._takes = words, takes

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._frame.hide()
            if self._welcome(event):
                event.acceptProposedAction()
                self.dropped.emit(read(event.mimeData()))
            return True
        if isinstance(event, QDragEnterEvent):
            self._taking = self._welcome(event) and self._may_take(event.mimeData())
            words = self._words(read(event.mimeData())) if self._words and self._welcome(event) else ""
            if self._taking or words:
                self._frame.cover(words)
        if isinstance(event, QDragMoveEvent):  # as every enter event is
            event.setAccepted(self._taking)
            if self._taking:
                event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._frame.hide()
        return False

    def _may_take(self, mime: QMimeData) -> bool:
        return self._takes(read(mime)) if self._takes else mime.hasUrls() or mime.hasImage()

    def _welcome(self, event: QDropEvent | QDragMoveEvent) -> bool:
        """Our own photo on its way out is not to be taken in again."""
        source = event.source()
        return source is None or (self._also_ours and source is not self._widget)


class _Frame(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self, words: str = "") -> None:
        self._words = words
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = self.palette().color(QPalette.ColorRole.Accent)
        painter.setPen(QPen(accent, 2))
        wash = QColor(accent)
        wash.setAlpha(18)
        inside = self.rect().adjusted(8, 8, -8, -8)
        if self._words:
            painter.setBrush(self.palette().color(QPalette.ColorRole.Window))
            painter.setOpacity(0.94)  # the words must be read over any picture
            painter.drawRoundedRect(inside, 10, 10)
            painter.setOpacity(1)
        painter.setBrush(wash)
        painter.drawRoundedRect(inside, 10, 10)
        if self._words:
            painter.setFont(sized(self.font(), TITLE))
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            how = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inside.adjusted(40, 40, -40, -40), int(how), self._words)
