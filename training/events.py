"""Events: our own annotations of passages of the corpora, and what other corpora add to them.

The annotations are kept without their texts (`training/annotations/*.jsonl`): names of passages
and word numbers, made by the rules of the reading's contract, one annotator a passage. The texts
are taken from the corpora, and a passage whose words are no longer those that were annotated is
refused.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from allegata.encoder.quotations import find_quotations
from allegata.encoder.words import find_words
from allegata.sentences import find_sentences
from training.corpora import Passage
from training.event_marks import KINDS, MODALITIES, NO_VALUE, ROLES, EventMark

ANNOTATIONS = Path(__file__).parent / "annotations"

# Passages of the corpora ------------------------------------------------------------------------

Sentences = list[list[str]]


def numbered_passages(corpora: Path) -> dict[str, Sentences]:
    """All passages that may be annotated, by name: sentences of words, as they were annotated."""
    passages: dict[str, Sentences] = {}
    for read in (_gmb, _hrdsattack, _wikievents, _muc, _re3d, _ecb, _polnear):
        passages.update(read(corpora))
    return passages


def _cut(text: str) -> Sentences:
    return [[text[s:e] for s, e in find_words(text, span)] for span in find_sentences(text)]


def _gmb(corpora: Path) -> Iterator[tuple[str, Sentences]]:
    archive = zipfile.ZipFile(corpora / "gmb_ner" / "ner_dataset.csv.zip")
    with archive.open("ner_dataset.csv") as raw:
        rows = csv.reader(io.TextIOWrapper(raw, encoding="latin-1"))
        next(rows)
        sentences: Sentences = []
        for number, word, _, _ in rows:
            if number:
                sentences.append([])
            if word:
                sentences[-1].append(word)
    for at in range(0, len(sentences), 10):
        yield f"gmb-{at}", sentences[at : at + 10]


def _hrdsattack(corpora: Path) -> Iterator[tuple[str, Sentences]]:
    samples = json.loads((corpora / "hrdsattack" / "train.json").read_text(encoding="utf-8"))
    for number, entry in enumerate(samples):
        html = entry["sample"]["Input.article_interface"]
        text = "\n\n".join(re.sub("<[^>]+>", "", p).strip() for p in re.split("</p>", html))
        yield f"hrd-{number}", _cut(re.sub("\n{3,}", "\n\n", text).strip())


def _wikievents(corpora: Path) -> Iterator[tuple[str, Sentences]]:
    path = corpora / "wikievents" / "wiki-train-human.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        doc = json.loads(line)
        text = " ".join(doc["tokens"])
        sentences = [text[span.start : span.end].split() for span in find_sentences(text)]
        yield f"wiki-{doc['docid']}", sentences


def _muc(corpora: Path) -> Iterator[tuple[str, Sentences]]:
    for line in (corpora / "muc4" / "doc_train").read_text(encoding="utf-8").splitlines():
        doc = json.loads(line)
        text = re.sub(r"(?<!\n)\n(?!\n)", " ", doc["text"])
        yield f"muc-{doc['docid']}", _cut(re.sub(" +", " ", text).strip())


def _re3d(corpora: Path) -> Iterator[tuple[str, Sentences]]:
    for path in sorted((corpora / "re3d").glob("*/documents.json")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.strip():
                doc = json.loads(line)
                yield f"re3d-{doc['_id']}", _cut(doc["text"])


def _ecb(corpora: Path) -> Iterator[tuple[str, Sentences]]:
    for path in sorted((corpora / "ecbplus" / "ECB+").glob("*/*.xml")):
        try:
            root = ET.parse(path).getroot()
        except ET.ParseError:
            continue
        numbered: dict[int, list[str]] = {}
        for token in root.iter("token"):
            numbered.setdefault(int(token.get("sentence", 0)), []).append(token.text or "_")
        sentences = [numbered[number] for number in sorted(numbered)]
        if path.name.endswith("plus.xml"):
            sentences = [words for words in sentences if not words[0].startswith("http")]
        yield f"ecb-{path.stem}", sentences


def _polnear(corpora: Path) -> Iterator[tuple[str, Sentences]]:
    for path in sorted((corpora / "polnear" / "train" / "text").glob("*.txt")):
        yield f"pol-{path.stem}", _cut(path.read_bytes().decode("utf-8"))


# Annotations ------------------------------------------------------------------------------------


def digest(sentences: Sentences) -> str:
    """What the words of a passage are known by."""
    return hashlib.sha256("\n".join(" ".join(words) for words in sentences).encode()).hexdigest()[
        :12
    ]


def read_annotations(corpora: Path, folder: Path = ANNOTATIONS) -> list[Passage]:
    """All annotated passages, with `events`.

    Raises:
        ValueError: The words of a passage are not those that were annotated.
    """
    texts = numbered_passages(corpora)
    passages = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            sentences = texts[entry["passage"]]
            if digest(sentences) != entry["words"]:
                raise ValueError(f"{path.name}: {entry['passage']} has other words now")
            passages.append(build_passage(entry, sentences))
    return passages


def build_passage(entry: dict[str, object], sentences: Sentences) -> Passage:
    """An annotated passage, from an entry of names and word numbers, and its words."""
    passage = Passage(str(entry["passage"]), "", [], [])
    parts: list[str] = []
    length = 0
    for words in sentences:
        passage.firsts.append(len(passage.words))
        for word in words:
            passage.words.append((length, length + len(word)))
            parts.append(word + " ")
            length += len(word) + 1
    passage.text = "".join(parts)
    passage.quotations = find_quotations(passage.text)
    passage.events = [_mark(row) for row in entry["events"]]  # type: ignore[attr-defined]
    return passage


def _mark(row: Sequence[object]) -> EventMark:
    kind, first, end, negative, modality, episode, roles = row
    return EventMark(
        KINDS.index(str(kind)),
        int(first),  # type: ignore[call-overload]
        int(end),  # type: ignore[call-overload]
        bool(negative),
        MODALITIES.index(str(modality)),
        int(episode),  # type: ignore[call-overload]
        [(ROLES.index(name), a, b) for name, a, b in roles],  # type: ignore[attr-defined]
    )


def is_kept_apart(name: str, share: int = 12) -> bool:
    """Whether an annotated passage is kept for measuring and calibrating, by its name's hash."""
    return hashlib.sha256(f"events {name}".encode()).digest()[0] % share == 0


