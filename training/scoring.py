"""Quick figures while training. Those that are quoted come from `benchmarks`, run on what ships."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from allegata.encoder.wordpiece import WordPiece
from training.corpora import ROLES, TAGS, Passage, read_conllu
from training.examples import Window, collate, cut_windows
from training.model import ReadingModel


def score_attribution(
    model: ReadingModel, passages: Sequence[Passage], pieces: WordPiece
) -> dict[str, float]:
    """Exact-match F1 of sources, cues and contents, in per cent, window by window."""
    counts = {role: [0, 0, 0] for role in ROLES}
    for windows in _batches(passages, pieces):
        for window, tags in zip(windows, decode_tags(model, windows, pieces), strict=True):
            found, gold = spans_of(tags), spans_of(window.tags)
            for role in ROLES:
                counts[role][0] += len(found[role] & gold[role])
                counts[role][1] += len(found[role])
                counts[role][2] += len(gold[role])
    return {role: round(200 * right / max(1, n + m), 2) for role, (right, n, m) in counts.items()}


def score_trees(model: ReadingModel, corpora: Path, pieces: WordPiece) -> dict[str, float]:
    """UPOS, UAS and LAS (greedy heads) over the dev portions of both treebanks, in per cent."""
    passages = [
        p
        for name in ("ud_ewt/en_ewt", "ud_gum/en_gum")
        for p in read_conllu(corpora / f"{name}-ud-dev.conllu")
    ]
    right = torch.zeros(3)
    total = 0
    model.eval()
    for windows in _batches(passages, pieces):
        batch = collate(windows, pieces)
        with torch.no_grad():
            states = model.states(batch)
            upos = model.upos(states).argmax(-1)
            together = batch["sentences"][:, :, None] == batch["sentences"][:, None]
            heads = model.arcs(states).masked_fill(~together, -1e4).argmax(-1)
            above = model.relation_head(states).gather(1, heads[:, :, None].expand(-1, -1, 96))
            relations = model.relation(torch.relu(model.relation_dependent(states) + above)).argmax(
                -1
            )
        words = batch["words"]
        hit = (heads == batch["heads"]) & words
        right += torch.stack(
            [
                ((upos == batch["upos"]) & words).sum(),
                hit.sum(),
                (hit & (relations == batch["relations"])).sum(),
            ]
        )
        total += int(words.sum())
    return {
        name: round(100 * float(n) / total, 2)
        for name, n in zip(("upos", "uas", "las"), right, strict=True)
    }


def _batches(passages: Sequence[Passage], pieces: WordPiece) -> list[list[Window]]:
    windows = [w for passage in passages for w in cut_windows(passage, pieces, None) if w.words]
    windows.sort(key=lambda window: len(window.words))
    return [windows[i : i + 16] for i in range(0, len(windows), 16)]


def decode_tags(model: ReadingModel, windows: list[Window], pieces: WordPiece) -> list[list[int]]:
    """The likeliest tags of each window (Viterbi)."""
    model.eval()
    batch = collate(windows, pieces)
    with torch.no_grad():
        emissions = model.tags(model.states(batch))
        start, step, end = model.chain.constrained()
    decoded = []
    for scores, window in zip(emissions, windows, strict=True):
        best = start + scores[0]
        back = []
        for emission in scores[1 : len(window.words)]:
            value, index = (best[:, None] + step).max(0)
            best = value + emission
            back.append(index)
        tag = int((best + end).argmax())
        tags = [tag]
        for index in reversed(back):
            tag = int(index[tag])
            tags.append(tag)
        decoded.append(tags[::-1])
    return decoded


def spans_of(tags: Sequence[int]) -> dict[str, set[tuple[int, int]]]:
    """Spans of each role, as first word and one past the last."""
    spans: dict[str, set[tuple[int, int]]] = {role: set() for role in ROLES}
    opened = 0
    for index, tag in enumerate(tags):
        place, _, role = TAGS[tag].partition("-")
        if place in "BS":
            opened = index
        if place in "ES" and role:
            spans[role].add((opened, index + 1))
    return spans
