from __future__ import annotations

from pathlib import Path

import pytest

from engine.restore import Restorer


@pytest.fixture(scope="session")
def shipped() -> Restorer:
    return Restorer("photo-restore", "cpu")


@pytest.fixture(scope="session")
def toy(toy_model: Path) -> Restorer:
    """Random weights, which exaggerate every seam."""
    return Restorer(str(toy_model), "cpu")
