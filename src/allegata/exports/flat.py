"""One incident as one row: what others' tables have room for, and who says so beside it."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from allegata.exports.options import Fatalities
from allegata.incidents.dossier import Dossier
from allegata.incidents.ranges import latest_counts
from allegata.knowledge import load_table
from allegata.types import CountKind
from allegata.types.incident import PositionKind
from allegata.types.statement import HolderKind, Statement

__all__ = [
    "CLAIM_COLUMNS",
    "FLAT_COLUMNS",
    "HOLDING_COLUMNS",
    "NOBODY_AFFIRMS",
    "claim_rows",
    "country_name",
    "flat_row",
    "holding",
    "is_affirmed",
    "one_number",
    "said_to_have_done_it",
]

HOLDING_COLUMNS = (
    "n_claims", "n_independent_origins", "affirmed_by", "denied_by", "doubted_by", "killed_low",
    "killed_high", "killed_by_source", "blamed_by_source", "suggested_grade",
)  # fmt: skip
"""What stands beside every flat row: whose word it is."""

FLAT_COLUMNS = (
    "id", "title", "kind", "place", "latitude", "longitude", "radius_km", "precision", "country",
    "first", "last", "n_reports", "n_outlets", "n_own_texts", "injured_low", "injured_high",
    "n_contradictions", "n_laundered", *HOLDING_COLUMNS,
)  # fmt: skip

CLAIM_COLUMNS = (
    "incident", "statement", "report", "outlet", "published", "address", "said_by", "chain",
    "kind", "polarity", "modality", "actor", "target", "instrument", "place", "latitude",
    "longitude", "radius_km", "first", "last", "counts", "confidence", "passage_start",
    "passage_end", "words",
)  # fmt: skip


NOBODY_AFFIRMS = "nobody affirms that it happened"


def is_affirmed(dossier: Dossier) -> bool:
    """Whether anybody says that it happened: an outlet, or somebody whom a report names.

    What nobody affirms is no row in a table of events.
    """
    return any(
        one.kind is PositionKind.AFFIRMS and one.holder.kind is not HolderKind.NOBODY
        for one in dossier.positions
    )


def holding(dossier: Dossier) -> dict[str, Any]:
    """`HOLDING_COLUMNS` of one incident."""
    killed = next((one for one in dossier.ranges if one.kind is CountKind.KILLED), None)
    return {
        "n_claims": len(dossier.statements),
        "n_independent_origins": dossier.origins.n_independent,
        "affirmed_by": _holders(dossier, PositionKind.AFFIRMS),
        "denied_by": _holders(dossier, PositionKind.DENIES),
        "doubted_by": _holders(dossier, PositionKind.DOUBTS),
        "killed_low": killed.low if killed else None,
        "killed_high": killed.high if killed else None,
        "killed_by_source": _killed_by_source(dossier),
        "blamed_by_source": _blamed(dossier),
        "suggested_grade": dossier.grading.grade.value,
    }


def _killed_by_source(dossier: Dossier) -> str:
    """The last number of each holder, with its name."""
    told = _by_id(dossier)
    return "; ".join(
        f"{told[one.statement].name_of(one.holder)}: {_told(one.low, one.high)}"
        for one in latest_counts(dossier.counts, CountKind.KILLED)
    )


def _by_id(dossier: Dossier) -> dict[str, Statement]:
    return {one.id: one for one in dossier.statements}


def _told(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    if high is None:
        return f"at least {low}"
    return f"at most {high}" if low is None else f"{low} to {high}"


def _holders(dossier: Dossier, kind: PositionKind) -> str:
    told = _by_id(dossier)
    names = (
        told[one.statements[0]].name_of(one.holder)
        for one in dossier.positions
        if one.kind is kind and one.holder.kind is not HolderKind.NOBODY
    )
    return "; ".join(dict.fromkeys(names))


def _blamed(dossier: Dossier) -> str:
    told = _by_id(dossier)
    by_actor: dict[tuple[str, str], list[str]] = {}
    for one in dossier.responsibility:
        verb = {PositionKind.AFFIRMS: "", PositionKind.DENIES: "not "}.get(one.kind, "perhaps ")
        by_actor.setdefault((verb, one.actor_name), []).append(
            told[one.statements[0]].name_of(one.holder)
        )
    return "; ".join(
        f"{verb}{actor} (according to {', '.join(dict.fromkeys(names))})"
        for (verb, actor), names in by_actor.items()
    )


def said_to_have_done_it(dossier: Dossier) -> str | None:
    """Who did it according to everybody who blames anybody; None where they differ or deny it."""
    blamed = {
        one.actor: one.actor_name
        for one in dossier.responsibility
        if one.kind is PositionKind.AFFIRMS
    }
    denied = any(one.kind is PositionKind.DENIES for one in dossier.responsibility)
    if len(blamed) != 1 or denied:
        return None
    return next(iter(blamed.values()))


def one_number(dossier: Dossier, rule: Fatalities) -> int | None:
    """The dead as one number, by the rule that somebody chose."""
    killed = next((one for one in dossier.ranges if one.kind is CountKind.KILLED), None)
    if killed is None or rule is Fatalities.BLANK:
        return None
    return killed.low if rule is Fatalities.LOW else killed.high


def flat_row(dossier: Dossier) -> dict[str, Any]:
    """`FLAT_COLUMNS` of one incident."""
    place = dossier.places[0].place if dossier.places else None
    injured = next((one for one in dossier.ranges if one.kind is CountKind.INJURED), None)
    outlets = {one.by.outlet.key for one in dossier.statements if one.by.outlet}
    return {
        "id": dossier.id,
        "title": dossier.title,
        "kind": dossier.kind.value,
        "place": place.name if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "radius_km": place.radius_km if place else None,
        "precision": place.precision.value if place and place.precision else None,
        "country": place.country if place else None,
        "first": dossier.first.isoformat() if dossier.first else None,
        "last": dossier.last.isoformat() if dossier.last else None,
        "n_reports": dossier.origins.n_reports,
        "n_outlets": len(outlets),
        "n_own_texts": dossier.origins.n_own_texts,
        "injured_low": injured.low if injured else None,
        "injured_high": injured.high if injured else None,
        "n_contradictions": len(dossier.contradictions),
        "n_laundered": len(dossier.laundering),
        **holding(dossier),
    }


def claim_rows(dossier: Dossier) -> list[dict[str, Any]]:
    """`CLAIM_COLUMNS` of each statement of an incident: also those that deny it."""
    rows = []
    for one in dossier.statements:
        parts: Mapping[str, list[str]] = {"actor": [], "target": [], "instrument": []}
        for party in one.parties:
            if party.role.value in parts:
                parts[party.role.value].append(party.words)
        place, time = one.place, one.time
        counts = [f"{_told(c.low, c.high)} {c.kind.value}" for c in one.counts]
        rows.append(
            {
                "incident": dossier.id,
                "statement": one.id,
                "report": one.by.report,
                "outlet": one.by.outlet.name if one.by.outlet else None,
                "published": one.by.published.isoformat() if one.by.published else None,
                "address": one.by.uri,
                "said_by": one.holder.name,
                "chain": " > ".join(voice.holder.name for voice in one.chain),
                "kind": one.kind.value,
                "polarity": one.polarity.value,
                "modality": one.modality.value,
                **{role: _joined(words) for role, words in parts.items()},
                "place": place.name if place else None,
                "latitude": place.latitude if place else None,
                "longitude": place.longitude if place else None,
                "radius_km": place.radius_km if place else None,
                "first": time.start.isoformat() if time and time.start else None,
                "last": time.end.isoformat() if time and time.end else None,
                "counts": "; ".join(counts) or None,
                "confidence": round(one.confidence, 3),
                "passage_start": one.passage.start,
                "passage_end": one.passage.end,
                "words": one.words,
            }
        )
    return rows


def _joined(words: Sequence[str]) -> str | None:
    return "; ".join(dict.fromkeys(words)) or None


@cache
def _states() -> Mapping[str, str]:
    entries = cast("list[dict[str, Any]]", load_table("actors_states"))
    return {one["country"]: one["names"][0] for one in entries if "country" in one}


def country_name(code: str | None) -> str | None:
    """The name of a state by its ISO code of two letters; the code where it is not known."""
    return None if code is None else _states().get(code, code)
