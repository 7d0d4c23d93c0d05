"""``latent-darkroom finetune ...`` for tests: it speaks the lines of `engine.lessons` and learns nothing.

The folder's name says what happens: "empty" has no pictures, "few" has too few, "endless" learns until it is
stopped, "deadly" dies while it learns, "vain" gets no better, "deaf" takes no pictures at the trial. What was
left unfinished lies in the folder LESSONS of the environment, a file a lesson.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import signal
import struct
import sys
import threading
import time
import zlib
from pathlib import Path

from engine import lessons
from engine.lessons import Found, Light, Offer, Pair, Suggestion, line

SUGGESTED = {"draw": "faces", "restore": "mender", "denoise-noisy": "mender"}
LEAST = {"draw": (6, 9), "restore": (4, 8), "denoise-noisy": (2, 4)}
PICTURES = 3
STEP = 0.01


def say(message: lessons.Said) -> None:
    print(line(message), flush=True)


def png(red: int) -> bytes:
    """A picture of 24 x 16 in one colour, written by hand: the process starts sooner without a library."""
    rows = (b"\0" + bytes((red % 256, 90, 120)) * 24) * 16
    chunks = {b"IHDR": struct.pack(">2I5B", 24, 16, 8, 2, 0, 0, 0), b"IDAT": zlib.compress(rows), b"IEND": b""}
    whole = b"\x89PNG\r\n\x1a\n"
    for kind, data in chunks.items():
        whole += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return whole


def label_of(path: Path, folder: Path) -> str:
    return path.relative_to(folder).parent.as_posix().removeprefix(".")


def check(folder: Path, left_out: set[str]) -> None:
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.png"))}
    paths = [path for file, path in files.items() if file not in left_out]
    if not paths:
        sys.exit(f"{folder.name}: there are no pictures in this folder.")
    used: list[Path] = []
    for done, path in enumerate(paths, start=1):
        finding = next((f for f in ("alike", "blank", "unreadable", "small") if f in path.name), "good")
        used += [path] if finding in ("good", "small") else []
        size = (0, 0) if finding == "unreadable" else (24, 16)
        thumbnail = b"" if finding == "unreadable" else png(done * 20)
        reason = "" if finding == "good" else f"{path.name}: it is {finding}."
        file, label = path.relative_to(folder).as_posix(), label_of(path, folder)
        say(
            Found(
                file=file,
                label=label,
                width=size[0],
                height=size[1],
                finding=finding,
                reason=reason,
                thumbnail=thumbnail,
            )
        )
        say(lessons.Looking(done=done, total=len(paths), seconds_left=2.0))
    odd = [path for path in used if "odd" in path.name]
    for path in odd:
        say(lessons.Judged(file=path.relative_to(folder).as_posix(), finding="odd", reason=f"{path.name}: it is odd."))
    lights = []
    for goal, (least, enough) in LEAST.items():
        colour = "red" if len(used) < least else "yellow" if len(used) < enough else "green"
        text = f"{goal}: here are {len(used)}, {least} are needed."
        lights.append(Light(goal=goal, colour=colour, text=text, pictures=len(used), least=least, enough=enough))
    labels: dict[str, int] = {}
    for path in used:
        labels[label_of(path, folder)] = labels.get(label_of(path, folder), 0) + 1
    suggestions = [Suggestion(goal=g, base=b, reason=f"{b} knows such pictures.") for g, b in SUGGESTED.items()]
    say(
        lessons.Checked(
            folder=str(folder),
            used=len(used),
            findings={"good": len(used) - len(odd), "odd": len(odd)},
            labels=labels,
            width=24,
            height=16,
            mixed_shapes=False,
            notes=("One picture is odd.",) if odd else (),
            lights=tuple(lights),
            likely="draw",
            suggestions=tuple(suggestions),
        )
    )


def trial(folder: Path) -> None:
    if "deaf" in folder.name:
        sys.exit(f"{folder.name}: memory is too short for this model.")
    for done in range(3):
        say(lessons.Preparing(what="Trying the speed", done=done, total=3))
    offers = [(n, s, s / 100, s / 150, s / 80) for n, s in (("quick", 40), ("normal", 60), ("thorough", 600))]
    say(
        lessons.Estimated(
            offers=tuple(Offer(name=n, steps=s, minutes=m, low=low, high=h) for n, s, m, low, h in offers),
            seconds_a_step=STEP,
            fixed_seconds=1.0,
            device="CPU, 2 threads",
            reason="there is no other",
            on_battery=True,
            battery=35,
            disk_needed=200_000_000,
            disk_free=9_000_000_000,
            memory_needed=1_100_000_000,
            memory_free=4_000_000_000,
            warnings=("The battery will not last for the thorough lesson.",),
            possible="full" not in folder.name,
        )
    )


def pairs(step: int) -> tuple[Pair, ...]:
    return tuple(
        Pair(file=f"{n}.png", original=png(200), given=b"", base=png(40 * n), now=png(40 * n + step))
        for n in range(PICTURES)
    )


class FakeLesson:
    def __init__(self, options: argparse.Namespace, state: dict) -> None:
        self.state, self.file = state, Path(os.environ["LESSONS"]) / f"{state['run']}.json"
        self.folder, self.steps = Path(state["folder"]), state["steps"]
        self.orders: queue.Queue[lessons.Order | None] = queue.Queue()
        if options.ask:
            threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        ear = os.fdopen(0, "rb", buffering=0, closefd=False)  # a buffer's lock would be held when the process ends
        for text in ear:
            self.orders.put(lessons.order(text))
        self.orders.put(None)

    def save(self) -> None:
        self.file.write_text(json.dumps(self.state))

    def run(self) -> None:
        state, step = self.state, self.state["step"]
        say(lessons.Preparing(what="Reading the pictures", done=1, total=2))
        begun = {key: state[key] for key in ("run", "name", "goal", "base", "step", "steps")}
        say(
            lessons.Begun(
                **begun,
                pictures=9,
                held_out=PICTURES,
                device="CPU, 2 threads",
                reason="there is no other",
                cache=10**6,
            )
        )
        self.show(step)
        while step < self.steps or "endless" in self.folder.name:
            step += 1
            time.sleep(STEP)
            left = STEP * max(self.steps - step, 0)
            say(
                lessons.Learning(
                    step=step,
                    steps=self.steps,
                    seconds=step * 1.0,
                    left=left,
                    left_low=left / 2,
                    left_high=left * 2,
                    phase="It learns to draw them",
                    loss=1.0,
                    speed=20.0,
                )
            )
            state["step"] = step
            if step % 20 == 0:
                self.save()
                self.show(step)
                say(lessons.Saved(step=step, seconds=step * 1.0))
            if step == 30:
                say(lessons.Diagnosis(code="by-heart", severity="warning", text="It learns your pictures by heart."))
                if "deadly" in self.folder.name and not state.get("died"):
                    state["died"] = True
                    self.save()
                    os.kill(os.getpid(), signal.SIGKILL)
            if not self.orders.empty() and self.hear(self.orders.get()):
                break
        self.finish()

    def show(self, step: int) -> None:
        score = 20 + (0 if "vain" in self.folder.name else step / 20)
        say(
            lessons.Scored(
                step=step,
                seconds=step * 1.0,
                score=score,
                base=20.0,
                learnt=score + 1,
                redraw=2 - step / 100,
                tidy=0.05,
                base_redraw=2.0,
                base_tidy=0.06,
                best=True,
            )
        )
        say(lessons.Shown(step=step, pairs=pairs(step)))
        say(lessons.Sampled(step=step, pictures=tuple(png(step + n) for n in range(4))))

    def hear(self, order: lessons.Order | None) -> bool:
        """True: enough is learnt."""
        match order:
            case lessons.Stop():
                return True
            case lessons.Try():
                say(lessons.Tryable(model=f"{self.state['run']}-so-far"))
            case lessons.Discard():
                self.discard()
            case lessons.Pause():
                self.save()
                say(lessons.Paused(step=self.state["step"], seconds=1.0))
                while not isinstance(order, lessons.GoOn):
                    order = self.orders.get()
                    if self.hear(order):
                        return True
            case None:
                self.save()
                say(lessons.Stopped(run=self.state["run"], step=self.state["step"]))
                sys.exit(0)
        return False

    def discard(self) -> None:
        self.file.unlink(missing_ok=True)
        say(lessons.Discarded(run=self.state["run"]))
        sys.exit(0)

    def finish(self) -> None:
        step, run = self.state["step"], self.state["run"]
        better = "vain" not in self.folder.name
        self.state["finished"] = True
        self.save()
        figures = [
            lessons.Figure(name="psnr", text="Held-out pictures redrawn", unit="dB", base=20.0, tuned=23.0),
            lessons.Figure(name="heart", text="Learnt by heart", unit="%", base=None, tuned=1.0, more_is_better=False),
        ]
        say(
            lessons.Result(
                run=run,
                name=self.state["name"],
                better=better,
                text="On 3 pictures from 20.0 to 23.0 dB." if better else "On 3 pictures it stayed at 20.0 dB.",
                figures=tuple(figures),
                pairs=pairs(step),
                samples=tuple(png(n) for n in range(4)),
                steps=step,
                best_step=step,
                minutes=0.5,
            )
        )
        while True:
            order = self.orders.get()
            match order:
                case lessons.Keep():
                    self.file.unlink()
                    kept = {"id": run, "pictures": order.pictures}
                    (self.file.parent / "kept.txt").write_text(json.dumps(kept))
                    say(lessons.Kept(model=run, folder=f"models/{run}"))
                    sys.exit(0)
                case lessons.GoOn():
                    self.steps = self.state["steps"] = step + order.steps
                    return self.run()
                case lessons.Discard():
                    self.discard()
                case None:
                    say(lessons.Stopped(run=run, step=step))
                    sys.exit(0)
                case _:
                    self.hear(order)


def listing() -> None:
    for path in sorted(Path(os.environ["LESSONS"]).glob("*.json")):
        state = json.loads(path.read_text())
        known = {key: state[key] for key in ("run", "name", "folder", "goal", "base", "step", "steps")}
        there, finished = Path(state["folder"]).is_dir(), state.get("finished", False)
        seconds, saved = state["step"] * 1.0, path.stat().st_mtime
        say(lessons.Unfinished(**known, folder_there=there, seconds=seconds, saved=saved, finished=finished))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("command")
    parser.add_argument("folder", nargs="?")
    for switch in ("check", "trial", "ask", "resume", "list", "json"):
        parser.add_argument(f"--{switch}", action="store_true")
    for value in ("base", "goal", "name", "leave-out", "steps"):
        parser.add_argument(f"--{value}", default="")
    options = parser.parse_args()
    log = Path(os.environ["LESSONS"]) / "asked.txt"
    left_out = Path(options.leave_out[1:]).read_text().split("\n")[:-1] if options.leave_out else []
    with log.open("a") as out:
        out.write(json.dumps([*sys.argv[1:], *(f"out:{name}" for name in left_out)]) + "\n")
    if options.list:
        listing()
    elif options.check:
        check(Path(options.folder), set(left_out))
    elif options.trial:
        trial(Path(options.folder))
    elif options.resume:
        state = json.loads((log.parent / f"{options.name}.json").read_text())
        state["folder"] = options.folder or state["folder"]
        lesson = FakeLesson(options, state)
        lesson.finish() if state.get("finished") else lesson.run()
    else:
        run = options.name.lower().replace(" ", "-")
        state = {key: getattr(options, key) for key in ("name", "goal", "base", "folder")}
        FakeLesson(options, {**state, "run": run, "steps": int(options.steps), "step": 0}).run()


if __name__ == "__main__":
    main()
