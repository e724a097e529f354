"""Words: the units that the reading model labels, cut much as Universal Dependencies cuts English.

Hyphenated compounds fall apart at their hyphens, clitics stand alone ("do|n't", "army|'s"), stops
stay with initials and titles ("U.S.", "Gen."), and every other mark is a word of its own.
"""

import re
from collections.abc import Iterator

from allegata.types import Span

__all__ = ["find_words"]

_TITLES = (
    "Adm|Brig|Capt|Cmdr|Co|Col|Corp|Cpl|Dr|Gen|Gov|Inc|Jr|Lt|Ltd|Maj|Messrs|Mr|Mrs|Ms|Mt|No|Pfc|Pres"
    "|Prof|Pvt|Rep|Rev|Sen|Sgt|Sr|St|vs|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec"
)
_WORD = re.compile(
    rf"""
      \b(?:{_TITLES})\.                        # titles and months keep their stop
    | (?:[^\W\d_]\.){{2,}}                     # U.S., a.m.
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?\b     # 1,800   10:30   3rd   1990s
    | \d+(?:[.,:]\d+)*
    | [^\W_]+?(?=n['’]t\b)                    # the verb before n't
    | n['’]t\b
    | [^\W_]+
    | ['’](?:s|re|ve|ll|d|m)\b
    | \.{{2,}} | -{{2,}}
    | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)


def find_words(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Cut a stretch of text into words.

    Args:
        text: The document's text.
        span: The stretch to cut; a word never reaches across its borders.

    Yields:
        Start and end of each word, in code points of `text`, in order. White space is in none.
    """
    for match in _WORD.finditer(text, span.start, span.end):
        yield match.span()
