"""The words in which a page tells a person what a reading holds."""

from collections.abc import Sequence
from datetime import date

from allegata.types.claim import Act, Claim, Quotation
from allegata.types.document import Document, Published, SegmentKind
from allegata.types.entity import Entity
from allegata.types.event import Event
from allegata.types.interval import Interval, Precision

__all__ = [
    "ARROW",
    "DOCUMENT_ITSELF",
    "SEGMENT_LABELS",
    "choose_arrow",
    "choose_title",
    "describe_claim",
    "describe_confidence",
    "describe_count",
    "describe_event_count",
    "describe_interval",
    "describe_occurrence",
    "describe_published",
    "name_antecedent",
    "name_doubt",
    "quote_signs",
    "raise_number",
    "shorten",
]

ARROW = "→"
DOCUMENT_ITSELF = "the document itself"
SEGMENT_LABELS = {
    SegmentKind.HEADLINE: "headline",
    SegmentKind.DATELINE: "dateline",
    SegmentKind.BODY: "text",
    SegmentKind.HEADER: "page header",
    SegmentKind.CAPTION: "caption",
    SegmentKind.PROMO: "promotion",
    SegmentKind.NOTE: "note",
    SegmentKind.BOILERPLATE: "boilerplate",
}

_QUOTATIONS = {
    Quotation.DIRECT: "direct quotation",
    Quotation.MIXED: "partly quoted",
    Quotation.INDIRECT: "indirect",
}
_SURE, _LIKELY = 0.7, 0.5
_MOST_EVIDENCE = 40
_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def choose_title(doc: Document) -> str:
    """The title, or the last part of where the document was found."""
    if doc.title and doc.title.strip():
        return doc.title
    return doc.uri.rstrip("/").rpartition("/")[2] or doc.uri or "untitled"


def choose_arrow(act: Act) -> str:
    """The arrow to a content: crossed where the source refuses to vouch for what is said."""
    return "↛" if act in (Act.DENY, Act.DOUBT) else ARROW


def describe_count(claims: Sequence[Claim]) -> str:
    """How many claims, and how many of them with nobody named."""
    cited = [claim for claim in claims if claim.parent is not None]
    n_unnamed = sum(claim.source is None for claim in cited)
    words = {0: "no claims", 1: "1 claim"}.get(len(cited), f"{len(cited)} claims")
    return words + (f", {n_unnamed} with nobody named" if n_unnamed else "")


def describe_event_count(events: Sequence[Event]) -> str:
    """How many events are claimed, and how many different ones these are in the world."""
    n_events, n_episodes = len(events), len({event.episode for event in events})
    if n_events < 2:
        return "1 event" if n_events else "no events"
    return f"{n_events:,} events in {n_episodes:,} episode{'s' if n_episodes > 1 else ''}"


def describe_occurrence(interval: Interval | None, text: str) -> str:
    """When something is said to have happened, with the words that say so; empty if unknown."""
    if interval is None or (interval.start is None and interval.end is None):
        return ""
    words = _abbreviate_months(_name_limits(interval))
    if interval.evidence is not None:
        words += f" (“{shorten(interval.evidence.words(text), _MOST_EVIDENCE)}”)"
    return words


def describe_published(published: Published | None) -> str:
    """The day of publication and, where it was not given, how it was found."""
    if published is None:
        return "date unknown"
    origins = {"metadata": " (from metadata)", "text": " (from the text)"}
    return _name_day(published.day, weekday=True) + origins.get(published.origin, "")


def describe_claim(claim: Claim, text: str) -> str:
    """When it was said, and how much of it is quoted."""
    return f"{describe_interval(claim.said, text)} · {_QUOTATIONS[claim.quotation]}"


def describe_confidence(confidence: float) -> str:
    """A warning for a claim of low confidence, nothing for the others."""
    doubt = name_doubt(confidence)
    return f"{doubt} reading, {confidence:.0%}" if doubt else ""


def name_doubt(confidence: float) -> str:
    """How sure a reading is in a word; empty where it is sure enough to need none."""
    if confidence >= _SURE:
        return ""
    return "unsure" if confidence >= _LIKELY else "doubtful"


