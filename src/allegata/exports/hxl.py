"""Incidents with hashtags in a second heading (HXL 1.1), for humanitarian data."""

from allegata.exports.flat import FLAT_COLUMNS

__all__ = ["HXL_LOSES", "HXL_TAGS"]

_TAGS = {
    "id": "#event+id",
    "title": "#description",
    "kind": "#event+type",
    "place": "#loc+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "radius_km": "#geo+radius+km",
    "precision": "#geo+precision",
    "country": "#country+code+v_iso2",
    "first": "#date+occurred+start",
    "last": "#date+occurred+end",
    "n_reports": "#indicator+num+reports",
    "n_outlets": "#indicator+num+outlets",
    "n_own_texts": "#indicator+num+texts",
    "injured_low": "#affected+injured+min",
    "injured_high": "#affected+injured+max",
    "n_contradictions": "#indicator+num+contradictions",
    "n_laundered": "#indicator+num+dropped",
    "n_claims": "#indicator+num+claims",
    "n_independent_origins": "#indicator+num+origins",
    "affirmed_by": "#meta+source+affirms",
    "denied_by": "#meta+source+denies",
    "doubted_by": "#meta+source+doubts",
    "killed_low": "#affected+killed+min",
    "killed_high": "#affected+killed+max",
    "killed_by_source": "#meta+source+killed",
    "blamed_by_source": "#meta+source+blames",
    "suggested_grade": "#meta+reliability",
}
HXL_TAGS = tuple(_TAGS[name] for name in FLAT_COLUMNS)
"""A hashtag for each of `FLAT_COLUMNS`."""

HXL_LOSES = (
    "Numbers of dead and hurt are the lowest and the highest that a source last gave: no tag says"
    " whose they are, the columns #meta+source do.",
)
