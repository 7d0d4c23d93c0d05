"""What the Models tab holds, without a window: the queue of imports, what is known of models, samples, words."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest
from fake_imports import a_card

from desktop.tabs.models_queue import ImportQueue, paired
from desktop.tabs.models_samples import PLACE, Samples
from desktop.tabs.models_state import Health, ModelsState, abilities, lacks
from desktop.tabs.models_words import ICONS, ModelsWords
from desktop.theme import ICONS as DRAWINGS
from engine import catalog, jobs, shelf
from engine.catalog import Card
from engine.imports import Imported, Importing, ImportStopped, NotImported

SHIPPED = Path(__file__).resolve().parents[2] / "models"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's models; no others are there."""
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(tmp_path))
    monkeypatch.setattr(catalog, "shipped", lambda: tmp_path / "shipped")
    return tmp_path / "models"


def put(place: Path, model: str, **more: object) -> Path:
    folder = place / model
    folder.mkdir(parents=True)
    (folder / catalog.WEIGHTS).write_bytes(model.encode())
    catalog.write_card(folder, a_card(model, **more))
    return folder


def imported(model: str) -> Imported:
    return Imported(model=model, name=model, family="", capabilities=(), folder="", difference=0.0)


# -- the queue ------------------------------------------------------------------------------------------


def test_files_are_imported_one_after_the_other() -> None:
    queue = ImportQueue()
    a, b, photo = Path("a.pth"), Path("b.safetensors"), Path("photo.jpg")
    assert queue.add([a, photo, b, a]) == [photo]
    assert queue.due() == (a,)
    assert queue.due() is None
    assert (queue.position, queue.total) == (1, 2)
    queue.said(Importing(step="reading", done=1, total=4))
    assert queue.share == 0.25
    queue.said(imported("a"))
    queue.ended("")
    assert queue.due() == (b,)
    assert queue.share == 0
    queue.said(NotImported(sentence="b.safetensors: it holds no VAE."))
    queue.ended("not said twice")
    assert queue.due() is None
    assert not queue.running
    assert queue.refusals == ["b.safetensors: it holds no VAE."]
    assert [one.model for one in queue.imported] == ["a"]
    queue.add([b])
    assert queue.refusals == [] and queue.imported == []  # of another run


def test_a_command_that_says_nothing_is_a_refusal() -> None:
    queue = ImportQueue()
    queue.add([Path("a.pth")])
    queue.due()
    queue.ended("It broke off.")
    assert queue.refusals == ["It broke off."]


def test_what_was_cancelled_can_be_gone_on_with() -> None:
    queue = ImportQueue()
    paths = [Path("a.pth"), Path("b.pth"), Path("c.pth")]
    queue.add(paths)
    queue.due()
    queue.cancel()
    queue.said(ImportStopped())
    queue.ended("")
    assert not queue.running
    assert queue.refusals == []
    assert queue.stopped == [(path,) for path in paths]
    queue.again()
    assert queue.stopped == []
    assert queue.due() == (paths[0],)
    assert queue.total == 3


def test_an_encoder_and_its_decoder_are_one_model() -> None:
    encoder, decoder, alone = Path("t/x_encoder.pth"), Path("t/x_decoder.pth"), Path("t/y_decoder.pth")
    assert paired([decoder, alone, encoder]) == [(alone,), (encoder, decoder)]
    assert paired([Path("a/decoder.onnx"), Path("b/encoder.onnx")]) == [
        (Path("a/decoder.onnx"),),
        (Path("b/encoder.onnx"),),
    ]


# -- models ---------------------------------------------------------------------------------------------


def test_the_chosen_model_stays_while_it_is_there(place: Path) -> None:
    for model in ("a", "b", "c"):
        put(place, model)
    state = ModelsState()
    state.refresh()
    assert state.chosen == "a"
    assert state.choose("b") and not state.choose("nobody")
    (place / "b" / "model.json").unlink()
    state.refresh()
    assert state.chosen == "c"  # the one that has come to its place
    for model in ("a", "c"):
        (place / model / "model.json").unlink()
    state.refresh()
    assert state.entry is None and state.chosen == ""


def test_what_is_known_of_files_belongs_to_those_files(place: Path) -> None:
    put(place, "a")
    state = ModelsState()
    state.refresh()
    state.note("a", Health("sound"))
    state.note("nobody", Health("sound"))
    state.refresh()
    assert state.entry and state.health(state.entry).state == "sound"
    shelf.rename("a", "Another name")
    state.refresh()
    assert state.entry and state.health(state.entry).state == "sound"
    (place / "a" / catalog.WEIGHTS).write_bytes(b"others")
    catalog.write_card(place / "a", a_card("a"))
    state.refresh()
    assert state.entry and state.health(state.entry).state == "unknown"


