"""What is fuzzed: code that takes whatever comes, and what must hold of it whatever came.

Each target takes bytes. It may raise `InputError`, which is a declared answer; anything else is a
crash, and so is an assertion that fails.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, timedelta
from ipaddress import ip_address
from typing import cast

from allegata.documents.addresses import Guard, is_public
from allegata.documents.encodings import decode
from allegata.documents.html_parsing import parse_fragment, parse_page
from allegata.documents.segments import find_segments
from allegata.documents.text_dates import find_stamps, find_text_date
from allegata.encoder.quotations import find_quotations
from allegata.encoder.words import find_words
from allegata.errors import InputError
from allegata.events.amounts import read_amount
from allegata.grounding.times import find_timexes
from allegata.ledger.folding import fold, fold_with_places
from allegata.sentences import find_sentences
from allegata.types import Span

__all__ = ["TARGETS", "Target"]

Target = Callable[[bytes], None]

_DECLARED = (None, "utf-8", "windows-1252", "cp1256", "utf-16", "shift_jis", "x-none", "utf-7")
_RESOLVED: tuple[list[str], ...] = (
    ["93.184.216.34"],
    ["127.0.0.1"],
    ["2606:4700::1111", "::1"],
    [],
)
_EPOCH = date(1970, 1, 1)


def _hold(condition: object, words: str) -> None:
    """As `assert`, also where Python leaves those out."""
    if not condition:
        raise AssertionError(words)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _in_order(spans: Iterable[Span], text: str, what: str) -> None:
    end = 0
    for span in spans:
        _hold(end <= span.start < span.end <= len(text), f"{what}: {span} behind {end}")
        end = span.end


def decoding(data: bytes) -> None:
    """Bytes of unknown encoding become a text, always."""
    declared = _DECLARED[data[0] % len(_DECLARED)] if data else None
    decoded = decode(data[1:], declared)
    _hold(isinstance(decoded.text, str), "no text")
    "x".encode(decoded.encoding)


def segments(data: bytes) -> None:
    """A text is divided: in order, apart, and nothing but white space left out."""
    text = _text(data)
    found = find_segments(text)
    _in_order([one.span for one in found], text, "segments")
    covered = sum(len(one.span.words(text).split()) for one in found)
    _hold(covered >= len(text.split()), "words outside all segments")


def pages(data: bytes) -> None:
    """A page becomes a text, or an error that says why not."""
    page = _text(data)
    with suppress(InputError):
        told = parse_page(page, "http://example.org/a")
        text, hints = cast("str", told["text"]), cast("list[tuple[str, int, int]]", told["hints"])
        for kind, start, end in hints:
            _hold(0 <= start <= end <= len(text), f"hint {kind} outside the text")
    with suppress(InputError):
        parse_fragment(page)


def dates(data: bytes) -> None:
    """Dates and expressions of time lie in the text, and their intervals are not turned round."""
    day = _EPOCH + timedelta(days=int.from_bytes(data[:2], "big")) if len(data) > 1 else None
    text = _text(data[2:])
    found = find_timexes(text, [Span(0, len(text))] if text else [], day)
    _in_order([one.span for one in found], text, "times")
    for one in found:
        if one.interval and one.interval.start and one.interval.end:
            _hold(one.interval.start <= one.interval.end, f"turned round: {one}")
    find_stamps(text)
    told = find_text_date(text)
    if told:
        _in_order([told[1]], text, "date")


def counts(data: bytes) -> None:
    """Numbers end behind their beginning, and the low is no more than the high."""
    text = _text(data).lower()
    words = [text[a:b] for a, b in find_words(text, Span(0, len(text)))] if text else []
    for at in range(min(len(words), 60)):
        amount = read_amount(words, at)
        if amount is None:
            continue
        _hold(at < amount.end <= len(words), f"ends at {amount.end} of {len(words)}")
        if amount.low is not None and amount.high is not None:
            _hold(0 <= amount.low <= amount.high, f"turned round: {amount}")


def offsets(data: bytes) -> None:
    """Sentences, quotations and words lie in the text; what is searched leads back to it."""
    text = _text(data)
    sentences = find_sentences(text)
    _in_order(sentences, text, "sentences")
    _in_order(find_quotations(text), text, "quotations")
    for sentence in sentences:
        spans = [Span(a, b) for a, b in find_words(text, sentence)]
        _in_order(spans, text, "words")
        _hold(all(sentence.start <= s.start and s.end <= sentence.end for s in spans), "outside")
    folded, places = fold_with_places(text)
    _hold(folded == fold(text), "two ways of folding differ")
    _hold(len(places) == len(folded) and places == sorted(places), "places in disorder")


def addresses(data: bytes) -> None:
    """An address is refused, or leads to a public one."""
    resolved = _RESOLVED[data[0] % len(_RESOLVED)] if data else []
    guard = Guard(resolve=lambda *_: resolved)
    with suppress(InputError):
        target = guard.check(_text(data[1:]))
        _hold(is_public(target.address), f"{target.address} is let through")
        _hold(target.host.isascii() and target.port in (80, 443), f"{target} is let through")
        ip_address(target.address)


TARGETS: dict[str, Target] = {
    target.__name__: target
    for target in (decoding, segments, pages, dates, counts, offsets, addresses)
}
