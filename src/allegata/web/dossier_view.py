"""A dossier as its page shows it: every line with the statements that it rests on."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import Connection, select

from allegata.incidents.dossier import Dossier, PlaceReport
from allegata.ledger.schema import document, location, report
from allegata.ledger.verdicts import load_verdicts
from allegata.types.incident import (
    Contradiction,
    Laundering,
    Origin,
    OriginReason,
    Position,
    PositionKind,
    Responsibility,
)
from allegata.types.statement import Holder, HolderKind, ReportedBy, Statement
from allegata.web.basemaps import Basemap
from allegata.web.charts import RangeChart, draw_ranges
from allegata.web.links_chart import Links, draw_links
from allegata.web.maps import Dot, Map, draw_map
from allegata.web.timeline import Timeline, draw_timeline

__all__ = ["DossierView", "view_dossier"]

HEADINGS = {
    PositionKind.AFFIRMS: ("●", "Say that it happened"),
    PositionKind.DENIES: ("✗", "Say that it did not"),
    PositionKind.DOUBTS: ("?", "Doubt it, or cannot tell"),
    PositionKind.SUPPOSES: ("◌", "Hold it possible, likely or to be feared"),
    PositionKind.PREDICTS: ("→", "Announce or fear it"),
    PositionKind.DEMANDS: ("!", "Demand it"),
}

VERBS = {
    PositionKind.AFFIRMS: ("●", "named by"),
    PositionKind.DENIES: ("✗", "denied by"),
    PositionKind.DOUBTS: ("?", "doubted, or not told, by"),
    PositionKind.SUPPOSES: ("◌", "supposed by"),
}

_SPREAD = 40
_MOST_CALLED = 3


@dataclass(frozen=True, slots=True)
class Held:
    """A position with the statements that show it, the first one first."""

    position: Position
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """All who hold one position."""

    kind: PositionKind
    mark: str
    heading: str
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A source, and who passes on what it says."""

    source: Holder
    by: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Blamed:
    """Someone who is said to have done it, and who says what of that.

    Attributes:
        name: As it is shown; words of a report where there is no name.
        is_named: Whether it is a name.
        said: By whom, in the order of `VERBS`.
    """

    name: str
    is_named: bool
    said: tuple[tuple[str, str, tuple[Responsibility, ...]], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements that stand against each other."""

    words: str
    kind: str
    one: Statement
    other: Statement


@dataclass(frozen=True, slots=True)
class Source:
    """A report of the incident.

    Attributes:
        by: What it is.
        statements: How many of the incident stand in it.
        uris: Where it was found.
        hash: Of its text.
        copy_of: Why it counts as a copy of another, or None.
    """

    by: ReportedBy
    statements: int
    uris: tuple[str, ...]
    hash: str
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class DossierView:
    """Everything on the page of an incident."""

    dossier: Dossier
    columns: tuple[Column, ...]
    repeats: tuple[Repeated, ...]
    blamed: tuple[Blamed, ...]
    charts: tuple[RangeChart, ...]
    contradictions: tuple[Pair, ...]
    laundering: tuple[Pair, ...]
    origins: tuple[tuple[Origin, tuple[str, ...]], ...]
    links: Links | None
    timeline: Timeline | None
    map: Map | None
    sources: tuple[Source, ...]
    people_grades: tuple[tuple[str, str], ...]
    known: dict[str, Statement]
    is_public: bool = False

    def called(self, told: PlaceReport) -> list[str]:
        """By what words reports call a place, where these are not its name, the commonest first.

        So a place stands in both scripts where a report writes it in another one.
        """
        words: Counter[str] = Counter()
        if self.is_public:
            return []
        for one in self.of(told.statements):
            called = [
                party.words[one.place.evidence.start - party.span.start :][
                    : len(one.place.evidence)
                ]
                for party in one.parties
                if one.place is not None and one.place.evidence in party.span
            ]
            words.update(w for w in called if w.casefold() != told.place.name.casefold())
        return [one for one, _ in words.most_common(_MOST_CALLED)]

    def of(self, ids: Iterable[str]) -> list[Statement]:
        """Statements by their ids."""
        return [self.known[one] for one in ids]


def view_dossier(
    connection: Connection,
    dossier: Dossier,
    *,
    basemap: Basemap | None = None,
    is_public: bool = False,
) -> DossierView:
    """Arrange a dossier for its page.

    Args:
        connection: That reads the ledger it comes from.
        dossier: Of one incident.
        basemap: A map of the user's own.
        is_public: Whether addresses of reports and names of people who graded are left out; the
            dossier withholds already what it should.
    """
    known = {one.id: one for one in dossier.statements}
    return DossierView(
        dossier=dossier,
        columns=tuple(_columns(dossier, known)),
        repeats=_repeats(dossier.positions),
        blamed=tuple(_blamed(dossier.responsibility)),
        charts=draw_ranges(dossier.ranges, dossier.counts),
        contradictions=tuple(_pair(one, known) for one in dossier.contradictions),
        laundering=tuple(_dropped(one, known) for one in dossier.laundering),
        origins=tuple((one, _reasons(one)) for one in dossier.origins.origins),
        links=draw_links(dossier),
        timeline=draw_timeline(dossier),
        map=_draw_map(dossier, basemap),
        sources=tuple(
            replace(one, uris=()) if is_public else one for one in _sources(connection, dossier)
        ),
        people_grades=tuple(
            ("a person" if is_public else who, grade)
            for who, grade in load_verdicts(connection).grades.get(dossier.id, ())
        ),
        known=known,
        is_public=is_public,
    )


def _columns(dossier: Dossier, known: dict[str, Statement]) -> Iterable[Column]:
    by_kind = {
        kind: list(group) for kind, group in groupby(dossier.positions, key=lambda one: one.kind)
    }
    for kind, (mark, heading) in HEADINGS.items():
        held = sorted(by_kind.get(kind, ()), key=_weight)
        if held:
            shown = (Held(one, tuple(known[name] for name in one.statements)) for one in held)
            yield Column(kind, mark, heading, tuple(shown))


def _weight(position: Position) -> tuple[bool, bool, int, str]:
    kind = position.holder.kind
    return (
        kind is HolderKind.NOBODY,
        kind is HolderKind.UNNAMED,
        -len(position.statements),
        position.holder.key,
    )


def _repeats(positions: Iterable[Position]) -> tuple[Repeated, ...]:
    found: dict[str, tuple[Holder, dict[str, Holder]]] = {}
    for one in positions:
        if one.kind is PositionKind.REPEATS and one.passes_on is not None:
            _, by = found.setdefault(one.passes_on.key, (one.passes_on, {}))
            by.setdefault(one.holder.key, one.holder)
    ranked = sorted(found.values(), key=lambda pair: (-len(pair[1]), pair[0].key))
    return tuple(Repeated(source, tuple(by.values())) for source, by in ranked)


def _blamed(told: Iterable[Responsibility]) -> Iterable[Blamed]:
    by_actor: dict[str, list[Responsibility]] = {}
    for one in told:
        by_actor.setdefault(one.actor, []).append(one)
    for actor, ones in sorted(by_actor.items(), key=lambda item: (-len(item[1]), item[0])):
        said = tuple(
            (mark, verb, group)
            for kind, (mark, verb) in VERBS.items()
            if (group := tuple(one for one in ones if one.kind is kind))
        )
        yield Blamed(ones[0].actor_name, not actor.startswith("called:"), said)


def _pair(one: Contradiction, known: dict[str, Statement]) -> Pair:
    return Pair(one.words, one.kind.value, known[one.one], known[one.other])


def _dropped(one: Laundering, known: dict[str, Statement]) -> Pair:
    return Pair(one.words, "laundering", known[one.statement], known[one.earlier])


def _reasons(origin: Origin) -> tuple[str, ...]:
    """Reasons that lead from one report to another, each once."""
    plain = (OriginReason.CITED, OriginReason.OWN_VOICE)
    return tuple(dict.fromkeys(words for reason, words in origin.reasons if reason not in plain))


def _draw_map(dossier: Dossier, basemap: Basemap | None) -> Map | None:
    dots = [
        Dot(
            told.place.name,
            told.place.latitude,
            told.place.longitude,
            told.place.radius_km or 0.0,
            len(told.statements),
        )
        for told in dossier.places[:_SPREAD]
        if told.place.latitude is not None and told.place.longitude is not None
    ]
    fine = [dot for dot in dots if dot.radius_km <= 100.0]
    return draw_map(fine or dots, width=560, height=360, basemap=basemap)


def _sources(connection: Connection, dossier: Dossier) -> Iterable[Source]:
    by_report: dict[str, list[Statement]] = {}
    for one in dossier.statements:
        by_report.setdefault(one.by.report, []).append(one)
    rows = connection.execute(
        select(report.c.id, document.c.id.label("document"), location.c.uri)
        .join(document, document.c.number == report.c.document)
        .join(location, location.c.report == report.c.number)
        .where(report.c.id.in_(list(by_report)))
        .order_by(location.c.number)
    ).all()
    uris: dict[str, list[str]] = {}
    hashes: dict[str, str] = {}
    for row in rows:
        uris.setdefault(row.id, []).append(row.uri)
        hashes[row.id] = row.document.removeprefix("sha256:")
    copies = {link.later: link.reason for link in dossier.copies}
    for name, told in by_report.items():
        yield Source(
            told[0].by, len(told), tuple(uris.get(name, ())), hashes.get(name, ""), copies.get(name)
        )
