"""Photo captions and credits."""

import re
from collections.abc import Iterator

from allegata.documents.segment_phrases import Phrases
from allegata.documents.segment_pieces import find_sentence_starts, trim
from allegata.types import Segment, SegmentKind, Span

__all__ = ["find_captions", "find_inline_captions", "find_marked_credit", "is_credit"]

_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,140})[)\]]")
_TOKEN = re.compile(r"[^\s/,|;:]+")
_CONNECTORS = frozenset(
    "via by of for and from the in on at to de al el van von bin ibn © c".split()
)
_TOO_GENERAL = frozenset(
    "video map graphic illustration picture pictures image images archives".split()
)
_MARKED = re.compile(r"©\s*(?:[^\n/'\"“‘.]{1,40}/\s*)?")
_NAME = re.compile(r"[A-Z][\w.'’-]*(?:[ ][A-Z][\w.'’-]*)?")
_WHOLE_NAME = re.compile(r"[A-Z][\w'’-]*(?:[ ][A-Z][\w.'’-]*){0,3}\W*\Z")
# Words of credits that are parts of other names as well.
_NAME_PARTS = frozenset(
    "archive archives file map graphic pool video illustration courtesy".split()
)
_VIA = re.compile(
    r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4} via (?:the )?[A-Z][\w.-]*(?: [A-Z]\w*){0,2}\W*\Z"
)
_OPENING = re.compile(
    r"In (?:this|these)(?: (?:[A-Z][\w.]*|[\d,]+,?|[a-z]+,?)){0,6}? "
    r"(?:photo(?:graph)?s?|images?|pictures?|(?:frame |video |screen )?grabs?|combination)\b"
    r"|Th(?:is|ese)(?: (?:[A-Z][\w.,]*|[\d,]+|undated|still|file|handout|satellite|combination"
    r"|composite|frame|screen|video|aerial)){0,6}? "
    r"(?:photo(?:graph)?s?|images?|pictures?|grabs?|combination|screenshot)"
    r"(?: (?:grabs?|of (?:photos|pictures|images)))?,? "
    r"(?:provided|released|taken|made|obtained|distributed|from|supplied|posted|issued|dated"
    r"|published|courtesy)\b"
)
_LONGEST = 750
_LONGEST_SENTENCE = 450


def is_credit(words: str, phrases: Phrases) -> bool:
    """Whether a few words only say where a picture comes from.

    Args:
        words: What stands in brackets or on a line of its own.
        phrases: Supplies the words of credits and the names of agencies.

    Returns:
        True for "AP Photo/A. Moss", "File photo", "Bert Field via Wire News". False for the name
        of an agency alone, which may as well sign a report.
    """
    tokens = _TOKEN.findall(words)
    if not tokens or len(tokens) > 16:
        return False
    lowered = [token.lower().strip(".") for token in tokens]
    named = phrases.source.search(words)
    credit = [word for word in lowered if word in phrases.credit_words]
    if not named and not credit:
        return False
    if not named and len(tokens) > 3 and not set(credit) - _NAME_PARTS:
        return False
    if len(tokens) == 1:
        return lowered[0] not in _TOO_GENERAL
    if lowered[0] in ("photo", "photograph", "courtesy", "credit", "image", "screengrab", "photos"):
        return len(tokens) <= 12
    return all(
        token[0].isupper() or not token[0].isalpha() or word in _CONNECTORS or word in credit
        for token, word in zip(tokens, lowered, strict=True)
    )


def find_captions(text: str, piece: Span, phrases: Phrases) -> list[Segment]:
    """Read a whole piece as a caption, a credit, or a credit with a title behind it.

    Args:
        text: Text of a document.
        piece: A paragraph or what is left of one.
        phrases: Supplies the words of credits.

    Returns:
        Segments that cover the piece, or nothing where it is no caption.
    """
    words = piece.words(text)
    if len(words) > _LONGEST:
        return []
    if words[0] == "©":
        return _marked(text, piece)
    is_caption = (
        is_credit(_last_brackets(words), phrases)
        or (len(words) < 120 and is_credit(words.rstrip(". "), phrases) and _is_named(words))
        or (_OPENING.match(words) is not None)
        or _ends_with_credit(words[-60:], phrases)
    )
    if not is_caption:
        return []
    few = len(find_sentence_starts(text, piece.start, piece.end)) <= 4
    return [Segment(SegmentKind.CAPTION, piece)] if few else []


