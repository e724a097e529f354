"""The lines that stand under a claim: what it says that happened."""

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from allegata.cli.styles import DIM, LOOKS, STRONG
from allegata.cli.wrapping import wrap
from allegata.types import Claim, Reading
from allegata.types.closing import Ending
from allegata.types.event_wording import describe_telling
from allegata.types.phrase import Words, show_words
from allegata.types.telling import Telling

__all__ = ["draw_closing", "draw_tellings"]

_BULLET = "•"


def draw_tellings(
    claim: Claim, tellings: Mapping[str, Sequence[Telling]], reading: Reading, room: int
) -> Iterator[Text]:
    """Draw what a claim says that happened, an item for each event in the world.

    Args:
        claim: Stands above the lines: no event is drawn without its holder.
        tellings: Of the reading, by the claims that carry them.
        reading: Supplies text and entities.
        room: Cells that a line may take.

    Yields:
        Lines, none wider than `room`.
    """
    own = tellings.get(claim.id, ())
    margin = max((len(telling.mark or _BULLET) for telling in own), default=0) + 1
    for telling in own:
        words = describe_telling(telling, claim, reading.document, reading.entities)
        yield from _hang(words, telling.mark or _BULLET, margin, room)


def draw_closing(reading: Reading, width: int) -> Iterator[Text]:
    """Draw what closes a page: who tells of the same event, and how events belong together.

    Args:
        reading: Nothing is drawn where it has no such events.
        width: Cells that a line may take.
    """
    ending = Ending(
        reading.document, reading.claims, reading.entities, reading.events, reading.links
    )
    for closing in ending.lists():
        yield Text()
        yield Text.assemble((closing.title, STRONG))
        for words in closing.items:
            yield from _hang(words, _BULLET, len(_BULLET) + 1, width)


def _hang(words: Sequence[Words], mark: str, margin: int, room: int) -> Iterator[Text]:
    """Lines with a mark in the margin before the first."""
    lead = Text.assemble((mark.ljust(margin), DIM))
    for line in wrap(_ink(words), max(1, room - margin)):
        yield lead + line
        lead = Text(" " * margin)


def _ink(words: Sequence[Words]) -> Text:
    return Text.assemble(*((show_words(one), LOOKS[one.look]) for one in words))
