"""Nested attributions made from flat ones.

PolNeAR gives each word one attribution at most, so nothing in it shows a claim inside a claim.
The frames below put one document's source and content into what English uses for relaying another's
words. Each frame is labelled the way the reader reads: the outermost attribution of a whole
sentence, or, for a fragment, the attribution that a content holds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from training.corpora import ROLES, TAGS, Passage
from training.examples import Window

NOUNS = (
    "claim accusation allegation assertion report warning statement assurance suggestion"
    " announcement complaint argument contention insistence charge prediction remark"
    " admission denial testimony promise finding conclusion belief comment view"
).split()
PLURALS = (
    "claims accusations allegations assertions reports warnings statements assurances"
    " suggestions complaints charges predictions remarks denials rumours comments"
).split()
SAYING = (
    "saying saying saying saying claiming telling_reporters warning insisting stating adding"
).split()
RELAYING = "quoted quoted cited quotes cites".split()
ANSWERING = (
    "denied rejected repeated dismissed confirmed echoed disputed questioned denies"
    " rejects repeats confirmed relayed noted recalled challenged has_denied has_rejected"
).split()
TRAILING = ("said said reported reports said_on_Monday reported_on_Friday wrote says").split()
CITING = "citing citing quoting".split()
LOWERED = set(
    "the a an he she it they we his her its their our this that these those there at in on more"
    " most some many all no one two three".split()
)


@dataclass(frozen=True)
class Part:
    """A source and what it says, in words."""

    source: list[str]
    content: list[str]


def gather_parts(passages: Sequence[Passage]) -> list[Part]:
    """Sources and contents that can stand in other sentences: short names, whole clauses."""
    parts = []
    for passage in passages:
        for first, end in _spans(passage.tags, "content"):
            source = _source_of(passage, passage.links[first])
            words = [passage.text[a:b] for a, b in passage.words[first:end]]
            words = [word for word in words if word not in '"“”']
            if words and words[0].lower() == "that":
                words = words[1:]
            while words and words[-1] in ",.;:":
                words.pop()
            clause = any(
                word
                in (
                    "is",
                    "was",
                    "are",
                    "were",
                    "had",
                    "has",
                    "have",
                    "will",
                    "would",
                    "did",
                    "does",
                    "could",
                    "can",
                )
                for word in words
            )
            if source and 5 <= len(words) <= 40 and clause and "?" not in words:
                words[0] = words[0].lower() if words[0].lower() in LOWERED else words[0]
                parts.append(Part(source, words))
    return parts


def _spans(tags: Sequence[int], role: str) -> Iterator[tuple[int, int]]:
    opened = 0
    for at, tag in enumerate(tags):
        place, _, found = TAGS[tag].partition("-")
        if place in "BS":
            opened = at
        if found == role and place in "ES":
            yield opened, at + 1


def _source_of(passage: Passage, cue: int) -> list[str]:
    if cue < 0:
        return []
    for first, end in _spans(passage.tags, "source"):
        if passage.links[first] == cue and abs(first - cue) < 30:
            words = [passage.text[a:b] for a, b in passage.words[first:end]]
            pronoun = len(words) == 1 and len(words[0]) < 5 and not words[0].isupper()
            return words if len(words) <= 10 and not pronoun else []
    return []


class Frame:
    """A sentence in the making: words with their roles."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.roles: list[tuple[str, int]] = []
        self.parts = 0

    def add(self, words: Sequence[str], role: str = "") -> Frame:
        """Add words that together are one span of a role, or of none."""
        self.parts += 1
        self.words.extend(words)
        self.roles.extend([(role, self.parts)] * len(words))
        return self

    def window(self, *, fragment: bool) -> Window:
        """The frame as a training window."""
        tags, links = [], []
        cue = next((i for i, (role, _) in enumerate(self.roles) if role == "cue"), -1)
        for at, (role, part) in enumerate(self.roles):
            opens = at == 0 or self.roles[at - 1][1] != part
            closes = at + 1 == len(self.roles) or self.roles[at + 1][1] != part
            place = "S" if opens and closes else "B" if opens else "E" if closes else "I"
            tags.append(TAGS.index(f"{place}-{role}") if role in ROLES else 0)
            links.append(cue if role in ("source", "content") and opens else -1)
        layouts = [0] * len(self.words)
        layouts[0] = 2 if fragment else 4
        return Window(self.words, layouts, tags, links, sentences=[0] * len(self.words))


def nested_windows(parts: Sequence[Part], n: int, rng: random.Random) -> list[Window]:
    """Windows with nested attribution, whole sentences and fragments mixed."""
    return [rng.choice(FRAMES)(rng.choice(parts), rng.choice(parts), rng) for _ in range(n)]


def _owner(source: Sequence[str]) -> list[str]:
    return [*source, "'" if source[-1].endswith("s") else "'s"]


def _upper(words: Sequence[str]) -> list[str]:
    return [words[0][:1].upper() + words[0][1:], *words[1:]]


def _that(part: Part, rng: random.Random) -> list[str]:
    return (["that"] if rng.random() < 0.75 else []) + part.content


def _pick(words: Sequence[str], rng: random.Random) -> list[str]:
    return rng.choice(words).split("_")


def as_saying_fragment(inner: Part, _: Part, rng: random.Random) -> Window:
    """`S as saying that T`, as it stands inside a content."""
    saying = _pick(SAYING, rng)
    return (
        Frame()
        .add(inner.source, "source")
        .add(["as"])
        .add(saying, "cue")
        .add(_that(inner, rng), "content")
        .window(fragment=True)
    )


