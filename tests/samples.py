"""Readings made by hand for tests of what is shown and written. Every text here is invented.

The notation inside a text: `{S2:words}` is the source of claim 2, `{Q2:words}` its cue,
`{C2:words}` a span of its content, `{E2:words}` the evidence of its date; they nest.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from allegata.types import (
    Act,
    Claim,
    Document,
    Entity,
    Interval,
    Precision,
    Published,
    Quotation,
    Reading,
    Segment,
    SegmentKind,
    Span,
)

_MARK = re.compile(r"\{([SQCE])(\d+):|\}")


@dataclass(frozen=True)
class Said:
    """What the notation does not say about a claim."""

    parent: str = "c0"
    act: Act = Act.STATE
    quotation: Quotation = Quotation.INDIRECT
    said: tuple[date | None, date | None, Precision] | None = None
    refers_to: str | None = ""
    confidence: float = 0.95


def make_reading(
    paragraphs: list[tuple[SegmentKind, str]],
    claims: Mapping[str, Said],
    *,
    gap: str = "\n\n",
    **metadata: object,
) -> Reading:
    """Make a reading from marked paragraphs, each a segment."""
    text, segments, spans = "", [], {}
    for kind, marked in paragraphs:
        text += gap if text else ""
        start = len(text)
        text = _strip_marks(text, marked, spans)
        segments.append(Segment(kind, Span(start, len(text))))
    entities: list[Entity] = []
    made = [Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "t")]
    for id_, said in claims.items():
        made.append(_make_claim(id_, said, text, spans, entities))
    metadata = {"uri": "invented.txt", "language": "en", **metadata}
    return Reading(
        Document(text, segments=tuple(segments), **metadata), tuple(made), tuple(entities)
    )


def _strip_marks(text: str, marked: str, spans: dict[str, list[Span]]) -> str:
    open_, at = [], 0
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        at = found.end()
        if found[1]:
            open_.append((found[1] + found[2], len(text)))
        else:
            name, start = open_.pop()
            spans.setdefault(name, []).append(Span(start, len(text)))
    return text + marked[at:]


def _make_claim(
    id_: str, said: Said, text: str, spans: dict[str, list[Span]], entities: list[Entity]
) -> Claim:
    number = id_.removeprefix("c")
    (source,) = spans.get(f"S{number}", [None])
    (cue,) = spans.get(f"Q{number}", [None])
    (evidence,) = spans.get(f"E{number}", [None])
    entity = None
    if source is not None and said.refers_to is not None:
        entity = f"n{len(entities) + 1}"
        entities.append(Entity(entity, said.refers_to or source.words(text), None, (source,)))
    return Claim(
        id=id_,
        parent=said.parent,
        source=source,
        entity=entity,
        cue=cue,
        content=tuple(spans[f"C{number}"]),
        act=said.act,
        quotation=said.quotation,
        said=Interval(*said.said, evidence) if said.said else None,
        confidence=said.confidence,
        made_by="sample@0",
    )


_SATURDAY = (date(2031, 3, 8), date(2031, 3, 8), Precision.DAY)

DEPOT = make_reading(
    [
        (SegmentKind.HEADER, "date 2031-03-09"),
        (
            SegmentKind.HEADLINE,
            "{C1:Fuel depot at Karsu Crossing burned after shelling}{Q1::} {S1:monitors}",
        ),
        (SegmentKind.DATELINE, "KARSU CROSSING, 9 March (Velmar Wire) —"),
        (
            SegmentKind.BODY,
            "{S2:The Velmar Interior Ministry} {Q2:said} {E2:on Saturday} {C2:that shells had "
            "struck a fuel depot at Karsu Crossing and that two guards had been treated for "
            "burns}. The depot supplies half of the valley.",
        ),
        (
            SegmentKind.BODY,
            "{S3:A spokesman for the Northern Front}, Idris Holm, {Q3:denied} {C3:firing on the "
            'depot}. "{C4:We have not fired a single round this month,}" {S4:he} {Q4:said}, '
            '"{C4:and we want an inquiry.}"',
        ),
        (SegmentKind.PROMO, "READ MORE: Ferries run again on the lower river"),
        (
            SegmentKind.BODY,
            "{S5:State radio} {Q5:quoted} {C5:{S6:the army} as {Q6:saying} {C6:that {S7:villagers} "
            "had {Q7:reported} {C7:seeing two trucks leave the hills before dawn}}}. The fire was "
            "{Q8:allegedly} {C8:started by a tank shell}, and it was {Q9:reported} {E9:last week} "
            "{C9:that the depot would be moved}.",
        ),
        (SegmentKind.CAPTION, "Photo: a road near Karsu Crossing (Velmar Wire / archive)"),
        (
            SegmentKind.BODY,
            "{S10:They} {Q10:warned} {C10:of more attacks in spring}, while {S11:the ministry} "
            "{Q11:called on} {C11:the Front to leave the crossing} and {Q12:said} {C12:it would "
            "“answer every shell”}. The crossing has changed hands twice since January.",
        ),
        (SegmentKind.NOTE, "Velmar Wire could not reach the crossing."),
    ],
    {
        "c1": Said(),
        "c2": Said(said=_SATURDAY),
        "c3": Said(act=Act.DENY),
        "c4": Said(quotation=Quotation.DIRECT, refers_to="A spokesman for the Northern Front"),
        "c5": Said(),
        "c6": Said(parent="c5"),
        "c7": Said(parent="c6", said=(None, date(2031, 3, 9), Precision.BOUNDED)),
        "c8": Said(confidence=0.62),
        "c9": Said(said=(date(2031, 2, 24), date(2031, 3, 2), Precision.WEEK), confidence=0.41),
        "c10": Said(act=Act.PREDICT, refers_to=None),
        "c11": Said(act=Act.DEMAND, refers_to="The Velmar Interior Ministry"),
        "c12": Said(act=Act.THREATEN, quotation=Quotation.MIXED),
    },
    uri="reports/depot.txt",
    publisher="Velmar Wire",
    published=Published(date(2031, 3, 9), origin="text"),
)
"""Every kind of thing that a page shows, in one report."""

ARABIC = make_reading(
    [
        (SegmentKind.HEADLINE, "حريق في مستودع للوقود عند معبر كرسو"),
        (
            SegmentKind.BODY,
            "{Q1:قالت} {S1:وزارة الداخلية} {C1:إن قذائف أصابت مستودعا للوقود عند معبر كرسو}.",
        ),
    ],
    {"c1": Said()},
    uri="reports/مستودع.txt",
    publisher="وكالة فلمار",
    title="حريق في مستودع للوقود عند معبر كرسو",
    published=Published(date(2031, 3, 9)),
    language="ar",
)

HOSTILE = make_reading(
    [
        (
            SegmentKind.BODY,
            "{S1:The \x1b]52;c;aGk=\x07office\x1b[2J} {Q1:sa\u202eid} {C1:that "
            "<script>alert(1)</script>\x9b31m &amp; all\u2028is \ud800well\x00}. "
            "Then\r more\u2066\U000e0041.",
        ),
    ],
    {"c1": Said()},
    uri="reports/\x1b[31mred.txt",
    title="\x1b]0;owned\x07 <img src=x onerror=alert(1)> \u202egpj.exe",
    publisher="</div><script>alert(2)</script>",
    language=None,
    warnings=("The text holds \x1b control characters.",),
)
"""What would command a terminal or a browser, in every field."""

BARE = make_reading(
    [(SegmentKind.BODY, "The ferry left at noon. Nobody was asked about it.")],
    {},
    uri="-",
    language=None,
)
"""A document of which nothing is known and in which nobody is cited."""

WIDE = make_reading(
    [
        (
            SegmentKind.BODY,
            "東部の{S1:当局者}は{C1:倉庫が火災に遭い、二人の警備員がやけどの手当てを受けたと}{Q1:述べた}。"
            "倉庫は谷の半分に燃料を供給している。",
        )
    ],
    {"c1": Said(refers_to=None)},
    uri="reports/倉庫.txt",
    language="ja",
)
"""Characters that take two cells, and no white space to break lines at."""
