"""Weights that ship, as a state to go on from: `python -m training.opened WEIGHTS MODEL.pt`.

What was written as int8 comes back as the numbers that it stands for, so nothing of a shipped
model is out of reach where the state of its run is gone. What only helps while training (kairos,
factuality) does not ship and begins anew.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.numpy import load_file
from torch import Tensor

from training.export import HEADS
from training.model import ReadingModel, Shape

_LAYERS = ("link.dependent", "link.head", "arcs.dependent", "arcs.head")
_PAIRS = {"/bias/MatMul": "link.bias.weight", "/bias_1/MatMul": "arcs.bias.weight"}
_QUANTISED = "_quantized"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, help="a folder with model.onnx and heads.safetensors")
    parser.add_argument("model", type=Path, help="the state to write")
    args = parser.parse_args()
    model = open_shipped(args.weights)
    torch.save({"model": model.state_dict(), "shape": Shape().to_dict()}, args.model)


def open_shipped(weights: Path) -> ReadingModel:
    """The model that a folder of weights was exported from, as near as int8 holds it.

    Raises:
        SystemExit: The file lacks a parameter that ships.
    """
    model = ReadingModel(Shape())
    told = _encoder(weights / "model.onnx") | _decoding(weights / "heads.safetensors", model)
    told |= _heads(told.pop("heads.weight"), told.pop("heads.bias"), model)
    missing, unknown = model.load_state_dict(told, strict=False)
    lacking = [name for name in missing if not name.startswith(_FRESH)]
    if lacking or unknown:
        raise SystemExit(f"{weights}: lacks {lacking}, has besides {unknown}")
    return model


_FRESH = ("kairos.", "factuality.", "episode_scale", "chain.bar")
"""What does not ship, or follows from the scheme."""


def _encoder(path: Path) -> dict[str, Tensor]:
    """The parameters of a graph, by their names in the model."""
    graph = onnx.load(str(path)).graph
    arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    told = {name: value for name, value in arrays.items() if name.endswith((".weight", ".bias"))}
    for name in arrays:
        if name.endswith(f".weight{_QUANTISED}"):
            base = name.removesuffix(_QUANTISED)
            told[base] = _numbers(arrays, base)
    for node in graph.node:
        constant = next((name for name in node.input if name in arrays), None)
        if node.op_type == "MatMulInteger" and constant is not None:
            layer = node.name.removesuffix("/MatMul_quant").strip("/").replace("/", ".")
            told[f"{layer}.weight"] = _numbers(arrays, constant.removesuffix(_QUANTISED)).T
        elif node.name in _PAIRS and constant is not None:
            told[_PAIRS[node.name]] = arrays[constant].T
    return {name: torch.tensor(np.ascontiguousarray(value)) for name, value in told.items()}


def _numbers(arrays: dict[str, np.ndarray], base: str) -> np.ndarray:
    whole = arrays[base + _QUANTISED].astype(np.float32)
    return (whole - arrays[f"{base}_zero_point"].astype(np.float32)) * arrays[f"{base}_scale"]


def _heads(weight: Tensor, bias: Tensor, model: ReadingModel) -> dict[str, Tensor]:
    """The first layers of the heads, out of the one matrix that they ship in."""
    names = [*HEADS, *_LAYERS]
    sizes = [model.get_parameter(f"{name}.bias").shape[0] for name in names]
    told = {}
    for name, w, b in zip(names, weight.split(sizes), bias.split(sizes), strict=True):
        told |= {f"{name}.weight": w, f"{name}.bias": b}
    return told


def _decoding(path: Path, model: ReadingModel) -> dict[str, Tensor]:
    """What numpy decodes with: the scores of the chain without the bars of its scheme."""
    arrays = {name: torch.tensor(value) for name, value in load_file(path).items()}
    bars = {"start": model.chain.bar_start, "step": model.chain.bar, "end": model.chain.bar_end}
    told = {f"chain.{name}": arrays.pop(f"chain.{name}") - bar for name, bar in bars.items()}
    renamed = {"part.distance": "part_distance.weight"}
    return told | {renamed.get(name, name): value for name, value in arrays.items()}


if __name__ == "__main__":
    main()
