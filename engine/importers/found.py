"""What an importer found in a file: two networks, and what a card says of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.importers.network import Network


@dataclass
class Found:
    """An autoencoder ready to be converted.

    With a spatial latent the networks are ``pictures -> latent`` and ``latent -> pictures``; with a global one
    (``side`` is given) ``pictures -> globe, log_sigma`` and ``globe -> pictures``. Pictures are [B, 3, H, W]
    around [0, 1].
    """

    family: str
    encoder: Network
    decoder: Network
    side: int = 0  #: of the square pictures of a global latent, in pixels; 0: any size
    scaling: float = 1.0
    shift: float = 0.0
    notes: dict[str, str] = field(default_factory=dict)  #: "licence", "training", "data", where the source states them
