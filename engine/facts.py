"""What the encoder of the restoration model can be told about a photo, and how it hears it."""

from __future__ import annotations

#: What can be told, in the order of the vector the encoder reads.
FACTS = ("noise", "blur", "jpeg", "scratches")


def tell(facts: dict[str, float | None]) -> list[float]:
    """The vector of 2 x len(FACTS) numbers the encoder reads: values in about [0, 1], then known flags.

    ``facts`` has noise (standard deviation on the 8-bit scale), blur (Gaussian radius in pixels),
    jpeg (quality 1..100 to undo, 0: none) and scratches (0 or 1); ``None`` or absent is unknown.
    """
    scale = {
        "noise": lambda v: v / 50.0,
        "blur": lambda v: v / 3.0,
        "jpeg": lambda v: (105.0 - v) / 100.0 if v > 0 else 0.0,
        "scratches": float,
    }
    values = [facts.get(name) for name in FACTS]
    told = [0.0 if v is None else float(scale[n](v)) for n, v in zip(FACTS, values, strict=True)]
    return told + [0.0 if v is None else 1.0 for v in values]