def _last_brackets(words: str) -> str:
    """What stands in brackets at the end, or nothing."""
    words = words.rstrip(". ")
    if words[-1:] not in (")", "]"):
        return ""
    start = max(words.rfind("("), words.rfind("["))
    return words[start + 1 : -1] if start >= 0 and len(words) - start < 142 else ""


def _ends_with_credit(words: str, phrases: Phrases) -> bool:
    """Whether words end like "REUTERS/Ann Moss" or "Ann Moss/AFP via Getty Images"."""
    if "/" not in words and " via " not in words:
        return False
    last = list(phrases.source.finditer(words))
    if last and last[-1].end() == len(words):
        return True
    pattern = rf"\s{phrases.agency}\s?/\s?[A-Z][\w.-]+ [A-Z][\w-]+\.?\Z"
    return re.search(pattern, words) is not None


def _is_named(words: str) -> bool:
    """A credit without brackets must name more than a thing: "Video" alone could be a menu."""
    return (
        "/" in words
        or _VIA.match(words) is not None
        or words.lower().startswith(("photo", "image", "getty"))
    )


def _marked(text: str, piece: Span) -> list[Segment]:
    """A credit after the copyright sign, and the title of another story that may follow it."""
    end = _end_of_marked(text, piece)
    if end is None:
        return []
    rest = trim(text, end, piece.end)
    if rest is None:
        return [Segment(SegmentKind.CAPTION, piece)]
    words = rest.words(text)
    if words[-1] in ".!" or len(words.split()) < 3:
        few = len(find_sentence_starts(text, piece.start, piece.end)) <= 3
        return [Segment(SegmentKind.CAPTION, piece if few else Span(piece.start, end))]
    credit = Segment(SegmentKind.CAPTION, Span(piece.start, end))
    return [credit, Segment(SegmentKind.PROMO, rest)] if len(words) <= 250 else [credit]


def _end_of_marked(text: str, piece: Span) -> int | None:
    """Where the names after a copyright sign end. A name has two words, or all up to the end."""
    match = _MARKED.match(text, piece.start, piece.end)
    if match is None:
        return None
    whole = _WHOLE_NAME.match(text[match.end() : min(piece.end, match.end() + 80)])
    if whole and match.end() + whole.end() == piece.end:
        return piece.end
    name = _NAME.match(text, match.end(), piece.end) or _TOKEN.match(text, match.end(), piece.end)
    return name.end() if name else None


def find_marked_credit(text: str, sentence: Span) -> Span | None:
    """The credit after a copyright sign at the beginning of a sentence, or None."""
    end = _end_of_marked(text, sentence)
    return Span(sentence.start, end) if end is not None else None


def find_inline_captions(text: str, piece: Span, phrases: Phrases) -> Iterator[Span]:
    """Find captions in the middle of a paragraph: the sentence that ends with a credit.

    Args:
        text: Text of a document.
        piece: A paragraph or what is left of one.
        phrases: Supplies the words of credits.

    Yields:
        Stretches in order, each from the beginning of a sentence to the end of its credits.
    """
    taken = piece.start
    for match in _BRACKETS.finditer(text, piece.start, piece.end):
        if match.start() < taken or not _closes_caption(text, match, piece, phrases):
            continue
        end = match.end()
        following = _BRACKETS.match(text, _skip_space(text, end), piece.end)
        while following and _is_source(following[1], phrases):
            end = following.end()
            following = _BRACKETS.match(text, _skip_space(text, end), piece.end)
        first = max(taken, match.start() - _LONGEST_SENTENCE)
        starts = find_sentence_starts(text, first, match.start())
        start = starts[-1]
        if start == first and first != taken:
            continue
        for earlier in reversed(starts[-4:-1]):
            if _OPENING.match(text, earlier, match.start()):
                start = earlier
        taken = end
        yield Span(start, end)


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _is_source(words: str, phrases: Phrases) -> bool:
    return (
        is_credit(words, phrases)
        or re.fullmatch(rf"[A-Z][\w ]*(?: and {phrases.agency})?", words) is not None
    )


def _closes_caption(text: str, match: re.Match[str], piece: Span, phrases: Phrases) -> bool:
    """Whether brackets hold a credit, and a sentence begins or the piece ends after them."""
    after = _skip_space(text, match.end())
    begins = after > match.end() and text[after : after + 1].isupper()
    if after < piece.end and not begins and text[after] not in '(["“.':
        return False
    words = match[1]
    if is_credit(words, phrases):
        return True
    joint = re.fullmatch(rf"[A-Z][\w.-]*(?: [A-Z][\w.-]*){{0,3}} and {phrases.agency}", words)
    return joint is not None and not words.startswith("With ") and after < piece.end
