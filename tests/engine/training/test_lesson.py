from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from engine import catalog, directions, lessons, runs
from engine.errors import DarkroomError, ModelError
from engine.files import replacing
from engine.generate import Generator
from engine.jobs import RestoreSettings
from engine.lessons import Discard, GoOn, Order, Pause, Stop, Try
from engine.recipes import Recipe
from engine.restore import Restorer
from engine.runs import Plan
from engine.training import finetune, finetune_draw, finetune_restore
from engine.training.compute import Compute
from engine.training.finetune_noisy import Cleaning
from engine.training.lesson import Hangup, Lesson, Thrown

NOISE = RestoreSettings(noise=20, blur=0, jpeg=0, scratches=False, fading=False)
CPU = Compute(torch.device("cpu"), "CPU", "for the test")


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toy_generator: Path, toy_model: Path) -> None:
    """Two toys among the user's models, and everything that takes long made short."""
    own = tmp_path / "home" / "models"
    monkeypatch.setattr(catalog, "own", lambda: own)
    for toy in (toy_generator, toy_model):
        shutil.copytree(toy, own / toy.name)
        card = catalog.read_card(own / toy.name)
        card.id, card.name = toy.name, toy.name.title()
        catalog.write_card(own / toy.name, card)
    monkeypatch.setattr(finetune_draw, "_QUICK", 1)
    monkeypatch.setattr(finetune_draw, "_WHOLE", (2, 2))
    monkeypatch.setattr(finetune_restore, "_JUDGES", 2)
    monkeypatch.setattr(finetune_restore, "_STAND_INS", 2)
    monkeypatch.setattr(finetune_restore, "_LEAVES", 2)
    torch.set_num_threads(1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two dozen pictures of discs in two sub-folders."""
    rng, (y, x) = np.random.default_rng(0), np.mgrid[0:72, 0:72]
    for number in range(24):
        place = tmp_path / "discs" / ("red" if number % 2 else "blue")
        place.mkdir(parents=True, exist_ok=True)
        cy, cx, radius = *rng.uniform(15, 57, 2), rng.uniform(8, 28)
        inside = (y - cy) ** 2 + (x - cx) ** 2 < radius**2
        tone = (220, 60, 40) if number % 2 else (40, 90, 230)
        pixels = np.where(inside[..., None], tone, rng.integers(60, 90, 3)) + rng.normal(0, 6, (72, 72, 3))
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(place / f"{number}.png")
    return tmp_path / "discs"


def planned(folder: Path, goal: lessons.Goal = "draw", steps: int = 6, name: str = "Discs") -> Plan:
    base = "toy-drawer" if goal == "draw" else "toy"
    plan = finetune.plan_for(folder, base, goal, name, (), steps, lambda said: None)
    plan.batch, plan.judged = 4, 3
    runs.write(plan)
    return plan


class Room:
    """Where a lesson is heard, and orders are given at the messages named."""

    def __init__(self, orders: dict[str, list[Order | type[Exception]]] | None = None) -> None:
        self.said: list[lessons.Said] = []
        self._orders, self._now = orders or {}, list[Order | type[Exception]]()

    def say(self, said: lessons.Said) -> None:
        assert lessons.line(said)
        self.said.append(said)
        self._now += self._orders.pop(type(said).__name__, [])

    def hear(self, seconds: float | None) -> Order | None:
        if not self._now:
            assert seconds is not None, "it waits for an order that nobody gives"
            return None
        order = self._now.pop(0)
        if isinstance(order, type):
            raise order
        return order

    def of(self, kind: type) -> list:
        return [said for said in self.said if isinstance(said, kind)]


def taught(plan: Plan, room: Room | None = None) -> tuple[Lesson, lessons.Result, Room]:
    room = room or Room()
    teaching = Lesson(plan, room.say, room.hear, CPU)
    return teaching, teaching.learn(), room


def weights_of(teaching: Lesson) -> dict[str, torch.Tensor]:
    return {name: weight.clone() for name, weight in teaching.trainer.model.state_dict().items()}


def state_of(plan: Plan) -> dict[str, torch.Tensor]:
    return load_file(runs.folder_of(plan.run) / "state.safetensors")


def same(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> bool:
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


def test_a_model_that_learnt_to_draw_is_kept_and_draws(folder: Path) -> None:
    teaching, result, room = taught(planned(folder, steps=30))
    assert result.better
    assert "it has not learnt from" in result.text
    begun = room.of(lessons.Begun)[0]
    assert (begun.pictures, begun.held_out, begun.cache) == (22, 2, 24 * 3 * 32 * 32)
    scores = room.of(lessons.Scored)
    assert [s.step for s in scores] == [0, 10, 20, 30]
    assert scores[-1].score > scores[0].score == scores[0].base
    assert room.of(lessons.Shown)[-1].pairs[0].now[:4] == b"\x89PNG"
    assert len(room.of(lessons.Sampled)[-1].pictures) == 8
    target = teaching.keep(pictures=False)
    assert not runs.folder_of("discs").exists()
    assert not list(target.glob("*.png"))
    card = catalog.load("discs").card
    assert (card.name, card.parent, card.lesson["folder"], card.lesson["pictures"]) == (
        "Discs",
        "toy-drawer",
        "discs",
        22,
    )
    assert card.numbers["psnr_held_out_db"] > card.numbers["base_psnr_held_out_db"]
    base = catalog.own() / "toy-drawer"
    for graph in base.glob("*.onnx"):
        assert (target / graph.name).read_bytes() == graph.read_bytes()
    drawn, others = (Generator(model, "cpu").draw([Recipe(model=model, seed=1)]) for model in ("discs", "toy-drawer"))
    assert np.abs(drawn.astype(int) - others).max() > 2  # the graphs read the new weights


def test_labels_become_sliders(folder: Path) -> None:
    teaching, _, _ = taught(planned(folder, steps=30))
    target = teaching.keep(pictures=True)
    assert {"folder: red", "folder: blue"} <= {d.name for d in directions.of(str(target))}
    assert len(list(target.glob("held-out-*-tuned.png"))) == 2
    catalog.load(target.name)


def test_a_model_that_learnt_to_restore_is_kept_and_restores(folder: Path) -> None:
    teaching, result, _ = taught(planned(folder, "restore", steps=12))
    assert result.better
    assert {f.name for f in result.figures} >= {"psnr_noise25_db", "psnr_old_db", "psnr_others_db"}
    teaching.keep(pictures=False)
    pixels = np.full((40, 48, 3), 120, np.uint8)
    assert Restorer("discs", "cpu").restore(pixels, NOISE).pixels.shape == pixels.shape


def test_noisy_pictures_teach_without_a_clean_one(folder: Path) -> None:
    rng = np.random.default_rng(3)
    noisy = folder.parent / "noisy"
    noisy.mkdir()
    for path in sorted(folder.rglob("*.png"))[:8]:
        pixels = np.asarray(Image.open(path).resize((128, 128))) + rng.normal(0, 20, (128, 128, 3))
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(noisy / path.name)
    teaching, result, _ = taught(planned(noisy, "denoise-noisy", steps=12))
    assert result.better
    assert isinstance(teaching.course, Cleaning)
    assert abs(teaching.course.noise.sigma * 255 - 20) < 4
    teaching.keep(pictures=False)
    assert catalog.load("discs").card.parent == "toy"


def test_nothing_is_kept_where_nothing_got_better(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finetune_draw.Drawing, "rate", 0.0)
    _, result, _ = taught(planned(folder))
    assert not result.better
    assert "did not get better" in result.text
    assert "nothing to keep" in result.text


def test_a_lesson_that_was_left_ends_with_the_weights_of_one_that_was_not(folder: Path) -> None:
    whole, unbroken, _ = taught(planned(folder, "restore", steps=9))
    expected = state_of(whole.plan)
    whole.close()
    plan = planned(folder, "restore", steps=9)
    for _ in range(3):
        teaching = Lesson(runs.read(plan.run), (room := Room()).say, leaves_after(2), CPU)
        with pytest.raises(Hangup):
            teaching.learn()
        assert room.of(lessons.Saved)
    again, result, room = taught(runs.read(plan.run))
    assert room.of(lessons.Begun)[0].step == 6
    assert result.figures == unbroken.figures
    assert same(state_of(again.plan), expected)


def leaves_after(steps: int) -> Callable[[float | None], Order | None]:
    """An ear that hears nothing for so many steps, and then that nobody is there."""

    def silence() -> Iterator[None]:
        for _ in range(steps - 1):
            yield None
        raise Hangup

    quiet = silence()

    def hear(seconds: float | None) -> Order | None:
        try:
            return next(quiet)
        except RuntimeError:
            raise Hangup from None

    return hear


def test_it_goes_on_though_the_folder_is_gone_and_the_state_cut_short(folder: Path) -> None:
    plan = planned(folder, "restore", steps=9)
    with pytest.raises(Hangup):
        Lesson(plan, Room().say, leaves_after(5), CPU).learn()
    shutil.rmtree(folder)
    state = runs.folder_of(plan.run) / "state.safetensors"
    state.write_bytes(state.read_bytes()[:-100])
    _, result, room = taught(runs.read(plan.run))
    assert [d.code for d in room.of(lessons.Diagnosis)][:1] == ["state-restored"]
    assert room.of(lessons.Begun)[0].step == 3  # judged at 3, left at 5
    assert result.steps == 9


def test_pause_try_and_enough(folder: Path) -> None:
    room = Room({"Shown": [Pause(), Try(), GoOn(), Stop()]})
    teaching, result, _ = taught(planned(folder, steps=30), room)
    assert room.of(lessons.Paused)
    assert room.of(lessons.Tryable)[0].model == "discs-so-far"
    assert Generator("discs-so-far", "cpu").model.card.name == "Discs (so far)"
    assert result.steps < 30
    teaching.close()
    assert "discs-so-far" not in catalog.folders()


def test_one_round_more_after_the_result(folder: Path) -> None:
    teaching, first, room = taught(planned(folder, steps=6))
    teaching.another_round(6)
    second = teaching.learn()
    assert second.steps == 12
    assert room.of(lessons.Begun)[-1].step == 6
    assert second.figures[0].tuned >= first.figures[0].tuned - 0.5


def test_thrown_away_means_nothing_is_left(folder: Path) -> None:
    room = Room({"Shown": [Discard()]})
    teaching = Lesson(planned(folder), room.say, room.hear, CPU)
    with pytest.raises(Thrown):
        teaching.learn()
    teaching.close()
    assert not runs.folder_of("discs").exists()


def test_a_full_disk_is_said_and_it_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = [True]

    def write(target: Path, overwrite: bool = False):
        if full[0] and target.name == "state-next.safetensors":
            full[0] = False
            raise OSError(28, "No space left on device")
        return replacing(target, overwrite=overwrite)

    monkeypatch.setattr("engine.training.loop.replacing", write)
    _, result, room = taught(planned(folder))
    said = room.of(lessons.Diagnosis)[0]
    assert said.code == "not-saved"
    assert "the disk is full" in said.text
    assert room.of(lessons.Saved)
    assert result.steps == 6


def test_short_memory_means_smaller_batches(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loss = finetune_draw.DrawLoss.__call__

    def greedy(self, model, step, spent):
        if self.batch > 2:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.")
        return loss(self, model, step, spent)

    monkeypatch.setattr(finetune_draw.DrawLoss, "__call__", greedy)
    teaching, result, room = taught(planned(folder))
    assert [d.text for d in room.of(lessons.Diagnosis) if d.code == "smaller-batch"] == [
        "The memory is short; it goes on with 2 pictures at a time."
    ]
    assert teaching.plan.batch == 2
    assert result.steps == 6


def test_a_gpu_that_goes_leaves_the_lesson_to_the_cpu(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Shaky(Compute):
        def lost(self, error: BaseException) -> bool:
            return "CUDA" in str(error)

    loss, lost = finetune_draw.DrawLoss.__call__, [True]

    def broken(self, model, step, spent):
        if step == 3 and lost:
            lost.clear()
            raise RuntimeError("CUDA error: the device is lost")
        return loss(self, model, step, spent)

    monkeypatch.setattr(finetune_draw.DrawLoss, "__call__", broken)
    room = Room()
    result = Lesson(planned(folder), room.say, room.hear, Shaky(torch.device("cpu"), "GPU", "for the test")).learn()
    assert "gpu-lost" in [d.code for d in room.of(lessons.Diagnosis)]
    assert [b.device.split(",")[0] for b in room.of(lessons.Begun)] == ["GPU", "CPU"]
    assert room.of(lessons.Begun)[1].step == 2  # where it was judged and saved
    assert result.steps == 6


def test_numbers_out_of_hand_end_it_with_the_best_so_far(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loss = finetune_draw.DrawLoss.__call__

    def wild(self, model, step, spent):
        total, log = loss(self, model, step, spent)
        return total * (float("nan") if step == 5 else 1.0), log

    monkeypatch.setattr(finetune_draw.DrawLoss, "__call__", wild)
    _, result, room = taught(planned(folder))
    assert "went-wrong" in [d.code for d in room.of(lessons.Diagnosis)]
    assert result.best_step <= 5


def test_plans_refuse_what_cannot_be_learnt(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot learn to restore"):
        finetune.plan_for(folder, "toy-drawer", "restore", "x", (), 1, lambda said: None)
    one = tmp_path / "one"
    one.mkdir()
    first = next(folder.rglob("*.png"))
    for number in range(30):
        shutil.copy(first, one / f"{number}.png")
    with pytest.raises(DarkroomError, match=r"^one: 1 picture can be learnt from \(29 are copies.*needs 20 or more"):
        finetune.plan_for(one, "toy-drawer", "draw", "x", (), 1, lambda said: None)


def test_a_trial_keeps_nothing_and_tells_how_long(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finetune, "_TRIAL", 0.05)
    plan = planned(folder)
    before = set(catalog.own().parent.rglob("*"))
    tried = finetune.estimate(plan, CPU, lambda said: None)
    assert set(catalog.own().parent.rglob("*")) == before
    quick, normal, thorough = tried.offers
    assert quick.low < quick.minutes < quick.high < thorough.high
    assert quick.steps < normal.steps < thorough.steps
    assert tried.possible
    finetune.fit_into(100, plan, tried)
    many = plan.steps
    finetune.fit_into(10, plan, tried)
    assert many > plan.steps >= 10
    assert 2 <= plan.judged <= 10
