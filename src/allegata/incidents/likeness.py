"""How alike two passages are, by the words that tell what is spoken of."""

from allegata.incidents.features import content_words

__all__ = ["likeness"]

_LEAST_WORDS = 3


def likeness(one: str, other: str) -> float:
    """The share of the shorter passage's words that stand in the other, long words counting more.

    Args:
        one: A passage. Order and small words do not matter.
        other: Another.

    Returns:
        0 to 1; 0 where a passage has too few words to tell.
    """
    ours, theirs = content_words(one), content_words(other)
    if min(len(ours), len(theirs)) < _LEAST_WORDS:
        return 0.0
    shared = sum(map(_tell, ours & theirs))
    return shared / min(sum(map(_tell, ours)), sum(map(_tell, theirs)))


def _tell(word: str) -> float:
    """What a word tells: long ones are rarer."""
    return min(len(word), 10) - 2.0
