"""Words like "the capital" that name nothing: that of the people or the country spoken of."""

from collections.abc import Iterator, Mapping, Sequence

from allegata.encoder import Analysis
from allegata.grounding.places.toponym import Toponym
from allegata.knowledge.gazetteer import Entry, Gazetteer

__all__ = ["find_capitals"]

_MOSTLY = 0.6
"""A country with such a share of the document is the one whose capital "the capital" is."""


def find_capitals(
    analysis: Analysis,
    gazetteer: Gazetteer,
    toponyms: Sequence[Toponym],
    shares: Mapping[str, float],
) -> Iterator[tuple[int, int, Entry]]:
    """Find "the Burian capital" and "the capital" where no name stands beside them.

    Args:
        analysis: Of the document.
        gazetteer: Knows peoples and capitals.
        toponyms: Those that were found.
        shares: How much each country is spoken of, all together one.

    Yields:
        First word and the end of the words, and the capital.
    """
    taken = {n for toponym in toponyms for n in range(toponym.outer_first, toponym.outer_end)}
    main = max(shares, key=lambda code: shares[code], default=None)
    for at, (start, end) in enumerate(analysis.words):
        if end - start != 7 or at in taken or analysis.text[start:end].lower() != "capital":
            continue
        following = analysis.word(at + 1).lower() if at + 1 < len(analysis.words) else ""
        if following == "of" or analysis.upos[at] != "NOUN" or at == 0:
            continue
        before = analysis.word(at - 1)
        codes = gazetteer.country_of_people(before)
        if not codes and before.lower() == "the" and main and shares[main] >= _MOSTLY:
            codes = frozenset((main,))
        for code in codes if len(codes) == 1 else ():
            capital = gazetteer.capital(code)
            if capital is not None and (at + 1) not in taken:
                yield at - 1 if before.lower() != "the" else at, at + 1, capital
