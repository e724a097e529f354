"""What the first run's model sees in passages that are annotated with events alone.

The second run must not forget attribution, trees and names where news is of fighting and not of a
campaign. Each annotated passage is marked once, undamaged, by the model that the run starts from;
the run then learns these marks on damaged copies beside the events.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch

from allegata.encoder.wordpiece import WordPiece
from training.corpora import TAGS, Passage
from training.examples import Window, collate, place_windows
from training.model import NEVER, ReadingModel
from training.scoring import decode_tags


def mark_passages(model: ReadingModel, passages: Sequence[Passage], pieces: WordPiece) -> None:
    """Fill in tags, links, parts of speech, names and trees, word by word."""
    placed = []
    for passage in passages:
        n = len(passage.words)
        passage.tags, passage.links = [0] * n, [-1] * n
        passage.upos, passage.names = [0] * n, [0] * n
        passage.heads, passage.relations = list(range(n)), [0] * n
        placed.extend((passage, *found) for found in place_windows(passage, pieces))
    placed.sort(key=lambda entry: len(entry[2].words))
    for at in range(0, len(placed), 16):
        _mark(model, placed[at : at + 16], pieces)


def _mark(
    model: ReadingModel, placed: Sequence[tuple[Passage, int, Window]], pieces: WordPiece
) -> None:
    windows = [window for _, _, window in placed]
    batch = collate(windows, pieces)
    tags = decode_tags(model, windows, pieces)
    with torch.no_grad():
        states = model.states(batch)
        links = model.link(states).masked_fill(~batch["words"][:, None], NEVER).argmax(-1)
        upos, names = model.upos(states).argmax(-1), model.names(states).argmax(-1)
        sentences = batch["sentences"]
        together = (sentences[:, :, None] == sentences[:, None]) & batch["words"][:, None]
        heads = model.arcs(states).masked_fill(~together, NEVER).argmax(-1)
        above = model.relation_head(states)
        above = above.gather(1, heads[:, :, None].expand(-1, -1, above.shape[-1]))
        relations = model.relation(torch.relu(model.relation_dependent(states) + above)).argmax(-1)
    for row, (passage, start, window) in enumerate(placed):
        for at in range(len(window.words)):
            word = start + at
            passage.tags[word] = tags[row][at]
            place, _, role = TAGS[tags[row][at]].partition("-")
            if place in "BS" and role in ("source", "content"):
                passage.links[word] = start + int(links[row, at])
            passage.upos[word] = int(upos[row, at])
            passage.names[word] = int(names[row, at])
            passage.heads[word] = start + int(heads[row, at])
            passage.relations[word] = int(relations[row, at])
