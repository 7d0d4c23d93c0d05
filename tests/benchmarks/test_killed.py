"""A batch of real photos in the real window with the real engine, killed twice; the benchmark kills it twenty times."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.killed import photos_of, run


def test_no_result_is_lost_with_a_killed_window(tmp_path: Path, picture: np.ndarray) -> None:
    photos = photos_of([picture, picture[::-1]], tmp_path / "photos", count=8, side=120)
    deaths = run(photos, tmp_path / "home", kills=2, seed=3)
    assert deaths.kills == 2
    assert deaths.shown
    assert deaths.missing == set()
    assert deaths.damaged == []
    assert deaths.offered == deaths.must_offer > 0
    assert deaths.finished == len(photos)
    assert 0 < deaths.files <= len(photos)  # what was killed before it was saved is done, and not saved
