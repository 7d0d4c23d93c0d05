"""FFDNet for colour pictures, the denoiser people would otherwise run on such a computer.

Zhang, Zuo and Zhang, FFDNet: Toward a Fast and Flexible Solution for CNN based Image Denoising
(IEEE Transactions on Image Processing, 2018): the picture is unshuffled to half its resolution, a
map of the noise level is laid beside it, twelve 3x3 convolutions give the clean picture. Written
from the paper, for the published weights.
"""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn
from torch.nn import functional as F

#: How far an input pixel reaches: twelve convolutions at half resolution.
HALO = 24


class Network(nn.Module):
    """[B, 3, H, W] in about [0, 1] with noise of ``sigma`` [B, 1, 1, 1] (same scale) to the clean picture,
    same shape. H and W are even."""

    def __init__(self, width: int = 96, depth: int = 12) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(3 * 4 + 1, width, 3, padding=1), nn.ReLU()]
        for _ in range(depth - 2):
            layers += [nn.Conv2d(width, width, 3, padding=1), nn.ReLU()]
        self.model = nn.Sequential(*layers, nn.Conv2d(width, 3 * 4, 3, padding=1))

    def forward(self, picture: Tensor, sigma: Tensor) -> Tensor:
        x = F.pixel_unshuffle(picture, 2)
        level = sigma.expand(-1, 1, x.shape[2], x.shape[3])
        return F.pixel_shuffle(self.model(torch.cat([x, level], dim=1)), 2)


class FFDNet:
    """The published weights in ONNX Runtime on the CPU."""

    def __init__(self, weights: Path, threads: int) -> None:
        network = Network()
        network.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        # Spinning threads would slow whatever is timed in turns with this.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = onnxruntime.InferenceSession(_onnx(network), options, providers=["CPUExecutionProvider"])

    def __call__(self, pixels: np.ndarray, sigma: float, tile: int = 2048) -> np.ndarray:
        """Denoise [H, W, 3], uint8 or float32 around [0, 1], to the same kind. ``sigma`` is on the 8-bit scale.

        Large pictures are done in squares of ``tile`` pixels with a halo as wide as the network reaches, so that
        memory stays bounded and nothing changes but the time.
        """
        h, w, _ = pixels.shape
        x = pixels.astype(np.float32) / (255.0 if pixels.dtype == np.uint8 else 1.0)
        x = np.pad(x, ((0, h % 2), (0, w % 2), (0, 0)), mode="edge")
        out = np.empty_like(x)
        for top in range(0, h, tile):
            for left in range(0, w, tile):
                y0, x0 = max(0, top - HALO), max(0, left - HALO)
                area = x[y0 : top + tile + HALO, x0 : left + tile + HALO]
                result = self._run(area, sigma)[top - y0 :, left - x0 :][:tile, :tile]
                out[top : top + tile, left : left + tile] = result
        out = out[:h, :w]
        return np.rint(out.clip(0, 1) * 255.0).astype(np.uint8) if pixels.dtype == np.uint8 else out

    def _run(self, area: np.ndarray, sigma: float) -> np.ndarray:
        planes = np.ascontiguousarray(area.transpose(2, 0, 1)[None])
        level = np.full((1, 1, 1, 1), sigma / 255.0, np.float32)
        result = self.session.run(None, {"picture": planes, "sigma": level})[0]
        return np.asarray(result)[0].transpose(1, 2, 0)


def _onnx(network: Network) -> bytes:
    """The network as an ONNX graph that takes pictures of any even size."""
    picture, sigma = torch.zeros(1, 3, 64, 96), torch.zeros(1, 1, 1, 1)
    rows, columns = torch.export.Dim("rows", min=4), torch.export.Dim("columns", min=4)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's remarks about its own internals
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        program = torch.onnx.export(
            network.eval(),
            (picture, sigma),
            input_names=["picture", "sigma"],
            dynamic_shapes=({2: 2 * rows, 3: 2 * columns}, None),
            dynamo=True,
            verbose=False,
        )
    assert program is not None
    return program.model_proto.SerializeToString()
