"""The queue's state machine, without Qt, without an engine: events in, asks out."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.tabs import restore_queue
from desktop.tabs.restore_photo import QueuedPhoto, State
from desktop.tabs.restore_queue import KEPT_RESULTS, RestoreQueue
from engine import jobs


class Engine:
    """Answers for the asks of a queue, by hand."""

    def __init__(self, queue: RestoreQueue) -> None:
        self.queue = queue
        self.asks: list[jobs.Ask] = []

    def pump(self) -> list[jobs.Ask]:
        new = self.queue.due()
        self.asks += new
        return new

    def opened(self, photo: QueuedPhoto, width: int = 1000, height: int = 1000) -> None:
        self.queue.take(
            jobs.Opened(
                photo=photo.number,
                path=str(photo.path),
                pixels=f"{photo.number}.npy",
                width=width,
                height=height,
                bits=8,
            )
        )

    def progress(self, photo: QueuedPhoto, done: int, total: int, left: float | None) -> None:
        self.queue.take(
            jobs.Progress(photo=photo.number, ask=photo.ask, done=done, total=total, seconds_left=left),
        )

    def restored(self, photo: QueuedPhoto, ask: int | None = None) -> None:
        ask = photo.ask if ask is None else ask
        self.queue.take(
            jobs.Restored(
                photo=photo.number,
                ask=ask,
                pixels=f"result-{ask}.npy",
                doubt=f"doubt-{ask}.npy",
                settings=photo.settings,
                device="CPU",
                seconds=2.0,
            )
        )

    def finish(self, photo: QueuedPhoto) -> None:
        self.pump()
        if photo.pixels is None:
            self.opened(photo)
            self.pump()
        self.restored(photo)
        self.pump()


def kinds(asks: list[jobs.Ask]) -> list[str]:
    return [type(ask).__name__ for ask in asks]


@pytest.fixture
def queue() -> RestoreQueue:
    return RestoreQueue(exists=lambda path: True)


@pytest.fixture
def engine(queue: RestoreQueue) -> Engine:
    return Engine(queue)


def three(queue: RestoreQueue) -> list[QueuedPhoto]:
    return queue.add([Path("a.jpg"), Path("b.jpg"), Path("c.jpg")])


def test_the_selected_photo_is_opened_and_restored_first(queue: RestoreQueue, engine: Engine) -> None:
    a, _, c = three(queue)
    queue.select(c.number)
    assert engine.pump() == [jobs.Open(photo=c.number, path="c.jpg")]
    assert engine.pump() == []  # one at a time
    engine.opened(c)
    asks = queue.due(part_first=(1, 2, 3, 4))
    assert kinds(asks) == ["Open", "Restore"]
    assert asks[0].photo == a.number
    assert asks[1] == jobs.Restore(
        photo=c.number, ask=1, path="c.jpg", settings=jobs.RestoreSettings(), part_first=(1, 2, 3, 4)
    )
    assert [photo.state for photo in queue.photos] == [State.WAITING, State.WAITING, State.WORKING]


def test_the_others_follow_one_at_a_time(queue: RestoreQueue, engine: Engine) -> None:
    for photo in three(queue):
        engine.finish(photo)
    restores = [ask.photo for ask in engine.asks if isinstance(ask, jobs.Restore)]
    assert restores == [1, 2, 3]
    assert {photo.state for photo in queue.photos} == {State.DONE}
    assert queue.run() is None


def test_the_same_file_is_queued_once(queue: RestoreQueue) -> None:
    three(queue)
    assert queue.add([Path("a.jpg"), Path("d.jpg"), Path("d.jpg")]) == [queue.photos[-1]]


def test_few_photos_are_opened_ahead(queue: RestoreQueue, engine: Engine) -> None:
    photos = queue.add([Path(f"{i}.jpg") for i in range(10)])
    for photo in photos:
        engine.pump()
        if any(isinstance(ask, jobs.Open) and ask.photo == photo.number for ask in engine.asks):
            engine.opened(photo)
    assert sum(1 for photo in photos if photo.pixels) == 3  # one at work, two ahead


def test_a_long_job_gives_way_to_the_selected_photo(queue: RestoreQueue, engine: Engine) -> None:
    a, b, _ = three(queue)
    engine.pump()
    engine.opened(a)
    engine.pump()
    engine.opened(b)
    engine.progress(a, 1, 10, 30.0)
    queue.select(b.number)
    assert jobs.Cancel(photo=a.number) in engine.pump()
    assert "Restore" not in kinds(engine.pump())  # not before the engine has stopped
    assert a.state is State.WAITING
    queue.take(jobs.Stopped(photo=a.number))
    assert [ask.photo for ask in engine.pump() if isinstance(ask, jobs.Restore)] == [b.number]
    engine.restored(b)
    assert [ask.photo for ask in engine.pump() if isinstance(ask, jobs.Restore)] == [a.number]


def test_a_job_that_is_nearly_done_is_finished_first(queue: RestoreQueue, engine: Engine) -> None:
    a, b, _ = three(queue)
    engine.pump()
    engine.opened(a)
    engine.pump()
    engine.opened(b)
    engine.progress(a, 9, 10, 0.5)
    queue.select(b.number)
    assert "Cancel" not in kinds(engine.pump())
    engine.restored(a)
    assert [ask.photo for ask in engine.pump() if isinstance(ask, jobs.Restore)] == [b.number]


def test_changed_settings_are_asked_when_the_hand_rests_and_the_newest_wins(
    queue: RestoreQueue, engine: Engine
) -> None:
    (a,) = queue.add([Path("a.jpg")])
    engine.finish(a)
    first = a.last
    for noise in (5.0, 6.0, 7.0):
        queue.change(a.number, jobs.RestoreSettings(noise=noise))
        assert engine.pump() == []
    assert a.state is State.WAITING
    assert a.last is first  # the old picture stays
    queue.settle()
    (ask,) = engine.pump()
    assert isinstance(ask, jobs.Restore)
    assert ask.settings.noise == 7.0
    queue.change(a.number, jobs.RestoreSettings(noise=8.0))
    queue.settle()
    (newer,) = engine.pump()  # at once, without a Cancel: it takes the older one's place
    assert isinstance(newer, jobs.Restore)
    engine.restored(a, ask=ask.ask)
    assert a.last is first  # late
    assert a.state is State.WORKING
    engine.restored(a)
    assert a.state is State.DONE
    assert a.last is not None
    assert a.last.ask == newer.ask
    assert queue.take_discarded() == {f"result-{ask.ask}.npy", f"doubt-{ask.ask}.npy"}


def test_strength_needs_no_engine(queue: RestoreQueue, engine: Engine) -> None:
    (a,) = queue.add([Path("a.jpg")])
    engine.finish(a)
    queue.change(a.number, jobs.RestoreSettings(strength=0.4))
    queue.settle()
    assert engine.pump() == []
    assert a.state is State.DONE
    queue.save(a.number, Path("out.jpg"))
    (save,) = engine.pump()
    assert isinstance(save, jobs.Save)
    assert save.settings.strength == 0.4


def test_settings_that_were_made_before_come_back_at_once(queue: RestoreQueue, engine: Engine) -> None:
    (a,) = queue.add([Path("a.jpg")])
    engine.finish(a)
    mean = a.result
    queue.change(a.number, jobs.RestoreSettings(variant=1))
    queue.settle()
    engine.finish(a)
    assert a.result is not mean
    queue.change(a.number, jobs.RestoreSettings())
    queue.settle()
    assert engine.pump() == []
    assert a.last is mean
    assert a.state is State.DONE


def test_a_result_whose_file_is_gone_is_made_again() -> None:
    files = {"result-1.npy"}
    queue = RestoreQueue(exists=lambda path: path in files)
    engine = Engine(queue)
    (a,) = queue.add([Path("a.jpg")])
    engine.finish(a)
    queue.change(a.number, jobs.RestoreSettings(variant=1))
    queue.settle()
    engine.finish(a)
    files.clear()
    queue.change(a.number, jobs.RestoreSettings())
    queue.settle()
    assert [type(ask) for ask in engine.pump()] == [jobs.Restore]


def test_old_results_are_given_up(queue: RestoreQueue, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    (a,) = queue.add([Path("a.jpg")])
    engine.finish(a)
    for noise in range(KEPT_RESULTS):
        queue.change(a.number, jobs.RestoreSettings(noise=float(noise)))
        queue.settle()
        engine.finish(a)
    assert len(a.results) == KEPT_RESULTS
    assert queue.take_discarded() == {"result-1.npy", "doubt-1.npy"}
    queue.remove([a.number])
    assert queue.take_discarded() == set()  # it can be put back
    monkeypatch.setattr(restore_queue, "KEPT_MEGAPIXELS", 0.0)
    (b,) = queue.add([Path("b.jpg")])
    queue.remove([b.number])
    assert "1.npy" in queue.take_discarded()


def test_removed_photos_come_back_where_they_were(queue: RestoreQueue, engine: Engine) -> None:
    a, b, c = queue.add([Path("a.jpg"), Path("b.jpg"), Path("c.jpg")])
    engine.finish(a)
    engine.finish(b)
    result = b.result
    queue.remove([a.number, b.number])
    assert queue.photos == [c]
    queue.put_back([(0, a), (1, b)])
    assert queue.photos == [a, b, c]
    assert b.result is result
    assert b.state is State.DONE
    queue.remove([c.number])
    queue.put_back([(2, c)])
    assert c.state is State.WAITING
    engine.finish(c)
    assert c.state is State.DONE


def test_going_back_to_a_finished_result_cancels_the_running_ask(queue: RestoreQueue, engine: Engine) -> None:
    (a,) = queue.add([Path("a.jpg")])
    engine.finish(a)
    queue.change(a.number, jobs.RestoreSettings(noise=9.0))
    queue.settle()
    engine.pump()
    queue.change(a.number, jobs.RestoreSettings())
    queue.settle()
    assert engine.pump() == [jobs.Cancel(photo=a.number)]
    queue.take(jobs.Stopped(photo=a.number))
    assert a.state is State.DONE
    assert engine.pump() == []


def test_a_failure_stays_with_its_photo_and_the_others_go_on(queue: RestoreQueue, engine: Engine) -> None:
    a, b, c = three(queue)
    engine.pump()
    queue.take(jobs.Failed(photo=a.number, job="open", message="a.jpg: not a photo."))
    engine.finish(b)
    engine.pump()
    engine.opened(c)
    engine.pump()
    queue.take(jobs.Failed(photo=c.number, job="restore", message="c.jpg: no memory."))
    assert [photo.state for photo in queue.photos] == [State.FAILED, State.DONE, State.FAILED]
    queue.resume(c.number)
    assert [ask.photo for ask in engine.pump() if isinstance(ask, jobs.Restore)] == [c.number]


def test_cancel_holds_everything_back_until_it_goes_on(queue: RestoreQueue, engine: Engine) -> None:
    a, b, _ = three(queue)
    engine.pump()
    engine.opened(a)
    engine.pump()
    engine.opened(b)
    queue.stop()
    assert engine.pump() == [jobs.Cancel(photo=a.number)]
    assert {photo.state for photo in queue.photos} == {State.STOPPED}
    queue.take(jobs.Stopped(photo=a.number))
    assert engine.pump() == []
    assert queue.run() is None
    queue.resume()
    assert [ask.photo for ask in engine.pump() if isinstance(ask, jobs.Restore)] == [a.number]


def test_a_result_that_arrives_although_cancelled_ends_the_run(queue: RestoreQueue, engine: Engine) -> None:
    a, b, _ = three(queue)
    engine.pump()
    engine.opened(a)
    engine.pump()
    engine.opened(b)
    queue.stop()
    engine.pump()
    engine.restored(a)  # it was finished when the Cancel arrived: the engine sends no Stopped
    queue.resume()
    assert [ask.photo for ask in engine.pump() if isinstance(ask, jobs.Restore)] == [b.number]


def test_removing_the_running_photo_cancels_it(queue: RestoreQueue, engine: Engine) -> None:
    a, b, _ = three(queue)
    engine.pump()
    engine.opened(a)
    engine.pump()
    engine.opened(b)
    queue.remove([a.number])
    assert jobs.Cancel(photo=a.number) in engine.pump()
    assert queue.take(jobs.Progress(photo=a.number, ask=1, done=1, total=2, seconds_left=1.0)) is None
    queue.take(jobs.Stopped(photo=a.number))
    assert [ask.photo for ask in engine.pump() if isinstance(ask, jobs.Restore)] == [b.number]


def test_saves_go_one_at_a_time_and_a_change_makes_unsaved_again(queue: RestoreQueue, engine: Engine) -> None:
    a, b, _ = three(queue)
    engine.finish(a)
    engine.finish(b)
    queue.save(a.number, Path("out/a.jpg"))
    queue.save(b.number, Path("out/b.jpg"))
    queue.save(3, Path("out/c.jpg"))  # not finished: nothing to save
    saves = [ask for ask in engine.pump() if isinstance(ask, jobs.Save)]
    assert [save.photo for save in saves] == [a.number]
    queue.take(jobs.Saved(photo=a.number, target="out/a.jpg"))
    assert a.state is State.SAVED
    assert [ask.photo for ask in engine.pump() if isinstance(ask, jobs.Save)] == [b.number]
    queue.take(jobs.Failed(photo=b.number, job="save", message="b.jpg: the disk is full."))
    assert b.state is State.DONE
    assert b.save_failure == "b.jpg: the disk is full."
    assert not queue.saving
    queue.change(a.number, jobs.RestoreSettings(strength=0.5))
    assert a.state is State.DONE
    assert queue.unsaved() == [a, b]


def test_an_export_does_not_count_as_saved(queue: RestoreQueue, engine: Engine) -> None:
    (a,) = queue.add([Path("a.jpg")])
    engine.finish(a)
    queue.save(a.number, Path("tmp/a.jpg"), export=True)
    engine.pump()
    queue.take(jobs.Saved(photo=a.number, target="tmp/a.jpg"))
    assert a.state is State.DONE


def test_the_run_counts_photos_and_time(queue: RestoreQueue, engine: Engine) -> None:
    a, b, c = three(queue)
    engine.finish(a)  # 2 s for 1 megapixel
    engine.opened(b, 2000, 1000)
    engine.pump()
    engine.opened(c, 1000, 1000)
    engine.progress(b, 1, 2, 3.0)
    run = queue.run()
    assert run is not None
    assert (run.position, run.total) == (2, 3)
    assert run.fraction == pytest.approx(1.5 / 3)
    assert run.seconds_left == pytest.approx(3.0 + 2.0)


def test_parts_of_a_new_file_start_a_new_growing_result(queue: RestoreQueue, engine: Engine) -> None:
    (a,) = queue.add([Path("a.jpg")])
    engine.pump()
    engine.opened(a)
    engine.pump()
    for pixels, box in (("p.npy", (0, 0, 5, 5)), ("p.npy", (5, 0, 9, 5)), ("q.npy", (0, 0, 5, 5))):
        queue.take(jobs.Part(photo=a.number, ask=a.ask, pixels=pixels, box=box))
    assert a.growing is not None
    assert (a.growing.pixels, a.growing.boxes) == ("q.npy", [(0, 0, 5, 5)])
    assert queue.take(jobs.Part(photo=a.number, ask=a.ask - 1, pixels="old.npy", box=(0, 0, 5, 5))) is None
