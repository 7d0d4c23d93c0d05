"""What every table needs: the sets, our model, FFDNet, and the number of threads they share."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from benchmarks.sets import REPOSITORY, Absent, Sets
from engine import catalog
from engine.jobs import RestoreSettings

if TYPE_CHECKING:
    from benchmarks.ffdnet import FFDNet
    from engine.restore import OnPart, Restorer, Result

#: Nothing is told: the model judges for itself.
AUTOMATIC = RestoreSettings()


def given(**facts: float | bool | str) -> RestoreSettings:
    """Everything is told: the named facts, and that nothing else is wrong. Other settings may be named, too."""
    nothing = {"noise": 0.0, "blur": 0.0, "jpeg": 0, "scratches": False, "fading": False}
    return msgspec.convert(nothing | facts, RestoreSettings)


@dataclass
class Bench:
    sets: Sets
    model: str
    threads: int

    @cached_property
    def ours(self) -> Restorer | None:
        """Our model on the CPU; None while it is not there."""
        if not (REPOSITORY / "models" / self.model / "model.json").is_file():
            return None
        from engine.restore import Restorer

        return Restorer(model=self.model, device="cpu", threads=self.threads)

    @cached_property
    def fast(self) -> Restorer | None:
        """The fast edition of our model on the CPU; None while it is not there."""
        edition = catalog.fast_edition(self.model)
        if edition is None:
            return None
        from engine.restore import Restorer

        return Restorer(model=edition, device="cpu", threads=self.threads)

    @cached_property
    def ffdnet(self) -> FFDNet | None:
        """FFDNet on the CPU; None while its weights are not there."""
        try:
            weights = self.sets.peer("ffdnet_color.pth")
        except Absent:
            return None
        from benchmarks.ffdnet import FFDNet

        return FFDNet(weights, self.threads)

    def required(self) -> Restorer:
        """Our model, for a table that has nothing to say without it. Raises `Absent`."""
        if self.ours is None:
            raise Absent(f"models/{self.model} is not there yet")
        return self.ours

    def result(
        self,
        pixels: np.ndarray,
        settings: RestoreSettings = AUTOMATIC,
        *,
        tile: int | None = None,
        doubt: bool = False,
        on_part: OnPart | None = None,
    ) -> Result:
        """All that our model says of [H, W, 3] pixels, or its fast edition. Raises `Absent`."""
        named = msgspec.structs.replace(settings, model=self.model)
        restorer = self.fast if settings.quality == "fast" else None
        return (restorer or self.required()).restore(pixels, named, tile=tile, doubt=doubt, on_part=on_part)

    def restore(self, pixels: np.ndarray, settings: RestoreSettings = AUTOMATIC) -> np.ndarray:
        """The pixels alone."""
        return self.result(pixels, settings).pixels

    @property
    def left_out(self) -> list[str]:
        """A note for a table that misses our rows."""
        return [] if self.ours else [f"Ours is left out: models/{self.model} is not there yet."]

    def say(self, what: str) -> None:
        """Progress, to stderr, so that stdout holds the tables alone."""
        print(f"  {what}", file=sys.stderr, flush=True)
