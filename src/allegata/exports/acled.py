"""Incidents in the columns of ACLED (31, in the order of acledR's data), allegata's behind them."""

from datetime import date, timedelta
from typing import Any

from allegata.exports.flat import (
    HOLDING_COLUMNS,
    NOBODY_AFFIRMS,
    country_name,
    holding,
    is_affirmed,
    one_number,
    said_to_have_done_it,
)
from allegata.exports.options import Options
from allegata.incidents.dossier import Dossier
from allegata.knowledge.kinds import load_kinds
from allegata.types import PlacePrecision

__all__ = ["ACLED_COLUMNS", "LOSES", "acled_row"]

ACLED_COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp", *HOLDING_COLUMNS,
)  # fmt: skip

LOSES = (
    "A row has no room for a claim: who affirms, denies and counts stands in the columns behind.",
    "actor1 is filled only where all who blame anybody blame the same and nobody denies it.",
    "inter1, inter2, interaction, iso, region, source_scale, civilian_targeting and timestamp are"
    " left blank: no report tells them.",
    "fatalities is blank unless a rule was chosen (--fatalities low is ACLED's own).",
    "Times within more than one day stand as their middle day, as the code book has it.",
)

_GEO = {
    PlacePrecision.EXACT: 1,
    PlacePrecision.SETTLEMENT: 1,
    PlacePrecision.DISTRICT: 2,
    PlacePrecision.PROVINCE: 3,
}
_DISORDER = {
    "Protests": "Demonstrations",
    "Riots": "Demonstrations",
    "Strategic developments": "Strategic developments",
}


def acled_row(dossier: Dossier, options: Options) -> dict[str, Any] | str:
    """A row; or in words why ACLED has none for the incident."""
    if not is_affirmed(dossier):
        return NOBODY_AFFIRMS
    code = load_kinds()[dossier.kind].acled
    if code is None:
        return f"ACLED has no row for its kind ({dossier.kind.value})"
    when = _when(dossier)
    if when is None:
        return "its day is not known to within a month"
    place = dossier.places[0].place if dossier.places else None
    if place is None or place.latitude is None or place.precision not in _GEO:
        return "its place is not known more closely than its country"
    day, precision = when
    outlets = dict.fromkeys(one.by.outlet.name for one in dossier.statements if one.by.outlet)
    province = place.name if place.precision is PlacePrecision.PROVINCE else None
    row: dict[str, Any] = dict.fromkeys(ACLED_COLUMNS)
    return row | {
        "event_id_cnty": dossier.id,
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": precision,
        "disorder_type": _DISORDER.get(code.event, "Political violence"),
        "event_type": code.event,
        "sub_event_type": code.mode,
        "actor1": said_to_have_done_it(dossier),
        "country": country_name(place.country),
        "admin1": province,
        "location": place.name,
        "latitude": round(place.latitude, 4),
        "longitude": round(place.longitude or 0.0, 4),
        "geo_precision": _GEO[place.precision],
        "source": "; ".join(outlets),
        "notes": dossier.title,
        "fatalities": one_number(dossier, options.fatalities),
        **holding(dossier),
    }


def _when(dossier: Dossier) -> tuple[date, int] | None:
    """The day, or the middle of the days, with ACLED's precision."""
    first, last = dossier.first, dossier.last
    if first is None or last is None:
        return None
    n_days = (last - first).days + 1
    middle = first + timedelta((n_days - 1) // 2)
    if n_days == 1:
        return middle, 1
    if n_days <= 7:
        return middle, 2
    return (middle, 3) if n_days <= 31 else None
