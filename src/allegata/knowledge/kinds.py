"""Kinds of events: what each is called, and where it belongs in the code books of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from allegata.errors import KnowledgeError
from allegata.knowledge.tables import load_table
from allegata.types import CountKind, EventKind, Role

__all__ = ["Code", "Kind", "load_kinds"]


@dataclass(frozen=True, slots=True)
class Code:
    """What a kind is called in one code book.

    Attributes:
        event: Event type.
        mode: Mode or sub-event type, or None where more than the kind decides it.
    """

    event: str
    mode: str | None


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a kind of event.

    Attributes:
        kind: Which.
        what: What it covers.
        label: What people call it: `air strike`.
        noun: What stands for it in a line.
        plover: Event type and mode of PLOVER, or None where it has none.
        acled: Event type and sub-event type of ACLED, or None where it has no row for it.
        cameo: Root code of CAMEO, or None.
        ucdp: Types of violence of UCDP GED that it can belong to. One alone follows from the
            kind, of several the sides decide; empty where it is no deadly violence.
        airwars: Strike type of Airwars, or None.
        counts: What a bare number of its targets counts, or None where it says nothing of them.
        phrase: Prepositions of those who took part, in the order in which they are named.
        several: Prepositions of two or more in one role.
        alone: Prepositions of a doer without a target.
        loses: What these codes cannot say.
    """

    kind: EventKind
    what: str
    label: str
    noun: str
    plover: Code | None
    acled: Code | None
    cameo: str | None
    ucdp: tuple[int, ...]
    airwars: str | None
    counts: CountKind | None
    phrase: Mapping[Role, str]
    several: Mapping[Role, str]
    alone: Mapping[Role, str]
    loses: str

    def describe(self, parts: Mapping[Role, Sequence[str]]) -> str:
        """The event in a few words, as a phrase with a noun.

        Args:
            parts: Names of those who took part. Roles that the kind does not name are left out.

        Returns:
            `chemical attack by militants on the quarter`; the bare noun where nobody is named.
        """
        words = [self.noun]
        for role, preposition in self.phrase.items():
            names = parts.get(role, ())
            if not names:
                continue
            if role is Role.ACTOR and not parts.get(Role.TARGET):
                preposition = self.alone.get(role, preposition)
            if len(names) > 1:
                preposition = self.several.get(role, preposition)
            words += [preposition, _listed(names)]
        return " ".join(words)


@cache
def load_kinds() -> Mapping[EventKind, Kind]:
    """Read the compiled table: every kind, in the order of its source.

    Raises:
        KnowledgeError: It does not have its form, or a kind is missing.
    """
    try:
        kinds = {kind.kind: kind for kind in map(_read, cast("list[Any]", load_table("kinds")))}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"kinds.json: lacks {error}. Run `make knowledge`.") from error
    missing = [kind.value for kind in EventKind if kind not in kinds]
    if missing:
        raise KnowledgeError(f"kinds.yaml: has no entry for {', '.join(missing)}. Add one.")
    return MappingProxyType(kinds)


def _read(entry: Mapping[str, Any]) -> Kind:
    counts = entry.get("counts")
    return Kind(
        kind=EventKind(entry["kind"]),
        what=entry["what"],
        label=entry["label"],
        noun=entry.get("noun", entry["label"]),
        plover=_code(entry.get("plover"), "mode"),
        acled=_code(entry.get("acled"), "sub_event"),
        cameo=entry.get("cameo"),
        ucdp=tuple(entry.get("ucdp", ())),
        airwars=entry.get("airwars"),
        counts=CountKind(counts) if counts else None,
        phrase=_prepositions(entry["phrase"]),
        several=_prepositions(entry.get("several", {})),
        alone=_prepositions(entry.get("alone", {})),
        loses=entry["loses"],
    )


def _code(entry: Mapping[str, str] | None, mode: str) -> Code | None:
    return Code(entry["event"], entry.get(mode)) if entry else None


def _prepositions(entry: Mapping[str, str]) -> Mapping[Role, str]:
    return MappingProxyType({Role(role): word for role, word in entry.items()})


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
