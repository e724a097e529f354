"""The reading model: the lower layers of a MiniLM encoder, and one head for each thing to read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from allegata.encoder.layout import FARTHEST, LAYOUTS, SHAPES, distance_bucket
from training.corpora import NAME_TAGS, RELATIONS, TAGS, UPOS
from training.event_marks import KAIROS_SIZE, MODALITIES, ROLE_TAGS, TRIGGER_TAGS
from training.examples import IGNORE

NEVER = -1e4
DISTANCES = 2 * FARTHEST + 1
SILVER = 0.6
"""How much marks by the model's first state count beside annotated ones."""
ROLE_WORDS = 12
"""The loss of an event's parts is that of all words, over so many."""


@dataclass(frozen=True)
class Shape:
    """Sizes of the model."""

    layers: int = 4
    width: int = 384
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    arc: int = 128
    relation: int = 96
    link: int = 64
    part: int = 128
    episode: int = 64
    dropout: float = 0.1

    def to_dict(self) -> dict[str, float]:
        return asdict(self)


class Layer(nn.Module):
    """One layer of BERT, post-norm."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width)
        self.output = nn.Linear(shape.width, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm_out = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = states.shape
        packed = self.query_key_value(states).view(batch, length, 3, self.heads, -1)
        query, key, value = packed.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5 + bias
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, width)
        states = self.norm(states + self.dropout(self.output(mixed)))
        return self.norm_out(states + self.dropout(self.down(F.gelu(self.up(states)))))


class Encoder(nn.Module):
    """Pieces, with their case shapes and layout, to one state a word."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.shapes = nn.Embedding(SHAPES, shape.width)
        self.layouts = nn.Embedding(LAYOUTS, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.layouts.weight)

    def forward(
        self, ids: Tensor, shapes: Tensor, layouts: Tensor, mask: Tensor, firsts: Tensor
    ) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        states = (
            self.pieces(ids) + self.positions(places) + self.shapes(shapes) + self.layouts(layouts)
        )
        states = self.dropout(self.norm(states))
        bias = (1.0 - mask.to(states.dtype))[:, None, None, :] * NEVER
        for layer in self.layers:
            states = layer(states, bias)
        index = firsts[:, :, None].expand(-1, -1, states.shape[-1])
        return states.gather(1, index)

    def load_pretrained(self, weights: Path) -> None:
        """Take the lower layers of a BERT in safetensors."""
        source = load_file(weights)
        take = lambda name: source[name if name in source else f"bert.{name}"]  # noqa: E731
        with torch.no_grad():
            self.pieces.weight.copy_(take("embeddings.word_embeddings.weight"))
            self.positions.weight.copy_(
                take("embeddings.position_embeddings.weight")
                + take("embeddings.token_type_embeddings.weight")[0]
            )
            self.norm.weight.copy_(take("embeddings.LayerNorm.weight"))
            self.norm.bias.copy_(take("embeddings.LayerNorm.bias"))
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}."
                for kind in ("weight", "bias"):
                    layer.query_key_value.get_parameter(kind).copy_(
                        torch.cat(
                            [
                                take(f"{at}attention.self.{part}.{kind}")
                                for part in ("query", "key", "value")
                            ]
                        )
                    )
                    layer.output.get_parameter(kind).copy_(
                        take(f"{at}attention.output.dense.{kind}")
                    )
                    layer.norm.get_parameter(kind).copy_(
                        take(f"{at}attention.output.LayerNorm.{kind}")
                    )
                    layer.up.get_parameter(kind).copy_(take(f"{at}intermediate.dense.{kind}"))
                    layer.down.get_parameter(kind).copy_(take(f"{at}output.dense.{kind}"))
                    layer.norm_out.get_parameter(kind).copy_(take(f"{at}output.LayerNorm.{kind}"))


class Biaffine(nn.Module):
    """How well each word attaches to each word."""

    def __init__(self, width: int, size: int, dropout: float) -> None:
        super().__init__()
        self.dependent = nn.Linear(width, size)
        self.head = nn.Linear(width, size)
        self.weight = nn.Parameter(torch.zeros(size, size))
        self.bias = nn.Linear(size, 1)
        self.dropout = nn.Dropout(dropout)
        nn.init.xavier_uniform_(self.weight)

    def forward(self, states: Tensor) -> Tensor:
        """`float32 [batch, dependents, heads]`."""
        return self.attach(
            self.dropout(F.relu(self.dependent(states))), self.dropout(F.relu(self.head(states)))
        )

    def attach(self, dependent: Tensor, head: Tensor) -> Tensor:
        """The same from what its first layers say of each word as dependent and as head."""
        return (dependent @ self.weight) @ head.transpose(1, 2) + self.bias(head).transpose(1, 2)


