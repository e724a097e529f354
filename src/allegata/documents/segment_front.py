"""What stands before the story: stamps, bylines, the headline and the dateline."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from allegata.documents.segment_phrases import load_phrases
from allegata.documents.segment_pieces import find_sentence_starts, is_capital_text, trim
from allegata.documents.text_dates import Stamp, find_stamps, match_stamp
from allegata.types import Segment, SegmentKind, Span

__all__ = ["find_front", "has_title_case"]

_N_PIECES = 10
_STOP_AT_END = re.compile(r"(?<![ .])[.!…:;,][\"”’)\]]*\Z")
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|Text by|Story by|Words by|From|Reported by)\s+"
    r"(?P<names>[A-Z][^\n.!?:;]{2,120})\.?\Z"
)
_BYLINE_WORDS = frozenset(
    "and in for of the with at on de al el von van bin abu staff writer correspondent reporter"
    " editor news contributor special senior foreign affairs international & |".split()
)
_INLINE_BYLINE = re.compile(
    r"[Bb]y [A-Z][\w.’'-]+ [A-Z][\w’'-]+(?:,? and [A-Z][\w.’'-]+ [A-Z][\w’'-]+)?(?=\s+[A-Z\"“])"
)
_PLACE = r"[A-Z][A-Z.’'/-]+(?: (?:DE |DEL |LA |EL )?[A-Z][A-Z.’'/-]+){0,4}"
_NAMED_PLACE = r"[A-Z][\w.’'-]+(?: (?:[a-z]{2,3}[ -])?[A-Z][\w.’'-]+){0,4}"
_DAY = (
    r"(?:(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)(?:day)?,? )?"
    r"(?:\d{1,2} [A-Z]{3,9}(?: \d{2,4})?|(?:\d{1,2}\.? )?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
    r"(?: \d{1,2})?(?:,? \d{2,4})?)"
)
_TOWN = rf"{_PLACE}(?:\s?\({_PLACE}\))?(?:, {_NAMED_PLACE}){{0,2}}"
_NAMED_TOWN = rf"{_NAMED_PLACE}(?:, {_NAMED_PLACE}){{0,2}}"
_WIRE = r"(?:,?\s*[(/][^()\n]{2,40}[)/])"
_KIND = r"\s*(?:\[[A-Z /]{3,20}\]\s*)*"
_BEGINS = r"(?=[A-Z“\"])"
_DATELINE = re.compile(
    # BEIRUT — / LIMA (PERU), 9 JAN 90 (EFE) -- [TEXT]
    rf"{_TOWN}(?:[.,]? {_DAY})?{_WIRE}{{0,3}}\s*(?:--+|[–—]|-(?=\s)){_KIND}"
    # KYIV, October 3. /WIRE/.
    rf"|{_TOWN}(?:[.,]? {_DAY})?\.?\s+/[A-Z][A-Za-z ]{{1,20}}/\.?\s+{_BEGINS}"
    # KARACHI:
    r"|[A-Z]{5,}(?: [A-Z]{3,})?:\s+(?=[A-Z][a-z])"
    # Kabul, Aug 27 (Wire) - / Aug 27 (Wire) -
    rf"|(?:{_NAMED_TOWN}(?:[.,]? {_DAY})?|{_DAY}){_WIRE}{{1,3}}\s*(?:--+|[-–—:]){_KIND}"
    # Kabul, Country -
    rf"|{_NAMED_PLACE}, {_NAMED_PLACE} - {_BEGINS}"
    # Kabul, 27 August –
    rf"|{_NAMED_TOWN}(?:,? {_DAY})? ?(?:[–—]|--)\s+{_BEGINS}"
    # Kabul WIRE- / Kabul, March 3, WIRE –
    rf"|{_NAMED_TOWN}(?:,? {_DAY})?,? [A-Z]{{2,6}} ?(?:--|[-–—]) ?{_BEGINS}"
    # (Kabul) –
    rf"|\([A-Z][A-Za-z/. ]{{1,20}}\)\s*(?:--+|[-–—])\s+{_BEGINS}"
    r"|\[[A-Z]{4,12}\]\s+"
)
_TITLE_PARTS = re.compile(r"\s+(?:[-–—|•:]{1,2})\s+")
_SMALL = frozenset(
    "a an the of in on at to for from by with and or but as vs over into after near than nor is de"
    " al el via per".split()
)
_CUT_WORDS = frozenset("The A An At In On It As After When While".split())
# After a word that is none of these, one of those in the middle of a line begins a sentence.
_LEAD = re.compile(r"(?<=[^\W_])[\"”’)]*\s+(?=At least\s|(?:A|An|The)\s+[a-z])")


def find_front(
    text: str,
    pieces: Sequence[Span],
    title: str | None,
    captions: Sequence[Span],
) -> Iterator[Segment]:
    """Read the first pieces of a document until the story begins.

    Args:
        text: Text of a document.
        pieces: Its pieces.
        title: The title that metadata give, found again in the text where it stands there.
        captions: Captions that are already known: the pieces or sentences they cover are skipped.

    Yields:
        Headers, headlines and a dateline, in order.
    """
    front = _Front(text, title, captions)
    for number, piece in enumerate(pieces[:_N_PIECES]):
        if any(piece in caption for caption in captions):
            continue
        is_last = number == len(pieces) - 1
        yield from front.read(piece, is_last=is_last)
        if front.is_over:
            return


# Patterns that hold the names of agencies are slow to compile and seldom needed.


@cache
def _beside() -> re.Pattern[str]:
    """What stands beside a date in a header."""
    phrases = load_phrases()
    return re.compile(
        rf"(?:[\s,|·•–-]*(?:(?:{phrases.crumbs}|topic [^().\n]{{3,60}}\(\d+\))"
        rf"(?:\s+\d{{1,6}}(?=\s+[A-Z\d]|\s*\Z)){{0,2}}|{phrases.agency}|https?\S+))+(?=\s|\Z)",
        re.IGNORECASE,
    )


@cache
def _agency_before() -> re.Pattern[str]:
    agency = load_phrases().agency
    return re.compile(rf"(?:{agency}(?:\s*(?:[,|/+-]|and)\s*)?)+[\s,|–-]*\Z")


@cache
def _agency_line() -> re.Pattern[str]:
    agency = load_phrases().agency
    return re.compile(rf"(?:(?:{agency}|and|&|with|staff)[\s,/|.]*)+\Z", re.IGNORECASE)


@cache
def _bare_dateline() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:{_PLACE}|{_NAMED_PLACE})(?:, {_NAMED_PLACE})?(?:,? {_DAY})?,? )?"
        rf"\({load_phrases().agency}\)(?:\s+{_BEGINS}|\Z)"
    )


class _Front:
    """How far the front of a document has been read."""

    def __init__(self, text: str, title: str | None, captions: Sequence[Span]) -> None:
        self._text = text
        self._title = title
        self._captions = captions
        self._stamps = find_stamps(text)
        self._in_capitals = is_capital_text(text)
        self._has_stamp = False
        self._n_headlines = 0
        self.is_over = False

    def read(self, piece: Span, *, is_last: bool) -> Iterator[Segment]:
        at = piece.start
        for segment in self._read_headers(piece):
            yield segment
            at = segment.span.end
        rest = trim(self._text, at, piece.end)
        if rest is None:
            return
        if self._is_line_of_header(rest):
            yield Segment(SegmentKind.HEADER, rest)
            return
        if self._is_line_of_dateline(rest, is_last=is_last):
            yield Segment(SegmentKind.DATELINE, rest)
            return
        if self._is_headline(rest, is_last=is_last):
            self._n_headlines += 1
            yield Segment(SegmentKind.HEADLINE, rest)
            return
        self.is_over = True
        yield from self._read_beginning(rest)

    def _read_headers(self, piece: Span) -> Iterator[Segment]:
        """Stamps at the beginning of a piece, or behind a headline that has no stop."""
        headers = list(self._read_stamps(piece.start, piece.end))
        yield from headers
        if headers or self._n_headlines or _DATELINE.match(self._text, piece.start, piece.end):
            return
        inner = next((s for s in self._stamps if piece.start < s.span.start < piece.end), None)
        if inner is None or inner.span.start - piece.start > 320:
            return
        agency = _agency_before().search(self._text[piece.start : inner.span.start])
        header_start = piece.start + agency.start() if agency else inner.span.start
        headline = trim(self._text, piece.start, header_start)
        if headline is None:
            return
        self._has_stamp = True
        self._n_headlines += 1
        yield Segment(SegmentKind.HEADLINE, headline)
        end = self._end_of_header(inner.span.end, piece.end)
        yield Segment(SegmentKind.HEADER, Span(header_start, end))
        yield from self._read_stamps(self._skip(end, piece.end), piece.end)

    def _read_stamps(self, at: int, end: int) -> Iterator[Segment]:
        """Stamps one after the other, with what stands beside them."""
        while at < end:
            stamp = self._stamp_at(at)
            if stamp is None or stamp.span.end > end:
                return
            self._has_stamp = True
            header_end = self._end_of_header(stamp.span.end, end)
            yield Segment(SegmentKind.HEADER, Span(at, header_end))
            at = self._skip(header_end, end)

    def _stamp_at(self, at: int) -> Stamp | None:
        """A stamp, also with the name of an agency before it."""
        stamp = match_stamp(self._text, at)
        if stamp is not None:
            return stamp
        for known in self._stamps:
            before = self._text[at : known.span.start] if at <= known.span.start < at + 40 else ""
            agency = _agency_before().search(before)
            if agency is not None and agency.start() == 0:
                return known
        return None

    def _end_of_header(self, at: int, end: int) -> int:
        byline = _INLINE_BYLINE.match(self._text, self._skip(at, end), end)
        if byline:
            at = byline.end()
        beside = _beside().match(self._text, at, min(end, at + 200))
        return beside.end() if beside else at

    def _skip(self, at: int, end: int) -> int:
        while at < end and (self._text[at].isspace() or self._text[at] in ",|-–—·"):
            at += 1
        return at

    def _is_line_of_header(self, piece: Span) -> bool:
        words = piece.words(self._text)
        if len(words) > 160:
            return False
        byline = _BYLINE.match(words)
        if byline and self._are_names(byline["names"]):
            return True
        return _agency_line().match(words) is not None

    def _is_line_of_dateline(self, piece: Span, *, is_last: bool) -> bool:
        """A town on a line of its own, or a dateline that was glued to the story."""
        words = piece.words(self._text)
        if is_last or len(words) > 80:
            return False
        wire = _bare_dateline().match(words) if "(" in words else None
        town = self._n_headlines and re.fullmatch(rf"{_TOWN}(?:[.,]? {_DAY})?", words)
        return (wire is not None and wire.end() == len(words)) or (
            bool(town) and len(words.split()) <= 4
        )

    @staticmethod
    def _are_names(words: str) -> bool:
        tokens = re.split(r"[\s,/]+", words.strip())
        return all(
            not token or token[0].isupper() or token.lower() in _BYLINE_WORDS for token in tokens
        )

    def _is_headline(self, piece: Span, *, is_last: bool) -> bool:
        """Whether a whole piece reads like a headline or the line under it."""
        words = piece.words(self._text)
        n_words = len(words.split())
        if self._title is not None and _match_title(words, self._title) == len(words):
            return True
        if is_last or self._n_headlines >= 3 or not 2 <= n_words <= 35 or len(words) > 260:
            return False
        if _DATELINE.match(words) or words[0] in "-*•–—(":
            return False
        if not _STOP_AT_END.search(words[-8:]):
            return words.split()[-1].lower() not in _SMALL
        return words[-1] == "." and self._n_headlines == 0 and self._is_title(words)

    def _read_beginning(self, rest: Span) -> Iterator[Segment]:
        """A headline at the beginning of a piece that holds the story as well."""
        at = rest.start
        if not self._n_headlines and not _DATELINE.match(self._text, at, min(rest.end, at + 160)):
            end = self._end_of_inline_headline(rest)
            if end is not None:
                yield from self._with_agency(at, end)
                at = self._skip(end, rest.end)
                names = self._end_of_names(at, rest.end) if self._has_stamp else None
                if names is not None:
                    yield Segment(SegmentKind.HEADER, Span(at, names))
                    at = self._skip(names, rest.end)
        limit = min(rest.end, at + 160)
        dateline = _DATELINE.match(self._text, at, limit)
        if dateline is None and "(" in self._text[at:limit]:
            dateline = _bare_dateline().match(self._text, at, limit)
        if dateline is not None and dateline.end() < rest.end:
            is_byline = dateline[0].lower().startswith("by ")
            kind = SegmentKind.HEADER if is_byline else SegmentKind.DATELINE
            yield Segment(kind, Span(at, dateline.end()))

    def _with_agency(self, at: int, end: int) -> Iterator[Segment]:
        """A headline, and the name of the agency that may stand between it and the story."""
        agency = _agency_before().search(self._text[at:end])
        headline = trim(self._text, at, at + agency.start()) if agency else None
        if agency is None or headline is None:
            yield Segment(SegmentKind.HEADLINE, Span(at, end))
            return
        yield Segment(SegmentKind.HEADLINE, headline)
        yield Segment(SegmentKind.HEADER, Span(at + agency.start(), end))

    def _end_of_names(self, at: int, end: int) -> int | None:
        """A byline without "by" between headline and story: a sentence of names alone."""
        match = re.compile(r"(?:[A-Z][\w’'-]+ ){1,7}[A-Z][\w’'-]+\.(?=\s+[A-Z])").match(
            self._text, at, end
        )
        return match.end() if match else None

    def _end_of_inline_headline(self, rest: Span) -> int | None:
        text = self._text
        if self._title is not None:
            length = _match_title(text[rest.start : rest.start + 400], self._title)
            if length is not None and rest.start + length < rest.end:
                return rest.start + length
        starts = find_sentence_starts(text, rest.start, min(rest.end, rest.start + 900))
        ends = [*starts[1:], rest.end]
        if len(starts) < 2:
            return self._end_without_mark(rest)
        first = text[starts[0] : ends[0]].rstrip()
        lead = text[starts[1] : min(ends[min(3, len(ends) - 1)], starts[1] + 600)]
        if len(first.split()) > 40:
            return self._end_without_mark(rest)
        if self._has_stamp and any(c.start == starts[1] for c in self._captions):
            return starts[0] + len(first)
        if _repeats(first, lead) or (self._is_title(first) and len(first.split()) >= 4):
            return starts[0] + len(first)
        return self._end_without_mark(rest)

    def _is_title(self, words: str) -> bool:
        return not self._in_capitals and has_title_case(words)

    def _end_without_mark(self, rest: Span) -> int | None:
        """A headline that the first sentence follows without any mark but a capital."""
        text = self._text
        starts = find_sentence_starts(text, rest.start, min(rest.end, rest.start + 320))
        end = starts[1] if len(starts) > 1 else min(rest.end, rest.start + 320)
        for lead in _LEAD.finditer(text, rest.start, end):
            before = text[rest.start : lead.start()].split()
            if 4 <= len(before) <= 22 and before[-1].lower() not in _SMALL and '"' not in before[0]:
                return lead.start()
        return self._end_of_title_case(rest) if self._has_stamp else None

    def _end_of_title_case(self, rest: Span) -> int | None:
        """A run of words in title case that a sentence in small letters follows."""
        words = list(_WORD.finditer(self._text, rest.start, min(rest.end, rest.start + 300)))
        plain = next(
            (n for n, w in enumerate(words) if w[0][0].islower() and w[0] not in _SMALL), None
        )
        if plain is None or plain < 6:
            return None
        for number in range(plain - 1, max(plain - 4, 4), -1):
            if words[number][0] in _CUT_WORDS and not self._has_stop(words[0], words[number]):
                return words[number - 1].end()
        return None

    def _has_stop(self, first: re.Match[str], last: re.Match[str]) -> bool:
        return any(mark in self._text[first.start() : last.start()] for mark in (". ", "? ", '"'))


def has_title_case(words: str) -> bool:
    """Whether nearly all words that could be in small letters begin with a capital."""
    tokens = [token for token in _WORD.findall(words) if token.lower() not in _SMALL]
    letters = [token for token in tokens if token[0].isalpha()]
    capital = sum(token[0].isupper() for token in letters)
    return len(letters) >= 3 and capital >= 0.85 * len(letters)


def _match_title(words: str, title: str) -> int | None:
    """How many characters at the beginning are the title, marks and site names aside."""
    wanted = [token.lower() for token in _WORD.findall(title)]
    parts = [len(_WORD.findall(part)) for part in _TITLE_PARTS.split(title)]
    found = list(_WORD.finditer(words))[: len(wanted)]
    n_same = 0
    for match, token in zip(found, wanted, strict=False):
        if _bare(match[0].lower()) != _bare(token):
            break
        n_same += 1
    whole = n_same == len(wanted) or any(sum(parts[:n]) == n_same for n in range(1, len(parts)))
    if not whole or n_same < 3:
        return None
    end = found[n_same - 1].end()
    return end + len(re.match(r"[\s]?[\"”’'.!?)]*", words[end:]).group())  # type: ignore[union-attr]


def _bare(token: str) -> str:
    return token.replace("'", "").replace("’", "").replace(".", "")


def _repeats(headline: str, lead: str) -> bool:
    """Whether the words of a short first sentence come back after it, as a headline's do."""
    stems = {_bare(w.lower())[:5] for w in _WORD.findall(headline) if len(w) > 3 or w.isdigit()}
    others = {_bare(w.lower())[:5] for w in _WORD.findall(lead) if len(w) > 3 or w.isdigit()}
    if len(stems) < 4 or len(headline.split()) > 28 or '"' in headline:
        return False
    return len(stems & others) >= 0.6 * len(stems)
