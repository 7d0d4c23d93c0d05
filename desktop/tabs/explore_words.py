"""What the Explore tab says of pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from PySide6.QtCore import QObject

from desktop.numbers import number, percent, size
from desktop.tabs.explore_run import Looking
from desktop.tabs.explore_state import ODD, SURE, ExploreState, Look


class ExploreWords(QObject):
    """Sentences about the pictures of a map, in the language of the window."""

    def name(self, state: ExploreState, picture: int) -> str:
        """The name of a picture's file, without its folders."""
        return PurePosixPath(state.atlas.names[picture]).name if state.atlas else ""

    def oddness(self, amount: float) -> str:
        """How odd a picture is, in words."""
        words = [
            self.tr("as usual"),
            self.tr("a little odd"),
            self.tr("odd"),
            self.tr("very odd"),
        ]
        return words[sum(amount >= bound for bound in ODD)]

    def of_odd(self, state: ExploreState, picture: int) -> str:
        """The oddness of a picture in words and as a number."""
        amount = float(state.oddness[picture])
        return f"{self.oddness(amount)} · {number(amount, 1)}"

    def of_picture(self, state: ExploreState, picture: int) -> str:
        """All that is known of a picture, for a tooltip and for screen readers."""
        atlas = state.atlas
        if atlas is None or picture >= len(atlas):
            return ""
        width, height = atlas.pixels[picture]
        told = [atlas.names[picture], f"{width} × {height}", self.oddness(float(state.oddness[picture]))]
        tag = state.tag_of(picture)
        if tag:
            told.append(self.tr("tag: %1").replace("%1", tag))
        return " · ".join(told)

    def of_chosen(self, state: ExploreState) -> str:
        """What is chosen, or what to do where nothing is."""
        if state.atlas is None:
            return ""
        if not state.chosen:
            return self.tr("Click a picture, or drag around some with Shift held.")
        if len(state.chosen) == 1:
            return self.of_picture(state, state.chosen[0])
        return self.tr("%Ln picture(s) are chosen.", "", len(state.chosen))

    def of_drawn(self) -> str:
        """What is drawn between the pictures."""
        return self.tr("What the model sees between the pictures around. Ctrl+L sends it to Sliders.")

    def of_group(self, look: Look) -> str:
        """What a group of look-alikes is."""
        count = len(look.pictures)
        return self.tr("%n exact copy(ies)", "", count) if look.same else self.tr("%n look alike", "", count)

    def of_member(self, state: ExploreState, picture: int) -> str:
        """What tells one look-alike from another: its size in pixels and in bytes, and its folder."""
        atlas = state.atlas
        if atlas is None:
            return ""
        width, height = atlas.pixels[picture]
        where = PurePosixPath(atlas.names[picture]).parent.as_posix()
        told = [f"{width} × {height}", size(int(atlas.stamps[picture, 0]))]
        return " · ".join(told if where == "." else [*told, where])

    def of_folder(self, state: ExploreState, looking: Looking) -> str:
        """How many pictures there are, and how many of them are seen so far."""
        atlas, began = state.atlas, looking.began
        seen = int(state.there.sum()) if atlas is not None else 0
        total = began.pictures if began is not None and looking.running else seen
        if seen < total:
            return self.tr("%1 of %Ln picture(s)", "", total).replace("%1", number(seen))
        return self.tr("%Ln picture(s)", "", seen)

    def left_out(self, count: int) -> str:
        return self.tr("%Ln file(s) could not be read", "", count)

    def suggested(self, probability: float) -> str:
        """How sure a suggestion is."""
        words = self.tr("quite sure") if probability >= SURE else self.tr("perhaps")
        return f"{words} · {percent(probability)}"

    def missing(self, paths: Sequence[Path]) -> str:
        """Some files are not there any more."""
        if len(paths) == 1:
            return self.tr("“%1” is not there any more.").replace("%1", paths[0].name)
        sentence = self.tr("“%1” and %n other(s) are not there any more.", "", len(paths) - 1)
        return sentence.replace("%1", paths[0].name)
