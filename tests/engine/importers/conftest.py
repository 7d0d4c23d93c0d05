"""A shelf of one's own for every test of imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import catalog


@pytest.fixture(autouse=True)
def shelf_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where imported models go."""
    folder = tmp_path / "data" / "models"
    monkeypatch.setattr(catalog, "own", lambda: folder)
    return folder
