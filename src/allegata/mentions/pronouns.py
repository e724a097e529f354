"""Pronouns: what each may stand for."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from allegata.mentions.heads import Gender

__all__ = ["PRONOUNS", "TRACKED", "Pronoun"]


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a pronoun may stand for.

    Attributes:
        human: True for one human only, False for things and bodies only, None for either.
        plural: True for several or a body, False for one, None for either.
        gender: Of the human, or None.
        speaker: Whether it stands for whoever is speaking.
        relative: Whether it stands for what is named just before it.
    """

    human: bool | None = None
    plural: bool | None = None
    gender: Gender | None = None
    speaker: bool = False
    relative: bool = False


_HE = Pronoun(human=True, plural=False, gender=Gender.HE)
_SHE = Pronoun(human=True, plural=False, gender=Gender.SHE)
_IT = Pronoun(human=False, plural=False)
_THEY = Pronoun(plural=True)
_I = Pronoun(speaker=True, plural=False)
_WE = Pronoun(speaker=True, plural=True)

PRONOUNS: Mapping[str, Pronoun] = MappingProxyType(
    {
        **dict.fromkeys(("he", "him", "his", "himself"), _HE),
        **dict.fromkeys(("she", "her", "hers", "herself"), _SHE),
        **dict.fromkeys(("it", "its", "itself"), _IT),
        **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "both"), _THEY),
        **dict.fromkeys(("i", "me", "my", "mine", "myself"), _I),
        **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), _WE),
        **dict.fromkeys(("who", "whom", "whose"), Pronoun(relative=True)),
        "which": Pronoun(human=False, relative=True),
        "that": Pronoun(relative=True),
    }
)
"""By the word in lower case. What is not listed ("you", "this") refers to nobody who speaks."""

TRACKED = frozenset(("he", "him", "she", "they"))
"""Those that are followed where they are no sources, too. The others are too often misread."""
