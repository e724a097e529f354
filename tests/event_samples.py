"""Readings with events, made by hand for tests of what is shown. Every text here is invented.

Words are found in the text: `the bridge` is their first occurrence, `the bridge@2` the second.
"""

from datetime import date

from allegata.types import (
    Act,
    Argument,
    Claim,
    Count,
    CountKind,
    Document,
    Entity,
    Event,
    EventKind,
    Interval,
    Link,
    LinkKind,
    Modality,
    Place,
    PlacePrecision,
    Polarity,
    Precision,
    Published,
    Quotation,
    Reading,
    Role,
    Segment,
    SegmentKind,
    Span,
)

DAY, EVE = date(2031, 3, 9), date(2031, 3, 8)


def find(text: str, words: str) -> Span:
    """Where words stand."""
    words, _, number = words.partition("@")
    at = -1
    for _ in range(int(number or 1)):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def make_claim(text: str, id_: str, source: str, cue: str, content: str, **more: object) -> Claim:
    """A claim by its words; without a source where that is empty."""
    return Claim(
        id=id_,
        parent=more.get("parent", "c0"),
        source=find(text, source) if source else None,
        entity=more.get("entity"),
        cue=find(text, cue),
        content=(find(text, content),),
        act=Act(more.get("act", "state")),
        quotation=Quotation.INDIRECT,
        said=None,
        confidence=0.95,
        made_by="sample@0",
    )


def make_event(text: str, id_: str, claim: str, kind: str, trigger: str, **more: object) -> Event:
    """An event by its words.

    Args:
        text: Of the document.
        id_, claim, kind, trigger: As the event has them.
        more: Roles with lists of words; `entities` that they mean, `counts` with their words,
            `place`, `time`, `polarity`, `modality`, `episode`, `confidence`.
    """
    entities = more.get("entities", {})
    arguments = [
        Argument(role, find(text, words), entities.get(words))
        for role in Role
        for words in more.get(role.value + "s", [])
    ]
    counts = tuple(
        Count(CountKind(kind_), low, high, of, find(text, words))
        for kind_, low, high, of, words in more.get("counts", [])
    )
    return Event(
        id=id_,
        claim=claim,
        kind=EventKind(kind),
        trigger=find(text, trigger),
        polarity=Polarity(more.get("polarity", "positive")),
        modality=Modality(more.get("modality", "actual")),
        arguments=tuple(sorted(arguments, key=lambda argument: argument.span)),
        place=more.get("place"),
        time=more.get("time"),
        counts=counts,
        episode=more.get("episode", "p" + id_.removeprefix("e")),
        confidence=more.get("confidence", 0.95),
        made_by="sample@0",
    )


def make_place(text: str, name: str, words: str, **more: object) -> Place:
    """A place in an invented country; without coordinates where `known` is False."""
    known = more.get("known", True)
    return Place(
        name=name,
        id="invented:1" if known else None,
        latitude=1.0 if known else None,
        longitude=2.0 if known else None,
        country="VX" if known else None,
        precision=PlacePrecision(more.get("precision", "settlement")) if known else None,
        radius_km=more.get("radius_km", 5.0) if known else None,
        evidence=find(text, words),
        stands_in=more.get("stands_in", False),
    )


_OWN = Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "t")

_TEXT = """Mortars hit the market of Karsu on Saturday, state radio reported, and the blast killed \
12 people, including at least eight children, and wounded dozens. The army denied shelling the \
market. It said that the Northern Front had planned to stage the attack in the old quarter of \
Karsu. The governor demanded that the Front withdraw from Upper Velm. In response, jets struck \
a depot near the salt road, and Karsu hospital took in up to 30 wounded. Talks between the \
governor and the Front would be held if the fire stopped."""