# How far an event is presented as having happened -----------------------------------------------


def read_factuality(corpora: Path) -> Iterator[Passage]:
    """Sentences whose events carry a factuality from -3 (surely not) to 3 (surely)."""
    folder = corpora / "factuality"
    readers: tuple[Callable[[Path], Iterator[tuple[list[str], dict[int, float]]]], ...] = (
        _uds,
        _uw,
    )
    for number, read in enumerate(readers):
        rows = list(read(folder))
        for at in range(0, len(rows), 8):
            passage = Passage(f"factuality-{number}-{at}", "", [], [])
            parts: list[str] = []
            length = 0
            for words, values in rows[at : at + 8]:
                first = len(passage.words)
                passage.firsts.append(first)
                passage.factuality.extend(values.get(i, NO_VALUE) for i in range(len(words)))
                for word in words:
                    passage.words.append((length, length + len(word)))
                    parts.append(word + " ")
                    length += len(word) + 1
            passage.text = "".join(parts)
            passage.quotations = find_quotations(passage.text)
            yield passage


def _uds(folder: Path) -> Iterator[tuple[list[str], dict[int, float]]]:
    path = folder / "uds_ih2" / "train.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        values = {target["span1"][0]: float(target["label"]) for target in entry["targets"]}
        yield entry["text"].split(" "), values


def _uw(folder: Path) -> Iterator[tuple[list[str], dict[int, float]]]:
    for block in (folder / "uw" / "train.conll").read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line]
        values = {i: float(row[2]) for i, row in enumerate(rows) if row[2] != "_"}
        if rows:
            yield [row[1] for row in rows], values


# The triggers of WikiEvents, with its own types -------------------------------------------------


def read_kairos(corpora: Path) -> Iterator[Passage]:
    """Documents of WikiEvents' training portion with a type for the first word of each trigger."""
    types = kairos_types(corpora)
    path = corpora / "wikievents" / "wiki-train-human.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        doc = json.loads(line)
        text = " ".join(doc["tokens"])
        passage = Passage(f"wiki-{doc['docid']}", text + " ", [], [])
        for span in find_sentences(text):
            passage.firsts.append(len(passage.words))
            at = span.start
            for word in text[span.start : span.end].split(" "):
                passage.words.append((at, at + len(word)))
                at += len(word) + 1
        passage.quotations = find_quotations(text)
        passage.kairos = [0] * len(passage.words)
        for mention in doc["event_mentions"]:
            name = ".".join(mention["event_type"].split(".")[:2])
            at = mention["trigger"]["start_idx"]
            if at < len(passage.kairos):
                passage.kairos[at] = types.index(name)
        yield passage


def kairos_types(corpora: Path) -> list[str]:
    """`none`, and the two upper levels of the types that its training portion uses."""
    path = corpora / "wikievents" / "wiki-train-human.jsonl"
    found = {
        ".".join(mention["event_type"].split(".")[:2])
        for line in path.read_text(encoding="utf-8").splitlines()
        for mention in json.loads(line)["event_mentions"]
    }
    return ["none", *sorted(found)]


def shuffled(passages: Sequence[Passage], rng: random.Random) -> list[Passage]:
    """The passages in random order."""
    order = list(passages)
    rng.shuffle(order)
    return order
