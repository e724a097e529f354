"""Passages into windows, and windows into batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import torch

from allegata.encoder.layout import lay_out, pack, shape_of
from allegata.encoder.wordpiece import CLS, SEP, WordPiece
from training.corpora import TAGS, Passage
from training.event_marks import KINDS, EventMark

IGNORE = -100

LOST_COMMAS = 0.3
"""Share of windows without commas and apostrophes, as much web news is handed on."""


@dataclass(slots=True)
class Window:
    """Words of one window, by their features and labels. Label lists may be empty."""

    words: list[str]
    layouts: list[int]
    tags: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    upos: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    """Number of the sentence that each word belongs to: arcs never cross."""
    events: list[EventMark] | None = None
    factuality: list[float] = field(default_factory=list)
    kairos: list[int] = field(default_factory=list)
    inner: list[int] = field(default_factory=list)


def cut_windows(passage: Passage, pieces: WordPiece, rng: random.Random | None) -> Iterator[Window]:
    """Cut a passage into windows of whole sentences.

    Args:
        passage: What to cut.
        pieces: Counts the pieces of words.
        rng: Where given, the first window is shorter by chance, so that borders differ each time.
    """
    yield from (window for _, window in place_windows(passage, pieces, rng))


def place_windows(
    passage: Passage, pieces: WordPiece, rng: random.Random | None = None
) -> Iterator[tuple[int, Window]]:
    """The same, each window with the number of its first word."""
    n_words = len(passage.words)
    bounds = [*passage.firsts, n_words]
    texts = [passage.text[start:end] for start, end in passage.words]
    layouts = lay_out(passage.text, passage.words, passage.firsts, passage.quotations)
    counts = [
        sum(len(pieces.pieces(word)) for word in texts[bounds[i] : bounds[i + 1]])
        for i in range(len(passage.firsts))
    ]
    skip = rng.randrange(4) if rng and len(counts) > 8 else 0
    runs = [(a, b) for a, b in pack(counts[:skip])]
    runs += [(a + skip, b + skip) for a, b in pack(counts[skip:])]
    for first, last in runs:
        start, end = bounds[first], bounds[last]
        used, stop = 0, start
        while stop < end and used + len(pieces.pieces(texts[stop])) <= 254:
            used += len(pieces.pieces(texts[stop]))
            stop += 1
        yield start, _window(passage, texts, layouts, bounds[first : last + 1], start, stop)


def _window(
    passage: Passage, texts: list[str], layouts: list[int], bounds: list[int], start: int, end: int
) -> Window:
    window = Window(texts[start:end], layouts[start:end])
    for name in ("tags", "upos", "relations", "names", "factuality", "kairos", "inner"):
        values = getattr(passage, name)
        setattr(window, name, list(values[start:end]) if values else [])
    if passage.links:
        window.links = [
            link - start if start <= link < end else -1 for link in passage.links[start:end]
        ]
    if passage.heads:
        window.heads = [
            head - start if start <= head < end else index
            for index, head in enumerate(passage.heads[start:end])
        ]
    number = -1
    borders = set(bounds)
    for index in range(start, end):
        number += index in borders
        window.sentences.append(max(number, 0))
    window.tags = mend_tags(window.tags)
    if passage.events is not None:
        window.events = [
            event.moved(-start, start, end)
            for event in passage.events
            if start <= event.first and event.end <= end
        ]
    return window


def mend_tags(tags: list[int]) -> list[int]:
    """Close spans that a border cut: the result always follows the scheme."""
    mended = list(tags)
    for index, tag in enumerate(tags):
        place, role = _split(tag)
        if not role:
            continue
        before = _split(tags[index - 1]) if index else ("O", "")
        after = _split(tags[index + 1]) if index + 1 < len(tags) else ("O", "")
        opens = place in "BS" or before[1] != role or before[0] in "ES"
        closes = place in "ES" or after[1] != role or after[0] in "BS"
        mended[index] = TAGS.index(
            f"{'S' if opens and closes else 'B' if opens else 'E' if closes else 'I'}-{role}"
        )
    return mended


def _split(tag: int) -> tuple[str, str]:
    place, _, role = TAGS[tag].partition("-")
    return place, role


# Damage that real text shows -------------------------------------------------------------------


def damage(window: Window, rng: random.Random) -> Window:
    """Make a window look like the text that users have, now and then.

    Commas and apostrophes lost (as in several corpora of web news), quotation marks lost, all
    capitals, breaks unknown, the last stop missing.
    """
    drop: set[str] = set()
    if rng.random() < LOST_COMMAS:
        drop |= {",", "'", "’", ":", ";"}
    if rng.random() < 0.04:
        drop |= {'"', "“", "”"}
    if drop and (not window.heads or window.events is not None):
        window = _without(window, drop)
    chance = rng.random()
    if chance < 0.03:
        window = replace(window, words=[word.upper() for word in window.words])
    elif chance < 0.05:
        window = replace(window, words=[word.lower() for word in window.words])
    if rng.random() < 0.2:
        window = replace(window, layouts=[at - 2 if at >= 4 else at for at in window.layouts])
    if rng.random() < 0.06:
        window = replace(window, layouts=[at % 2 for at in window.layouts])
    return window


def _without(window: Window, drop: set[str]) -> Window:
    kept: list[int] = []
    words: list[str] = []
    for index, word in enumerate(window.words):
        if word in drop:
            continue
        if word in ("'s", "’s") and "'" in drop and kept:
            words[-1] += "s"
            continue
        kept.append(index)
        words.append(word)
    place = {old: new for new, old in enumerate(kept)}
    take = lambda values: [values[i] for i in kept] if values else []  # noqa: E731
    return Window(
        words,
        [window.layouts[i] - (window.layouts[i] % 2 if '"' in drop else 0) for i in kept],
        mend_tags(take(window.tags)),
        [place.get(link, -1) for link in take(window.links)],
        take(window.upos),
        [],
        [],
        take(window.names),
        take(window.sentences),
        None if window.events is None else _kept_events(window.events, place),
        take(window.factuality),
        take(window.kairos),
        take(window.inner),
    )


def _kept_events(events: Sequence[EventMark], place: dict[int, int]) -> list[EventMark]:
    """Events in the numbers of the words that are left; words that are gone shorten their spans."""

    def shrunk(first: int, end: int) -> tuple[int, int] | None:
        left = [place[at] for at in range(first, end) if at in place]
        return (left[0], left[-1] + 1) if left else None

    kept = []
    for event in events:
        trigger = shrunk(event.first, event.end)
        if trigger is None:
            continue
        roles = [(role, *span) for role, a, b in event.roles if (span := shrunk(a, b))]
        kept.append(replace(event, first=trigger[0], end=trigger[1], roles=roles))
    return kept


def fragments(passage: Passage, rng: random.Random, share: float) -> Iterator[Window]:
    """Single sentences as they stand inside a content: no capital, no stop, perhaps a 'that'.

    The reader reads each content once more for claims inside it; these windows teach that.
    """
    bounds = [*passage.firsts, len(passage.words)]
    layouts = lay_out(passage.text, passage.words, passage.firsts, passage.quotations)
    for start, end in pairwise(bounds):
        if not 6 <= end - start <= 60 or rng.random() > share:
            continue
        words = [passage.text[s:e] for s, e in passage.words[start:end]]
        if words[-1] in ".?!":
            end -= 1
            words.pop()
        tags = mend_tags(passage.tags[start:end])
        links = [at - start if start <= at < end else -1 for at in passage.links[start:end]]
        quoted = [layout % 2 for layout in layouts[start:end]]
        words[0] = words[0].lower() if not words[0].isupper() else words[0]
        if rng.random() < 0.5:
            words, tags, quoted = ["that", *words], [0, *tags], [0, *quoted]
            links = [-1, *(at + 1 if at >= 0 else -1 for at in links)]
        if rng.random() < 0.3:
            quoted = [0] * len(quoted)
        quoted[0] += 2
        yield Window(words, quoted, tags, links, sentences=[0] * len(words))


LABELS = ("tags", "links", "upos", "heads", "relations", "names", "sentences", "inner")
"""Labels that are a number a word."""

# Tensors ---------------------------------------------------------------------------------------


def collate(windows: Sequence[Window], pieces: WordPiece) -> dict[str, torch.Tensor]:
    """A batch of windows as padded tensors.

    Returns:
        `ids, shapes, layouts: int64 [batch, pieces]`, `mask: bool [batch, pieces]`,
        `firsts: int64 [batch, words]` (position of each word's first piece),
        `words: bool [batch, words]`, and the labels, `IGNORE` where there are none.
    """
    rows = [_pieces_of(window, pieces) for window in windows]
    n_pieces = max(len(row[0]) for row in rows)
    n_words = max(len(window.words) for window in windows)
    size = len(windows)
    batch = {
        "ids": torch.zeros(size, n_pieces, dtype=torch.long),
        "shapes": torch.zeros(size, n_pieces, dtype=torch.long),
        "layouts": torch.zeros(size, n_pieces, dtype=torch.long),
        "mask": torch.zeros(size, n_pieces, dtype=torch.bool),
        "firsts": torch.zeros(size, n_words, dtype=torch.long),
        "words": torch.zeros(size, n_words, dtype=torch.bool),
    }
    for name in LABELS:
        batch[name] = torch.full((size, n_words), IGNORE, dtype=torch.long)
    for i, (window, (ids, shapes, layouts, firsts)) in enumerate(zip(windows, rows, strict=True)):
        batch["ids"][i, : len(ids)] = torch.tensor(ids)
        batch["shapes"][i, : len(ids)] = torch.tensor(shapes)
        batch["layouts"][i, : len(ids)] = torch.tensor(layouts)
        batch["mask"][i, : len(ids)] = True
        batch["firsts"][i, : len(firsts)] = torch.tensor(firsts)
        batch["words"][i, : len(firsts)] = True
        for name in LABELS:
            values = getattr(window, name)
            if values:
                batch[name][i, : len(values)] = torch.tensor(values)
    batch |= _event_labels(windows, n_words)
    return batch


def _event_labels(windows: Sequence[Window], n_words: int) -> dict[str, torch.Tensor]:
    """Labels of events: by word, and for each trigger the part of every word of its window.

    Returns:
        `triggers, kairos: int64 [batch, words]`, `factuality: float32 [batch, words]`; for all
        events in a row `event_windows, event_words, negative, modality, episode: int64 [events]`
        and `roles: int64 [events, words]`.
    """
    size = len(windows)
    triggers = torch.full((size, n_words), IGNORE, dtype=torch.long)
    kairos = torch.full((size, n_words), IGNORE, dtype=torch.long)
    factuality = torch.full((size, n_words), float(IGNORE))
    rows: list[tuple[int, int, int, int, int]] = []
    roles: list[torch.Tensor] = []
    for i, window in enumerate(windows):
        n = len(window.words)
        if window.kairos:
            kairos[i, :n] = torch.tensor(window.kairos)
        if window.factuality:
            factuality[i, :n] = torch.tensor(window.factuality)
        if window.events is None:
            continue
        triggers[i, :n] = 0
        for event in window.events:
            triggers[i, event.first + 1 : event.end] = len(KINDS) + 1
            triggers[i, event.first] = event.kind + 1
            rows.append((i, event.first, int(event.negative), event.modality, event.episode))
            row = torch.full((n_words,), IGNORE, dtype=torch.long)
            row[:n] = 0
            for role, first, end in event.roles:
                row[first] = 2 * role + 1
                row[first + 1 : end] = 2 * role + 2
            roles.append(row)
    table = torch.tensor(rows, dtype=torch.long).reshape(-1, 5)
    names = ("event_windows", "event_words", "negative", "modality", "episode")
    return {
        "triggers": triggers,
        "kairos": kairos,
        "factuality": factuality,
        "roles": torch.stack(roles) if roles else torch.zeros((0, n_words), dtype=torch.long),
        **dict(zip(names, table.T, strict=True)),
    }


def _pieces_of(
    window: Window, pieces: WordPiece
) -> tuple[list[int], list[int], list[int], list[int]]:
    ids, shapes, layouts, firsts = [CLS], [0], [0], []
    for word, layout in zip(window.words, window.layouts, strict=True):
        numbers = pieces.pieces(word)
        firsts.append(len(ids))
        ids.extend(numbers)
        shapes.extend([shape_of(word)] * len(numbers))
        layouts.extend([layout] * len(numbers))
    return [*ids, SEP], [*shapes, 0], [*layouts, 0], firsts
