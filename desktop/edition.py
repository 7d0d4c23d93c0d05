"""What the light edition cannot do, in the user's words: the one place the tabs ask."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine import edition


def why_no_learning() -> str:
    """One sentence where models cannot learn here; else empty."""
    if edition.is_full():
        return ""
    return QCoreApplication.translate(
        "Edition", "Learning needs the full edition of Latent Darkroom: this light one comes without PyTorch."
    )


def why_no_converting() -> str:
    """One sentence where only models of this app's own kind can be imported; else empty."""
    if edition.is_full():
        return ""
    return QCoreApplication.translate(
        "Edition",
        "Importing weights needs the full edition of Latent Darkroom, which can save them as .darkroom files "
        "for this light one.",
    )
