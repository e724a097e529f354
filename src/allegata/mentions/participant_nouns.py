"""Nouns for what takes part in events: the table of those who speak, and what is added to it."""

from dataclasses import dataclass
from functools import cache
from typing import cast

from allegata.errors import KnowledgeError
from allegata.knowledge import load_table
from allegata.mentions.heads import Head, HeadLexicon, load_heads, read_nouns

__all__ = ["ParticipantNouns", "load_participants"]


@dataclass(frozen=True, slots=True)
class ParticipantNouns:
    """What is known of nouns with a part in an event.

    Attributes:
        lexicon: Those of both tables. What takes part comes before what speaks: a hospital that
            is hit is a facility.
        amounts: Nouns that only say how many of what follows with "of".
        bodily: Nouns for parts of a body, which are no participants of their own.
    """

    lexicon: HeadLexicon
    amounts: frozenset[str]
    bodily: frozenset[str]


@cache
def load_participants() -> ParticipantNouns:
    """Read the compiled table.

    Raises:
        KnowledgeError: It does not have its form.
    """
    speakers = load_heads()
    own: dict[tuple[str, ...], Head] = {}
    try:
        table = cast("dict[str, list[object]]", load_table("participants"))
        for entry in table["nouns"]:
            for words, head in read_nouns(cast("dict[str, object]", entry)):
                own.setdefault(words, head)
        amounts, bodily = (frozenset(map(str, table[key])) for key in ("amounts", "bodily"))
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"participants.json: lacks {error}. Run `make knowledge`.") from error
    lexicon = HeadLexicon(
        heads={**speakers.heads, **own},
        light=speakers.light,
        never=speakers.never,
        new=speakers.new,
        last_words=speakers.last_words | {words[-1] for words in own},
    )
    return ParticipantNouns(lexicon, amounts, bodily)
