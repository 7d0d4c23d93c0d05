"""A question before something that cannot be taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


def agreed(parent: QWidget, question: str, more: str, yes: str, *, destructive: bool = False) -> bool:
    """Ask ``question``, with ``more`` below it. True if the button called ``yes`` was pressed, not Cancel.

    ``destructive``: what follows loses something, and Return means Cancel.
    """
    box = QMessageBox(parent)
    box.setWindowTitle("Latent Darkroom")
    box.setText(question)
    box.setInformativeText(more)
    role = QMessageBox.ButtonRole.DestructiveRole if destructive else QMessageBox.ButtonRole.AcceptRole
    button = box.addButton(yes, role)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel if destructive else button)
    box.exec()
    return box.clickedButton() is button
