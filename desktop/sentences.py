"""What the engine says, in the language of the window.

The engine speaks English and knows no window. Its sentences, and the words on models' cards, are listed in
``assets/translations/engine.txt`` (collected from its source by ``assets/make_translations.py``), with {0}, {1} where
it fills something in. `local` finds the sentence that was said and says its translation with the same fillings.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.language import FOLDER

CONTEXT = "engine"
_PLACE = re.compile(r"\{(\d+)\}")
#: What stands between two things that are said one after the other, the strongest first.
_JOINTS = (" · ", r"(?<=[.!?]) (?=[A-Z“0-9(])", "; ", ", ")


@dataclass(frozen=True)
class Template:
    """A sentence with places."""

    text: str
    parts: tuple[str, ...]  #: what must be there, word for word

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(_PLACE.sub("(.+?)", re.escape(self.text).replace(r"\{", "{").replace(r"\}", "}")))

    def filled(self, said: str) -> tuple[str, ...] | None:
        """What stands in its places in ``said``; None where that is another sentence."""
        for part in self.parts:  # not all(...): hundreds of templates are asked about every slider's name
            if part not in said:
                return None
        match = self.pattern.fullmatch(said)
        return match.groups() if match else None


def local(said: str) -> str:
    """What the engine said, translated as far as it is known; anything else comes back as it is."""
    if "\n" in said:
        return "\n".join(local(line) for line in said.split("\n"))
    bare = said.strip()
    if not bare:
        return said
    if bare != said:
        return said.replace(bare, local(bare))
    known = _recognised(said)
    if known is not None:
        template, fillings = known
        words = QCoreApplication.translate(CONTEXT, template)
        return _PLACE.sub(lambda place: local(fillings[int(place[1])]), words)
    for joint in _JOINTS:
        if found := re.search(joint, said):
            return local(said[: found.start()]) + found[0] + local(said[found.end() :])
    words = said.rstrip(".")  # a cause that ends a sentence
    return local(words) + said[len(words) :] if words and words != said else said


@functools.lru_cache(maxsize=2000)
def _recognised(said: str) -> tuple[str, tuple[str, ...]] | None:
    """The template of a sentence and what fills its places."""
    whole, with_places = _templates()
    if said in whole:
        return said, ()
    for template in with_places:
        fillings = template.filled(said)
        if fillings is not None:
            return template.text, fillings
    return None


@functools.cache
def _templates() -> tuple[frozenset[str], tuple[Template, ...]]:
    """All that the engine can say: as it stands here, and with places; of these what says most by itself first, so
    that it is not taken for something vaguer."""
    lines = (FOLDER / "engine.txt").read_text(encoding="utf-8").splitlines()
    with_places = [line for line in lines if _PLACE.search(line)]
    made = [Template(line, tuple(part for part in _PLACE.split(line)[::2] if part)) for line in with_places]
    made.sort(key=lambda template: -sum(len(part) for part in template.parts))
    return frozenset(lines).difference(with_places), tuple(made)
