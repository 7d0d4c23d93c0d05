"""What the Models tab holds: which models there are, the chosen one, what is known of their files. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine import catalog, edition, shelf
from engine.catalog import Card
from engine.shelf import Entry

Page = Literal["models", "devices"]

#: What a person can do with a model, in the order of use, and the tab for it.
TABS = {
    "restore": "restore",
    "clean": "restore",
    "sample": "generate",
    "directions": "sliders",
    "interpolate": "interpolate",
    "finetune": "finetune",
    "explore": "explore",
    "variants": "restore",
    "uncertainty": "restore",
    "detail": "restore",
}


def abilities(card: Card) -> list[str]:
    """What a person can do with a model, some of `TABS` in their order."""
    can = set(card.capabilities)
    if card.kind == "restore" and "encode" in can:
        can.add("interpolate")  # between any photos, through its latents
    if "encode" in can:
        can.add("explore")
    if not edition.is_full():
        can.discard("finetune")
    return [ability for ability in TABS if ability in can]


def lacks(card: Card) -> list[str]:
    """What people miss in a model: those of the main abilities that it has not."""
    main = ("sample", "directions", "finetune") if card.kind != "restore" else ("sample", "finetune")
    return [ability for ability in main if ability not in abilities(card)]


@dataclass(frozen=True)
class Health:
    """What is known of a model's files in this session."""

    state: Literal["unknown", "checking", "sound", "damaged"] = "unknown"
    share: float = 0.0  #: 0..1 of the bytes, while it is checked
    trouble: str = ""  #: one sentence, where it is damaged


class ModelsState:
    """Events go in; `models.py` shows what is here."""

    def __init__(self) -> None:
        self.page: Page = "models"
        self.entries: list[Entry] = []
        self.chosen = ""  #: the id of the model in the detail pane, "" for none
        self.checking = ""  #: the id of the model whose files are compared with its card at the moment
        self.exporting = ""  #: and of the one that is written to one file
        self.share = 0.0  #: 0..1 of either
        self._health: dict[str, tuple[str, Health]] = {}

    def refresh(self) -> None:
        """Look what is on the shelf now. The chosen model stays chosen while it is there."""
        row = self._row(self.chosen)
        self.entries = shelf.listed()
        if self._row(self.chosen) is None:
            near = self.entries[min(row or 0, len(self.entries) - 1)] if self.entries else None
            self.chosen = near.id if near else ""

    def choose(self, model: str) -> bool:
        """Whether there is such a model; it is the chosen one then."""
        if self._row(model) is None:
            return False
        self.chosen = model
        return True

    @property
    def entry(self) -> Entry | None:
        """The chosen model."""
        return self.of(self.chosen)

    def of(self, model: str) -> Entry | None:
        """A model by its id."""
        return next((entry for entry in self.entries if entry.id == model), None)

    @property
    def busy(self) -> bool:
        """Whether the files of a model are at work."""
        return bool(self.checking or self.exporting)

    def health(self, entry: Entry) -> Health:
        """What is known of a model's files."""
        if entry.card is None:
            return Health("damaged", trouble=entry.trouble)
        mark, health = self._health.get(entry.id, ("", Health()))
        return health if mark == fingerprint(entry) else Health()

    def note(self, model: str, health: Health) -> None:
        """Something was learnt of a model's files."""
        entry = self.of(model)
        if entry is not None:
            self._health[model] = fingerprint(entry), health

    def _row(self, model: str) -> int | None:
        return next((row for row, entry in enumerate(self.entries) if entry.id == model), None)


def fingerprint(entry: Entry) -> str:
    """Tells apart two models that had the same id one after the other."""
    weights = entry.card.sha256.get(catalog.WEIGHTS) or str(sorted(entry.card.sha256.items())) if entry.card else ""
    return f"{entry.folder}\n{weights}"
