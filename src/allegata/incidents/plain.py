"""A dossier as plain lists and dictionaries, for JSON."""

from dataclasses import asdict
from datetime import date, datetime
from enum import Enum
from typing import Any

from allegata.incidents.dossier import Dossier
from allegata.types import Span
from allegata.types.statement import Holder, Statement

__all__ = ["plain_dossier", "plain_statement"]


def plain_dossier(dossier: Dossier) -> dict[str, Any]:
    """All of a dossier; every statement with its report, its chain of holders and its words."""
    place = dossier.places[0].place if dossier.places else None
    plain: dict[str, Any] = {
        "id": dossier.id,
        "title": dossier.title,
        "kind": dossier.kind.value,
        "kinds": [{"kind": kind.value, "holders": n} for kind, n in dossier.kinds],
        "first": _plain(dossier.first),
        "last": _plain(dossier.last),
        "place": place.name if place else None,
        "places": [
            {**_plain(asdict(report.place)), "statements": list(report.statements)}
            for report in dossier.places
        ],
        "n_reports": dossier.origins.n_reports,
        "n_own_texts": dossier.origins.n_own_texts,
        "n_independent_origins": dossier.origins.n_independent,
        "grading": _plain(asdict(dossier.grading)),
    }
    for name in (
        "positions",
        "responsibility",
        "counts",
        "ranges",
        "contradictions",
        "laundering",
        "copies",
    ):
        plain[name] = [_plain(asdict(one)) for one in getattr(dossier, name)]
    plain["origins"] = [_plain(asdict(one)) for one in dossier.origins.origins]
    plain["statements"] = [plain_statement(one) for one in dossier.statements]
    return plain


def plain_statement(one: Statement) -> dict[str, Any]:
    """A statement with its report, its chain of holders and its words."""
    return {
        "id": one.id,
        "report": one.by.report,
        "document": one.by.document,
        "uri": one.by.uri,
        "outlet": _holder(one.by.outlet),
        "published": _plain(one.by.published),
        "chain": [
            {
                "claim": voice.claim,
                "holder": _holder(voice.holder),
                "act": voice.act.value,
                "quotation": voice.quotation.value,
                "source": _span(voice.source),
                "cue": _span(voice.cue),
                "content": _span(voice.content),
            }
            for voice in one.chain
        ],
        "event": one.event,
        "kind": one.kind.value,
        "polarity": one.polarity.value,
        "modality": one.modality.value,
        "trigger": {**(_span(one.trigger) or {}), "text": one.trigger_words},
        "parties": [_plain(asdict(party)) for party in one.parties],
        "place": _plain(asdict(one.place)) if one.place else None,
        "time": _plain(asdict(one.time)) if one.time else None,
        "counts": [
            {**_plain(asdict(count)), "words": words}
            for count, words in zip(one.counts, one.count_words, strict=True)
        ],
        "passage": {**(_span(one.passage) or {}), "text": one.words},
        "confidence": one.confidence,
    }


def _holder(holder: Holder | None) -> dict[str, Any] | None:
    return _plain(asdict(holder)) if holder else None


def _span(span: Span | None) -> dict[str, int] | None:
    return {"start": span.start, "end": span.end} if span else None


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Enums as their values, days as text, tuples as lists, however deep."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