class Chain(nn.Module):
    """A linear-chain CRF over the tags of attribution.

    Its transitions hold the scheme (no I without a B) and what training finds likely to follow.
    """

    def __init__(self) -> None:
        super().__init__()
        n_tags = len(TAGS)
        self.start = nn.Parameter(torch.zeros(n_tags))
        self.end = nn.Parameter(torch.zeros(n_tags))
        self.step = nn.Parameter(torch.zeros(n_tags, n_tags))
        allowed = torch.tensor([[_may_follow(a, b) for b in TAGS] for a in TAGS])
        self.register_buffer("bar", torch.where(allowed, 0.0, NEVER))
        self.register_buffer(
            "bar_start", torch.tensor([0.0 if t[0] in "OBS" else NEVER for t in TAGS])
        )
        self.register_buffer(
            "bar_end", torch.tensor([0.0 if t[0] in "OES" else NEVER for t in TAGS])
        )

    def constrained(self) -> tuple[Tensor, Tensor, Tensor]:
        """Start, step and end scores with the scheme's bars in them."""
        return self.start + self.bar_start, self.step + self.bar, self.end + self.bar_end

    def loss(self, emissions: Tensor, tags: Tensor, words: Tensor) -> Tensor:
        """Negative log-likelihood a word. `words` marks the words that exist."""
        start, step, end = self.constrained()
        tags = tags.clamp(min=0)
        alpha = start + emissions[:, 0]
        gold = start[tags[:, 0]] + emissions[:, 0].gather(1, tags[:, :1])[:, 0]
        for t in range(1, emissions.shape[1]):
            live = words[:, t]
            moved = torch.logsumexp(alpha[:, :, None] + step, 1) + emissions[:, t]
            alpha = torch.where(live[:, None], moved, alpha)
            gain = (
                step[tags[:, t - 1], tags[:, t]]
                + emissions[:, t].gather(1, tags[:, t : t + 1])[:, 0]
            )
            gold = gold + torch.where(live, gain, torch.zeros_like(gain))
        last = tags.gather(1, words.sum(1, keepdim=True) - 1)[:, 0]
        total = torch.logsumexp(alpha + end, 1)
        return (total - gold - end[last]).sum() / words.sum()


def _may_follow(before: str, after: str) -> bool:
    open_role = before[2:] if before[0] in "BI" else ""
    if after[0] in "IE":
        return open_role == after[2:]
    return not open_role


