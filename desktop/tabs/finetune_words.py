"""What the Fine-tune tab calls things: goals, findings, times, sizes, how far a lesson is."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject

from desktop.numbers import number
from desktop.sentences import local
from desktop.tabs.finetune_folder import Filter, FolderState
from desktop.tabs.finetune_lesson import LessonState
from desktop.tabs.finetune_state import Length
from desktop.widgets.status import clock
from engine import lessons
from engine.lessons import Figure, Found, Goal, Light, Offer, Unfinished


class FinetuneWords(QObject):
    """Words in the user's language."""

    # -- the folder -------------------------------------------------------------------------------

    def goal(self, goal: Goal) -> str:
        return {
            "draw": self.tr("Draw pictures like mine"),
            "restore": self.tr("Restore photos like mine"),
            "denoise-noisy": self.tr("Clean this noisy series"),
        }[goal]

    def about_goal(self, goal: Goal) -> str:
        """What a goal needs and gives, in a sentence or two."""
        return {
            "draw": self.tr("It learns what your pictures have in common and draws new ones of their kind."),
            "restore": self.tr(
                "Your photos are clean. It spoils copies of them and learns to mend what is on such photos."
            ),
            "denoise-noisy": self.tr("All your pictures are noisy. It learns their noise; no clean ones are needed."),
        }[goal]

    def light(self, light: Light) -> str:
        """What the light of a goal says, also where pictures were left out."""
        if light.text:
            return local(light.text)
        if light.colour == "red":
            words = self.tr("%n picture(s) are left; at least %2 are needed.", "", light.pictures)
            words = words.replace("%2", str(light.least))
        elif light.pictures < light.enough:
            words = self.tr("%n picture(s) are left and may do; %2 or more usually work well.", "", light.pictures)
            words = words.replace("%2", str(light.enough))
        else:
            words = self.tr("%n picture(s) are left: they are enough.", "", light.pictures)
        return words

    def filter(self, which: Filter, count: int) -> str:
        words = {
            "all": self.tr("All pictures"),
            "used": self.tr("What it learns from"),
            "good": self.tr("Nothing the matter"),
            "odd": self.tr("Unlike the others"),
            "small": self.tr("Small"),
            "alike": self.tr("Copies"),
            "blank": self.tr("Nothing on them"),
            "unreadable": self.tr("Unreadable"),
            "out": self.tr("Left out by you"),
        }[which]
        return f"{words} ({count})"

    def picture(self, found: Found, used: bool) -> str:
        """A picture of the folder, for its tooltip and for screen readers."""
        size = f"{found.width} × {found.height}" if found.width else ""
        reason = local(found.reason)
        if not used and not reason:
            reason = self.tr("You left it out.")
        elif not used and found.finding in ("odd", "small"):
            reason = f"{reason} {self.tr('You left it out.')}"
        return "\n".join(filter(None, (" · ".join(filter(None, (found.file, size))), reason)))

    def looking(self, folder: FolderState) -> str:
        """How far the look at a folder is, or what it came to."""
        if folder.looking and not folder.total:
            return self.tr("Looking at the pictures…")
        if folder.looking:
            words = self.tr("Looked at %1 of %2").replace("%1", str(folder.done)).replace("%2", str(folder.total))
            left = folder.seconds_left
            if left and left > 1:
                words += " · " + self.tr("%1 left").replace("%1", clock(left))
            return words
        words = self.tr("It learns from %1 of %2 pictures.").replace("%1", str(folder.used))
        return words.replace("%2", str(len(folder.files)))

    def labels(self, folder: FolderState) -> str:
        """Which sub-folders become labels, and how many pictures each has."""
        labels = {label: count for label, count in (folder.checked.labels if folder.checked else {}).items() if label}
        if len(labels) < 2:
            return ""
        listed = [f"{label} ({count})" for label, count in sorted(labels.items(), key=lambda item: -item[1])]
        more = len(listed) - 8
        listed = listed[:8] + ([self.tr("%n more", "", more)] if more > 0 else [])
        return self.tr("Labels: %1").replace("%1", ", ".join(listed))

    # -- time and room ----------------------------------------------------------------------------

    def length(self, length: Length) -> tuple[str, str]:
        """What quick, normal and thorough are called, and what they are good for."""
        return {
            "quick": (self.tr("Quick"), self.tr("A first impression, to see whether it is worth while.")),
            "normal": (self.tr("Normal"), self.tr("What such a folder usually needs.")),
            "thorough": (self.tr("Thorough"), self.tr("For the last bit. It ends sooner where nothing is gained.")),
        }[length]

    def offer(self, offer: Offer) -> str:
        """How long it takes, with its range."""
        about = self.tr("About %1").replace("%1", self.minutes(offer.minutes))
        low, high = self.minutes(offer.low), self.minutes(offer.high)
        if low == high:
            return about
        between = self.tr("between %1 and %2").replace("%1", low).replace("%2", high)
        return f"{about}\n({between})"

    def minutes(self, minutes: float) -> str:
        if minutes < 0.75:
            return self.tr("half a minute") if minutes > 0.3 else self.tr("some seconds")
        if minutes < 90:
            return self.tr("%n minute(s)", "", round(minutes))
        return self.tr("%1 hours").replace("%1", number(minutes / 60, 1))

    # -- the lesson -------------------------------------------------------------------------------

    def progress(self, lesson: LessonState) -> str:
        """What a lesson does at the moment, and how far it is."""
        match lesson.ordered:
            case lessons.Pause():
                return self.tr("Pausing after this step…")
            case lessons.Stop():
                return self.tr("Stopping after this step…")
            case lessons.Try():
                return self.tr("Getting the best so far ready to be tried…")
            case lessons.Keep():
                return self.tr("Putting it beside the other models…")
        match lesson.phase:
            case "waiting":
                return local(lesson.waiting)
            case "preparing" | "judging":
                doing = lesson.preparing
                if doing is None:
                    return self.tr("Getting ready…")
                done = f" · {doing.done} / {doing.total}" if doing.total > 1 else ""
                return f"{local(doing.what)}{done}"
            case "learning" if lesson.learning:
                return f"{_sentence(local(lesson.learning.phase))} · {round(100 * lesson.fraction)} %"
            case "paused":
                return self.tr("Paused · %1 %").replace("%1", str(round(100 * lesson.fraction)))
            case "stopped":
                return self.tr("Stopped. What it has learnt is saved.")
            case "failed" | "died":
                return self.tr("It has stopped.")
        return ""

    def left(self, lesson: LessonState) -> str:
        """How long it will still take, with its range."""
        now = lesson.learning
        if lesson.phase != "learning" or now is None:
            return ""
        words = self.tr("%1 left (%2 to %3)").replace("%1", clock(now.left))
        return words.replace("%2", clock(now.left_low)).replace("%3", clock(now.left_high))

    def about(self, lesson: LessonState) -> str:
        """What is learnt from what, on which device."""
        begun = lesson.begun
        if begun is None:
            return ""
        words = self.tr(
            "It learns from %n picture(s); %2 others judge it and are never learnt from.", "", begun.pictures
        )
        words = words.replace("%2", str(begun.held_out))
        return f"{words} {self.device(begun.device, begun.reason)}"

    def device(self, device: str, reason: str) -> str:
        """Where it learns, and why there."""
        words = self.tr("%1: %2.").replace("%2", local(reason.rstrip("."))) if reason else self.tr("%1.")
        return words.replace("%1", local(device))

    def trouble(self, lesson: LessonState) -> str:
        """Why a lesson ended before its result, and what can be done."""
        if lesson.phase == "died":
            words = self.tr("It was ended from outside, or the computer ran out of memory.")
        elif lesson.phase == "stopped":
            return self.tr("It goes on whenever you want.")
        else:
            words = local(lesson.trouble) or self.tr("It ended without a word.")
        if not lesson.run:
            return words
        return words + " " + self.tr("What it had learnt is saved: it can go on.")

    def when(self, seconds: float) -> str:
        """How long ago something was."""
        minutes = max(time.time() - seconds, 0) / 60
        if minutes < 2:
            return self.tr("just now")
        if minutes < 90:
            return self.tr("%n minute(s) ago", "", round(minutes))
        if minutes < 36 * 60:
            return self.tr("%n hour(s) ago", "", round(minutes / 60))
        return self.tr("%n day(s) ago", "", round(minutes / 60 / 24))

    def unfinished(self, lesson: Unfinished) -> str:
        """Where a lesson was left."""
        if lesson.finished:
            state = self.tr("It has finished and waits for your word")
        else:
            share = str(round(100 * lesson.step / max(lesson.steps, 1)))
            state = self.tr("%1 % are learnt").replace("%1", share)
        words = [self.goal(lesson.goal), state]
        if lesson.saved > 0:
            words.append(self.when(lesson.saved))
        if not lesson.folder_there:
            words.append(self.tr("its folder is gone: %1").replace("%1", lesson.folder))
        return " · ".join(words)

    # -- the result -------------------------------------------------------------------------------

    def value(self, figure: Figure, value: float | None) -> str:
        return "–" if value is None else _with_unit(value, figure)

    def gain(self, figure: Figure) -> str:
        """Whether a number got better, in words."""
        if figure.base is None:
            return ""
        by = figure.tuned - figure.base
        if float(f"{by:.{_digits(figure)}f}") == 0:
            return self.tr("as before")
        words = self.tr("better by %1") if (by > 0) == figure.more_is_better else self.tr("worse by %1")
        return words.replace("%1", _with_unit(abs(by), figure))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _digits(figure: Figure) -> int:
    """Digits after the point that say enough of a number of the result."""
    if figure.unit == "%":
        return 1
    return 2 if figure.unit == "dB" or max(abs(figure.base or 0), abs(figure.tuned)) >= 0.1 else 3


def _with_unit(value: float, figure: Figure) -> str:
    """Only units that people know are written: the others are in the figure's own words."""
    unit = figure.unit if figure.unit in ("dB", "%") else ""
    return f"{number(value, _digits(figure))} {unit}".strip()
