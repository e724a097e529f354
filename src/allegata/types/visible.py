"""Characters of a document that could command a terminal, as symbols that only show."""

import re

__all__ = ["make_line_visible", "make_visible"]

_COMMANDS = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 without tab and newline, DEL, C1
    "\u2028\u2029"  # line and paragraph separators
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates of direction
    "\ufeff\ufff9-\ufffb"  # byte order mark, interlinear annotations
    "\U000e0000-\U000e007f"  # tags: text that nobody sees
    "\ud800-\udfff"  # lone surrogates, which no stream can carry
    "]"
)


def make_visible(text: str) -> str:
    """Replace what a terminal would obey by what a person can see.

    Args:
        text: From a document, a path, or anything else that somebody else wrote.

    Returns:
        The text with control characters as their pictures (`␛`), other characters that act
        without being seen as `<U+202E>`. Tabs, newlines and all scripts stay.
    """
    return _COMMANDS.sub(_draw, text)


def make_line_visible(text: str) -> str:
    """The same on one line: every run of white space becomes one space."""
    return make_visible(" ".join(text.split()))


def _draw(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"
