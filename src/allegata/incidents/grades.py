"""A suggested grade for an incident, by published rules, with what they looked at."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from allegata.errors import KnowledgeError
from allegata.incidents.features import content_words
from allegata.incidents.responsibility import DEEDS
from allegata.knowledge import load_table
from allegata.types import CountKind, EntityType, Role
from allegata.types.incident import Grade, Grading, Origins, Position, PositionKind, Responsibility
from allegata.types.statement import HolderKind, Statement

__all__ = ["GradeRule", "grade_inputs", "load_grade_rules", "suggest_grade"]

_LABELS = {
    "affirming": "holders who affirm it",
    "origins": "independent origins",
    "denying": "holders who deny it",
    "doubting": "holders who doubt it",
    "admitting": "holders who say they did it",
    "blamed": "parties said to have done it",
    "disclaimed": "parties said to have done it that deny it",
    "combatants": "all of those harmed called combatants",
    "harm": "people said to be killed or hurt",
}


@dataclass(frozen=True, slots=True)
class GradeRule:
    """One rule of `knowledge/grades.yaml`.

    Attributes:
        rule: Its id.
        grade: What it suggests.
        when: Least and most of each input, None for no limit.
        says: In words.
        origin: Whose rule it is.
    """

    rule: str
    grade: Grade
    when: Mapping[str, tuple[int | None, int | None]]
    says: str
    origin: str

    def holds(self, inputs: Mapping[str, int]) -> bool:
        """Whether all of its conditions do."""
        return all(
            (least is None or inputs[name] >= least) and (most is None or inputs[name] <= most)
            for name, (least, most) in self.when.items()
        )


@cache
def load_grade_rules() -> tuple[GradeRule, ...]:
    """The rules, in the order in which they are tried.

    Raises:
        KnowledgeError: The table does not have its form.
    """
    try:
        return tuple(map(_read, cast("list[Any]", load_table("grades"))))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"grades.json: lacks {error}. Run `make knowledge`.") from error


def _read(entry: Mapping[str, Any]) -> GradeRule:
    when = {}
    for name, (least, most) in entry["when"].items():
        if name not in _LABELS:
            raise ValueError(f"a known input in place of {name!r}")
        when[name] = (least, most)
    return GradeRule(entry["rule"], Grade(entry["grade"]), when, entry["says"], entry["origin"])


def grade_inputs(
    statements: Sequence[Statement],
    positions: Iterable[Position],
    responsibility: Sequence[Responsibility],
    origins: Origins,
) -> dict[str, int]:
    """Count what the rules look at.

    Args:
        statements: Of one incident.
        positions: Found in them.
        responsibility: The same.
        origins: The same.
    """
    held: dict[PositionKind, set[str]] = {kind: set() for kind in PositionKind}
    for position in positions:
        if position.holder.kind is not HolderKind.NOBODY:
            held[position.kind].add(position.holder.key)
    affirming = held[PositionKind.AFFIRMS]
    blamed = {one.actor for one in responsibility if one.kind is PositionKind.AFFIRMS}
    disclaimed = {one.actor for one in responsibility if one.kind is PositionKind.DENIES}
    return {
        "affirming": len(affirming),
        "origins": origins.n_independent,
        "denying": len(held[PositionKind.DENIES] - affirming),
        "doubting": len(held[PositionKind.DOUBTS] - affirming),
        "admitting": len({one.holder.key for one in responsibility if one.admits}),
        "blamed": _count_sides(blamed),
        "disclaimed": len(blamed & disclaimed),
        "combatants": int(_are_combatants(statements)),
        "harm": int(
            any(c.kind in _HARM and (c.low or c.high) for s in statements for c in s.counts)
        ),
    }


_HARM = (CountKind.KILLED, CountKind.INJURED)


def suggest_grade(inputs: Mapping[str, int]) -> Grading:
    """Suggest a grade by the first rule that holds.

    Args:
        inputs: Of `grade_inputs`.

    Raises:
        KnowledgeError: No rule holds: the table lacks a last rule without conditions.
    """
    for rule in load_grade_rules():
        if rule.holds(inputs):
            looked_at = [name for name in _LABELS if name in rule.when] or ["affirming", "origins"]
            shown = tuple((_LABELS[name], str(inputs[name])) for name in looked_at)
            numbers = "; ".join(f"{label}: {value}" for label, value in shown)
            words = f"{rule.grade.value} is suggested, since {rule.says} ({numbers})"
            return Grading(rule.grade, rule.rule, shown, words)
    raise KnowledgeError("grades.yaml: no rule holds. The last one must have no conditions.")


def _count_sides(actors: Collection[str]) -> int:
    """Parties that can be told apart: bodies of one state are one.

    So are all that no table of actors knows, since two names may be one side.
    """
    known = {actor.split("/")[0] for actor in actors if actor.startswith("actor:")}
    return len(known) or int(bool(actors))


def _are_combatants(statements: Sequence[Statement]) -> bool:
    """Whether all who are harmed are called fighters or soldiers, and nobody else is named.

    What counts is the noun that a description ends with: the wives of fighters are none.
    """
    targets = [
        party
        for one in statements
        if one.kind in DEEDS
        for party in one.parties
        if party.role is Role.TARGET
    ]
    if not targets:
        return False
    return all(_head(party.words) in _combatant_words() for party in targets)


def _head(words: str) -> str:
    """The noun of a description, in the singular; nothing where several are listed."""
    if re.search(r"(?i)\band\b|,", words):
        return ""
    front = re.split(r"(?i)\s(?:of|from|in|at|who|with|near|on)\s", words)[0]
    words_of = re.findall(r"[^\W\d_]{3,}", front)
    return min(content_words(words_of[-1]), default="") if words_of else ""


@cache
def _combatant_words() -> frozenset[str]:
    table = cast("dict[str, list[dict[str, Any]]]", load_table("heads"))
    return frozenset(
        noun
        for head in table["heads"]
        if head.get("type") == EntityType.ARMED_GROUP.value
        for noun in head.get("nouns", ())
    )
