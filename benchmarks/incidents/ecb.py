"""Events of ECB+ that are the same across documents: CoNLL F1 and B-cubed.

    python -m benchmarks.incidents.ecb [--portion val] [--corpora ../shared/corpora] [--cache FILE]

Documents are read as they are; nothing of the annotation, nor the topic, is shown to the reader.
Mentions are the gold mentions of actions in the sentences that were checked (Cybulska and Vossen
2015). Where a trigger of a reading touches one, it belongs to the events of its incident that are
of one kind; the others stand alone. Two figures: over the mentions that a reading touches, and
over all. Beside them the baseline: mentions with the same head lemma, within one topic (which is
told to the baseline alone) and across all.
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from allegata.documents import read_text
from allegata.types import Document
from allegata.types.incident import Account
from benchmarks.incidents.building import features_of, group, make_all_accounts, read_all
from benchmarks.incidents.scoring import Scores, score
from benchmarks.speed.machine import describe_machine


@dataclass(frozen=True, slots=True)
class Mention:
    """A gold mention of an action.

    Attributes:
        id: Of its own.
        doc: Name of its document.
        topic: Number of its topic.
        start, end: In the text.
        words: Its words.
        chain: The event that it refers to.
    """

    id: str
    doc: str
    topic: str
    start: int
    end: int
    words: str
    chain: str


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--portion", choices=("train", "val"), default="val")
    parser.add_argument("--cache", type=Path, help="readings, kept between runs")
    options = parser.parse_args()
    docs, mentions = _load(options.corpora / "ecbplus", options.portion)
    readings = list(read_all(docs, options.cache, 2))
    accounts = make_all_accounts(readings)
    homes = _place(mentions, accounts)
    touched = [mention for mention in mentions if mention.id in homes]
    print(describe_machine())
    print(f"{len(readings)} documents, {len(mentions)} mentions, {len(touched)} touched")
    for name, some in (("touched", touched), ("all", mentions)):
        gold = _partition(some, lambda one: one.chain)
        print(f"{name}: {len(gold)} events")
        _report("incidents by kind", score(gold, _partition(some, lambda m: homes.get(m.id, m.id))))
        _report("same lemma in topic", score(gold, _partition(some, _in_topic)))
        _report("same lemma anywhere", score(gold, _partition(some, lambda m: _lemma(m.words))))


def _in_topic(mention: Mention) -> str:
    return f"{mention.topic}:{_lemma(mention.words)}"


def _load(folder: Path, portion: str) -> tuple[list[Document], list[Mention]]:
    topics = json.loads((folder / "train_val_test_split.json").read_text(encoding="utf-8"))
    checked = defaultdict(set)
    with (folder / "ECBplus_coreference_sentences.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            checked[f"{row['Topic']}_{row['File']}"].add(row["Sentence Number"])
    docs, mentions = [], []
    for topic in topics[portion]:
        for path in sorted((folder / "ECB+" / str(topic)).glob("*.xml")):
            doc, found = _load_one(path, str(topic), checked[path.stem])
            docs.append(doc)
            mentions += found
    return docs, mentions


def _load_one(path: Path, topic: str, checked: set[str]) -> tuple[Document, list[Mention]]:
    # Read for measuring from a corpus at hand: no stranger's file.
    root = ElementTree.parse(path).getroot()
    text, spans, sentence_of = "", {}, {}
    sentence = None
    for token in root.iter("token"):
        text += "" if not text else (" " if token.get("sentence") == sentence else "\n")
        sentence = token.get("sentence")
        words = token.text or ""
        spans[token.get("t_id")] = (len(text), len(text) + len(words))
        sentence_of[token.get("t_id")] = sentence
        text += words
    chains = _chains(root, path.stem)
    mentions = []
    for mark in root.find("Markables") or ():
        anchors = [anchor.get("t_id") for anchor in mark.iter("token_anchor")]
        if not anchors or "ACTION" not in mark.tag or sentence_of[anchors[0]] not in checked:
            continue
        start, end = spans[anchors[0]][0], spans[anchors[-1]][1]
        name = f"{path.stem}:{mark.get('m_id')}"
        chain = chains.get(mark.get("m_id"), name)
        mentions.append(Mention(name, path.stem, topic, start, end, text[start:end], chain))
    return read_text(text, uri=path.stem), mentions


def _chains(root: ElementTree.Element, name: str) -> dict[str | None, str]:
    chains = {}
    for relation in root.find("Relations") or ():
        note = relation.get("note")
        across = relation.tag == "CROSS_DOC_COREF" and note
        chain = str(note) if across else f"{name}:r{relation.get('r_id')}"
        for source in relation.iter("source"):
            chains[source.get("m_id")] = chain
    return chains


def _place(mentions: Iterable[Mention], accounts: Mapping[str, Account]) -> dict[str, str]:
    """The incident and kind of each mention that a trigger touches."""
    groups = group(features_of(accounts)).groups
    incident = {name: n for n, members in enumerate(groups) for name in members}
    triggers = defaultdict(list)
    for name, account in accounts.items():
        for one in account.statements:
            home = f"{incident[name]}/{one.kind.value}"
            triggers[one.by.report].append((one.trigger.start, one.trigger.end, home))
    homes = {}
    for mention in mentions:
        for start, end, home in triggers[mention.doc]:
            if start < mention.end and mention.start < end:
                homes[mention.id] = home
                break
    return homes


def _partition(mentions: Iterable[Mention], key: Callable[[Mention], str]) -> list[frozenset[str]]:
    parts = defaultdict(set)
    for mention in mentions:
        parts[key(mention)].add(mention.id)
    return [frozenset(part) for part in parts.values()]


def _lemma(words: str) -> str:
    """The last word in small letters, without the endings of inflection."""
    word = words.casefold().split()[-1]
    for stem in _stems(word):
        return stem
    return word


def _stems(word: str) -> Iterator[str]:
    for ending, least in (("ied", 3), ("ies", 3), ("ing", 4), ("ed", 3), ("es", 4), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            stem = word[: -len(ending)]
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "ls":
                stem = stem[:-1]
            yield stem.rstrip("e")
    yield word.rstrip("e") if len(word) > 3 else word


def _report(name: str, scores: Scores) -> None:
    parts = ("muc", "b_cubed", "ceaf_e")
    words = "  ".join(
        f"{part} {s.precision:.3f}/{s.recall:.3f}/{s.f1:.3f}"
        for part, s in ((part, getattr(scores, part)) for part in parts)
    )
    print(f"  {name:20} CoNLL {scores.conll:.3f}  {words}")


if __name__ == "__main__":
    main()
