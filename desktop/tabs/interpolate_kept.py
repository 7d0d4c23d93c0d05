"""What the Interpolate tab holds as it outlives its window: the plan, and where the scrubber stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec

from desktop.history import Made
from desktop.tabs.interpolate_plan import FEWEST, MOST, Plan
from desktop.tabs.plain import back, plain
from desktop.tabs.tab import Kept


class KeptPlan(msgspec.Struct):
    plan: Plan
    t: float


def kept(plan: Plan, t: float) -> Kept | None:
    """None where there is no picture."""
    return plain(KeptPlan(plan, t)) if plan.pictures else None


def made(plan: Plan, file: Path) -> Made:
    """An exported journey for the history."""
    return Made(tab="interpolate", title=file.name, how=plain(KeptPlan(plan, 0.0)), model=plan.model, file=str(file))


def plan_of(told: Kept) -> tuple[Plan, float]:
    """What was `kept`, without pictures whose files are gone. Raises ValueError."""
    before = back(told, KeptPlan)
    numbers = [key.number for key in before.plan.pictures]
    if not FEWEST <= len(before.plan.keys) <= MOST or len(set(numbers)) < len(numbers):
        raise ValueError("these are no places of a journey")
    there = [key for key in before.plan.pictures if (key.path.exists() if key.path else key.recipe is not None)]
    if len(there) == len(numbers):
        return before.plan, before.t
    return replace(before.plan, keys=(None,) * FEWEST).taking(there), 0.0
