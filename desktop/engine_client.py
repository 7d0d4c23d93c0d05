"""The engine process as the window sees it: start it, ask it, hear its answers, start it again when it dies.

Asks and answers are the structs of `engine.jobs`. An ask takes the place of an older one for the same
photo and kind. When the process dies it is started again and what was asked of it is asked once more;
from then on one job at a time, so that a job that brings the engine down is told from the rest and,
the second time, is answered with `jobs.Failed`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import multiprocessing.process
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop import engine_process
from engine import jobs

Target = Callable[[Connection, str], None]
PhotoAsk = jobs.Open | jobs.Restore | jobs.Save
JobAsk = PhotoAsk | jobs.PlaceAsk

#: Seconds a closing engine may take before it is ended by force.
GRACE = 2.0
#: Deaths in a row before the engine was ever ready, after which it is not started again by itself.
FALSE_STARTS = 2


@dataclass
class _Job:
    ask: JobAsk
    sent: bool = False
    cancelled: bool = False
    deaths: int = 0  #: of the engine, while this job was with it

    @property
    def key(self) -> tuple[str, int | str]:
        """What a newer ask must share to take the place of this one."""
        whose = self.ask.photo if isinstance(self.ask, PhotoAsk) else self.ask.place
        return type(self.ask).__name__, whose

    def is_answered_by(self, answer: jobs.Answer) -> bool:
        match answer:
            case jobs.Opened():
                return self.key == ("Open", answer.photo)
            case jobs.Restored():
                return isinstance(self.ask, jobs.Restore) and self.ask.ask == answer.ask
            case jobs.Stopped():  # also said of an older ask whose place this one took
                return self.cancelled and self.key == ("Restore", answer.photo)
            case jobs.Saved():
                return self.key == ("Save", answer.photo)
            case jobs.Failed():
                return self.key == (answer.job.capitalize(), answer.photo)
            case jobs.Withdrawn():
                return self.cancelled and isinstance(self.ask, jobs.PlaceAsk) and self.ask.place == answer.place
            case jobs.Encoded() | jobs.Frame() | jobs.Exported() | jobs.Learnt() | jobs.Refused():
                return self._asked_by(answer.place, answer.ask)
            case jobs.Drawn():
                side = answer.side
                last = answer.first + len(answer.pictures) // (3 * side * side) == answer.total
                return last and self._asked_by(answer.place, answer.ask)
        return False

    def _asked_by(self, place: str, ask: int) -> bool:
        return isinstance(self.ask, jobs.PlaceAsk) and (self.ask.place, self.ask.ask) == (place, ask)

    def refusal(self, sentence: str) -> jobs.Answer:
        """The answer that gives this job up."""
        if isinstance(self.ask, PhotoAsk):
            return jobs.Failed(photo=self.ask.photo, job=type(self.ask).__name__.lower(), message=sentence)
        return jobs.Refused(place=self.ask.place, ask=self.ask.ask, message=sentence)

    def stopped(self) -> jobs.Answer:
        """The answer to a job that was cancelled and is gone."""
        if isinstance(self.ask, PhotoAsk):
            return jobs.Stopped(photo=self.ask.photo)
        return jobs.Withdrawn(place=self.ask.place)


class EngineClient(QObject):
    """One engine process and the jobs that are with it."""

    ready = Signal(object)  #: a `jobs.Ready`, after each start
    answered = Signal(object)  #: a `jobs.PhotoAnswer`
    answered_place = Signal(object)  #: a `jobs.PlaceAnswer`
    restarted = Signal()  #: the process died and is being started again
    broken = Signal(str)  #: it cannot work, and why; what was asked is answered with `jobs.Failed`

    _received = Signal(int, object)
    _ended = Signal(int)
    _paused = Signal(object)

    def __init__(self, work_folder: Path, target: Target = engine_process.main, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work_folder, self._target = work_folder, target
        self._jobs: list[_Job] = []
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None
        self._reader: threading.Thread | None = None
        self._generation = 0  # of the process: what an earlier one still said is not heard
        self._false_starts = 0
        self._was_ready = False
        self._pausing = False
        self._ending: threading.Thread | None = None  # waits for a process that was paused
        self.last_ready: jobs.Ready | None = None  #: what it said when it was ready the last time
        self._received.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._bury, Qt.ConnectionType.QueuedConnection)
        self._paused.connect(lambda then: then(), Qt.ConnectionType.QueuedConnection)

    @property
    def pid(self) -> int | None:
        """The process at work, or None."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process and send it what waits. Does nothing where it runs already."""
        if self._process is not None:
            return
        self._pausing = False
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=self._target, args=(theirs, str(self._work_folder)), name="latent-darkroom-engine", daemon=True
        )
        process.start()
        theirs.close()
        self._generation += 1
        self._was_ready = False
        self._process, self._connection = process, ours
        self._reader = threading.Thread(
            target=self._read, args=(ours, process, self._generation), name="engine-reader", daemon=True
        )
        self._reader.start()
        self._send_waiting()

    def ask(self, message: JobAsk | jobs.Cancel | jobs.Withdraw) -> None:
        """Send a job, or stop one. Before `start` jobs are kept and sent then."""
        if isinstance(message, jobs.Cancel | jobs.Withdraw):
            self._cancel(message)
            return
        job = _Job(message)
        self._jobs = [other for other in self._jobs if other.key != job.key]
        self._jobs.append(job)
        if self._generation and self._process is None and not self._pausing:  # it was broken: one more try
            self._false_starts = 0
            self.start()
        self._send_waiting()

    def stop(self) -> None:
        """End the process: kindly, then by force."""
        self._jobs.clear()
        self._let_go()()
        if self._ending is not None:
            self._ending.join()

    def pause(self, then: Callable[[], object]) -> None:
        """The same without waiting for it: ``then`` is called when the process has ended. What was asked, and what is
        asked meanwhile, is kept for the next `start`."""
        stopped = [job for job in self._jobs if job.cancelled]
        self._jobs = [job for job in self._jobs if not job.cancelled]
        for job in self._jobs:
            job.sent = False
        self._pausing = True
        end = self._let_go()
        for job in stopped:
            self._pass_on(job.stopped())

        def work() -> None:
            end()
            with contextlib.suppress(RuntimeError):  # the window has closed meanwhile, and all is gone
                self._paused.emit(then)

        self._ending = threading.Thread(target=work, name="engine-ending", daemon=True)
        self._ending.start()

    def _let_go(self) -> Callable[[], None]:
        """Nothing is heard of the process any more. What is returned ends it, in any thread."""
        process, connection, reader = self._process, self._connection, self._reader
        self._process = self._connection = self._reader = None
        self._generation += 1
        if process is None or connection is None or reader is None:
            return lambda: None
        with contextlib.suppress(OSError):  # it is gone already
            connection.send_bytes(jobs.encode(jobs.Close()))

        def end() -> None:
            process.join(GRACE)
            if process.is_alive():
                process.kill()
                process.join()
            reader.join(GRACE)
            connection.close()

        return end

    # -- the reader's thread --------------------------------------------------------------------

    def _read(self, connection: Connection, process: multiprocessing.process.BaseProcess, generation: int) -> None:
        while True:
            ready = multiprocessing.connection.wait([connection, process.sentinel])
            if connection not in ready:
                break
            try:
                answer = jobs.decode_answer(connection.recv_bytes())
            except (EOFError, OSError):
                break
            self._received.emit(generation, answer)
        process.join(GRACE)
        if process.is_alive():  # it closed the pipe and hangs
            process.kill()
            process.join()
        self._ended.emit(generation)

    # -- the window's thread --------------------------------------------------------------------

    @Slot(int, object)
    def _hear(self, generation: int, answer: jobs.Answer) -> None:
        if generation != self._generation:
            return
        if isinstance(answer, jobs.Ready):
            self._was_ready, self._false_starts = True, 0
            self.last_ready = answer
            self.ready.emit(answer)
            return
        if isinstance(answer, jobs.Failed) and answer.photo < 0:  # it is no photo's fault: the engine has no model
            self.broken.emit(answer.message)
            return
        self._jobs = [job for job in self._jobs if not job.is_answered_by(answer)]
        self._pass_on(answer)
        self._send_waiting()

    def _pass_on(self, answer: jobs.Answer) -> None:
        (self.answered_place if isinstance(answer, jobs.PlaceAnswer) else self.answered).emit(answer)

    @Slot(int)
    def _bury(self, generation: int) -> None:
        if generation != self._generation:
            return
        self._process = self._connection = self._reader = None
        stopped = [job for job in self._jobs if job.cancelled]
        self._jobs = [job for job in self._jobs if not job.cancelled]
        given_up: list[_Job] = []
        if self._was_ready:
            for job in self._jobs:
                job.deaths += job.sent
            given_up = [job for job in self._jobs if job.deaths >= 2]
        else:
            self._false_starts += 1
        for job in self._jobs:
            job.sent = False
        if self._false_starts >= FALSE_STARTS:
            given_up, self._jobs = self._jobs, []
            sentence = self.tr("The engine does not start. The log says why.")
            self.broken.emit(sentence)
        else:
            self._jobs = [job for job in self._jobs if job not in given_up]
            sentence = self.tr("The engine stopped twice while it worked on this.")
            self.restarted.emit()
            self.start()
        for job in stopped:
            self._pass_on(job.stopped())
        for job in given_up:
            self._pass_on(job.refusal(sentence))

    def _send_waiting(self) -> None:
        one_at_a_time = any(job.deaths for job in self._jobs)
        for job in self._jobs:
            if job.sent:
                if one_at_a_time:
                    return
                continue
            job.sent = self._send(job.ask)
            if one_at_a_time:
                return

    def _send(self, message: jobs.Ask) -> bool:
        if self._connection is None:
            return False
        # Where the process has just died its reader tells, and the job counts as having been with it.
        with contextlib.suppress(OSError):
            self._connection.send_bytes(jobs.encode(message))
        return True

    def _cancel(self, message: jobs.Cancel | jobs.Withdraw) -> None:
        if isinstance(message, jobs.Cancel):
            meant = [job for job in self._jobs if job.key == ("Restore", message.photo)]
        else:
            meant = [j for j in self._jobs if isinstance(j.ask, jobs.PlaceAsk) and j.ask.place == message.place]
        for job in meant:
            job.cancelled = True
        waiting = [job for job in meant if not job.sent]
        if waiting and len(waiting) == len(meant):
            self._jobs = [job for job in self._jobs if job not in waiting]
            QTimer.singleShot(0, self, lambda: self._pass_on(waiting[0].stopped()))
            return
        self._send(message)
