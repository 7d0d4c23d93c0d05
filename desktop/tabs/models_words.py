"""What the Models tab says of models: abilities, numbers, sizes and origins in plain words."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject

from desktop.edition import why_no_learning
from desktop.numbers import number, size
from desktop.sentences import local
from desktop.tabs.doors import DOORS
from desktop.tabs.models_state import TABS, Health, abilities, lacks
from engine.catalog import Card
from engine.devices import DeviceReport
from engine.imports import Importing
from engine.shelf import Entry

#: The drawing for each ability.
ICONS = {
    "restore": "can-restore",
    "clean": "can-clean",
    "sample": "can-draw",
    "directions": "can-slide",
    "interpolate": "can-walk",
    "finetune": "can-learn",
    "explore": "can-explore",
    "variants": "can-vary",
    "uncertainty": "can-doubt",
    "detail": "can-detail",
}


class ModelsWords(QObject):
    """Sentences in the language of the window."""

    # -- one model --------------------------------------------------------------------------------

    def name(self, entry: Entry) -> str:
        return local(entry.card.name) if entry.card else entry.id

    def origin(self, entry: Entry) -> str:
        """Whose it is."""
        return self.tr("Yours") if entry.own else self.tr("Came with the program")

    def came_from(self, card: Card) -> str:
        """The file a model was imported from, or the model it has learnt on from; "" for others."""
        if card.parent:
            return self.tr("Fine-tuned from “%1”").replace("%1", card.parent)
        if not card.source:
            return ""
        if not card.family:
            return self.tr("Imported from “%1”").replace("%1", card.source)
        words = self.tr("Imported from “%1” · %2")
        return words.replace("%2", local(card.family)).replace("%1", card.source)

    def facts(self, entry: Entry) -> str:
        """The line under a card: size, licence, one number, origin."""
        card = entry.card
        told = [size(entry.bytes)]
        if card is not None:
            told += [card.licence or self.tr("Licence not stated"), self.headline(card), local(card.family)]
            if card.parent or (card.source and card.source not in card.summary):
                told.append(self.tr("from “%1”").replace("%1", card.parent or card.source))
        return " · ".join(filter(None, told))

    def accessible(self, entry: Entry) -> str:
        """A whole card for screen readers."""
        if entry.card is None:
            return f"{entry.id}. {local(entry.trouble)}"
        can = [self.ability(ability) for ability in abilities(entry.card)]
        return ". ".join([self.name(entry), self.origin(entry), local(entry.card.summary), *can, self.facts(entry)])

    # -- abilities --------------------------------------------------------------------------------

    def ability(self, ability: str) -> str:
        """What a model can do."""
        return {
            "restore": self.tr("Restores photos"),
            "clean": self.tr("Cleans photos by a round trip through its latent"),
            "sample": self.tr("Draws new pictures at random"),
            "directions": self.tr("Changes pictures with sliders"),
            "interpolate": self.tr("Walks from picture to picture"),
            "finetune": self.tr("Can learn your pictures"),
            "explore": self.tr("Maps a folder of pictures"),
            "variants": self.tr("Offers variants of a result"),
            "uncertainty": self.tr("Shows where it is unsure"),
            "detail": self.tr("Adds likely detail where a photo is unclear"),
        }[ability]

    def lack(self, ability: str, card: Card) -> str:
        """What a model cannot do, and why."""
        if ability == "sample" and card.kind == "restore":
            return self.tr("It draws no random pictures: it was made for photos.")
        return {
            "sample": self.tr("This model has no prior: it cannot draw at random."),
            "directions": self.tr("It has no sliders: its latent belongs to places of the picture, not to the whole."),
            "finetune": why_no_learning() or self.tr("It cannot learn your pictures."),
        }[ability]

    def can_and_cannot(self, card: Card) -> str:
        """For a model that has just come: what it can do, and the first thing that it cannot."""
        can = [self.ability(ability) for ability in abilities(card)]
        told = [self.tr("%1.").replace("%1", words) for words in can]
        return " ".join(told + [self.lack(ability, card) for ability in lacks(card)[:1]])

    def try_it(self, card: Card | None) -> tuple[str, str]:
        """The words of the button, and the tab where a model is tried; "" for none."""
        titles = {door.name: door.words for door in DOORS}
        for ability in abilities(card) if card else ():
            if TABS[ability] in titles:
                return self.tr("Try it in %1").replace("%1", titles[TABS[ability]]), TABS[ability]
        return self.tr("Try it"), ""

    # -- numbers ----------------------------------------------------------------------------------

    def numbers(self, card: Card) -> list[tuple[str, str]]:
        """What was measured and the result, in words."""
        return [(self._measured(name), self._result(name, value)) for name, value in card.numbers.items()]

    def headline(self, card: Card) -> str:
        """One number that tells most, with its name; "" where there is none."""
        for name, words in (
            ("cbsd68_noise25_automatic_db", self.tr("%1 on noisy photos")),
            ("psnr_held_out_db", self.tr("%1 on pictures it had not seen")),
        ):
            if name in card.numbers:
                return words.replace("%1", self._decibel(card.numbers[name]))
        return ""

    def _measured(self, name: str) -> str:
        automatic = name.endswith("_automatic_db")
        if found := re.fullmatch(r"cbsd68_noise(\d+)_(given|automatic)_db", name):
            words = self.tr("Noise %1, found by itself") if automatic else self.tr("Noise %1, told how strong")
            return words.replace("%1", found[1])
        if found := re.fullmatch(r"classic5_jpeg(\d+)_(given|automatic)_db", name):
            return self.tr("JPEG of quality %1").replace("%1", found[1])
        known = {
            "psnr_held_out_db": self.tr("Pictures it had not seen, drawn again"),
            "psnr_held_out_globe_db": self.tr("The same, without the details of places"),
            "difference_from_torch": self.tr("Largest difference from the original network"),
            "psnr_unseen_db": self.tr("Kinds it had not seen, drawn again"),
            "psnr_unseen_globe_db": self.tr("The same, without the details of places"),
        }
        return known.get(name) or re.sub(r"_(db|ms|percent)$", "", name).replace("_", " ").capitalize()

    def _result(self, name: str, value: float) -> str:
        if name.endswith("_db"):
            return f"{self._decibel(value)} · {self._closeness(value)}"
        if name == "difference_from_torch":
            return self.tr("%1 of 255 steps of brightness").replace("%1", number(255 * value, 2))
        units = {"ms": self.tr("%1 ms"), "percent": self.tr("%1 %")}
        unit = units.get(name.rpartition("_")[2], "%1")
        return unit.replace("%1", f"{value:g}")

    def _decibel(self, value: float) -> str:
        return self.tr("%1 dB").replace("%1", number(value, 1))

    def _closeness(self, psnr: float) -> str:
        """A PSNR in dB as an eye sees it."""
        for least, words in (
            (38, self.tr("no difference to be seen")),
            (32, self.tr("hardly a difference")),
            (28, self.tr("small differences")),
            (24, self.tr("fine details differ")),
            (20, self.tr("alike, details differ")),
        ):
            if psnr >= least:
                return words
        return self.tr("only roughly alike")

    # -- work -------------------------------------------------------------------------------------

    def health(self, health: Health) -> str:
        """What is known of a model's files."""
        return {
            "unknown": self.tr("Not checked since the window was opened."),
            "checking": self.tr("Checking: %1 % of the bytes are read.").replace("%1", str(round(100 * health.share))),
            "sound": self.tr("Every byte is as it was made."),
            "damaged": local(health.trouble),
        }[health.state]

    def importing(self, name: str, step: Importing | None, position: int, total: int) -> str:
        """What is done at the moment."""
        words = self.tr("Importing “%1”").replace("%1", name)
        if total > 1:
            words += " " + self.tr("(%1 of %2)").replace("%2", str(total)).replace("%1", str(position))
        if step is None:
            return words
        doing = {
            "reading": self.tr("reading the weights"),
            "converting": self.tr("converting"),
            "writing": self.tr("writing the model"),
            "proving": self.tr("comparing it with the original"),
        }[step.step]
        counted = self.tr("%1 of %2").replace("%2", str(step.total)).replace("%1", str(step.done))
        return f"{words}: {doing} · {counted}"

    def device(self, report: DeviceReport) -> str:
        """A device's name with its memory."""
        if not report.memory:
            return local(report.name)
        return f"{local(report.name)} · " + self.tr("%1 GB of memory").replace("%1", number(report.memory / 2**30))

    def reason(self, report: DeviceReport) -> str:
        """Why a device is used or not, as a sentence."""
        reason = local(report.reason.rstrip("."))
        reason = self.tr("%1.").replace("%1", reason[:1].upper() + reason[1:])
        if report.chosen:
            return self.tr("In use.") + " " + reason
        return (self.tr("Works.") if report.works else self.tr("Cannot be used.")) + " " + reason
