"""``python other_program.py FILE...``: a small window of another program, to drag these files out of.

It also puts the files on the clipboard, as a file manager does after Ctrl+C.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Files(QLabel):
    """Whatever is dragged from it is the files."""

    def mime(self) -> QMimeData:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[1:]])
        return mime

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag = QDrag(self)
        drag.setMimeData(self.mime())
        drag.exec(Qt.DropAction.CopyAction)


if __name__ == "__main__":
    app = QApplication([])
    files = Files("Drag me")
    files.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
    files.setGeometry(1300, 0, 100, 60)
    files.show()
    QApplication.clipboard().setMimeData(files.mime())
    print("ready", flush=True)
    app.exec()
