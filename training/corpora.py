"""The corpora that the reading model learns from, each read into passages.

A passage is a text cut into words, with whatever its annotators marked. What is read, and under
which licence, is listed in the model card. Nothing of a corpus is ever written into the
repository.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from allegata.encoder.quotations import find_quotations
from allegata.encoder.words import find_words
from allegata.sentences import find_sentences
from allegata.types import Span
from training.event_marks import EventMark

ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BIES"))
NAMES = ("per", "org", "geo", "gpe", "tim", "misc")
NAME_TAGS = ("O", *(f"{place}-{name}" for name in NAMES for place in "BI"))
UPOS = tuple(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
)
RELATIONS = tuple(
    "acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj"
    " ccomp compound compound:prt conj cop csubj csubj:pass dep det det:predet discourse"
    " dislocated expl fixed flat goeswith iobj list mark nmod nmod:poss nmod:desc"
    " nmod:unmarked nsubj nsubj:pass nsubj:outer nummod obj obl obl:agent obl:unmarked"
    " orphan parataxis punct reparandum root vocative xcomp".split()
)
_RELATION_NUMBERS = {name: number for number, name in enumerate(RELATIONS)}


@dataclass(slots=True)
class Passage:
    """A stretch of text with the marks of its annotators.

    Attributes:
        name: Document it comes from.
        text: Its text.
        words: Start and end of each word.
        firsts: Index of each sentence's first word.
        tags: An index into `TAGS` a word, or empty where attribution was not annotated.
        links: For the first word of each source and content the index of its cue's first word;
            -1 elsewhere.
        upos, heads, relations: A syntax tree for each sentence, heads as word indices of the
            passage (a root is its own head), or empty.
        names: An index into `NAME_TAGS` a word, or empty.
        events: Annotated events, or None where events were not annotated.
        factuality: How far each word is presented as having happened, -3 to 3, or `NO_VALUE`.
        inner: 1 for each word that opens the cue of a claim inside a content, or empty.
        kairos: Number of the event type of WikiEvents whose trigger a word begins, or empty.
    """

    name: str
    text: str
    words: list[tuple[int, int]]
    firsts: list[int]
    quotations: list[Span] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    upos: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    events: list[EventMark] | None = None
    factuality: list[float] = field(default_factory=list)
    kairos: list[int] = field(default_factory=list)
    inner: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution of PolNeAR: its spans by role, each sorted."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def read_polnear(portion: Path) -> Iterator[Passage]:
    """Documents of one portion of PolNeAR, a doubly annotated one twice."""
    for ann in sorted((portion / "attributions").glob("*.ann")):
        text_path = portion / "text" / f"{ann.stem.rsplit('_', 1)[0]}.txt"
        text = text_path.read_bytes().decode("utf-8")
        yield mark_attributions(ann.stem, text, read_brat(ann, text))


def read_brat(path: Path, text: str) -> list[Attribution]:
    """Attributions of a brat standoff file, pieces that only blanks separate joined."""
    spans: dict[str, list[Span]] = {}
    events: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) < 2:
            continue
        if line.startswith("T"):
            where = fields[1].partition(" ")[2]
            spans[fields[0]] = [
                _trimmed(text, *map(int, piece.split())) for piece in where.split(";")
            ]
        elif line.startswith("E"):
            events.append(fields[1])
    return [_read_event(event, spans, text) for event in events]


def _read_event(event: str, spans: dict[str, list[Span]], text: str) -> Attribution:
    roles: dict[str, list[Span]] = {role: [] for role in ROLES}
    for argument in event.split():
        name, _, reference = argument.partition(":")
        role = re.sub(r"\d+$", "", name).lower()
        if role in roles:
            roles[role].extend(spans.get(reference, []))
    return Attribution(*(_joined(text, roles[role]) for role in ROLES))


def _joined(text: str, pieces: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for piece in sorted(pieces):
        gap = text[joined[-1].end : piece.start] if joined else "x"
        if joined and not gap.strip() and "\n" not in gap:
            piece = Span(joined.pop().start, piece.end)
        joined.append(piece)
    return tuple(joined)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def mark_attributions(name: str, text: str, attributions: list[Attribution]) -> Passage:
    """Cut a text into words and lay its attributions over them."""
    words: list[tuple[int, int]] = []
    firsts: list[int] = []
    for sentence in find_sentences(text):
        firsts.append(len(words))
        words.extend(find_words(text, sentence))
    passage = Passage(name, text, words, firsts, find_quotations(text))
    passage.tags = [0] * len(words)
    passage.links = [-1] * len(words)
    for attribution in attributions:
        cue = [_covered(words, span) for span in attribution.cue]
        cue = [run for run in cue if run]
        for role in ROLES:
            for span in getattr(attribution, role):
                run = _covered(words, span)
                if not run:
                    continue
                for index, place in zip(run, _places(len(run)), strict=True):
                    passage.tags[index] = TAGS.index(f"{place}-{role}")
                if cue and role != "cue":
                    passage.links[run[0]] = cue[0][0]
    return passage


def _places(length: int) -> str:
    return "S" if length == 1 else "B" + "I" * (length - 2) + "E"


def _covered(words: list[tuple[int, int]], span: Span) -> range:
    from bisect import bisect_left, bisect_right

    first = bisect_right(words, span.start, key=lambda word: word[1])
    last = bisect_left(words, span.end, key=lambda word: word[0])
    return range(first, last)


def read_treebanks(corpora: Path) -> Iterator[Passage]:
    """Training documents of UD EWT and of those genres of UD GUM whose texts may be used freely."""
    for folder, code in (("ud_ewt", "en_ewt"), ("ud_gum", "en_gum")):
        root = corpora / folder
        held = {
            line.split("=")[1].strip()
            for portion in ("dev", "test")
            for line in (root / f"{code}-ud-{portion}.conllu").read_text("utf-8").splitlines()
            if line.startswith("# newdoc id")
        }
        for path in sorted((root / "not-to-release" / "sources").rglob("*.conllu")):
            if "_whow_" in path.name or "_fiction_" in path.name:
                continue
            yield from (p for p in read_conllu(path) if p.name not in held)


def read_conllu(path: Path) -> Iterator[Passage]:
    """Documents of a CoNLL-U file."""
    documents: list[tuple[str, list[tuple[bool, list[list[str]]]]]] = []
    rows: list[list[str]] = []
    paragraph = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc id"):
            documents.append((line.split("=")[1].strip(), []))
        elif line.startswith("# newpar"):
            paragraph = True
        elif line.startswith("#"):
            continue
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            documents[-1][1].append((paragraph, rows))
            rows, paragraph = [], False
    for name, sentences in documents:
        yield _tree_passage(name, sentences)


def _tree_passage(name: str, sentences: list[tuple[bool, list[list[str]]]]) -> Passage:
    text = io.StringIO()
    passage = Passage(name, "", [], [])
    length = 0
    for paragraph, rows in sentences:
        length += text.write("\n\n" if paragraph and length else "")
        offset = len(passage.words)
        passage.firsts.append(offset)
        inside, glued = 0, False
        for row in rows:
            if "-" in row[0]:
                inside = int(row[0].split("-")[1])
                glued = "SpaceAfter=No" in row[9]
                continue
            if "." in row[0]:
                continue
            number = int(row[0])
            passage.words.append((length, length + len(row[1])))
            length += text.write(row[1])
            passage.upos.append(UPOS.index(row[3]) if row[3] in UPOS else UPOS.index("X"))
            head = int(row[6])
            passage.heads.append(offset + (head - 1 if head else number - 1))
            relation = row[7] if row[7] in _RELATION_NUMBERS else row[7].split(":")[0]
            passage.relations.append(_RELATION_NUMBERS.get(relation, _RELATION_NUMBERS["dep"]))
            tight = number < inside or (number == inside and glued) or "SpaceAfter=No" in row[9]
            length += text.write("" if tight else " ")
    passage.text = text.getvalue()
    passage.quotations = find_quotations(passage.text)
    return passage


def read_gmb(corpora: Path, *, every: int = 1) -> Iterator[Passage]:
    """Named entities of the Groningen Meaning Bank's news, thirty sentences a passage."""
    archive = zipfile.ZipFile(corpora / "gmb_ner" / "ner_dataset.csv.zip")
    with archive.open("ner_dataset.csv") as raw:
        rows = csv.reader(io.TextIOWrapper(raw, encoding="latin-1"))
        next(rows)
        sentences: list[list[tuple[str, str]]] = []
        for number, word, _, tag in rows:
            if number:
                sentences.append([])
            if word:
                sentences[-1].append((word, tag))
    for first in range(0, len(sentences), 30 * every):
        yield _name_passage(f"gmb-{first}", sentences[first : first + 30])


def _name_passage(name: str, sentences: list[list[tuple[str, str]]]) -> Passage:
    passage = Passage(name, "", [], [])
    parts: list[str] = []
    length = 0
    for sentence in sentences:
        passage.firsts.append(len(passage.words))
        for word, tag in sentence:
            passage.words.append((length, length + len(word)))
            parts.append(word + " ")
            length += len(word) + 1
            place, _, kind = tag.partition("-")
            kind = kind if kind in NAMES else "misc"
            passage.names.append(0 if place == "O" else NAME_TAGS.index(f"{place}-{kind}"))
    passage.text = "".join(parts)
    passage.quotations = find_quotations(passage.text)
    return passage


def is_held_out(name: str, share: int = 20) -> bool:
    """Whether a training document is kept for calibration: one in twenty, by its name's hash."""
    stem = name.rsplit("_", 1)[0]
    return hashlib.sha256(stem.encode()).digest()[0] % share == 0
