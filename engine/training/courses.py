"""The course of every goal."""

from __future__ import annotations

from engine.lessons import Goal
from engine.training.course import Course
from engine.training.finetune_draw import Drawing
from engine.training.finetune_noisy import Cleaning
from engine.training.finetune_restore import Restoring

COURSES: dict[Goal, type[Course]] = {"draw": Drawing, "restore": Restoring, "denoise-noisy": Cleaning}
