"""Score role fillers on MUC-4 dev: `python -m benchmarks.quality.muc4 [--weights DIR]`.

The task and the metric of Du, Rush and Cardie (GRIT, EACL 2021): for each document the entities
that fill five roles, over all its incidents, compared by CEAF-REE. A predicted entity is one
mention; it is right where its words are exactly one of the mentions of a gold entity, in small
letters, without articles and punctuation; entities are assigned one to one. Documents are read as
they came, in capitals.

MUC-4 asks for terrorist incidents (attack, bombing, kidnapping, arson, robbery, forced work
stoppage), so the events of `KINDS` count, read as positive. Roles are mapped by `_role`: the
instrument is the weapon; the actor is a perpetrator, an organisation where an organisation, a
government or an armed group is named, else an individual; a person named as target is a victim
(the task takes victims by name alone); a target that is neither people nor counted is a physical
target. Bodies and victims go by their name, others by their commonest mention. What the mapping
cannot say: MUC-4 leaves out fights among armed forces, and incidents older than two months.
"""

import json
import re
import string
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from allegata.errors import InputError
from allegata.types import (
    Argument,
    Entity,
    EntityType,
    Event,
    EventKind,
    Modality,
    Polarity,
    Reading,
    Role,
)
from benchmarks.program import SHARED
from benchmarks.quality.event_readings import as_document, read_all
from benchmarks.quality.measured import Measured
from benchmarks.quality.portion import digest_files
from benchmarks.quality.showing import run
from benchmarks.quality.tally import Tally

__all__ = ["FILLERS", "MUC4", "count_fillers", "find_fillers", "measure_muc4"]

MUC4 = SHARED / "corpora" / "muc4"

FILLERS = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")

Fillers = Mapping[str, Sequence[frozenset[str]]]

ON_PEOPLE = frozenset(
    (EventKind.KILLING, EventKind.HARM, EventKind.TORTURE, EventKind.ABDUCTION, EventKind.SHOOTING)
)
"""Kinds that people suffer: their target is a victim."""

KINDS = ON_PEOPLE | {
    EventKind.ATTACK,
    EventKind.BOMBING,
    EventKind.SHELLING,
    EventKind.EXPLOSION,
    EventKind.DESTRUCTION,
    EventKind.SEIZURE,
}

PRONOUNS = frozenset(
    "he she it they we you i him her them us his its their who whom which that this these those"
    " some many several others all one".split()
)
_PEOPLE = frozenset((EntityType.PERSON, EntityType.POPULATION))
_BODIES = frozenset((EntityType.ORGANISATION, EntityType.GOVERNMENT, EntityType.ARMED_GROUP))
_NAMED = _BODIES | {EntityType.PERSON}
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_NO_MARKS = str.maketrans("", "", string.punctuation)


def measure_muc4(folder: Path = MUC4, weights: Path | None = None) -> Measured:
    """Read MUC-4's dev portion and score its role fillers.

    Raises:
        InputError: It is not there.
    """
    texts, keys = folder / "doc_dev", folder / "dev.json"
    if not (texts.is_file() and keys.is_file()):
        raise InputError(str(folder), "no doc_dev and dev.json.", "Give the folder of MUC-4.")
    documents = {
        doc["docid"]: as_document(doc["docid"], _prose(doc["text"])) for doc in _lines(texts)
    }
    readings = read_all(documents, weights)
    scores = {
        doc["docid"]: count_fillers(_gold(doc["templates"]), find_fillers(readings[doc["docid"]]))
        for doc in _lines(keys)
    }
    return Measured("muc-4 dev", digest_files(folder, [texts, keys]), scores)


def find_fillers(reading: Reading) -> Fillers:
    """The role fillers of a reading, each entity once, by one mention."""
    named = {entity.id: entity for entity in reading.entities}
    found: dict[str, dict[str, list[str]]] = {filler: {} for filler in FILLERS}
    for event in filter(_is_told, reading.events):
        for argument in event.arguments:
            words = argument.span.words(reading.document.text)
            inside = [one for one in reading.entities if _names_in(one, argument, reading)]
            entity = named.get(argument.entity or "") or next(iter(inside), None)
            filler = _role(event, argument, entity, inside)
            if filler in ("Victim", "PerpOrg"):
                for one in inside or [entity] if entity else []:
                    found[filler].setdefault(one.id, []).append(plain(one.name))
            elif filler and plain(words) and plain(words) not in PRONOUNS:
                key = argument.entity or plain(words)
                found[filler].setdefault(key, []).append(plain(words))
    return {filler: list(map(_one, entities.values())) for filler, entities in found.items()}


