"""Find the places of a document: every toponym, resolved with the whole document as context."""

from collections.abc import Sequence
from dataclasses import replace
from math import cos, degrees, radians, sin, sqrt

from allegata.encoder import Analysis
from allegata.grounding.places.capitals import find_capitals
from allegata.grounding.places.containment import find_containers
from allegata.grounding.places.finding import find_toponyms
from allegata.grounding.places.resolving import Choice, resolve_toponyms
from allegata.grounding.places.toponym import Shift, Strength, Toponym
from allegata.knowledge.gazetteer import Entry, Gazetteer
from allegata.types import Place, PlacePrecision, Span

__all__ = ["find_places"]

_PUBLISHER = 0.5
"""What the country of the publisher counts for: half a mention."""

_KM_A_DEGREE = 111.2
_BESIDE_KM, _BESIDE_RADIUS_KM = 10.0, 15.0
"""How far "east of" a town an unknown village is thought to lie, and the circle around there."""

_RADIUS_KM = {
    PlacePrecision.EXACT: 2.0,
    PlacePrecision.DISTRICT: 25.0,
    PlacePrecision.PROVINCE: 90.0,
    PlacePrecision.COUNTRY: 400.0,
}
_SMALLEST_KM, _LARGEST_KM = 3.0, 20.0


def find_places(
    analysis: Analysis, gazetteer: Gazetteer, *, publisher_country: str | None = None
) -> tuple[Place, ...]:
    """Find and resolve the toponyms of a document.

    A name that stands for a government ("Washington said"), a people, a person or an organisation
    is no toponym. One that no gazetteer has keeps its words: with the coordinates of the place that
    it is said to lie in, which then stands in for it, or with none.

    Args:
        analysis: Of the whole document, so that each name is read with all others as context.
        gazetteer: Has the places.
        publisher_country: ISO 3166 code of where the document was published, or None.

    Returns:
        Places in order of their evidence, which never overlap. Empty where none is named.
    """
    toponyms, people = find_toponyms(analysis, gazetteer)
    if publisher_country is not None:
        people[publisher_country] = people.get(publisher_country, 0.0) + _PUBLISHER
    containers = find_containers(analysis, gazetteer, toponyms)
    sentences = [analysis.sentence_of[toponym.first] for toponym in toponyms]
    choices, votes = resolve_toponyms(toponyms, containers, people, gazetteer, sentences)
    places = [
        _place(analysis, toponym, choice)
        for toponym, choice in zip(toponyms, choices, strict=True)
        if choice is not None or toponym.strength is Strength.SURE
    ]
    for first, end, entry in find_capitals(analysis, gazetteer, toponyms, votes.shares):
        places.append(_of_entry(entry, analysis.span(first, end), None))
    return _in_order(places)


def _in_order(places: Sequence[Place]) -> tuple[Place, ...]:
    chosen: list[Place] = []
    for place in sorted(places, key=lambda place: (place.evidence.start, -place.evidence.end)):
        if not chosen or not chosen[-1].evidence.overlaps(place.evidence):
            chosen.append(place)
    return tuple(chosen)


def _place(analysis: Analysis, toponym: Toponym, choice: Choice | None) -> Place:
    evidence = analysis.span(toponym.outer_first, toponym.outer_end)
    if choice is None or toponym.vague:
        words = analysis.span(toponym.first, toponym.end).words(analysis.text)
        name = evidence.words(analysis.text) if toponym.vague else words
        return Place(name, None, None, None, None, None, None, evidence)
    entry = choice.entry
    precision = entry.precision
    if toponym.sort is not None and not choice.stands_in:
        precision = _said(toponym, entry)
    place = _of_entry(entry, evidence, precision, stands_in=choice.stands_in)
    if choice.beside is not None:
        return _beside(place, choice.beside)
    shift = toponym.shift
    return place if shift is None or _is_inside(place, shift) else _shifted(place, shift)


def _is_inside(place: Place, shift: Shift) -> bool:
    """Whether what is told of is a part of the place: a town has none to the north of it."""
    return shift.inside and (
        place.precision is not PlacePrecision.SETTLEMENT or shift.margin_km == 0.0
    )


def _said(toponym: Toponym, entry: Entry) -> PlacePrecision:
    """The precision of a place that is found as one sort and called another.

    A town that is called a district is the district around it, and a district that is called a
    town the town; but a province is no town, whatever stands beside its name.
    """
    said = toponym.sort.precision if toponym.sort else entry.precision
    between = (PlacePrecision.SETTLEMENT, PlacePrecision.DISTRICT)
    up = (*between, PlacePrecision.PROVINCE)
    if entry.precision in between and said in up:
        return said
    if entry.precision is PlacePrecision.SETTLEMENT and said is PlacePrecision.EXACT:
        return said
    return entry.precision


def _of_entry(
    entry: Entry, evidence: Span, precision: PlacePrecision | None, *, stands_in: bool = False
) -> Place:
    precision = precision or entry.precision
    return Place(
        name=entry.name,
        id=entry.id,
        latitude=entry.latitude,
        longitude=entry.longitude,
        country=None if entry.is_disputed else entry.country,
        precision=precision,
        radius_km=_radius(entry, precision),
        evidence=evidence,
        stands_in=stands_in,
    )


def _radius(entry: Entry, precision: PlacePrecision) -> float:
    if entry.radius_km is not None and entry.precision is precision:
        return float(entry.radius_km)
    if precision is PlacePrecision.SETTLEMENT:
        # a city of a million people is about twenty kilometres across
        return round(min(_LARGEST_KM, max(_SMALLEST_KM, sqrt(entry.population) / 100)), 1)
    return _RADIUS_KM[precision]


def _beside(place: Place, shift: Shift) -> Place:
    """Where an unknown village may lie that is said to lie beside a place, or in a part of it."""
    if place.radius_km is None or place.precision is PlacePrecision.COUNTRY:
        return place
    km, radius = _BESIDE_KM, _BESIDE_RADIUS_KM
    if place.precision is PlacePrecision.PROVINCE:
        km, radius = place.radius_km / 2, place.radius_km * 0.6
    km = shift.km or km
    if shift.bearing is None:
        moved = _shifted(place, Shift(None, None, max(0.0, radius - place.radius_km)))
    else:
        moved = _shifted(place, Shift(shift.bearing, km, radius - place.radius_km))
    # the village is as fine as the town that it lies beside
    return replace(moved, precision=place.precision)


def _shifted(place: Place, shift: Shift) -> Place:
    """The place that lies so far from one, or somewhere around it."""
    if place.latitude is None or place.longitude is None or place.radius_km is None:
        return place
    latitude, longitude = place.latitude, place.longitude
    radius = place.radius_km + shift.margin_km
    if shift.bearing is not None and shift.km is not None:
        north = shift.km * cos(radians(shift.bearing)) / _KM_A_DEGREE
        east = shift.km * sin(radians(shift.bearing)) / _KM_A_DEGREE
        latitude = max(-90.0, min(90.0, latitude + north))
        shrink = max(0.01, cos(radians(latitude)))
        longitude = (longitude + degrees(radians(east)) / shrink + 540.0) % 360.0 - 180.0
    elif shift.km is not None:
        radius += shift.km
    precision = place.precision
    if precision in (PlacePrecision.EXACT, PlacePrecision.SETTLEMENT):
        precision = PlacePrecision.DISTRICT
    return Place(
        name=place.name,
        id=place.id,
        latitude=round(latitude, 4),
        longitude=round(longitude, 4),
        country=place.country,
        precision=precision,
        radius_km=round(radius, 1),
        evidence=place.evidence,
        stands_in=True,
    )