def describe_interval(interval: Interval | None, text: str) -> str:
    """When something was said, with the words that say so."""
    if interval is None or (interval.start is None and interval.end is None):
        return "date unknown"
    words = _name_interval(interval)
    if interval.evidence is not None:
        words += f" (“{' '.join(interval.evidence.words(text).split())}”)"
    return words


def name_antecedent(claim: Claim, text: str, entities: Sequence[Entity]) -> str | None:
    """Who the words of the source refer to.

    Args:
        claim: Of the reading that the entities belong to.
        text: Of its document.
        entities: Of the same reading.

    Returns:
        The entity's name where it is not the words of the source themselves, `unknown` where
        the words could not be resolved, None where there is nothing to add.
    """
    if claim.source is None:
        return None
    entity = next((one for one in entities if one.id == claim.entity), None)
    if entity is None:
        return "unknown"
    here, there = (_fold(words) for words in (claim.source.words(text), entity.name))
    return None if here == there else entity.name


def quote_signs(words: str) -> str:
    """Words as they are, but a mere sign, such as the colon of a headline, in quotation marks."""
    return words if any(map(str.isalnum, words)) else f"“{words}”"


def raise_number(numbers: Sequence[str]) -> str:
    """The numbers of claims as superscript: `5` is `⁵`, `5` and `6` are `⁵⁺⁶`."""
    return "⁺".join(number.translate(_HIGH) for number in numbers)


def shorten(words: str, limit: int) -> str:
    """Shorten by an ellipsis in the middle, at white space where there is some.

    Args:
        words: Any text; its white space becomes single spaces.
        limit: The most characters wanted, at least 3.
    """
    words = " ".join(words.split())
    if len(words) <= limit:
        return words
    n_head = (limit - 3) * 2 // 3
    n_cut = len(words) - (limit - 3 - n_head)
    head, tail = words[:n_head], words[n_cut:]
    if " " in head[n_head // 2 :] and words[n_head] != " ":
        head = head.rpartition(" ")[0]
    if " " in tail[: len(tail) // 2] and words[n_cut - 1] != " ":
        tail = tail.partition(" ")[2]
    return f"{head.rstrip()} … {tail.lstrip()}"


def _fold(words: str) -> str:
    words = " ".join(words.casefold().split())
    return words.removeprefix("the ").removeprefix("a ").removeprefix("an ")


def _name_interval(interval: Interval) -> str:
    start, end = interval.start, interval.end
    if start is not None and end is not None:
        return _name_closed(start, end, interval.precision)
    if end is not None:
        return f"by {_name_day(end)}"
    return f"from {_name_day(start)}" if start is not None else "date unknown"


def _name_limits(interval: Interval) -> str:
    start, end = interval.start, interval.end
    if start is None:
        return f"no later than {_name_day(end)}" if end is not None else ""
    if end is None:
        return f"from {_name_day(start)} on"
    if interval.precision is Precision.BOUNDED and start != end:
        return f"between {_name_closed(start, end, interval.precision)}".replace(" to ", " and ")
    return _name_closed(start, end, interval.precision)


def _name_closed(start: date, end: date, precision: Precision) -> str:
    if start == end:
        return _name_day(start)
    if precision is Precision.YEAR and start.year == end.year:
        return f"{start.year:04}"
    if precision is Precision.MONTH and (start.year, start.month) == (end.year, end.month):
        return f"{_MONTHS[start.month - 1]} {start.year:04}"
    first = _name_day(start)
    return f"{first.rpartition(' ')[0] if start.year == end.year else first} to {_name_day(end)}"


# strftime would follow the locale of the machine, and a golden page must not.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _name_day(day: date, *, weekday: bool = False) -> str:
    words = f"{day.day} {_MONTHS[day.month - 1]} {day.year:04}"
    return f"{_DAYS[day.weekday()]} {words}" if weekday else words


def _abbreviate_months(words: str) -> str:
    """`24 Nov 2018`: a line about an event is long enough."""
    for month in _MONTHS:
        words = words.replace(month, month[:3])
    return words
