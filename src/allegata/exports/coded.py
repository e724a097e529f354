"""Incidents for machines that count events: GDELT's two tables, and PLOVER's records.

Neither has a field for who says so. GDELT's mentions are statements that affirm, one row each;
PLOVER's records carry the holders in a field of allegata's own, and what somebody does
by speaking (accusing, denying, demanding, threatening) is a record too.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from allegata.exports.flat import country_name, holding, is_affirmed, said_to_have_done_it
from allegata.incidents.dossier import Dossier
from allegata.incidents.stances import own_stance
from allegata.knowledge.kinds import load_kinds
from allegata.types import Act, CountKind, Modality, PlacePrecision, Polarity, Role
from allegata.types.incident import PositionKind
from allegata.types.statement import Statement

__all__ = [
    "EVENT_COLUMNS",
    "GDELT_LOSES",
    "MENTION_COLUMNS",
    "PLOVER_LOSES",
    "as_tabs",
    "gdelt_event",
    "gdelt_mentions",
    "plover_records",
]

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
          "Religion2Code", "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENT_COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{part}" for n in (1, 2) for part in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The 61 columns of GDELT 2.0 Events. The file has no heading."""

MENTION_COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset",
    "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo",
    "Extras",
)  # fmt: skip
"""The 16 columns of GDELT 2.0 Mentions. The file has no heading."""

GDELT_LOSES = (
    "GDELT has no field for who says so, for denial or for doubt: mentions are statements that"
    " affirm, and Extras names their holder. What is denied stands in no row.",
    "Codes of actors, tone, Goldstein scale and sentence numbers are left blank: no report tells"
    " them.",
    "EventCode is CAMEO's root code alone.",
    "Actor1 is filled only where all who blame anybody blame the same and nobody denies it.",
    "NumSources counts outlets and NumArticles reports; neither counts independent origins.",
)
PLOVER_LOSES = (
    "PLOVER has no field for who makes the report: it stands in the fields of allegata.",
    "Contexts, codes and sectors of actors are left out.",
    "actor is 'unknown' where those who blame anybody differ, or somebody denies it.",
)

_QUADS = {"1": range(1, 6), "2": range(6, 9), "3": range(9, 15), "4": range(15, 21)}
_GEO_TYPES = {PlacePrecision.COUNTRY: 1, PlacePrecision.PROVINCE: 5}
_CITY = 4
_WEB, _LOCAL = 1, 2


def gdelt_event(dossier: Dossier) -> dict[str, Any] | str:
    """A row of Events; or in words why GDELT has none for the incident."""
    if not is_affirmed(dossier):
        return "nobody affirms that it happened"
    code = load_kinds()[dossier.kind].cameo
    if code is None:
        return f"CAMEO has no code for its kind ({dossier.kind.value})"
    day = dossier.last or dossier.first
    if day is None:
        return "no day is told within which it happened"
    row: dict[str, Any] = dict.fromkeys(EVENT_COLUMNS)
    affirming = _affirming(dossier)
    reports = {one.by.report: one.by for one in affirming}
    row |= {
        "GLOBALEVENTID": _number(dossier.id),
        "SQLDATE": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Year": day.year,
        "FractionDate": round(day.year + day.timetuple().tm_yday / 365, 4),
        "Actor1Name": said_to_have_done_it(dossier),
        "Actor2Name": _target(dossier),
        "IsRootEvent": 1,
        "EventCode": code,
        "EventBaseCode": code,
        "EventRootCode": code,
        "QuadClass": next(quad for quad, codes in _QUADS.items() if int(code) in codes),
        "NumMentions": len(affirming),
        "NumSources": len({by.outlet.key for by in reports.values() if by.outlet}),
        "NumArticles": len(reports),
        "DATEADDED": _stamp(min((by.published for by in reports.values() if by.published),
                                default=None)),
        "SOURCEURL": next((by.uri for by in reports.values()), None),
    }  # fmt: skip
    place = dossier.places[0].place if dossier.places else None
    if place is not None:
        row |= {
            "ActionGeo_Type": _GEO_TYPES.get(place.precision, _CITY) if place.precision else _CITY,
            "ActionGeo_FullName": place.name,
            "ActionGeo_CountryCode": place.country,
            "ActionGeo_Lat": place.latitude,
            "ActionGeo_Long": place.longitude,
            "ActionGeo_FeatureID": place.id,
        }
    return row


