"""The words around a name of a place: what sort it is, and where something lies from it."""

from dataclasses import dataclass

from allegata.encoder import Analysis
from allegata.grounding.places.toponym import Shift
from allegata.knowledge.gazetteer import Gazetteer, Sort

__all__ = ["Surroundings", "is_located", "look_around"]

_BEARINGS = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
_KM = {
    **dict.fromkeys(("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"), 1.0),
    **dict.fromkeys(("mile", "miles", "mi"), 1.609),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), 0.001),
}
_NAUTICAL_KM = 1.852
_NUMBERS = {
    word: float(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0}
_AROUND = {
    **dict.fromkeys(("near", "around", "outside", "off", "nearby"), 15.0),
    **dict.fromkeys(("outskirts", "suburbs", "surroundings", "vicinity", "edge", "edges"), 15.0),
    **dict.fromkeys(("environs", "fringes", "surroundings", "approaches", "hinterland"), 20.0),
}
"""Words before a name, and by how many km they widen the circle around it."""

_UNSAID_KM = 30.0
"""How far "north of" a place may be."""

_BORDERS = frozenset("border frontier boundary borders".split())
_LOCATIVE = frozenset(
    "in at near from to into toward towards outside around across inside throughout within beyond"
    " off onto through between via over".split()
)
_TOWNS = "settlement"
_NEVER_AFTER = frozenset("area country".split())
_NEVER_OF = frozenset("country facility street".split())
_HEADS_OF = frozenset("capital hometown bastion stronghold enclave".split())
"""Nouns after which "of" names something larger: "the capital of Buria" is not Buria."""

_DETERMINERS = frozenset("the a an its their his her this that our".split())


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a name.

    Attributes:
        first, end: The words of the name with all that belongs to it.
        sort: What the noun beside it says it is, or None.
        sort_word: The word before the name that says so, else the name's first.
        shift: Where the place lies from the one named, or None.
        vague: Whether it is the border with a place and not the place.
    """

    first: int
    end: int
    sort: Sort | None
    sort_word: int
    shift: Shift | None
    vague: bool


def look_around(
    analysis: Analysis, gazetteer: Gazetteer, first: int, end: int, sort: Sort | None
) -> Surroundings:
    """Look at the words before and after a name.

    Args:
        analysis: Holds the name.
        gazetteer: Knows the nouns.
        first: The first word of the name.
        end: One past its last, with nouns that are written as part of it.
        sort: What such a noun says, or None.
    """
    sentence = analysis.sentences[analysis.sentence_of[first]]
    if sort is None:
        end, sort = _sort_after(analysis, gazetteer, end, sentence.end)
    before, noun = _sort_before(analysis, gazetteer, first, sentence.first)
    if noun is not None and (sort is None or noun.name == sort.name):
        first, sort = before, noun
    sort_word = first
    first, shift, vague = _shift_before(analysis, first, sentence.first)
    return Surroundings(first, end, sort, sort_word, shift, vague)


def is_located(analysis: Analysis, first: int) -> bool:
    """Whether a preposition of place stands before a name, past its article and adjectives."""
    lowest = analysis.sentences[analysis.sentence_of[first]].first
    at = first - 1
    while at >= lowest and first - at < 4 and (
        analysis.upos[at] in ("ADJ", "DET") or analysis.word(at).lower() in _DETERMINERS
    ):  # fmt: skip
        at -= 1
    return at >= lowest and analysis.word(at).lower() in _LOCATIVE and analysis.upos[at] == "ADP"


def _sort_after(
    analysis: Analysis, gazetteer: Gazetteer, end: int, stop: int
) -> tuple[int, Sort | None]:
    """The noun right after a name ("Zamzam camp", "Damascus international airport")."""
    for n_words in (2, 1):
        words = [analysis.word(n).lower() for n in range(end, min(end + n_words, stop))]
        sort = gazetteer.sort(" ".join(words)) if len(words) == n_words else None
        if sort is None or analysis.upos[end + n_words - 1] not in ("NOUN", "PROPN"):
            continue
        following = analysis.word(end + n_words).lower() if end + n_words < stop else ""
        if sort.name in _NEVER_AFTER or (sort.name == _TOWNS and following == "of"):
            # "the Maran town of Tal Nakhil"
            return end, None
        return end + n_words, sort
    return end, None


def _sort_before(
    analysis: Analysis, gazetteer: Gazetteer, first: int, lowest: int
) -> tuple[int, Sort | None]:
    """The noun before a name: "the village of Tal Maran", "the capital Khartoum"."""
    at = first - 1
    if at >= lowest and analysis.word(at).lower() == "the":
        at -= 1
    if at > lowest and analysis.word(at).lower() == "of":
        at -= 1
    elif at != first - 1:
        return first, None
    if at < lowest or analysis.upos[at] not in ("NOUN", "PROPN"):
        return first, None
    noun = analysis.word(at).lower()
    sort = gazetteer.sort(noun) or (gazetteer.sort(noun[:-1]) if noun.endswith("s") else None)
    if sort is None or sort.name == "area" or (sort.is_named and at == first - 1):
        return first, None
    of = at != first - 1
    if of and sort.name != _TOWNS and at > lowest and analysis.upos[at - 1] == "PROPN":
        # "the al-Nakhil quarter of Tal Maran"
        return first, None
    many = noun.endswith("s") and gazetteer.sort(noun) is None and sort.name != "quarter"
    if of and (many or sort.name in _NEVER_OF or noun in _HEADS_OF):
        return first, None
    return at, sort


def _shift_before(analysis: Analysis, first: int, lowest: int) -> tuple[int, Shift | None, bool]:
    """What lies before a name: a distance, a direction, nearness, a border."""
    at = _past_modifiers(analysis, first - 1, lowest)
    if at < lowest:
        return first, None, False
    word = analysis.word(at).lower()
    if word in _AROUND and analysis.upos[at] in ("ADP", "SCONJ", "ADJ", "ADV"):
        # "five miles outside Mogadishu"
        distance = _distance(analysis, at - 1, lowest)
        if distance is None:
            return at, Shift(None, None, _AROUND[word]), False
        begin, km = distance
        return begin, Shift(None, km, _margin(km)), False
    if word == "with" and at > lowest and analysis.word(at - 1).lower() in _BORDERS:
        return at - 1, None, True
    if word in ("of", "from") and at > lowest:
        return _from_there(analysis, at, first, lowest)
    return first, None, False


def _from_there(
    analysis: Analysis, of: int, first: int, lowest: int
) -> tuple[int, Shift | None, bool]:
    """What "30 km (20 miles) south of", "north of", "the outskirts of", "10 km from" mean."""
    at = of - 1
    word = analysis.word(at).lower()
    if word in _AROUND and analysis.word(of).lower() == "of":
        return at, Shift(None, None, _AROUND[word]), False
    bearing, start = _bearing(analysis, at, lowest)
    distance = _distance(analysis, start - 1, lowest)
    if bearing is None and (distance is None or analysis.word(of).lower() == "of"):
        return first, None, False
    if distance is None:
        before = [analysis.word(n).lower() for n in range(max(lowest, start - 2), start)]
        if before[-1:] == ["the"]:
            # "the south of Aleppo province" is a part of it; "to the south of" a town is beyond it
            margin = _UNSAID_KM if before == ["to", "the"] else 0.0
            return start, Shift(bearing, None, margin, inside=True), False
        return start, Shift(bearing, None, _UNSAID_KM), False
    begin, km = distance
    return begin, Shift(bearing, km, _margin(km)), False


def _margin(km: float) -> float:
    """By how much a distance may be off: a fifth of it."""
    return max(2.0, 0.2 * km)


def _bearing(analysis: Analysis, at: int, lowest: int) -> tuple[float | None, int]:
    """A direction that ends at a word, and the word it begins on; else None and the next word."""
    word = analysis.word(at).lower()
    if word not in _BEARINGS:
        return None, at + 1
    if at - 2 >= lowest and analysis.word(at - 1) == "-":
        joined = analysis.word(at - 2).lower() + word
        if joined in _BEARINGS:
            return _BEARINGS[joined], at - 2
    joined = analysis.word(at - 1).lower() + word if at > lowest else ""
    if joined in _BEARINGS:
        return _BEARINGS[joined], at - 1
    return _BEARINGS[word], at


def _distance(analysis: Analysis, at: int, lowest: int) -> tuple[int, float] | None:
    """A distance that ends at a word, with the word it begins on."""
    if at >= lowest and analysis.word(at).lower() in ("to", "the", "away"):
        at = at - 1 if analysis.word(at).lower() != "the" else at - 2
    if at >= lowest and analysis.word(at) == ")":
        while at > lowest and analysis.word(at) != "(":
            at -= 1
        at -= 1
    if at - 1 < lowest or (factor := _KM.get(analysis.word(at).lower())) is None:
        return None
    at -= 1
    if analysis.word(at).lower() == "nautical":
        at, factor = at - 1, _NAUTICAL_KM
    if at >= lowest and analysis.word(at) == "-":
        at -= 1
    number = _number(analysis.word(at)) if at >= lowest else None
    return None if number is None else (at, number * factor)


def _number(word: str) -> float | None:
    try:
        number = float(word.replace(",", ""))
    except ValueError:
        return _NUMBERS.get(word.lower())
    return number if number < 20_000 else None


def _past_modifiers(analysis: Analysis, at: int, lowest: int) -> int:
    """The word before articles and adjectives: "south of | the besieged Syrian (city of Homs)"."""
    while at >= lowest and (n_words := _count_modifier(analysis, at, lowest)):
        at -= n_words
    return at


def _count_modifier(analysis: Analysis, at: int, lowest: int) -> int:
    """How many words the article or adjective has that ends here; 0 where none does."""
    word, upos = analysis.word(at).lower(), analysis.upos[at]
    if word in _DETERMINERS:
        return 1
    before = analysis.word(at - 1).lower() if at > lowest else ""
    if before == "-" and at - 2 >= lowest:
        # "rebel-held"
        return 3 if upos in ("VERB", "ADJ") else 0
    if upos == "VERB":
        return int(word.endswith("ed") and before in _DETERMINERS)
    return int(upos == "ADJ" and word not in _AROUND)