def _is_told(event: Event) -> bool:
    """Whether it is an incident that is told as done or tried."""
    return (
        event.kind in KINDS
        and event.polarity is Polarity.POSITIVE
        and event.modality in (Modality.ACTUAL, Modality.ATTEMPTED)
    )


def _names_in(entity: Entity, argument: Argument, reading: Reading) -> bool:
    """Whether an argument's words hold the name of a person or a body."""
    text = reading.document.text
    return entity.type in _NAMED and any(
        mention in argument.span and mention.words(text).lower() in entity.name.lower()
        for mention in entity.mentions
    )


def _role(
    event: Event, argument: Argument, entity: Entity | None, inside: Sequence[Entity]
) -> str | None:
    if argument.role is Role.INSTRUMENT:
        return "Weapon"
    sort = entity.type if entity else None
    if argument.role is Role.ACTOR:
        return "PerpOrg" if sort in _BODIES else "PerpInd"
    if argument.role is Role.TARGET and sort is EntityType.PERSON and inside:
        return "Victim"
    if argument.role is Role.TARGET and event.kind not in ON_PEOPLE and sort not in _PEOPLE:
        return None if _is_counted(event, argument) else "Target"
    return None


def _is_counted(event: Event, argument: Argument) -> bool:
    """Whether the event says how many of them were hurt, so that they are people."""
    return any(count.evidence.overlaps(argument.span) for count in event.counts)


def _one(mentions: Sequence[str]) -> frozenset[str]:
    """The commonest mention of an entity, the longest of several."""
    counts = Counter(mentions)
    return frozenset((max(counts, key=lambda words: (counts[words], len(words))),))


def plain(words: str) -> str:
    """Small letters without articles and punctuation, as the published scorer compares."""
    return " ".join(_ARTICLES.sub(" ", words.lower().translate(_NO_MARKS)).split())


def count_fillers(gold: Fillers, predicted: Fillers) -> dict[str, Tally]:
    """CEAF-REE of one document: for each role, and over all of them."""
    tallies = {
        role: Tally(
            _most_pairs(gold.get(role, ()), predicted.get(role, ())),
            len(predicted.get(role, ())),
            len(gold.get(role, ())),
        )
        for role in FILLERS
    }
    return {"role fillers": sum(tallies.values(), Tally()), **tallies}


def _most_pairs(gold: Sequence[frozenset[str]], predicted: Sequence[frozenset[str]]) -> int:
    """How many predicted entities can stand for a gold one of their own."""
    given: dict[int, int] = {}

    def place(one: int, seen: set[int]) -> bool:
        for at, entity in enumerate(gold):
            if at not in seen and predicted[one] <= entity:
                seen.add(at)
                if at not in given or place(given[at], seen):
                    given[at] = one
                    return True
        return False

    return sum(place(one, set()) for one in range(len(predicted)))


def _gold(templates: Iterable[Mapping[str, object]]) -> Fillers:
    """Entities of all templates; one whose mentions are among another's is that other."""
    merged: dict[str, list[frozenset[str]]] = {filler: [] for filler in FILLERS}
    for template in templates:
        for filler, entities in merged.items():
            for entity in _mentions(template.get(filler)):
                if not any(entity <= other or other <= entity for other in entities):
                    entities.append(entity)
    return merged


def _mentions(entities: object) -> Iterator[frozenset[str]]:
    for entity in entities if isinstance(entities, list) else []:
        yield frozenset(plain(mention) for mention, _ in entity)


def _prose(text: str) -> str:
    """Paragraphs as lines of their own, and no line broken."""
    joined = re.sub(r"(?<!\n)\n(?!\n)", " ", text)
    return re.sub(" +", " ", joined).strip()


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    sys.exit(run(__doc__, lambda weights: [measure_muc4(weights=weights)]))
