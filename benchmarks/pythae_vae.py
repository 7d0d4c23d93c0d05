"""pythae's VAE with its convolutional networks for pictures of one channel, in a plain loop of ours with Adam."""

from __future__ import annotations

import time

import numpy as np
import torch
from torch import Tensor

from benchmarks import plain


class PythaeVAE:
    """For pictures [N, 3, side, side] that are grey; scaled to the 28 pixels which its networks are made for."""

    def __init__(self, side: int, globe: int) -> None:
        from pythae.models import VAE, VAEConfig  # pyright: ignore[reportMissingImports]
        from pythae.models.nn.benchmarks.mnist import (  # pyright: ignore[reportMissingImports]
            Decoder_Conv_AE_MNIST,
            Encoder_Conv_VAE_MNIST,
        )

        torch.manual_seed(0)
        config = VAEConfig(input_dim=(1, 28, 28), latent_dim=globe)
        self.side = side
        encoder, decoder = Encoder_Conv_VAE_MNIST(config), Decoder_Conv_AE_MNIST(config)  # pyright: ignore[reportArgumentType]
        self.vae = VAE(config, encoder=encoder, decoder=decoder)

    @property
    def weights(self) -> int:
        return plain.weights(self.vae)

    def train(self, pictures: Tensor, minutes: float) -> None:
        grey = _scaled(pictures[:, :1].float() / 255, 28)
        adam = torch.optim.Adam(self.vae.parameters(), 1e-3)
        rng = np.random.default_rng(0)
        end = time.monotonic() + 60 * minutes
        self.vae.train()
        while time.monotonic() < end:
            x = grey[rng.integers(0, len(grey), 64)]
            loss = self.vae({"data": x}).loss
            adam.zero_grad()
            loss.backward()
            adam.step()
        self.vae.eval()

    @torch.no_grad()
    def redraw(self, pictures: np.ndarray) -> np.ndarray:
        """Pictures [N, side, side, 3] uint8 from their posterior means."""
        x = torch.from_numpy(pictures).permute(0, 3, 1, 2)[:, :1].float() / 255
        drawn = self.vae.decoder(self.vae.encoder(_scaled(x, 28)).embedding).reconstruction
        return plain.to_pictures(_scaled(drawn, self.side).expand(-1, 3, -1, -1))


def _scaled(pictures: Tensor, side: int) -> Tensor:
    # Digits of 28 pixels were given a black border to make 32: it is cut off and put back.
    gap = (side - pictures.shape[-1]) // 2
    return torch.nn.functional.pad(pictures, (gap,) * 4)
