"""Who and what took part: the words that the model gives a part in an event."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from allegata.encoder import Analysis, Part, Trigger
from allegata.types import Argument, Claim, EventKind, Role, Span

__all__ = ["dating_words", "find_arguments", "without_edges", "without_speaker"]

_ROLES = {role.value: role for role in Role}
_EDGES = frozenset(',.;:!?"“”()[]-–—')
_LEADING = frozenset("and or but by with against from to into in on at of that which who".split())
_EMPTY = frozenset(("DET", "ADP", "PUNCT", "CCONJ", "PART", "AUX", "SCONJ"))
_APART = frozenset((",", ";", "and", "or", "but", "as", "&"))

_BEFORE = frozenset(("det", "amod", "nummod", "compound", "nmod:poss", "det:predet"))
"""Relations of what stands before a noun and belongs to it."""

_MUTUAL = frozenset({EventKind.CLASH, EventKind.TALKS, EventKind.AGREEMENT})
_POSSESSIVES = frozenset(("'s", "’s"))

_COUNTED = {
    EventKind.KILLING: ("killed", Role.TARGET),
    EventKind.HARM: ("injured", Role.TARGET),
    EventKind.ABDUCTION: ("abducted", Role.TARGET),
    EventKind.DETENTION: ("detained", Role.TARGET),
    EventKind.DISPLACEMENT: ("displaced", Role.TARGET),
    EventKind.SEIZURE: ("items", Role.TARGET),
    EventKind.ARMS_TRANSFER: ("items", Role.INSTRUMENT),
}
"""What is counted by a kind of event is its target, too: words have one part in the model."""


def find_arguments(analysis: Analysis, trigger: Trigger) -> tuple[Argument, ...]:
    """The arguments of an event, in order of the text.

    Args:
        analysis: Supplies the words.
        trigger: With its parts. Those of several in one role stand apart, as in a list.

    Returns:
        Never the trigger itself, never two of one role over the same words, never mere articles
        or prepositions.
    """
    found: dict[tuple[Role, Span], Argument] = {}
    for role, first, end in _told(analysis, trigger):
        span = without_edges(
            analysis, *_from_its_start(analysis, *_whole_name(analysis, first, end))
        )
        if span is None or span == trigger.span or (role, span) in found:
            continue
        if any(other is role and span.overlaps(taken) for other, taken in found):
            continue
        found[role, span] = Argument(role, span)
    return tuple(sorted(found.values(), key=lambda one: (one.span, one.role.value)))


def without_speaker(
    arguments: Sequence[Argument], kind: EventKind, claim: Claim, text: str
) -> tuple[Argument, ...]:
    """Arguments without what only says who speaks.

    In "the radio said that rebels shelled it" the radio does nothing but say so: where the content
    names a doer of its own, the source is none. In "Norway's ministry said that its aircraft had
    struck" Norway tells whose ministry it is, and not where.

    Args:
        arguments: Of one event.
        kind: Of the event. Of those with several sides the source may be one.
        claim: That carries it.
        text: Of the document.
    """
    source = claim.source
    if source is None:
        return tuple(arguments)
    own_doers = any(
        one.role is Role.ACTOR and any(one.span in piece for piece in claim.content)
        for one in arguments
    )

    def only_speaks(one: Argument) -> bool:
        if one.role is Role.ACTOR:
            return own_doers and kind not in _MUTUAL and one.span.overlaps(source)
        possessive = text[one.span.end : one.span.end + 2] in _POSSESSIVES
        return one.role is Role.PLACE and possessive and one.span in source

    return tuple(one for one in arguments if not only_speaks(one))


def _told(analysis: Analysis, trigger: Trigger) -> Iterator[tuple[Role, int, int]]:
    """Roles with their words: those that are told as arguments, then those that are counted."""
    joined = list(_joined(analysis, trigger.parts))
    for part, first, end in joined:
        if part in _ROLES:
            yield _ROLES[part], first, end
    counted, role = _COUNTED.get(EventKind(trigger.kind), ("", Role.TARGET))
    for part, first, end in joined:
        if part == counted:
            yield role, first, end


def _joined(analysis: Analysis, parts: Sequence[Part]) -> Iterator[tuple[str, int, int]]:
    """Parts, those that only a hyphen or nothing parts made one.

    A part that follows its like without a comma or an "and" is no second one.
    """
    opened: tuple[str, int, int] | None = None
    for part in sorted(parts, key=lambda one: one.first):
        if (
            opened is not None
            and opened[0] == part.role
            and _touch(analysis, opened[2], part.first)
        ):
            opened = (part.role, opened[1], part.end)
            continue
        if opened is not None:
            yield opened
        opened = (part.role, part.first, part.end)
    if opened is not None:
        yield opened


def _whole_name(analysis: Analysis, first: int, end: int) -> tuple[int, int]:
    """The whole of a name that words are only a part of: "Liberation" of "Liberation Front"."""
    at = bisect_right(analysis.names, first, key=lambda name: name.first) - 1
    name = analysis.names[at] if at >= 0 else None
    if name is None or name.end < end or name.end - name.first <= end - first:
        return first, end
    return name.first, name.end


def _from_its_start(analysis: Analysis, first: int, end: int) -> tuple[int, int]:
    """Words with the article and all else that stands before their noun and belongs to it."""
    sentence = analysis.sentences[analysis.sentence_of[first]]
    tree = sentence.tree
    while first > sentence.first:
        before = first - 1 - sentence.first
        if tree.relations[before] not in _BEFORE or not first <= tree.heads[before] < end:
            break
        first -= 1
    return first, end


def _touch(analysis: Analysis, end: int, first: int) -> bool:
    if first == end:
        return analysis.word(end - 1).lower() not in _APART
    return first == end + 1 and analysis.word(end) in ("-", "–")


def dating_words(trigger: Trigger) -> Span | None:
    """The temporal expression that the model gives an event, the surest of several."""
    times = [part for part in trigger.parts if part.role == "time"]
    return max(times, key=_sureness).span if times else None


def _sureness(part: Part) -> tuple[float, int]:
    return part.probability, part.end - part.first


def without_edges(analysis: Analysis, first: int, end: int) -> Span | None:
    """Words without the stops, conjunctions and prepositions at their borders.

    Returns:
        None where only articles and their like are left.
    """
    while first < end and _is_edge(analysis.word(first)):
        first += 1
    while end > first and _is_edge(analysis.word(end - 1)):
        end -= 1
    if all(analysis.upos[at] in _EMPTY for at in range(first, end)):
        return None
    return analysis.span(first, end)


def _is_edge(word: str) -> bool:
    return word in _EDGES or word.lower() in _LEADING
