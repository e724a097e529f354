"""What every state has: "Estonia's navy" is found without an entry of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from allegata.errors import KnowledgeError
from allegata.knowledge.actor_names import fold_name
from allegata.knowledge.actors import ActorTable, Found, Pattern, Use
from allegata.knowledge.tables import load_table
from allegata.types.entity_type import EntityType

__all__ = [
    "LONGEST_STATE",
    "PatternTable",
    "cut_words",
    "find_owners",
    "find_parts",
    "load_patterns",
]

LONGEST_STATE = 6
"""The most words that stand for a state."""

_OWNERS = (Use.NAME, Use.ALIAS, Use.SHARED, Use.ADJECTIVE, Use.PEOPLE)
_SMALL = frozenset(("the", "a", "an", "some", "all", "these", "those"))


@dataclass(frozen=True, slots=True)
class PatternTable:
    """What is known of the bodies of states.

    Attributes:
        nouns: The pattern of each noun, folded.
        exceptions: Folded phrases that hold a word of a state and tell of something else.
        compounds: First parts of compounds that tell of another.
        people: The pattern of a state's people.
        borne: Folded names of states and cities that people bear too.
        apposed: Folded nouns that may stand beside a name, those of fighters among them.
        fighters: Those that tell that a name is that of an armed group.
        led_by: Ends of compounds that may stand before a name.
        qualifiers: Folded words of faith, people and creed that may.
    """

    nouns: Mapping[str, Pattern]
    exceptions: frozenset[str]
    compounds: frozenset[str]
    people: Pattern
    borne: frozenset[str]
    apposed: frozenset[str]
    fighters: frozenset[str]
    led_by: frozenset[str]
    qualifiers: frozenset[str]


@cache
def load_patterns() -> PatternTable:
    """Read the compiled table.

    Raises:
        KnowledgeError: It does not have its form.
    """
    try:
        table = cast("dict[str, list[object]]", load_table("actors_patterns"))
        nouns: dict[str, Pattern] = {}
        for row in cast("list[dict[str, object]]", table["patterns"]):
            pattern = Pattern(str(row["part"]), str(row["called"]), EntityType(row["kind"]))
            for noun in cast("list[str]", row["nouns"]):
                nouns.setdefault(fold_name(noun), pattern)
        words = {
            part: frozenset(fold_name(str(phrase)) for phrase in table[part])
            for part in (
                "except",
                "borne",
                "apposed",
                "fighters",
                "compounds",
                "led_by",
                "qualifiers",
            )
        }
        return PatternTable(
            nouns=nouns,
            exceptions=words["except"],
            compounds=words["compounds"],
            people=nouns["people"],
            borne=words["borne"],
            apposed=words["apposed"] | words["fighters"],
            fighters=words["fighters"],
            led_by=words["led_by"],
            qualifiers=words["qualifiers"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(
            f"actors_patterns.json: lacks {error}. Run `make knowledge`."
        ) from error


def find_parts(actors: ActorTable, words: str) -> tuple[Found, ...]:
    """What states have and these words name: "the Estonian navy", "the Navy of Estonia".

    Args:
        actors: Knows the states.
        words: As they stand in a text, all of them.

    Returns:
        One for each state that the words may mean ("Congolese army"). Empty where nothing fits.
    """
    parts = cut_words(words)
    for owner, pattern in _splits(parts):
        found = find_owners(actors, owner)
        if found:
            return tuple(
                Found(actors.build_part(one.actor, pattern), Use.PATTERN, owner) for one in found
            )
    return ()


def cut_words(words: str) -> list[str]:
    """The words of a phrase without articles and the like in front."""
    parts = words.replace("’", "'").split()
    while parts and parts[0].lower() in _SMALL:
        parts = parts[1:]
    return parts


def find_owners(actors: ActorTable, words: str) -> list[Found]:
    """States by name or adjective; a possessive may have lost its apostrophe ("Estonias navy")."""
    for owner in (words, words[:-1]) if words.endswith("s") and "'" not in words else (words,):
        found = [one for one in actors.find(owner) if one.actor.is_land and one.use in _OWNERS]
        if found:
            return found
    return []


def _splits(parts: list[str]) -> Iterator[tuple[str, Pattern]]:
    """A state and what it has, as the words may be cut: the longest state first."""
    nouns = load_patterns().nouns
    for at in range(min(LONGEST_STATE, len(parts) - 1), 0, -1):
        pattern = nouns.get(fold_name(" ".join(parts[at:])))
        if pattern is not None:
            yield " ".join(parts[:at]), pattern
    for at in range(1, len(parts) - 1):
        if parts[at].lower() == "of":
            pattern = nouns.get(fold_name(" ".join(parts[:at])))
            if pattern is not None:
                yield " ".join(parts[at + 1 :]), pattern
