"""Where the sentences of English news begin and end.

Every full stop, question mark, exclamation mark and line break is a candidate. The word before it
and the character after it decide, so the work is linear in the length of the text.
"""

import re
from collections.abc import Iterator, Sequence

from allegata.sentences.abbreviations import Stop, judge_stop
from allegata.sentences.lines import Lines
from allegata.types import Span

__all__ = ["find_sentences"]

_CLOSERS = "\"'”’»)\\]}"
_CANDIDATE = re.compile(
    rf"(?P<stop>[.!?…]+(?:[ \u00a0][.…])*)(?P<close>[{_CLOSERS}]*)"
    r"(?P<after>[“„](?=\s)|(?:[ \u00a0]?\[\d{1,3}\])+)?"
    rf"|(?P<full>[؟。।॥۔！？｡]+)(?:[{_CLOSERS}」』]*)"
    r"|(?P<line>[\n\x0b\x0c\u2028\u2029]\s*)"
    r"|(?P<credit>\))(?=[A-Z“][a-z’]+\s)"
)
_LETTER = re.compile(r"[^\W_]")
_GAP = re.compile(r"\s*")
_LINE = re.compile(r"[\n\x0b\x0c\u2028\u2029]")
_OPENERS = "\"'“‘«([{„"
# Names that start with an Arabic article keep it in lower case even as the first word.
_ARTICLE_NAME = re.compile(r"(?:a[dlnrstz]|ash?|el|ul)-[A-Z‘’']|i[A-Z]")
_LIST_NUMBER = re.compile(r"\W*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})\Z")
_ADDRESS = re.compile(r"www\b|://|@|/", re.IGNORECASE)
_LOOK_BACK = 40


def find_sentences(text: str, spans: Sequence[Span] | None = None) -> list[Span]:
    """Find the sentences of a text, also where paragraphs are glued or punctuation is lost.

    Sentences inside a quotation are told apart like others. A blank line always ends a sentence;
    a single line break does where the next line is one of its own rather than wrapped text.

    Args:
        text: Text of a document.
        spans: Parts to look at, such as segments: no sentence crosses their borders. None for
            the whole text.

    Returns:
        Sentences in order of the text, never overlapping, without white space around them.
        Together they cover all of the spans but white space.
    """
    if spans is None:
        return list(_split(text, 0))
    return [found for span in spans for found in _split(text[span.start : span.end], span.start)]


def _split(text: str, offset: int) -> Iterator[Span]:
    start = 0
    for border in _borders(text):
        yield from _trimmed(text, start, border, offset)
        start = border
    yield from _trimmed(text, start, len(text), offset)


def _trimmed(text: str, start: int, end: int, offset: int) -> Iterator[Span]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    length = len(piece.strip())
    if length:
        yield Span(offset + start + left, offset + start + left + length)


def _borders(text: str) -> Iterator[int]:
    """Ends of sentences, in order. What is without a letter or digit never stands alone."""
    lines = Lines(text)
    start = checked = counted = n_quotes = 0
    for match in _CANDIDATE.finditer(text):
        at = match.start()
        if match["line"] and lines.is_blank(match["line"]):
            n_quotes, counted = 0, match.end()
            start = checked = at
            yield at
            continue
        if not _LETTER.search(text, checked, at):
            checked = at
            continue
        n_quotes += text.count('"', counted, at)
        counted = at
        border = _border(text, match, start, lines, quote_is_open=n_quotes % 2 == 1)
        if border is not None:
            start = checked = border
            yield border


def _border(
    text: str, match: re.Match[str], start: int, lines: Lines, *, quote_is_open: bool
) -> int | None:
    """Where the sentence that this candidate ends is over, or None where none ends."""
    if match["stop"]:
        return _after_stop(text, match, start, quote_is_open=quote_is_open)
    if match["line"]:
        return match.start() if lines.ends_at(match.start(), match.end()) else None
    end = match.end()
    if match["full"] and text[end : end + 1].islower():
        return None
    return end


def _after_stop(text: str, match: re.Match[str], start: int, *, quote_is_open: bool) -> int | None:
    end = _end_of_closers(text, match, quote_is_open=quote_is_open)
    gap = _GAP.match(text, end)
    following = gap.end() if gap else end
    if following == len(text):
        return None
    glued = following == end
    is_one_line = not _LINE.search(text, end, following)
    if quote_is_open and not glued and is_one_line and _is_lone_quote(text, following):
        end = following + 1
        following += 1 + len(text[following + 1 : following + 2])
    if _LIST_NUMBER.match(text, start, match.start()):
        return None
    before = text[max(start, match.start() - _LOOK_BACK) : match.start()]
    if glued:
        return end if _splits_glued(text, before, match, end) else None
    return end if _splits_spaced(text, before, match, following) else None


def _end_of_closers(text: str, match: re.Match[str], *, quote_is_open: bool) -> int:
    """A straight quote glued between a stop and a letter may open what follows instead."""
    end = match.end()
    closers = match["close"]
    if match["after"]:
        return end
    glued_on = text[end : end + 1].isalnum()
    if glued_on and closers.endswith('"') and (len(closers) > 1 or not quote_is_open):
        return end - 1
    return end


def _is_lone_quote(text: str, at: int) -> bool:
    return text[at] == '"' and not text[at + 1 : at + 2].strip()


def _splits_spaced(text: str, before: str, match: re.Match[str], following: int) -> bool:
    stop = match["stop"]
    first = text[following : following + 1]
    if first in _OPENERS:
        first = text[following + 1 : following + 2] or first
    if first.islower() and not _ARTICLE_NAME.match(text, following):
        return _splits_before_lower(before, stop, match["close"])
    if first in ",;:)-–—":
        return False
    if stop != ".":
        return True
    return judge_stop(before, text[following : following + 24]) is Stop.ENDS


def _splits_before_lower(before: str, stop: str, close: str) -> bool:
    """Careless text starts sentences in lower case, but only a plain word ends them there."""
    if stop != "." or close:
        return False
    word = before.split()[-1] if before.strip() else ""
    return len(word) >= 4 and word.isalpha() and word.islower()


def _splits_glued(text: str, before: str, match: re.Match[str], end: int) -> bool:
    """Whether a stop ends a sentence although no white space follows it."""
    token = before.split()[-1] if before.strip() else ""
    first, second = text[end : end + 1], text[end + 1 : end + 2]
    opens = first in _OPENERS and first not in ")'"
    if match["close"] or match["stop"] != ".":
        closed = end > match.start() + len(match["stop"])
        if first.islower() or not (opens or first.isalpha() or (closed and first.isdigit())):
            return False
        return not (match["stop"] == "." and not closed and not opens and len(token) < 2)
    if _ADDRESS.search(token):
        return False
    if opens:
        return len(token) >= 2 and second.isupper()
    if first.isdigit():
        return token.isalpha() and token.islower() and len(token) >= 4
    if not first.isupper():
        return first.isalpha() and not first.islower() and len(token) >= 2
    following = text[end : end + 24]
    if second == "." and following[2:3].isupper():
        return len(token) >= 4 and token.islower()
    if "." in token or len(token) < 3 or not second.isalpha():
        return judge_stop(before, following) is Stop.ENDS and (second.islower() or second == " ")
    if token.isupper() and second.isupper():
        return len(token) >= 4 and judge_stop(before, following) is Stop.ENDS
    return judge_stop(before, following) is Stop.ENDS
