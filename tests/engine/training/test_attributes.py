from __future__ import annotations

import numpy as np

from engine.training.attributes import attributes


def test_labels_become_numbers() -> None:
    labels: list[dict[str, object]] = [
        {"file": "0.webp", "nose_size": 0.5, "skin": "#ffffff", "glasses": "none", "mood": "sad", "jersey": "j0"},
        {"file": "1.webp", "nose_size": 1, "skin": "#000000", "glasses": "round", "mood": "glad", "jersey": "j1"},
    ] * 4
    for number, label in enumerate(labels := [dict(label) for label in labels]):
        label["jersey"] = f"j{number}"
    found = attributes(labels)
    assert set(found) == {"nose size", "skin", "glasses", "mood: glad", "mood: sad"}
    assert found["nose size"][:2].tolist() == [0.5, 1.0]
    np.testing.assert_allclose(found["skin"][:2], [1.0, 0.0])
    assert found["glasses"][:2].tolist() == [0.0, 1.0]
    assert (found["mood: glad"] + found["mood: sad"] == 1).all()


def test_a_label_that_some_pictures_lack_is_left_out() -> None:
    assert set(attributes([{"a": 1.0, "b": 2.0}, {"a": 2.0}])) == {"a"}
