"""What the Generate tab says of pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from desktop.numbers import number
from desktop.sentences import local
from engine.recipes import Recipe


class GenerateWords(QObject):
    """Sentences about recipes, in the language of the window."""

    def of_recipe(self, recipe: Recipe) -> str:
        """A few words that tell a picture from others."""
        told = [self.tr("From a photo") if recipe.latent else self.tr("Seed %1").replace("%1", str(recipe.seed))]
        if recipe.variety != 1 and not recipe.latent:
            told.append(self.tr("variety %1").replace("%1", number(recipe.variety, 2)))
        if recipe.near:
            told.append(self.tr("distance %1").replace("%1", number(recipe.near[-1][1], 2)))
        told += [f"{local(name)} {amount:+.1f}" for name, amount in recipe.sliders.items()]
        return " · ".join(told)

    def of_tile(self, recipe: Recipe, loved: bool) -> str:
        """The same for a place in the grid."""
        words = self.of_recipe(recipe)
        return self.tr("%1, favourite").replace("%1", words) if loved else words

    def of_chosen(self, chosen: Sequence[Recipe]) -> str:
        """What is chosen, or what to do where nothing is."""
        if not chosen:
            return self.tr("Choose a picture to go on with it.")
        if len(chosen) == 1 and chosen[0].latent:
            return self.tr("%1: it has no neighbours to draw.").replace("%1", self.of_recipe(chosen[0]))
        if len(chosen) == 1:
            return self.of_recipe(chosen[0])
        return self.tr("%n picture(s) are chosen.", "", len(chosen))

    def trouble(self, recipe: Recipe, known: bool, refused: bool) -> str:
        """Why there will be no picture, "" where there will."""
        if not known:
            return self.tr("The model “%1” is not installed.").replace("%1", recipe.model)
        return self.tr("This picture could not be drawn.") if refused else ""

    def gone(self, name: str, model: str) -> str:
        sentence = self.tr("“%1” was drawn by the model “%2”, which is not installed.")
        return sentence.replace("%2", model).replace("%1", name)

    def plain(self, name: str) -> str:
        sentence = self.tr("“%1” does not say how it was drawn. The Sliders tab takes any picture.")
        return sentence.replace("%1", name)
