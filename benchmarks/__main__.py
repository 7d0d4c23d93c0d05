"""``python -m benchmarks [NAME...]`` prints the tables of the README as Markdown; progress goes to stderr."""

from __future__ import annotations

import argparse
import importlib
import sys
import time

import psutil

from benchmarks.bench import Bench
from benchmarks.sets import Absent, Sets

#: One module for each subject, in the order in which they are printed.
NAMES = (
    *("denoise", "jpeg", "blur", "damage", "oldphoto", "badinput", "doubt", "detail", "exactness"),
    *("speed", "quality", "devices", "window", "sheets"),
    *("drawing", "sliders", "reading", "morphs", "exploring", "importing"),
    *("finetune", "lessons", "whole"),
    *("killed", "memory"),
)


def main(arguments: list[str] | None = None) -> int:
    purpose = "Measure restoration and drawing beside their peers."
    parser = argparse.ArgumentParser("python -m benchmarks", description=purpose)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which tables (all): {', '.join(NAMES)}")
    parser.add_argument(
        "--images", type=int, metavar="N", help="only the first N pictures of each set, for a quick look"
    )
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="only every Nth picture of each set: quicker, and as mixed"
    )
    parser.add_argument("--model", default="photo-restore", metavar="ID", help="which of our models (%(default)s)")
    cores = psutil.cpu_count(logical=False) or 1
    parser.add_argument("--threads", type=int, default=cores, metavar="N", help="for ours and its peers (%(default)s)")
    chosen = parser.parse_args(arguments)
    if unknown := [name for name in chosen.names if name not in NAMES]:
        parser.error(f"there is no table {unknown[0]!r} (tables: {', '.join(NAMES)})")
    if chosen.images is not None and chosen.images < 1:
        parser.error("--images must be at least 1")

    if chosen.every < 1:
        parser.error("--every must be at least 1")

    bench = Bench(Sets.beside_repository(chosen.images, chosen.every), chosen.model, chosen.threads)
    for name in chosen.names or NAMES:
        bench.say(f"{name} ...")
        start = time.perf_counter()
        try:
            for table in importlib.import_module(f"benchmarks.{name}").tables(bench):
                print(table.markdown(), flush=True)
        except Absent as reason:
            print(f"_{name}: left out, {reason}._\n", flush=True)
        bench.say(f"{name}: {time.perf_counter() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