_KARSU = make_place(_TEXT, "Karsu", "Karsu")
_SATURDAY = Interval(EVE, EVE, Precision.DAY, find(_TEXT, "on Saturday"))
_BOUNDED = Interval(None, DAY, Precision.BOUNDED)
_CLAIMS = (
    _OWN,
    make_claim(
        _TEXT,
        "c1",
        "state radio",
        "reported",
        "Mortars hit the market of Karsu on Saturday",
    ),
    make_claim(_TEXT, "c2", "The army", "denied", "shelling the market", act="deny", entity="n1"),
    make_claim(
        _TEXT,
        "c3",
        "It",
        "said",
        "that the Northern Front had planned to stage the attack in the old quarter of Karsu",
        entity="n1",
    ),
    make_claim(
        _TEXT,
        "c4",
        "The governor",
        "demanded",
        "that the Front withdraw from Upper Velm",
        act="demand",
    ),
)
_EVENTS = (
    make_event(
        _TEXT,
        "e1",
        "c1",
        "shelling",
        "hit",
        instruments=["Mortars"],
        targets=["the market of Karsu"],
        place=_KARSU,
        time=_SATURDAY,
        episode="p1",
    ),
    make_event(
        _TEXT,
        "e2",
        "c0",
        "killing",
        "killed",
        instruments=["the blast"],
        targets=["12 people, including at least eight children"],
        counts=[
            ("killed", 12, 12, "people", "12 people"),
            ("killed", 8, None, "children", "at least eight children"),
        ],
        time=_BOUNDED,
        episode="p1",
    ),
    make_event(
        _TEXT,
        "e3",
        "c0",
        "harm",
        "wounded",
        instruments=["the blast"],
        targets=["dozens"],
        counts=[("injured", 24, None, None, "dozens")],
        time=_BOUNDED,
        episode="p1",
        confidence=0.61,
    ),
    make_event(
        _TEXT,
        "e4",
        "c2",
        "shelling",
        "shelling",
        actors=["The army"],
        targets=["the market@2"],
        polarity="negative",
        time=_BOUNDED,
        episode="p1",
    ),
    make_event(
        _TEXT,
        "e5",
        "c3",
        "staging",
        "stage",
        actors=["the Northern Front"],
        targets=["the attack"],
        modality="attempted",
        place=make_place(
            _TEXT, "Karsu", "the old quarter of Karsu", precision="exact", stands_in=True
        ),
        time=_BOUNDED,
    ),
    make_event(
        _TEXT,
        "e6",
        "c4",
        "withdrawal",
        "withdraw",
        actors=["the Front"],
        origins=["Upper Velm"],
        modality="future",
        time=Interval(DAY, None, Precision.BOUNDED),
        place=make_place(_TEXT, "Upper Velm", "Upper Velm", known=False),
    ),
    make_event(
        _TEXT,
        "e7",
        "c0",
        "air_strike",
        "struck",
        actors=["jets"],
        targets=["a depot near the salt road"],
        time=_BOUNDED,
    ),
    make_event(
        _TEXT,
        "e8",
        "c0",
        "aid",
        "took in",
        actors=["Karsu hospital"],
        targets=["up to 30 wounded"],
        counts=[("injured", None, 30, None, "up to 30 wounded")],
        place=make_place(_TEXT, "Karsu hospital", "Karsu hospital", precision="exact"),
    ),
    make_event(
        _TEXT,
        "e9",
        "c0",
        "talks",
        "Talks",
        actors=["the governor", "the Front@2"],
        modality="hypothetical",
    ),
)

MARKET = Reading(
    Document(
        _TEXT,
        "reports/market.txt",
        (Segment(SegmentKind.BODY, Span(0, len(_TEXT))),),
        title="Fire on a market",
        publisher="Velmar Wire",
        published=Published(DAY),
        language="en",
    ),
    _CLAIMS,
    (Entity("n1", "The army", None, (find(_TEXT, "The army"), find(_TEXT, "It"))),),
    _EVENTS,
    (Link(LinkKind.RESPONSE, "p7", "p1", find(_TEXT, "In response")),),
)
"""Every way in which an event is told, in one report."""
