"""Lines of a given width."""

from rich.console import Console
from rich.text import Text

__all__ = ["wrap"]

_RULER = Console(width=80)  # rich asks for a console, though only the width given counts


def wrap(words: Text, width: int) -> list[Text]:
    """Break words into lines at white space; a word wider than a line is cut.

    Args:
        words: On one line.
        width: Cells that a line may take, at least 2 (a wide character needs them).
    """
    lines = words.wrap(_RULER, max(width, 2), overflow="fold", tab_size=1)
    for line in lines:
        line.rstrip()
    return list(lines)
