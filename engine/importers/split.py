"""A network cut into parts where it needs the whole picture, for `engine.parts` to run in tiles."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from engine.importers.draw import draw
from engine.importers.network import Network, Step
from engine.parts import Made, Norm, Part
from engine.sessions import HALF


def split(network: Network, name: str, folder: Path, places: Mapping[str, tuple[int, int]]) -> list[Part]:
    """Cut ``network`` with one input and one output, write a graph for each part to ``folder`` and return the parts.

    A network that needs the whole picture nowhere is one part, whose graph is ``name.onnx`` as it is.
    """
    ((given, start),), ((made, end),) = network.inputs.items(), network.outputs.items()
    levels = _levels(network)
    last = max(levels)
    if last == 0:
        reading = {start: given}
        return [_part(network, name, list(range(len(network.steps))), reading, {}, {end: made})]
    crossing = {
        source: number
        for number, step in enumerate(network.steps)
        for source in step.inputs
        if levels[source] < levels[number]
    }
    names = {number: f"v{number}" for number in crossing} | {start: given, end: made}
    parts = []
    for level in range(last + 1):
        steps = [
            number for number, step in enumerate(network.steps) if levels[number] == level and step.kind != "input"
        ]
        outputs = {number: names[number] for number in steps if number in crossing or number == end}
        if not outputs:
            continue
        read = {source for number in steps for source in network.steps[number].inputs if source not in steps}
        whole = {
            source
            for number in steps
            if network.steps[number].kind == "attend"
            for source in network.steps[number].inputs[1:]
        }
        tiled = {number: names[number] for number in sorted(read - whole)}
        seen_whole = {number: names[number] for number in sorted(whole)}
        graph = f"{name}-{len(parts):02d}"
        part = _part(network, graph, steps, tiled, seen_whole, outputs, names)
        for ending, half in (("", False), (HALF, True)):
            draw(
                network,
                folder / f"{graph}{ending}.onnx",
                places,
                steps=steps,
                inputs=tiled | seen_whole,
                outputs=outputs,
                norms_given=True,
                half=half,
            )
        parts.append(part)
    return parts


def _levels(network: Network) -> list[int]:
    """How many times the whole picture must be known before a step can be done."""
    levels: list[int] = []
    for step in network.steps:
        above = max((levels[source] for source in step.inputs), default=0)
        levels.append(above + (step.kind in ("norm", "attend")))
    return levels


def _part(
    network: Network,
    graph: str,
    steps: list[int],
    tiled: dict[int, str],
    whole: dict[int, str],
    outputs: dict[int, str],
    names: Mapping[int, str] | None = None,
) -> Part:
    """Follow sizes and reach through the steps of a part, in pixels of what it reads."""
    pixel = dict.fromkeys(tiled, Fraction(1))  # side of a pixel of each value
    reach = dict.fromkeys(tiled, Fraction(0))
    cost = work = 0.0
    coarsest = Fraction(1)
    norms = {}
    for number in steps:
        step = network.steps[number]
        if number in tiled:
            continue
        sources = [source for source in step.inputs if source not in whole]
        side = pixel[sources[0]]
        far = max(reach[source] for source in sources)
        if step.kind == "conv":
            kernel = network.weights[f"{step.name}.weight"].shape[-1]
            far += side * (kernel - 1)  # an odd kernel reaches half of it; with uneven pads, all to one side
            if step.pads[0] == step.pads[2]:
                far -= side * (kernel // 2)
            side *= step.stride
        elif step.kind == "double":
            side /= 2
        elif step.kind == "norm":
            assert names is not None
            norms[f"n{number}"] = Norm(
                of=names[step.inputs[0]], weights=step.name, groups=step.groups, epsilon=step.epsilon
            )
        pixel[number], reach[number] = side, far
        coarsest = max(coarsest, side)
        held = step.channels / side**2 + sum(network.channels(s) / pixel[s] ** 2 for s in sources)
        cost = max(cost, float(held))
        work += float(_work(network, step) / side**2)
    multiple = int(coarsest)
    return Part(
        graph=graph,
        tiled=list(tiled.values()),
        whole=list(whole.values()),
        norms=norms,
        makes={
            made: Made(channels=network.channels(number), ratio=(pixel[number].denominator, pixel[number].numerator))
            for number, made in outputs.items()
        },
        reach=-(-math.ceil(max(reach[number] for number in outputs)) // multiple) * multiple,
        multiple=multiple,
        # What the runtime holds beside the values of one step, such as a copy in another layout.
        cost=round(1.5 * cost, 1),
        work=round(max(work, 1e-6), 6),
    )


def _work(network: Network, step: Step) -> Fraction:
    """Multiplications for one pixel of a step's result, in millions; attention counts as a few convolutions."""
    if step.kind == "conv":
        return Fraction(math.prod(network.weights[f"{step.name}.weight"].shape), 10**6)
    return Fraction((9 * step.channels**2 * 8) if step.kind == "attend" else step.channels, 10**6)
