"""Whether an event and a time stand in one clause, by the words between them alone.

Trees err, most of all in long sentences. Where syntax ties no time to a verb, and its sentence
holds a single one, the words between the two decide.
"""

from collections.abc import Mapping

from allegata.encoder import Analysis
from allegata.types import EventKind

__all__ = ["is_same_clause", "owner_of"]

_BORDERS = frozenset(
    "after before since until till who whom whose which that where because although though if"
    ' unless against to ; : ( ) — – “ ” " but while following amid'.split()
)
_POSSESSIVE = frozenset({"'s", "’s"})
_RESULTS = frozenset({EventKind.KILLING, EventKind.HARM, EventKind.DESTRUCTION})
_LONGEST_NAME = 4


def is_same_clause(
    analysis: Analysis, word: int, time: int, kinds: Mapping[int, EventKind]
) -> bool:
    """Whether no border of a clause stands between a verb and an expression.

    Args:
        analysis: Supplies the words.
        word: The verb.
        time: A word of the expression.
        kinds: The kinds of the events of the sentence, by the heads of their triggers.

    Returns:
        True also across participles ("on Friday, sparking riots and killing ten") and between
        results of one happening ("ten were killed and twelve hurt on Friday").
    """
    first, end = sorted((word, time))
    for number in range(first + 1, end):
        small = analysis.word(number).lower()
        if small in _BORDERS:
            return False
        if analysis.upos[number] != "VERB" or small.endswith("ing"):
            continue
        if not {kinds.get(word), kinds.get(number)} <= _RESULTS:
            return False
    return True


def owner_of(analysis: Analysis, end: int, kinds: Mapping[int, EventKind]) -> int | None:
    """The event that an expression stands right before: "Tuesday's | suicide attack".

    Args:
        analysis: Supplies the words.
        end: One past the last word of the expression.
        kinds: The kinds of the events of the sentence, by the heads of their triggers.

    Returns:
        The head of its trigger, or None where the expression stands before no such noun.
    """
    if end < len(analysis.words) and analysis.word(end).lower() in _POSSESSIVE:
        end += 1
    for number in range(end, min(end + _LONGEST_NAME, len(analysis.words))):
        if number in kinds and analysis.upos[number] in ("NOUN", "PROPN"):
            return number
        if analysis.upos[number] not in ("NOUN", "PROPN", "ADJ"):
            return None
    return None
