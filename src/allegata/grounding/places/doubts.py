"""Names of places that stand for something else: a government, a person, an organisation."""

from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from allegata.encoder import Analysis
from allegata.grounding.places.runs import Piece
from allegata.knowledge import load_table
from allegata.knowledge.gazetteer import Gazetteer

__all__ = ["is_people", "names_other", "speaks"]

_SAYING = ("speech", "thought", "attitude", "withhold", "relay")
_INTO = ("in", "at", "near", "outside")
_NOMINAL = ("NOUN", "PROPN", "ADJ")


def is_people(analysis: Analysis, gazetteer: Gazetteer, piece: Piece) -> bool:
    """Whether it names a people or what belongs to it ("Syrian", "the Syrians")."""
    if piece.end - piece.first != 1:
        return False
    word = analysis.word(piece.first)
    if gazetteer.country_of_people(word):
        return True
    if not word.endswith("s") or any(e.precision.value == "country" for e in gazetteer.named(word)):
        return False
    return bool(gazetteer.country_of_people(word[:-1]))


def names_other(analysis: Analysis, gazetteer: Gazetteer, piece: Piece) -> bool:
    """Whether the words around make it the name of a person or of an organisation.

    That is so after a title ("Gen. Aden") and before a noun for a body that is part of the name
    ("Aleppo Media Centre") or that it belongs to ("the Damascus government").
    """
    before = analysis.word(piece.first - 1).lower() if piece.first else ""
    own = analysis.span(piece.first, piece.end).words(analysis.text).lower()
    if own in _bodies():
        return True
    if before in _titles() and analysis.upos[piece.first - 1] in ("PROPN", "NOUN"):
        return True
    after = piece.end
    if after >= len(analysis.words) or piece.sort is not None:
        return False
    word = analysis.word(after).lower()
    if analysis.upos[after] not in _NOMINAL or gazetteer.sort(word) is not None:
        return False
    return word in _bodies() and not _is_in_headline(analysis, piece)


def _is_in_headline(analysis: Analysis, piece: Piece) -> bool:
    """Whether "in" stands right before, and a small letter after: "ten killed in Marova monitor".

    Of a body there would be an article: "in the Marova council".
    """
    before = piece.first - 1
    return (
        before >= 0
        and analysis.upos[before] == "ADP"
        and analysis.word(before).lower() in _INTO
        and analysis.word(piece.end).islower()
    )


def speaks(analysis: Analysis, piece: Piece) -> bool:
    """Whether it is who says, thinks or demands something: a government that is called by a place.

    "Washington said" and "Damascus denied" are no places; "the talks in Damascus" is one.
    """
    span = analysis.span(piece.first, piece.end)
    for mark in analysis.marks:
        if mark.span.start > span.end:
            break
        if mark.role == "source" and mark.span == span:
            return True
    sentence = analysis.sentences[analysis.sentence_of[piece.first]]
    if not any(analysis.word(n).lower() in _saying() for n in range(sentence.first, sentence.end)):
        return False
    tree = sentence.tree
    for word in range(piece.first, piece.end):
        at, relation = word, tree.relations[word - sentence.first]
        while relation == "conj" and at - sentence.first >= 0:
            at = tree.heads[at - sentence.first]
            relation = tree.relations[at - sentence.first]
        head = tree.heads[at - sentence.first]
        if relation == "nsubj" and head != at and analysis.word(head).lower() in _saying():
            return not any(analysis.upos[n] == "ADP" for n in (piece.first - 1,) if n >= 0)
    return False


@cache
def _titles() -> frozenset[str]:
    """Words before the name of a person: "Gen.", "President", "Mr"."""
    return frozenset(
        noun
        for head in _heads()
        if head["sort"] == "person"
        for noun in head["nouns"]
        if " " not in noun
    )


@cache
def _bodies() -> frozenset[str]:
    return frozenset(
        form
        for head in _heads()
        if head["sort"] == "body"
        for noun in (*head["nouns"], *head.get("plural", ()))
        for form in (noun, noun + "s")
    )


def _heads() -> list[dict[str, Any]]:
    table = load_table("heads")
    return cast("list[dict[str, Any]]", table["heads"]) if isinstance(table, dict) else []


@cache
def _saying() -> frozenset[str]:
    """Forms of verbs of saying, thinking and wanting."""
    irregular = load_table("cue_forms")
    lemmas = {
        cue["lemma"]
        for cue in load_table("cues")
        if isinstance(cue, dict)
        and (cue["pos"], cue["counts"]) == ("verb", "always")
        and cue["kind"] in _SAYING
    }
    forms = {form for lemma in lemmas for form in _forms(str(lemma))}
    if isinstance(irregular, dict):
        forms |= {
            form
            for form, of in irregular.items()
            if isinstance(of, list) and lemmas.intersection(map(str, of))
        }
    return frozenset(forms)


def _forms(lemma: str) -> Iterator[str]:
    yield from (lemma, lemma + "s", lemma + "es", lemma + "ed", lemma + "d")
    yield from (lemma + "ing", lemma.removesuffix("e") + "ing")
    if lemma.endswith("y"):
        yield from (lemma[:-1] + "ies", lemma[:-1] + "ied")
    yield lemma + lemma[-1] + "ed"
