from __future__ import annotations

import math

import numpy as np

from engine.known import bits, judge, quantiles


def test_verdicts_follow_both_terms_of_the_bound() -> None:
    rng = np.random.default_rng(0)
    typical = quantiles(rng.uniform(0.002, 0.008, 500), rng.uniform(90, 110, 500))
    assert judge(0.005, 100, 3072, typical).known == "well"
    assert judge(0.012, 100, 3072, typical).known == "roughly"
    assert judge(0.3, 100, 3072, typical).known == "not"
    assert judge(0.005, 300, 3072, typical).known == "not"
    # A plain picture is drawn almost perfectly and yet is none of the kind.
    assert judge(0.0001, 30, 3072, typical).known == "roughly"
    assert judge(0.01, 100, 3072, typical).psnr == 20.0


def test_bits_are_those_of_the_gaussian() -> None:
    typical = {"error": [0.0, 0.01, 1.0], "nats": [0.0, 1.0, 2.0]}
    # At the usual error: the entropy of a normal of variance 0.01 on 255 levels, and the nats on top.
    entropy = (0.5 * math.log(2 * math.pi * math.e * 0.01) + math.log(255)) / math.log(2)
    assert abs(bits(0.01, 0.0, 100, typical) - entropy) < 1e-6
    assert abs(bits(0.01, 100 * math.log(2), 100, typical) - entropy - 1) < 1e-6
    assert bits(0.0, 0.0, 100, {"error": [0, 1e-9, 1], "nats": [0, 1, 2]}) == 0.0
