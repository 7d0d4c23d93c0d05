from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine import presets
from engine.jobs import RestoreSettings
from engine.presets import SHIPPED, Preset, PresetError

MINE = Preset(name="Großmutter’s album", noise=12.5, scratches=True, fading=False, strength=0.8)


def test_a_preset_says_what_to_remove_and_leaves_the_rest() -> None:
    settings = MINE.over(RestoreSettings(model="other", seed=3, variant=2, blur=4.0))
    assert settings == RestoreSettings(
        model="other", seed=3, variant=2, noise=12.5, scratches=True, fading=False, strength=0.8
    )
    assert MINE.is_in(settings)
    assert not MINE.is_in(RestoreSettings())
    assert presets.of(" Großmutter’s album ", settings) == MINE


def test_a_preset_says_how_well_and_one_from_before_there_was_a_choice_means_normal(tmp_path: Path) -> None:
    best = presets.of("Best", RestoreSettings(quality="best"))
    assert best.over(RestoreSettings(model="other")) == RestoreSettings(model="other", quality="best")
    path = tmp_path / "presets.json"
    presets.save([best], path)
    assert presets.load(path) == (best,)
    path.write_text('[{"name": "Old", "noise": 5.0}]')
    assert presets.load(path)[0].quality == "normal"
    path.write_text('[{"name": "Odd", "quality": "superb"}]')
    with pytest.raises(PresetError, match="kept as"):
        presets.load(path)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_is_a_name(name: str) -> None:
    with pytest.raises(PresetError, match="1 to 60"):
        presets.of(name, RestoreSettings())


def test_presets_live_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "presets.json"
    assert presets.load(path) == ()
    presets.save([MINE, SHIPPED[1]], path)
    assert presets.load(path) == (MINE, SHIPPED[1])
    assert [file.name for file in path.parent.iterdir()] == ["presets.json"]


def test_a_damaged_file_is_put_aside_and_a_shared_one_refused(tmp_path: Path, mutants: Callable) -> None:
    path, shared = tmp_path / "presets.json", tmp_path / "shared.json"
    presets.save([MINE], path)
    presets.write_shared(MINE, shared)
    for data, use in ((path.read_bytes(), presets.load), (shared.read_bytes(), presets.read_shared)):
        refused = 0
        for bad in mutants(data, 45):
            path.write_bytes(bad)
            try:
                use(path)
            except PresetError as error:
                refused += 1
                assert path.name in str(error) or "-damaged" in str(error)
        assert refused > 15
    assert list(tmp_path.glob("presets-damaged*.json"))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b'{"latent-darkroom-preset": 2, "preset": {"name": "a"}}',
        b'{"latent-darkroom-preset": 1, "preset": {"name": "a", "noise": 101}}',
        b'{"latent-darkroom-preset": 1, "preset": {"name": " "}}',
        b'{"latent-darkroom-preset": 1, "preset": {"name": "a", "scratches": "yes"}}',
        b"\xff" * 1000,
        b'"' + b"a" * 200_000 + b'"',
    ],
)
def test_a_shared_file_that_is_no_preset_gets_one_sentence(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(text)
    with pytest.raises(PresetError, match=r"^bad\.json: this is no preset of Latent Darkroom\.$"):
        presets.read_shared(path)


def test_presets_are_shared_as_files(tmp_path: Path) -> None:
    target = tmp_path / "mine.json"
    presets.write_shared(MINE, target)
    assert presets.read_shared(target) == MINE
    with pytest.raises(PresetError, match=r"mine\.json: it already exists"):
        presets.write_shared(MINE, target)
    with pytest.raises(PresetError, match=r"gone\.json: it is not there"):
        presets.read_shared(tmp_path / "gone.json")


def test_a_preset_is_meant_by_its_name_or_its_file(tmp_path: Path) -> None:
    path = tmp_path / "presets.json"
    presets.save([MINE], path)
    presets.write_shared(SHIPPED[1], tmp_path / "shared.json")
    assert presets.named("GROSSMUTTER’S ALBUM", path) == MINE
    assert presets.named("web jpeg", path).name == "Web JPEG"
    assert presets.named(str(tmp_path / "shared.json"), path) == SHIPPED[1]
    with pytest.raises(PresetError, match=r"no preset “sepia”.*“Großmutter’s album”.*“Old scan”"):
        presets.named("sepia", path)
