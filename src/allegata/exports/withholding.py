"""What a public export withholds: names of people, numbers, addresses, and where exactly.

Withheld are the names of people as they are read, wherever the exported words have them; telephone
numbers, e-mail addresses and coordinates; and of places all below ten kilometres. A body, an outlet
and whoever the tables of actors know keeps its name. A name that was not read as one stays: look
through what is published.
"""

import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from urllib.parse import unquote, urlsplit

from allegata.exports.ground import Ground
from allegata.incidents.dossier import Dossier, build_dossier
from allegata.knowledge.actors import ActorTable
from allegata.types import EntityType, Place, PlacePrecision, Reading
from allegata.types.statement import Holder, HolderKind, Party, Statement, Voice

__all__ = ["WITHHELD", "Withholder"]

WITHHELD = (
    "Names of people, telephone numbers, e-mail addresses and coordinates are withheld, and places"
    " are told no closer than ten kilometres (--public). Offsets are those of the whole text.",
    "A name that was not read as one is not withheld.",
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])(?:\+|00)?\(?\d{1,4}\)?(?:[ ./-]?\(?\d{2,4}\)?){2,5}(?![\w])")
_DEGREES = re.compile(
    r"\d{1,3}(?:[.,]\d+)?\s?°\s?"
    r"(?:\d{1,2}(?:[.,]\d+)?\s?['′’](?:\s?\d{1,2}(?:[.,]\d+)?\s?[\"″”])?\s?[NSEW]?|[NSEW]\b)"
    r"|[-+]?\d{1,2}\.\d{3,}\s?[,;]\s?[-+]?\d{1,3}\.\d{3,}"
)
_DAY = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}")
_RUN = re.compile(r"(?<![\w])[^\W\d_a-zß-öø-ÿ][\w'’-]+(?: [^\W\d_a-zß-öø-ÿ][\w'’-]+)*")
_MAY_BE_PEOPLE = (EntityType.PERSON, EntityType.ORGANISATION, None)
_LEAST_DIGITS = 7
_STEP_DEGREES = 0.1
_LEAST_KM = 10.0
_LEAST_NAME = 3
_NAME = "[name withheld]"
_NUMBER = "[number withheld]"
_ADDRESS = "[address withheld]"
_SPOT = "[coordinates withheld]"


class Withholder:
    """Makes public what may be.

    Args:
        ground: Gives the readings of reports: who in them is a person.
    """

    def __init__(self, ground: Ground) -> None:
        self._read = ground.read
        self._salt = secrets.token_bytes(16)
        self._numbers: dict[str, int] = {}
        self._patterns: dict[str, re.Pattern[str] | None] = {}

    def dossier(self, dossier: Dossier) -> Dossier:
        """A dossier in which nobody is named who is a person."""
        told = [self._statement(one) for one in dossier.statements]
        copies = [
            replace(link, reason=self.hide(self.hide(link.reason, link.earlier), link.later))
            for link in dossier.copies
        ]
        return build_dossier(dossier.id, told, copies)

    def hide(self, words: str, report: str) -> str:
        """Words of a report without names and numbers."""
        names = self._names(report)
        if names is not None:
            words = names.sub(_NAME, words)
        words = _EMAIL.sub(_ADDRESS, words)
        words = _DEGREES.sub(_SPOT, words)
        return _PHONE.sub(_hide_phone, words)

    def _uri(self, uri: str, report: str) -> str:
        """An address, cut to its host where the rest of it names somebody."""
        names = self._names(report)
        words = " ".join(re.findall(r"[^\W_]+", unquote(uri)))
        if names is None or not re.search(names.pattern, words, re.IGNORECASE):
            return self.hide(uri, report)
        parts = urlsplit(uri)
        is_web = parts.scheme in ("http", "https") and parts.hostname
        return f"{parts.scheme}://{parts.hostname}/" if is_web else _ADDRESS

    def _names(self, report: str) -> re.Pattern[str] | None:
        if report not in self._patterns:
            reading = self._read(report)
            names = sorted(set(_people(reading)), key=len, reverse=True) if reading else []
            joined = "|".join(map(re.escape, names))
            self._patterns[report] = re.compile(rf"(?<!\w)(?:{joined})(?!\w)") if names else None
        return self._patterns[report]

    def _statement(self, one: Statement) -> Statement:
        report = one.by.report
        by = replace(
            one.by,
            title=self.hide(one.by.title, report) if one.by.title else one.by.title,
            uri=self._uri(one.by.uri, report),
            outlet=self._holder(one.by.outlet, report) if one.by.outlet else None,
        )
        return replace(
            one,
            by=by,
            chain=tuple(self._voice(voice, report) for voice in one.chain),
            parties=tuple(self._party(party, report) for party in one.parties),
            place=_coarsen(one.place) if one.place else None,
            trigger_words=self.hide(one.trigger_words, report),
            count_words=tuple(self.hide(words, report) for words in one.count_words),
            counts=tuple(
                replace(count, of=self.hide(count.of, report) if count.of else count.of)
                for count in one.counts
            ),
            words=self.hide(one.words, report),
        )

    def _voice(self, voice: Voice, report: str) -> Voice:
        return replace(voice, holder=self._holder(voice.holder, report))

    def _holder(self, holder: Holder, report: str) -> Holder:
        if holder.key.startswith("actor:") or holder.kind is HolderKind.OUTLET:
            return holder
        name = self.hide(holder.name, report)
        if holder.type is EntityType.PERSON or name == _NAME:
            return replace(holder, key=self._key(holder.key), name=self._name(holder.key), side="")
        if name == holder.name and not holder.key.startswith("words:"):
            return holder
        return replace(holder, key=self._key(holder.key), name=name, side="")

    def _party(self, party: Party, report: str) -> Party:
        if party.actor is not None:
            return replace(party, words=self.hide(party.words, report))
        if party.type is EntityType.PERSON or self.hide(party.name, report) == _NAME:
            name = self._name(party.key)
            return replace(party, key=self._key(party.key), name=name, words=name)
        return replace(
            party,
            key=self._key(party.key) if party.key.startswith("words:") else party.key,
            name=self.hide(party.name, report),
            words=self.hide(party.words, report),
        )

    def _key(self, key: str) -> str:
        """The same for the same key in this export, and for nobody else."""
        digest = hashlib.sha256(self._salt + key.encode("utf-8", "replace")).hexdigest()[:16]
        return f"words:withheld:{digest}" if key.startswith("words:") else f"withheld:{digest}"

    def _name(self, key: str) -> str:
        """A number for each person, by first appearance."""
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        return f"{_NAME} {number}"


