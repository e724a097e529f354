"""The looks of a page: few, legible on light and on dark, and never the only carrier of meaning.

Every colour has about the same contrast (4.5 to 1) against black as against white. What a colour
tells is also told by a shape: `‹source›`, `_cue_`, `⌜content⌟`, and the number of the claim.
"""

from rich.style import Style

from allegata.types.phrase import Look

__all__ = ["CUE", "DIM", "LABEL", "LOOKS", "SOURCE", "STRONG", "WARN", "choose_tint"]

STRONG = Style(bold=True)
DIM = Style(dim=True)
LABEL = Style(dim=True, italic=True)
SOURCE = Style(bold=True, color="color(166)")
CUE = Style(italic=True, color="color(133)")
WARN = Style(color="color(166)")

LOOKS = {
    Look.PLAIN: Style(),
    Look.KIND: STRONG,
    Look.NAME: Style(),
    Look.MANNER: Style(bold=True, italic=True),
    Look.FAINT: DIM,
    Look.WARNING: WARN,
}
"""The looks of the words for events."""

_TINTS = (Style(color="color(31)"), Style(color="color(29)"), Style(color="color(98)"))


def choose_tint(depth: int) -> Style:
    """The colour of what is said.

    Args:
        depth: How many sources stand between the document and the words, at least 1.
    """
    return _TINTS[(depth - 1) % len(_TINTS)]
