"""Choosing among the actors that share a name: by year, by full names in the text, by country."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from allegata.knowledge.actors import ActorTable, Found, KnownActor, Use
from allegata.types import EntityType

__all__ = ["Context", "choose_actor"]


@dataclass(slots=True)
class Context:
    """What a document tells about whom it may speak of.

    Attributes:
        actors: Everybody that is known.
        text: Of the document, searched for full names.
        year: Of its publication, or None.
        countries: ISO 3166 codes of the states that it is about.
        named: Codes of the states that it names besides, once they are known.
    """

    actors: ActorTable
    text: str = ""
    year: int | None = None
    countries: Collection[str] = ()
    named: Collection[str] = ()
    in_capitals: bool = field(init=False)
    """Whether all of the text is, so that they tell nothing."""
    _told: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.in_capitals = self.text.isupper()

    def tells(self, actor: KnownActor) -> bool:
        """Whether the text has words that stand for this actor alone."""
        if actor.id not in self._told:
            names = self.actors.telling_names(actor.id)
            if self.in_capitals:
                names = tuple(map(str.upper, names))
            self._told[actor.id] = any(
                name in self.text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.text)
                for name in names
            )
        return self._told[actor.id]


def choose_actor(
    found: Sequence[Found], context: Context, kind: EntityType | None = None
) -> Found | None:
    """The one that is meant, or None where the document does not tell.

    A name of its own is enough. One that several have, or that ordinary words are too, needs the
    full name somewhere in the text or the country of the text.

    Args:
        found: Everybody that has the name.
        context: What the document tells.
        kind: What sort of thing has the name here, as far as that is known.
    """
    living = _living(_of_kind(found, kind), context.year)
    sure = [one for one in living if one.use is not Use.SHARED]
    if len(living) == 1 and sure:
        return sure[0]
    told = [one for one in living if context.tells(one.actor)]
    if len(told) == 1 or (len(sure) == 1 and not told):
        return (told or sure)[0]
    for countries in (context.countries, context.named):
        near = [one for one in told or living if _is_near(one.actor, countries)]
        if len(near) == 1:
            return near[0]
        if near:
            return None
    if kind is EntityType.MEDIA and len(living) == 1 and living[0].name.isupper():
        return living[0]  # initials of one agency; a word may be the name of any town's paper
    return None


def _of_kind(found: Sequence[Found], kind: EntityType | None) -> Sequence[Found]:
    """Those that fit a kind: a shared name of an outlet is one's only where it is an outlet."""
    media: Callable[[Found], bool] = lambda one: one.actor.kind is EntityType.MEDIA  # noqa: E731
    if kind is EntityType.MEDIA:
        return [one for one in found if media(one)] or found
    return [one for one in found if one.use is not Use.SHARED or not media(one)]


def _living(found: Sequence[Found], year: int | None) -> Sequence[Found]:
    """Those that were there by then; of several, those that still were."""
    if year is None:
        return found
    begun = [one for one in found if (one.actor.first_year or year) <= year]
    still = [one for one in begun if (one.actor.last_year or year) >= year]
    return still or begun


def _is_near(actor: KnownActor, countries: Collection[str]) -> bool:
    return any(country in countries for country in actor.countries)
