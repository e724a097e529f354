"""Quick figures while training. Those that are quoted come from `benchmarks`, run on what ships."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from allegata.encoder.wordpiece import WordPiece
from training.corpora import ROLES, TAGS, Passage, read_conllu
from training.event_marks import TRIGGER_TAGS
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


def score_events(
    model: ReadingModel, passages: Sequence[Passage], pieces: WordPiece
) -> dict[str, float]:
    """Figures over annotated passages that were kept apart, in per cent.

    Returns:
        F1 of triggers, of triggers with their kind, and of whole roles of the triggers that were
        annotated; accuracy of polarity and modality; F1 of pairs in one episode in a window.
    """
    counts = {name: [0, 0, 0] for name in ("triggers", "kinds", "roles", "episodes")}
    right = {"negative": 0, "modality": 0}
    n_events = 0
    model.eval()
    for windows in _batches(passages, pieces):
        batch = collate(windows, pieces)
        with torch.no_grad():
            states = model.states(batch)
            found = model.triggers(states).argmax(-1)
            at, words = batch["event_windows"], batch["event_words"]
            manner = model.manner(states[at, words])
            parts = model.parts(states, at, words, batch["sentences"]).argmax(-1)
            points = torch.nn.functional.normalize(model.episode(states[at, words]), dim=-1)
            alike = (points @ points.T) * model.episode_scale[0].exp() * 4
            same = alike + model.episode_scale[1] > 0
        gold = batch["triggers"]
        last = len(TRIGGER_TAGS) - 1
        n_found = ((found > 0) & (found < last) & (gold >= 0)).sum()
        n_gold = ((gold > 0) & (gold < last)).sum()
        both = (found > 0) & (found < last) & (gold > 0) & (gold < last)
        _add(counts["triggers"], both.sum(), n_found, n_gold)
        _add(counts["kinds"], (both & (found == gold)).sum(), n_found, n_gold)
        n_events += len(words)
        right["negative"] += int((manner[:, :2].argmax(-1) == batch["negative"]).sum())
        right["modality"] += int((manner[:, 2:].argmax(-1) == batch["modality"]).sum())
        for number in range(len(words)):
            a, b = roles_of(parts[number].tolist()), roles_of(batch["roles"][number].tolist())
            _add(counts["roles"], len(a & b), len(a), len(b))
        pairs = (at[:, None] == at) & torch.ones_like(same).triu(1)
        truth = batch["episode"][:, None] == batch["episode"]
        _add(
            counts["episodes"],
            (same & truth & pairs).sum(),
            (same & pairs).sum(),
            (truth & pairs).sum(),
        )
    figures = {name: round(200 * a / max(1, b + c), 2) for name, (a, b, c) in counts.items()}
    return figures | {name: round(100 * n / max(1, n_events), 2) for name, n in right.items()}


def roles_of(tags: Sequence[int]) -> set[tuple[int, int, int]]:
    """The runs of words with one part: part, first word, end."""
    found = set()
    opened = -1
    for at, tag in enumerate([*tags, 0]):
        role = (tag + 1) // 2
        begins = tag > 0 and (tag % 2 == 1 or opened < 0 or (tags[opened] + 1) // 2 != role)
        if opened >= 0 and (tag <= 0 or begins):
            found.add(((tags[opened] + 1) // 2 - 1, opened, at))
            opened = -1
        if begins:
            opened = at
    return found


def _add(counts: list[int], *numbers: torch.Tensor | int) -> None:
    for place, number in enumerate(numbers):
        counts[place] += int(number)
