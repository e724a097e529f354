"""The events of a claim on the page for notebooks."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allegata.types.claim import Claim
from allegata.types.closing import Closing
from allegata.types.document import Document
from allegata.types.entity import Entity
from allegata.types.event_wording import describe_telling
from allegata.types.phrase import Look, Words, show_words
from allegata.types.telling import Telling

__all__ = ["Told", "draw_closing"]

_FAINT = "opacity:0.65"
_LIST = '<ul style="list-style:none;margin:0.2em 0;padding-left:2.2em;text-indent:-1.4em">'
_FRAMES = {
    Look.PLAIN: ("", ""),
    Look.KIND: ("<b>", "</b>"),
    Look.NAME: ("<bdi>", "</bdi>"),
    Look.MANNER: ("<b><i>", "</i></b>"),
    Look.FAINT: (f'<span style="{_FAINT}">', "</span>"),
    Look.WARNING: ("<i>", "</i>"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What claims tell, ready to be drawn.

    Attributes:
        document: Supplies the text.
        entities: Of the same reading: they tell who "they" are.
        tellings: By the claims that carry them.
    """

    document: Document
    entities: Sequence[Entity]
    tellings: Mapping[str, Sequence[Telling]]

    def draw(self, claim: Claim, left: int) -> tuple[str, int]:
        """Draw what a claim says that happened, as a list that belongs inside the claim.

        Args:
            claim: Whose words stand above the list: no event is drawn without its holder.
            left: Bytes that it may take.

        Returns:
            The list, empty where nothing is told or nothing fits, and how many events are left out.
        """
        items: list[str] = []
        own = self.tellings.get(claim.id, ())
        left -= len(_LIST) + len("</ul>")
        for place, telling in enumerate(own):
            item = self._draw_item(telling, claim)
            left -= len(item.encode())
            if left < 0:
                n_left = sum(len(other.events) for other in own[place:])
                return _frame(items), n_left
            items.append(item)
        return _frame(items), 0

    def count(self, claim: Claim) -> int:
        """How many events a claim carries."""
        return sum(len(telling.events) for telling in self.tellings.get(claim.id, ()))

    def _draw_item(self, telling: Telling, claim: Claim) -> str:
        mark = f'<small style="{_FAINT}">{html.escape(telling.mark or "•")}</small> '
        words = describe_telling(telling, claim, self.document, self.entities)
        return f"<li>{mark}{_draw(words)}</li>"


def draw_closing(closing: Closing) -> str:
    """Draw a list that closes the page."""
    items = [f"<li>{_draw(words)}</li>" for words in closing.items]
    return f"<p><b>{closing.title}</b></p>{_frame(items)}"


def _frame(items: Sequence[str]) -> str:
    return f"{_LIST}{''.join(items)}</ul>" if items else ""


def _draw(words: Sequence[Words]) -> str:
    parts = []
    for one in words:
        open_, close = _FRAMES[one.look]
        parts.append(f"{open_}{html.escape(show_words(one), quote=False)}{close}")
    return "".join(parts)