def as_saying(inner: Part, outer: Part, rng: random.Random) -> Window:
    """`S2 quoted S as saying that T.`"""
    content = [*inner.source, "as", *_pick(SAYING, rng), *_that(inner, rng)]
    return (
        Frame()
        .add(_upper(outer.source), "source")
        .add(_pick(RELAYING, rng), "cue")
        .add(content, "content")
        .add(["."])
        .window(fragment=False)
    )


def quoted_by(inner: Part, outer: Part, rng: random.Random) -> Window:
    """`S was quoted by S2 as saying that T.`"""
    frame = (
        Frame()
        .add(_upper(inner.source), "content")
        .add(rng.choice([["was"], ["were"], ["has", "been"]]))
    )
    frame.add(["quoted"], "cue")
    if rng.random() < 0.7:
        frame.add(["by"]).add(outer.source, "source")
    return (
        frame.add(["as", *_pick(SAYING, rng), *_that(inner, rng)], "content")
        .add(["."])
        .window(fragment=False)
    )


def noun_fragment(inner: Part, _: Part, rng: random.Random) -> Window:
    """`S's claim that T` or `claims by S that T`, as they stand inside a content."""
    if rng.random() < 0.6:
        frame = (
            Frame()
            .add(inner.source, "source")
            .add(_owner(inner.source)[-1:])
            .add([rng.choice(NOUNS)], "cue")
        )
    else:
        frame = (
            Frame()
            .add([rng.choice(PLURALS)], "cue")
            .add([rng.choice(["by", "by", "from"])])
            .add(inner.source, "source")
        )
    return frame.add(["that", *inner.content], "content").window(fragment=True)


def answered_noun(inner: Part, outer: Part, rng: random.Random) -> Window:
    """`S2 denied S's claim that T.`"""
    noun = (
        [*_owner(inner.source), rng.choice(NOUNS)]
        if rng.random() < 0.6
        else [rng.choice(PLURALS), "by", *inner.source]
    )
    content = [*noun, "that", *inner.content]
    return (
        Frame()
        .add(_upper(outer.source), "source")
        .add(_pick(ANSWERING, rng), "cue")
        .add(content, "content")
        .add(["."])
        .window(fragment=False)
    )


def received_reports(inner: Part, _: Part, rng: random.Random) -> Window:
    """`it had received reports from S that T`, a fragment."""
    lead = rng.choice(
        [
            ["it", "had", "received"],
            ["they", "had", "heard"],
            ["he", "had", "seen"],
            ["there", "were"],
            ["it", "was", "investigating"],
        ]
    )
    frame = Frame().add(lead).add([rng.choice(PLURALS)], "cue").add([rng.choice(["from", "by"])])
    return (
        frame.add(inner.source, "source")
        .add(["that", *inner.content], "content")
        .window(fragment=True)
    )


def trailing_chain(inner: Part, outer: Part, rng: random.Random) -> Window:
    """`T, S said, S2 reported.` or with a final `according to S2`."""
    content = [*_upper(inner.content), ",", *inner.source, *_pick(TRAILING, rng)[:1]]
    frame = Frame().add(content, "content").add([","])
    if rng.random() < 0.7:
        cue = _pick(TRAILING, rng)
        frame.add(outer.source, "source").add(cue[:1], "cue").add(cue[1:])
    else:
        frame.add(["according", "to"], "cue").add(outer.source, "source")
    return frame.add(["."]).window(fragment=False)


def trailing_fragment(inner: Part, _: Part, rng: random.Random) -> Window:
    """`T, S said`, a fragment."""
    frame = Frame().add(inner.content, "content").add([","])
    if rng.random() < 0.75:
        frame.add(inner.source, "source").add(_pick(TRAILING, rng)[:1], "cue")
    else:
        frame.add(["according", "to"], "cue").add(inner.source, "source")
    return frame.window(fragment=True)


def citing(inner: Part, outer: Part, rng: random.Random) -> Window:
    """`According to S2, citing S, T.`, `S2, citing S, said T.`, `S2 said T, citing S.`"""
    relayed = [*_pick(CITING, rng), *inner.source]
    chance = rng.random()
    if chance < 0.35:
        return (
            Frame()
            .add(["According", "to"], "cue")
            .add(outer.source, "source")
            .add([",", *relayed, ","])
            .add(inner.content, "content")
            .add(["."])
            .window(fragment=False)
        )
    frame = Frame().add(_upper(outer.source), "source")
    if chance < 0.7:
        frame.add([",", *relayed, ","])
    frame.add([rng.choice(["said", "reported", "said", "reports", "wrote"])], "cue").add(
        _that(inner, rng), "content"
    )
    if chance >= 0.7:
        frame.add([",", *relayed])
    return frame.add(["."]).window(fragment=False)


def reported_to_have(inner: Part, outer: Part, rng: random.Random) -> Window:
    """`S is reported (by S2) to have said that T.`"""
    frame = Frame().add(_upper(inner.source), "content")
    frame.add(rng.choice([["is"], ["was"], ["has", "been"]])).add(
        [rng.choice(["reported", "said", "believed", "alleged"])], "cue"
    )
    if rng.random() < 0.4:
        frame.add(["by"]).add(outer.source, "source")
    return (
        frame.add(
            [
                "to",
                "have",
                rng.choice(["said", "claimed", "warned", "told_them"]).split("_")[0],
                *_that(inner, rng),
            ],
            "content",
        )
        .add(["."])
        .window(fragment=False)
    )


FRAMES = (
    as_saying_fragment,
    as_saying_fragment,
    as_saying,
    quoted_by,
    noun_fragment,
    noun_fragment,
    noun_fragment,
    answered_noun,
    received_reports,
    trailing_chain,
    trailing_chain,
    trailing_fragment,
    citing,
    citing,
    reported_to_have,
)