class ReadingModel(nn.Module):
    """Encoder and heads."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        self.dropout = nn.Dropout(shape.dropout)
        self.tags = nn.Linear(shape.width, len(TAGS))
        self.chain = Chain()
        self.link = Biaffine(shape.width, shape.link, shape.dropout)
        self.upos = nn.Linear(shape.width, len(UPOS))
        self.names = nn.Linear(shape.width, len(NAME_TAGS))
        self.arcs = Biaffine(shape.width, shape.arc, shape.dropout)
        self.relation_dependent = nn.Linear(shape.width, shape.relation)
        self.relation_head = nn.Linear(shape.width, shape.relation)
        self.relation = nn.Linear(shape.relation, len(RELATIONS))
        self.triggers = nn.Linear(shape.width, len(TRIGGER_TAGS))
        self.manner = nn.Linear(shape.width, 2 + len(MODALITIES))
        self.part_word = nn.Linear(shape.width, shape.part)
        self.part_trigger = nn.Linear(shape.width, shape.part)
        self.part_distance = nn.Embedding(2 * DISTANCES, shape.part)
        self.part = nn.Linear(shape.part, len(ROLE_TAGS))
        self.episode = nn.Linear(shape.width, shape.episode)
        self.episode_scale = nn.Parameter(torch.tensor([1.0, -1.0]))
        self.inner = nn.Linear(shape.width, 1)
        # help while training, not shipped
        self.kairos = nn.Linear(shape.width, KAIROS_SIZE)
        self.factuality = nn.Linear(shape.width, 1)

    def states(self, batch: dict[str, Tensor]) -> Tensor:
        """`float32 [batch, words, width]`."""
        return self.dropout(
            self.encoder(*(batch[name] for name in ("ids", "shapes", "layouts", "mask", "firsts")))
        )

    def losses(self, batch: dict[str, Tensor], task: str) -> dict[str, Tensor]:
        """Losses of what the batch is annotated with, each a mean a word."""
        states = self.states(batch)
        if task == "attribution":
            return self._attribution_losses(states, batch)
        if task == "events":
            told = self._tree_losses(states, batch) | self._attribution_losses(states, batch)
            if bool((batch["names"] != IGNORE).any()):
                told["names"] = _cross_entropy(self.names(states), batch["names"])
            silver = {f"silver {name}": SILVER * loss for name, loss in told.items()}
            return silver | self._event_losses(states, batch)
        if task in ("kairos", "factuality"):
            return self._event_losses(states, batch)
        if task == "names":
            return {"names": _cross_entropy(self.names(states), batch["names"]) * 0.5}
        return self._tree_losses(states, batch)

    def _attribution_losses(self, states: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        links = batch["links"].masked_fill(batch["links"] < 0, IGNORE)
        scores = self.link(states).masked_fill(~batch["words"][:, None], NEVER)
        losses = {"tags": self.chain.loss(self.tags(states), batch["tags"], batch["words"])}
        if bool((links >= 0).any()):
            losses["links"] = _cross_entropy(scores, links) * 0.1
        told = batch["inner"] >= 0
        if bool(told.any()):
            wanted = batch["inner"][told].to(states.dtype)
            losses["inner"] = F.binary_cross_entropy_with_logits(
                self.inner(states)[..., 0][told], wanted
            )
        return losses

    def _event_losses(self, states: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        losses = {}
        if bool((batch["kairos"] != IGNORE).any()):
            losses["kairos"] = _cross_entropy(self.kairos(states), batch["kairos"])
        told = batch["factuality"] > IGNORE
        if bool(told.any()):
            found = self.factuality(states)[..., 0][told]
            losses["factuality"] = F.smooth_l1_loss(found, batch["factuality"][told]) * 0.3
        if bool((batch["triggers"] != IGNORE).any()):
            losses["triggers"] = _cross_entropy(self.triggers(states), batch["triggers"]) * 2
        if len(batch["event_words"]):
            losses |= self._part_losses(states, batch)
        return losses

    def _part_losses(self, states: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        windows, words = batch["event_windows"], batch["event_words"]
        manner = self.manner(states[windows, words])
        parts = self.parts(states, windows, words, batch["sentences"])
        points = F.normalize(self.episode(states[windows, words]), dim=-1)
        alike = (points @ points.T) * self.episode_scale[0].exp() * 4 + self.episode_scale[1]
        together = (windows[:, None] == windows) & torch.ones_like(alike, dtype=torch.bool).triu(1)
        same = (batch["episode"][:, None] == batch["episode"]).to(alike.dtype)
        losses = {
            "negative": F.cross_entropy(manner[:, :2], batch["negative"]) * 0.3,
            "modality": F.cross_entropy(manner[:, 2:], batch["modality"]) * 0.3,
            "roles": _summed(parts, batch["roles"]) / (ROLE_WORDS * len(words)),
        }
        if bool(together.any()):
            losses["episodes"] = (
                F.binary_cross_entropy_with_logits(alike[together], same[together]) * 0.3
            )
        return losses

    def parts(self, states: Tensor, windows: Tensor, words: Tensor, sentences: Tensor) -> Tensor:
        """Scores of each word's part in each event.

        Args:
            states: float32 [batch, words, width].
            windows: int64 [events], the window that each trigger stands in.
            words: int64 [events], its first word there.
            sentences: int64 [batch, words], the number of each word's sentence.

        Returns:
            float32 [events, words, roles].
        """
        places = torch.arange(states.shape[1], device=states.device)
        here = sentences[windows]
        apart = here != sentences[windows, words][:, None]
        buckets = distance_buckets(places[None] - words[:, None]) + DISTANCES * apart
        word = self.part_word(states)[windows]
        trigger = self.part_trigger(states[windows, words])[:, None]
        hidden = word + trigger + word * trigger + self.part_distance(buckets)
        return self.part(self.dropout(F.relu(hidden)))

    def _tree_losses(self, states: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        sentences = batch["sentences"]
        together = (sentences[:, :, None] == sentences[:, None]) & batch["words"][:, None]
        arcs = self.arcs(states).masked_fill(~together, NEVER)
        heads = batch["heads"].clamp(min=0)
        head_states = self.relation_head(states)
        head_states = head_states.gather(1, heads[:, :, None].expand(-1, -1, head_states.shape[-1]))
        relations = self.relation(F.relu(self.relation_dependent(states) + head_states))
        return {
            "upos": _cross_entropy(self.upos(states), batch["upos"]) * 0.3,
            "arcs": _cross_entropy(arcs, batch["heads"]) * 0.5,
            "relations": _cross_entropy(relations, batch["relations"]) * 0.3,
        }


_BUCKETS = torch.tensor([distance_bucket(gap) for gap in range(-300, 301)])


def distance_buckets(gaps: Tensor) -> Tensor:
    """`distance_bucket` of every number."""
    return _BUCKETS[gaps.clamp(-300, 300) + 300]


def _summed(scores: Tensor, labels: Tensor) -> Tensor:
    return F.cross_entropy(
        scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORE, reduction="sum"
    )


def _cross_entropy(scores: Tensor, labels: Tensor) -> Tensor:
    if not bool((labels != IGNORE).any()):
        return scores.sum() * 0.0
    return F.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORE)
