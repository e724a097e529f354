"""Verbs of thought: nobody but the one who thinks it can say what somebody thinks.

In "survivors said soldiers had come and that they feared more raids", "they" are the survivors.
"""

from collections.abc import Iterator
from functools import cache
from typing import cast

from allegata.encoder import Analysis
from allegata.errors import KnowledgeError
from allegata.knowledge import load_table

__all__ = ["is_thinking"]


def is_thinking(analysis: Analysis, word: int) -> bool:
    """Whether the verb behind a pronoun is one of thought.

    Args:
        analysis: Holds the pronoun.
        word: The pronoun's number.
    """
    at = word + 1
    end = analysis.sentences[analysis.sentence_of[word]].end
    while at < end and analysis.upos[at] in ("AUX", "ADV", "PART"):
        at += 1
    return at < end and analysis.word(at).lower() in _load_thoughts()


@cache
def _load_thoughts() -> frozenset[str]:
    """All forms of the verbs of thought among the cues."""
    try:
        entries = cast("list[dict[str, str]]", load_table("cues"))
        irregular = cast("dict[str, list[str]]", load_table("cue_forms"))
        lemmas = {entry["lemma"] for entry in entries if entry["kind"] == "thought"}
    except (KeyError, TypeError) as error:
        raise KnowledgeError(f"cues.json: lacks {error}. Run `make knowledge`.") from error
    forms = {form for form, found in irregular.items() if lemmas.intersection(found)}
    return frozenset(forms.union(*map(_forms, lemmas)))


def _forms(lemma: str) -> Iterator[str]:
    yield from (lemma, lemma + "s", lemma + "ed", lemma + "d")
    if lemma.endswith("y"):
        yield from (lemma[:-1] + "ies", lemma[:-1] + "ied")
