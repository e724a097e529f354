"""What a language model answered, as far as its words stand in the report."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import TypeVar

from allegata.ledger.second import Opinion, SecondClaim, SecondEvent
from allegata.second.asking import Question
from allegata.types import Act, EventKind, Polarity, Span

__all__ = ["ground"]

_MOST = 400
_LONGEST_TRIGGER = 60
_Value = TypeVar("_Value", bound=Enum)


def ground(answer: object, question: Question) -> Opinion:
    """Keep of an answer what stands in the report word for word; drop the rest.

    A claim stands or falls with its content and with every span that it names; an event with its
    trigger, and with its claim. Labels must be of the lists that were sent.

    Args:
        answer: Whatever was parsed.
        question: What was sent.
    """
    plain = answer if isinstance(answer, Mapping) else {}
    claims: list[SecondClaim] = []
    numbers: dict[int, int] = {}
    n_dropped = 0
    for number, item in enumerate(_items(plain.get("claims"))):
        claim = _claim(item, question)
        if claim is None:
            n_dropped += 1
        else:
            numbers[number] = len(claims)
            claims.append(claim)
    events = []
    for item in _items(plain.get("events")):
        event = _event(item, question, numbers)
        if event is None:
            n_dropped += 1
        else:
            events.append(event)
    return Opinion(tuple(claims), tuple(events), n_dropped)


def _items(value: object) -> Iterator[Mapping[str, object]]:
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        return
    for item in value[:_MOST]:
        yield item if isinstance(item, Mapping) else {}


def _claim(item: Mapping[str, object], question: Question) -> SecondClaim | None:
    content, act = _find(item.get("content"), question), _one_of(Act, item.get("act"))
    if content is None or act is None:
        return None
    spans: dict[str, Span | None] = {}
    for name in ("source", "cue"):
        spans[name] = _find(item.get(name), question)
        if spans[name] is None and item.get(name) is not None:
            return None
    return SecondClaim(spans["source"], spans["cue"], content, act)


def _event(
    item: Mapping[str, object], question: Question, numbers: Mapping[int, int]
) -> SecondEvent | None:
    trigger = _find(item.get("trigger"), question)
    kind, polarity = _one_of(EventKind, item.get("kind")), _one_of(Polarity, item.get("polarity"))
    if trigger is None or kind is None or polarity is None or len(trigger) > _LONGEST_TRIGGER:
        return None
    claim = item.get("claim")
    if claim is None:
        return SecondEvent(trigger, kind, polarity, None)
    if not isinstance(claim, int) or isinstance(claim, bool) or claim not in numbers:
        return None
    return SecondEvent(trigger, kind, polarity, numbers[claim])


def _find(value: object, question: Question) -> Span | None:
    """Where words stand in the sentence that is named: word for word, and once."""
    if not isinstance(value, Mapping):
        return None
    number, words = value.get("sentence"), value.get("words")
    if not isinstance(number, int) or isinstance(number, bool) or not isinstance(words, str):
        return None
    words = words.strip()
    if not 0 <= number < len(question.sentences) or not words:
        return None
    sentence = question.sentence(number)
    at = sentence.find(words)
    if at < 0 or sentence.find(words, at + 1) >= 0:
        return None
    start = question.sentences[number].start + at
    return Span(start, start + len(words))


def _one_of(kind: type[_Value], value: object) -> _Value | None:
    return next((one for one in kind if one.value == value), None)