def _people(reading: Reading) -> Iterator[str]:
    """Names of the people of a report: whole, and each part by itself.

    What looks like the name of a person and belongs to something whose sort is not sure is taken
    for one: to withhold too much does less harm than too little.
    """
    text = reading.document.text
    table = ActorTable.open()
    known = _known_words(reading)
    for entity in reading.entities:
        if entity.actor is not None or entity.type not in _MAY_BE_PEOPLE:
            continue
        for mention in entity.mentions:
            words = mention.words(text)
            for found in _RUN.finditer(words):
                parts = found[0].split()
                if not all(map(_is_name, parts)) or table.find(found[0]) or known >= set(parts):
                    continue
                is_whole = found[0] == words.strip("\"'“”‘’,. ")
                if len(parts) > 1 or (is_whole and entity.type is EntityType.PERSON):
                    yield found[0]
                    yield from (part for part in parts if part not in known)


def _known_words(reading: Reading) -> frozenset[str]:
    """Words that name places and the outlet in a report: they are not withheld by themselves."""
    text = reading.document.text
    named = [
        mention.words(text)
        for entity in reading.entities
        if entity.type in (EntityType.PLACE, EntityType.FACILITY) or entity.actor is not None
        for mention in entity.mentions
    ]
    named += [event.place.evidence.words(text) for event in reading.events if event.place]
    named.append(reading.document.publisher or "")
    words = frozenset(word for name in named for word in re.findall(r"[\w'’-]+", name))
    return words | {word.upper() for word in words}


@cache
def _is_name(part: str) -> bool:
    """Whether a word of a mention is a name: a capital, and no title or sort of person."""
    if len(part) < _LEAST_NAME or not part[:1].isupper():
        return False
    from allegata.knowledge import load_table

    return part.casefold() not in _plain_words(repr(load_table("heads")))


@cache
def _plain_words(table: str) -> frozenset[str]:
    words = frozenset(word.casefold() for word in re.findall(r"[\w-]+", table))
    return words | {"the", "mr", "mrs", "ms", "dr", "he", "she", "they", "his", "her", "president"}


def _hide_phone(found: "re.Match[str]") -> str:
    """Seven digits and more that are neither a day nor a plain number."""
    words = found[0]
    n_digits = sum(letter.isdigit() for letter in words)
    if n_digits < _LEAST_DIGITS or _DAY.fullmatch(words.strip()):
        return words
    return _NUMBER


def _coarsen(place: Place) -> Place:
    """A place told no closer than ten kilometres."""
    near = replace(
        place,
        latitude=_round(place.latitude),
        longitude=_round(place.longitude),
        radius_km=max(place.radius_km or 0.0, _LEAST_KM),
    )
    if place.precision is not PlacePrecision.EXACT:
        return near
    return replace(near, name="place withheld", id=None, precision=PlacePrecision.SETTLEMENT)


def _round(degrees: float | None) -> float | None:
    return None if degrees is None else round(round(degrees / _STEP_DEGREES) * _STEP_DEGREES, 1)
