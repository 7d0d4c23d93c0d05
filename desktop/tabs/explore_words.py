"""What the Explore tab says of pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from PySide6.QtCore import QObject

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
        return f"{self.oddness(amount)} · {amount:.1f}"

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
        return self.tr("%1 pictures are chosen.").replace("%1", f"{len(state.chosen):,}")

    def of_drawn(self) -> str:
        """What is drawn between the pictures."""
        return self.tr("What the model sees between the pictures around. Ctrl+L sends it to Sliders.")

    def of_group(self, look: Look) -> str:
        """What a group of look-alikes is."""
        count = str(len(look.pictures))
        if look.same:
            return self.tr("%1 exact copies").replace("%1", count)
        return self.tr("%1 look alike").replace("%1", count)

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
        if total == 1:
            words = self.tr("1 picture")
        elif seen < total:
            words = self.tr("%1 of %2 pictures").replace("%1", f"{seen:,}").replace("%2", f"{total:,}")
        else:
            words = self.tr("%1 pictures").replace("%1", f"{seen:,}")
        return words

    def left_out(self, count: int) -> str:
        if count == 1:
            return self.tr("1 file could not be read")
        return self.tr("%1 files could not be read").replace("%1", f"{count:,}")

    def suggested(self, probability: float) -> str:
        """How sure a suggestion is."""
        words = self.tr("quite sure") if probability >= SURE else self.tr("perhaps")
        return f"{words} · {probability:.0%}"

    def missing(self, paths: Sequence[Path]) -> str:
        """Some files are not there any more."""
        if len(paths) == 1:
            return self.tr("“%1” is not there any more.").replace("%1", paths[0].name)
        sentence = self.tr("“%1” and %2 others are not there any more.")
        return sentence.replace("%1", paths[0].name).replace("%2", str(len(paths) - 1))


def size(count: int) -> str:
    """ "12 kB", "3.4 MB"."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(count // 1000, 1)} kB"
