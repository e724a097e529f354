"""A dossier: all that the sources of one incident hold, put side by side."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from allegata.incidents.contradictions import find_contradictions
from allegata.incidents.grades import grade_inputs, suggest_grade
from allegata.incidents.laundering import find_laundering
from allegata.incidents.origins import find_origins
from allegata.incidents.positions import find_positions
from allegata.incidents.ranges import Range, gather_counts, range_of
from allegata.incidents.responsibility import find_responsibility
from allegata.incidents.stances import own_stance
from allegata.incidents.static_page import Shown, draw_dossier_page
from allegata.incidents.titles import compose_title
from allegata.types import CountKind, EventKind, Place, PlacePrecision
from allegata.types.incident import (
    Contradiction,
    CopyLink,
    CountReport,
    Grading,
    Laundering,
    Origins,
    Position,
    PositionKind,
    Responsibility,
)
from allegata.types.statement import Statement
from allegata.types.telling import GENERAL, RESULTS

__all__ = ["Dossier", "PlaceReport", "build_dossier"]


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """A place that statements of an incident give.

    Attributes:
        place: As the first of them has it.
        statements: Ids of those that give it.
    """

    place: Place
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is alleged about one happening, and by whom. It says nothing itself.

    Attributes:
        id: Of the incident.
        title: One sentence that names its holders.
        kind: That most holders give, the more special one of equals.
        kinds: All that are given, the commonest first.
        places: All that are given, the one that most statements give first, of equals the finest.
        first, last: The days within which most holders say that it happened; None where unknown.
        statements: By day of publication.
        copies: Among its reports.
        origins, positions, responsibility, counts, ranges, contradictions, laundering, grading: See
            there.
    """

    id: str
    title: str
    kind: EventKind
    kinds: tuple[tuple[EventKind, int], ...]
    places: tuple[PlaceReport, ...]
    first: date | None
    last: date | None
    statements: tuple[Statement, ...]
    copies: tuple[CopyLink, ...]
    origins: Origins
    positions: tuple[Position, ...]
    responsibility: tuple[Responsibility, ...]
    counts: tuple[CountReport, ...]
    ranges: tuple[Range, ...]
    contradictions: tuple[Contradiction, ...]
    laundering: tuple[Laundering, ...]
    grading: Grading

    def _repr_html_(self) -> str:
        """A static page for notebooks."""
        return draw_dossier_page(
            Shown(
                id=self.id,
                title=self.title,
                places=[told.place.name for told in self.places],
                first=self.first,
                last=self.last,
                origins=self.origins,
                grading=self.grading,
                positions=self.positions,
                statements=self.statements,
                counts=self.counts,
                contradictions=[one.words for one in self.contradictions],
                dropped=[one.words for one in self.laundering],
            )
        )


def build_dossier(
    incident: str, statements: Sequence[Statement], copies: Iterable[CopyLink] = ()
) -> Dossier:
    """Put what reports state about one incident side by side.

    Args:
        incident: Its id.
        statements: At least one, in any order.
        copies: Among its reports.
    """
    ordered = tuple(sorted(statements, key=lambda one: (str(one.by.published or "~"), one.id)))
    links = tuple(sorted(copies, key=lambda link: (link.earlier, link.later)))
    positions = find_positions(ordered)
    responsibility = find_responsibility(ordered)
    counts = gather_counts(ordered)
    dropped = find_laundering(ordered, links)
    origins = find_origins(ordered, links, dropped)
    kinds = _rank_kinds(ordered)
    places = _rank_places(ordered)
    first, last = _find_days(ordered)
    ranges = [range_of(counts, kind) for kind in CountKind]
    return Dossier(
        id=incident,
        title=compose_title(
            kinds[0][0], places[0].place if places else None, first, last, positions
        ),
        kind=kinds[0][0],
        kinds=kinds,
        places=places,
        first=first,
        last=last,
        statements=ordered,
        copies=links,
        origins=origins,
        positions=positions,
        responsibility=responsibility,
        counts=counts,
        ranges=tuple(one for one in ranges if one is not None),
        contradictions=find_contradictions(ordered, positions, responsibility, counts),
        laundering=dropped,
        grading=suggest_grade(grade_inputs(ordered, positions, responsibility, origins)),
    )


def _rank_kinds(statements: Sequence[Statement]) -> tuple[tuple[EventKind, int], ...]:
    """Kinds with how many holders give them, the one that tells most of the happening first.

    A result ("killed") or a mere "attack" gives way to a kind that says how it was done, where at
    least a quarter as many hold that.
    """
    holders: dict[EventKind, set[str]] = {}
    for one in statements:
        holders.setdefault(one.kind, set()).add(one.holder.key)
    most = max(map(len, holders.values()))

    def rank(kind: EventKind) -> tuple[bool, int, int, str]:
        rare = len(holders[kind]) * 4 < most
        special = 0 if kind not in RESULTS | GENERAL else 1 if kind in GENERAL else 2
        return (rare, special, -len(holders[kind]), kind.value)

    return tuple((kind, len(holders[kind])) for kind in sorted(holders, key=rank))


_FINE = {precision: place for place, precision in enumerate(PlacePrecision)}


def _rank_places(statements: Sequence[Statement]) -> tuple[PlaceReport, ...]:
    found: dict[str, list[Statement]] = {}
    for one in statements:
        if one.place is not None:
            found.setdefault(one.place.id or one.place.name, []).append(one)
    reports = []
    for told in found.values():
        place = told[0].place
        if place is not None:
            reports.append(PlaceReport(place, tuple(one.id for one in told)))

    def rank(report: PlaceReport) -> tuple[bool, bool, int, int, str]:
        place = report.place
        precision = _FINE.get(place.precision, 9) if place.precision else 9
        wide = precision > _FINE[PlacePrecision.SETTLEMENT]
        return (place.latitude is None, wide, -len(report.statements), precision, place.name)

    return tuple(sorted(reports, key=rank))


def _find_days(statements: Sequence[Statement]) -> tuple[date | None, date | None]:
    """The stretch that most statements give, of those with both ends; else the latest end."""
    spans: Counter[tuple[date, date]] = Counter()
    ends = []
    for one in statements:
        time = one.time
        if time is None or own_stance(one) in (PositionKind.PREDICTS, PositionKind.DEMANDS):
            continue
        if time.start is not None and time.end is not None:
            spans[(time.start, time.end)] += 1
        elif time.end is not None:
            ends.append(time.end)
    if spans:
        (first, last), _ = min(
            spans.items(), key=lambda item: (-item[1], item[0][1] - item[0][0], item[0])
        )
        return first, last
    return None, min(ends) if ends else None
