"""Incidents in the columns of UCDP GED (49), allegata's behind them."""

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
from allegata.types.statement import ReportedBy

__all__ = ["LOSES", "UCDP_COLUMNS", "ucdp_row"]

UCDP_COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
    *HOLDING_COLUMNS,
)  # fmt: skip

LOSES = (
    "low and high are the lowest and the highest that a source last gave, not an estimate;"
    " best is blank unless a rule was chosen, and so are the deaths of each side.",
    "id is a word, where UCDP has a number; conflict, dyad, region, country_id and PRIO-GRID cell"
    " are left blank.",
    "side_a is filled only where all who blame anybody blame the same and nobody denies it.",
    "type_of_violence is blank where the sides decide it and not the kind alone.",
)

_WHERE = {
    PlacePrecision.EXACT: 1,
    PlacePrecision.SETTLEMENT: 1,
    PlacePrecision.DISTRICT: 3,
    PlacePrecision.PROVINCE: 4,
    PlacePrecision.COUNTRY: 6,
}
_MOST_DAYS = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))


def ucdp_row(dossier: Dossier, options: Options) -> dict[str, Any] | str:
    """A row; or in words why UCDP has none for the incident."""
    if not is_affirmed(dossier):
        return NOBODY_AFFIRMS
    violence = load_kinds()[dossier.kind].ucdp
    if not violence:
        return f"UCDP has no row for its kind ({dossier.kind.value})"
    first, last = dossier.first, dossier.last
    if first is None or last is None or (last - first).days >= _MOST_DAYS[-1][0]:
        return "its day is not known to within a year"
    place = dossier.places[0].place if dossier.places else None
    if place is None or place.latitude is None or place.precision is None:
        return "its place is not on the map"
    n_days = (last - first).days + 1
    told = holding(dossier)
    reports = {one.by.report: one.by for one in dossier.statements}
    row: dict[str, Any] = dict.fromkeys(UCDP_COLUMNS)
    return row | {
        "id": dossier.id,
        "year": first.year,
        "type_of_violence": violence[0] if len(violence) == 1 else None,
        "side_a": said_to_have_done_it(dossier),
        "number_of_sources": len(reports),
        "source_article": "; ".join(map(_article, reports.values())),
        "source_office": _joined(by.outlet.name if by.outlet else "" for by in reports.values()),
        "source_date": _joined(str(by.published or "") for by in reports.values()),
        "source_headline": _joined(by.title or "" for by in reports.values()),
        "source_original": told["affirmed_by"],
        "where_prec": _WHERE[place.precision],
        "where_coordinates": place.name,
        "adm_1": place.name if place.precision is PlacePrecision.PROVINCE else None,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geom_wkt": f"POINT ({place.longitude} {place.latitude})",
        "country": country_name(place.country),
        "date_prec": next(precision for most, precision in _MOST_DAYS if n_days <= most),
        "date_start": first.isoformat(),
        "date_end": last.isoformat(),
        "best": one_number(dossier, options.fatalities),
        "high": told["killed_high"],
        "low": told["killed_low"],
        **told,
    }


def _article(by: ReportedBy) -> str:
    outlet = by.outlet.name if by.outlet else "publisher unknown"
    return f'"{outlet}, {by.published or "undated"}, {by.title or by.uri}"'


def _joined(words: Any) -> str:  # noqa: ANN401
    return "; ".join(dict.fromkeys(word for word in words if word))
