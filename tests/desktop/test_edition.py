"""The light edition, played where torch is installed: what it cannot do is said in one sentence, and not offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop.tabs.finetune import FinetuneTab
from desktop.tabs.finetune_folder import FolderState
from desktop.tabs.models import ModelsTab
from desktop.tabs.models_state import abilities
from engine import catalog, edition


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition, "is_full", lambda: False)


def words(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_the_full_edition_says_nothing_of_editions(window) -> None:
    assert edition.is_full()
    assert "edition" not in words(window.tab(FinetuneTab)) + words(window.tab(ModelsTab))


def test_the_light_edition_offers_no_learning(light: None, window) -> None:
    tab, models = window.tab(FinetuneTab), window.tab(ModelsTab)
    assert "Learning needs the full edition" in words(tab)
    card = next(card for card in catalog.cards("sample") if "finetune" in card.capabilities)
    assert "finetune" not in abilities(card)
    models.state.refresh()
    models._choose(card.id)
    assert "Can learn your pictures" not in models.view.detail.text
    assert "Learning needs the full edition" in models.view.detail.text


def test_the_light_edition_checks_a_folder_and_goes_no_further(
    light: None, window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FolderState, "possible", ["draw"])
    assert not window.tab(FinetuneTab).state.can_leave(["fruit"])


def test_the_light_edition_says_which_models_it_imports(light: None, window, tmp_path: Path) -> None:
    tab = window.tab(ModelsTab)
    (tmp_path / "vae.safetensors").write_bytes(b"weights")
    tab.bring([tmp_path / "vae.safetensors"])
    assert "Importing weights needs the full edition" in tab.view.banner.text
    assert not tab.imports.queue.running
