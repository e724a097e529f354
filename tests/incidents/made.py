"""Statements made by hand: who says that what happened, in which report."""

from datetime import date

from allegata.types import (
    Act,
    Count,
    CountKind,
    EventKind,
    Interval,
    Modality,
    Place,
    PlacePrecision,
    Polarity,
    Precision,
    Quotation,
    Role,
    Span,
)  # fmt: skip
from allegata.types.statement import (
    Holder,
    HolderKind,
    Party,
    ReportedBy,
    Statement,
    Voice,
)  # fmt: skip

DAY = date(2021, 5, 4)
SPAN = Span(0, 1)


def holder(name: str, report: str = "r1") -> Holder:
    """`!name` is an actor of the tables, `?name` is described only, `-` is nobody."""
    if name == "-":
        return Holder("nobody", "nobody named", HolderKind.NOBODY)
    if name.startswith("!"):
        side = f"actor:{name[1:].split('/')[0]}"
        return Holder(f"actor:{name[1:]}", name[1:], HolderKind.ACTOR, side=side)
    if name.startswith("?"):
        return Holder(f"words:{report}:{name[1:]}", name[1:], HolderKind.UNNAMED)
    return Holder(f"name:{name}", name, HolderKind.NAMED)


def outlet(name: str) -> Holder:
    return Holder(f"name:{name}", name, HolderKind.OUTLET)


def party(name: str, role: Role, report: str = "r1") -> Party:
    who = holder(name, report)
    actor = name[1:] if name.startswith("!") else None
    words = name.lstrip("!?")
    return Party(role, words, words, who.key, actor, who.country, SPAN, who.type)


def place(name: str, latitude: float, longitude: float) -> Place:
    return Place(name, f"x:{name}", latitude, longitude, "XX", PlacePrecision.SETTLEMENT, 3.0, SPAN)


TOWN = place("Torvik", 35.0, 44.0)
FAR = place("Amburo", 36.5, 44.0)


def statement(
    report: str = "r1",
    *chain: tuple[str, Act],
    event: str = "e1",
    by: str = "The Post",
    published: date | None = DAY,
    kind: EventKind = EventKind.SHELLING,
    polarity: Polarity = Polarity.POSITIVE,
    modality: Modality = Modality.ACTUAL,
    actors: tuple[str, ...] = (),
    targets: tuple[str, ...] = (),
    means: tuple[str, ...] = (),
    counts: tuple[tuple[CountKind, int | None, int | None], ...] = (),
    where: Place | None = TOWN,
    day: date | None = DAY,
    words: str = "Rebels shelled the market of Torvik with mortars.",
    quotation: Quotation = Quotation.INDIRECT,
    episode: str = "p1",
) -> Statement:
    """One statement: the outlet `by`, then `chain` from the outermost source inwards."""
    voices = [Voice("c0", outlet(by), Act.STATE, Quotation.INDIRECT, None, None, None, None)]
    for n, (name, act) in enumerate(chain, 1):
        who = holder(name, report)
        source = None if who.kind is HolderKind.NOBODY else SPAN
        voices.append(Voice(f"c{n}", who, act, quotation, None, source, SPAN, SPAN))
    parties = [party(one, Role.ACTOR, report) for one in actors]
    parties += [party(one, Role.TARGET, report) for one in targets]
    parties += [party(f"?{one}", Role.INSTRUMENT, report) for one in means]
    return Statement(
        id=f"{report}#{event}",
        by=ReportedBy(
            report, f"sha256:{report}", outlet(by), None, f"{report}.txt", published, None
        ),
        chain=tuple(voices),
        event=event,
        episode=episode,
        kind=kind,
        polarity=polarity,
        modality=modality,
        trigger=SPAN,
        trigger_words="shelled",
        parties=tuple(parties),
        place=where,
        time=Interval(day, day, Precision.DAY) if day else None,
        counts=tuple(Count(sort, low, high, "people", SPAN) for sort, low, high in counts),
        count_words=tuple(f"{low} to {high}" for _, low, high in counts),
        passage=Span(0, len(words)),
        words=words,
        confidence=0.9,
    )