def gdelt_mentions(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """A row of Mentions for each statement that affirms the incident."""
    day = dossier.last or dossier.first
    for one in _affirming(dossier):
        offsets = {
            role: next((party.span.start for party in one.parties if party.role is role), None)
            for role in (Role.ACTOR, Role.TARGET)
        }
        is_web = one.by.uri.startswith(("http://", "https://"))
        row: dict[str, Any] = dict.fromkeys(MENTION_COLUMNS)
        yield row | {
            "GLOBALEVENTID": _number(dossier.id),
            "EventTimeDate": _stamp(day),
            "MentionTimeDate": _stamp(one.by.published),
            "MentionType": _WEB if is_web else _LOCAL,
            "MentionSourceName": one.by.outlet.name if one.by.outlet else None,
            "MentionIdentifier": one.by.uri,
            "Actor1CharOffset": -1 if offsets[Role.ACTOR] is None else offsets[Role.ACTOR],
            "Actor2CharOffset": -1 if offsets[Role.TARGET] is None else offsets[Role.TARGET],
            "ActionCharOffset": one.trigger.start,
            "InRawText": 1,
            "Confidence": round(100 * one.confidence),
            "Extras": f"statement {one.id}; said by {one.holder.name}",
        }


def _affirming(dossier: Dossier) -> list[Statement]:
    """Statements by which somebody affirms the incident."""
    return [one for one in dossier.statements if own_stance(one) is PositionKind.AFFIRMS]


def _target(dossier: Dossier) -> str | None:
    """To whom it is said to have been done, where all statements name the same."""
    names = {
        party.name for one in _affirming(dossier) for party in one.parties
        if party.role is Role.TARGET
    }  # fmt: skip
    return next(iter(names)) if len(names) == 1 else None


def _number(incident: str) -> int:
    return int(incident[1:], 16)


def _stamp(day: date | None) -> str | None:
    return f"{day:%Y%m%d}000000" if day else None


_SPEAKING = {
    Act.ACCUSE: ("ACCUSE", "allege"),
    Act.CONDEMN: ("ACCUSE", "disapprove"),
    Act.DEMAND: ("REQUEST", None),
    Act.THREATEN: ("THREATEN", None),
    Act.DENY: ("REJECT", None),
}
_AUXILIARY = {Modality.FUTURE: "future", Modality.HYPOTHETICAL: "hypothetical"}


def plover_records(dossier: Dossier) -> Iterator[dict[str, Any] | str]:
    """Records: of the incident where somebody affirms it, and of what its holders do by speaking.

    Yields:
        Records; or in words why there is none of the incident.
    """
    code = load_kinds()[dossier.kind].plover
    if not is_affirmed(dossier):
        yield "nobody affirms that it happened"
    elif code is None:
        yield f"PLOVER has no event type for its kind ({dossier.kind.value})"
    elif dossier.last is None and dossier.first is None:
        yield "no day is told within which it happened"
    else:
        yield _record_of_incident(dossier, code.event, code.mode)
    for one in dossier.statements:
        voice = one.speaker
        speaking = _SPEAKING.get(voice.act)
        day = (voice.said.end if voice.said else None) or one.by.published
        if speaking and len(one.chain) > 1 and day is not None and voice.source is not None:
            yield _record_of_speaking(dossier, one, day, *speaking)


def _record_of_incident(dossier: Dossier, event: str, mode: str | None) -> dict[str, Any]:
    first, last = dossier.first or dossier.last, dossier.last or dossier.first
    shown = (_affirming(dossier) or dossier.statements)[0]
    target = _target(dossier)
    record: dict[str, Any] = {
        "id": dossier.id,
        "date": str(first),
        "enddate": str(last),
        "actor": [{"entity_text": said_to_have_done_it(dossier) or "unknown"}],
        "recipient": [{"entity_text": target}] if target else [],
        "event": event,
        "mode": [mode] if mode else [],
        "event_text": shown.trigger_words,
        **_evidence(shown),
        "allegata": holding(dossier),
    }
    place = _location(dossier)
    size = {
        name: dossier_range.low
        for name, kind in (("dead", CountKind.KILLED), ("injured", CountKind.INJURED),
                           ("arrested", CountKind.DETAINED))
        for dossier_range in dossier.ranges
        if dossier_range.kind is kind and dossier_range.low == dossier_range.high
    }  # fmt: skip
    return record | ({"event_loc": place} if place else {}) | ({"size": size} if size else {})


def _record_of_speaking(
    dossier: Dossier, one: Statement, day: date, event: str, mode: str | None
) -> dict[str, Any]:
    """Of a statement: the speaker is the actor, and whom it speaks of the recipient."""
    blamed = [party for party in one.parties if party.role is Role.ACTOR]
    auxiliary = [_AUXILIARY[one.modality]] if one.modality in _AUXILIARY else []
    if one.polarity is Polarity.NEGATIVE or own_stance(one) is PositionKind.DENIES:
        auxiliary.append("negation")
    return {
        "id": f"{dossier.id}/{one.id}",
        "date": str(day),
        "actor": [{"entity_text": one.holder.name}],
        "recipient": [{"entity_text": party.name} for party in blamed],
        "event": event,
        "mode": [*([mode] if mode else []), *auxiliary],
        "event_text": one.trigger_words,
        **_evidence(one),
        "allegata": {"statement": one.id, "incident": dossier.id, "act": one.speaker.act.value},
    }


def _evidence(one: Statement) -> dict[str, Any]:
    cite: dict[str, Any] = {"url": one.by.uri, "title": one.by.title}
    cite["publication"] = one.by.outlet.name if one.by.outlet else None
    return {
        "text": one.words,
        "text_info": {"start": one.passage.start, "end": one.passage.end},
        "cite_info": {name: value for name, value in cite.items() if value},
        "coder": "machine:allegata",
    }


_RESOLUTIONS = {
    PlacePrecision.EXACT: 5,
    PlacePrecision.SETTLEMENT: 4,
    PlacePrecision.DISTRICT: 3,
    PlacePrecision.PROVINCE: 2,
    PlacePrecision.COUNTRY: 1,
}


def _location(dossier: Dossier) -> dict[str, Any] | None:
    place = dossier.places[0].place if dossier.places else None
    if place is None:
        return None
    told = {
        "resolved_place": place.name,
        "geonameid": (place.id or "").removeprefix("geonames:"),
        "lat": place.latitude,
        "lon": place.longitude,
        "country": country_name(place.country),
        "country_code": place.country,
        "resolution": _RESOLUTIONS.get(place.precision) if place.precision else None,
    }
    return {name: value for name, value in told.items() if value not in (None, "")}


def as_tabs(rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> str:
    """Rows between tabs, without a heading; tabs and line ends inside are blanks."""
    lines = []
    for row in rows:
        cells = ("" if row[name] is None else str(row[name]) for name in columns)
        lines.append("\t".join(" ".join(cell.split()) for cell in cells) + "\n")
    return "".join(lines)