def test_a_model_whose_card_cannot_be_read_is_listed_with_its_trouble(place: Path) -> None:
    put(place, "torn").joinpath("model.json").write_text("{")
    state, words = ModelsState(), ModelsWords()
    state.refresh()
    assert state.entry and state.health(state.entry).state == "damaged"
    assert "torn" in words.accessible(state.entry)
    assert words.try_it(None)[1] == ""


def test_renaming_changes_the_name_and_nothing_else(place: Path) -> None:
    folder = put(place, "a")
    (folder / catalog.WEIGHTS).write_bytes(b"damaged since")
    before = catalog.read_card(folder).sha256
    assert shelf.rename("a", "  My   faces ").card.name == "My faces"
    card = catalog.read_card(folder)
    assert (card.name, card.id, card.sha256) == ("My faces", "a", before)  # the damage is not blessed
    with pytest.raises(shelf.ModelError, match="needs a name"):
        shelf.rename("a", " ")


# -- words ----------------------------------------------------------------------------------------------


def test_every_ability_has_words_and_a_drawing() -> None:
    words = ModelsWords()
    for ability, drawing in ICONS.items():
        assert words.ability(ability)
        assert (DRAWINGS / f"{drawing}.svg").is_file()


@pytest.mark.parametrize("model", [path.name for path in SHIPPED.iterdir()])
def test_shipped_cards_are_said_in_plain_words(model: str) -> None:
    card, words = catalog.read_card(SHIPPED / model), ModelsWords()
    assert len(words.numbers(card)) == len(card.numbers)
    for name, value in words.numbers(card):
        assert "_" not in name and "dB" in value
    assert words.headline(card)
    assert words.try_it(card)[1] in ("restore", "generate")
    assert words.can_and_cannot(card)


def test_unknown_numbers_are_said_too() -> None:
    card = a_card("a", numbers={"round_trip_ms": 12.5, "kept_percent": 40, "some_score": 3})
    assert ModelsWords().numbers(card) == [("Round trip", "12.5 ms"), ("Kept", "40 %"), ("Some score", "3")]


def test_what_a_spatial_latent_without_a_prior_cannot_do_is_said() -> None:
    card: Card = a_card("a", kind="codec", capabilities=["encode", "decode", "interpolate", "clean"])
    words = ModelsWords()
    assert abilities(card) == ["clean", "interpolate", "explore"]
    assert lacks(card) == ["sample", "directions", "finetune"]
    assert "This model has no prior: it cannot draw at random." in words.can_and_cannot(card)
    assert words.try_it(card)[1] == "restore"


# -- samples --------------------------------------------------------------------------------------------


def drawn(ask: jobs.Draw, first: int, count: int) -> jobs.Drawn:
    return jobs.Drawn(place=PLACE, ask=ask.ask, first=first, total=4, side=2, pictures=bytes(12) * count)


def test_samples_are_drawn_one_model_at_a_time_the_chosen_first(place: Path) -> None:
    for model in ("a", "b"):
        put(place, model)
    put(place, "codec", kind="codec", capabilities=["encode", "decode", "interpolate"])
    a, b, codec = shelf.listed()
    samples = Samples()
    samples.want([a, b, codec], b)
    ask = samples.due()
    assert isinstance(ask, jobs.Draw) and {recipe.model for recipe in ask.recipes} == {"b"}
    assert [recipe.seed for recipe in ask.recipes] == [0, 1, 2, 3]
    assert samples.due() is None
    assert samples.take(drawn(ask, 0, 3)) and samples.due() is None
    assert samples.take(drawn(ask, 3, 1))
    assert len(samples.of(b)) == 4
    ask = samples.due()
    assert isinstance(ask, jobs.Draw) and ask.recipes[0].model == "a"
    assert samples.take(jobs.Refused(place=PLACE, ask=ask.ask, message="a cannot draw"))
    assert samples.of(a) == []
    assert samples.due() is None  # "codec" is not the chosen one
    samples.want([a, b, codec], codec)
    ask = samples.due()
    assert isinstance(ask, jobs.Visit) and ask.journey.model == "codec"
    size = {"length": 1, "width": 4, "height": 4}
    assert samples.take(jobs.Frame(place=PLACE, ask=ask.ask, t=0.0, **size, picture=bytes(48)))
    assert [picture.side for picture in samples.of(codec)] == [2, 4]  # given, and what came back
    assert samples.due() is None


def test_answers_of_other_places_and_older_asks_are_not_heard(place: Path) -> None:
    put(place, "a")
    samples = Samples()
    samples.want(shelf.listed(), None)
    ask = samples.due()
    assert isinstance(ask, jobs.Draw)
    assert not samples.take(jobs.Refused(place="generate", ask=ask.ask, message=""))
    assert not samples.take(jobs.Refused(place=PLACE, ask=ask.ask - 1, message=""))
    assert samples.take(drawn(ask, 0, 4))
