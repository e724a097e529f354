"""Questions to a sentence's tree: who is the subject, how far does a phrase reach."""

from allegata.encoder import Analysis, Tree
from allegata.types import Span

__all__ = [
    "children",
    "clause_words",
    "head_of",
    "head_word",
    "is_infinitive",
    "phrase",
    "relation_of",
    "runs",
    "subject_of",
    "subtree",
]


def _tree(analysis: Analysis, word: int) -> tuple[Tree, int]:
    sentence = analysis.sentences[analysis.sentence_of[word]]
    return sentence.tree, sentence.first


def head_of(analysis: Analysis, word: int) -> int:
    """The head of a word; the root's is itself."""
    tree, first = _tree(analysis, word)
    return tree.heads[word - first]


def relation_of(analysis: Analysis, word: int) -> str:
    """The relation of a word to its head."""
    tree, first = _tree(analysis, word)
    return tree.relations[word - first]


def children(analysis: Analysis, word: int) -> tuple[tuple[int, str], ...]:
    """The dependents of a word with their relations, in order."""
    tree, first = _tree(analysis, word)
    return tree.children[word - first]


def subtree(analysis: Analysis, word: int, *, without: tuple[str, ...] = ()) -> list[int]:
    """A word with everything below it, in order.

    Args:
        analysis: Holds the word.
        word: Where to start.
        without: Relations of direct dependents that are left out, with all below them; a name
            stands for its subtypes too.
    """
    found = [word]
    waiting = [
        child for child, relation in children(analysis, word) if not _among(relation, without)
    ]
    while waiting:
        at = waiting.pop()
        found.append(at)
        waiting.extend(child for child, _ in children(analysis, at))
    return sorted(found)


def _among(relation: str, names: tuple[str, ...]) -> bool:
    return relation in names or relation.partition(":")[0] in names


def phrase(analysis: Analysis, word: int, *, without: tuple[str, ...] = ()) -> Span:
    """The unbroken stretch around a word that its subtree fills, without marks at its ends."""
    words = set(subtree(analysis, word, without=(*without, "punct", "case", "cc", "mark")))
    first = last = word
    while first - 1 in words or (first - 2 in words and _is_inner_mark(analysis, first - 1)):
        first -= 1
    while last + 1 in words or (last + 2 in words and _is_inner_mark(analysis, last + 1)):
        last += 1
    while first < word and analysis.upos[first] == "PUNCT":
        first += 1
    while last > word and analysis.upos[last] == "PUNCT":
        last -= 1
    return analysis.span(first, last + 1)


def _is_inner_mark(analysis: Analysis, word: int) -> bool:
    return analysis.upos[word] in ("PUNCT", "ADP", "CCONJ", "PART", "SCONJ", "DET")


def head_word(analysis: Analysis, first: int, end: int) -> int:
    """The word of a stretch whose head lies outside it: the stretch's own head."""
    for word in range(first, end):
        head = head_of(analysis, word)
        if (head == word or not first <= head < end) and analysis.upos[word] not in (
            "PUNCT",
            "ADP",
            "PART",
            "AUX",
            "ADV",
            "DET",
        ):
            return word
    return next((w for w in range(first, end) if analysis.upos[w] in ("VERB", "NOUN")), first)


def subject_of(analysis: Analysis, word: int) -> int | None:
    """The word that names who does what a verb says, or whose noun it is.

    Follows coordination, chains of infinitives and participles upwards. In a passive only a
    by-phrase counts.
    """
    at = word
    for _ in range(6):
        below = {relation: child for child, relation in reversed(list(children(analysis, at)))}
        passive = "nsubj:pass" in below or "aux:pass" in below
        if "obl:agent" in below:
            return below["obl:agent"]
        if analysis.upos[at] in ("NOUN", "PROPN") and at == word and "nmod:poss" in below:
            return below["nmod:poss"]
        if not passive and "nsubj" in below:
            return _past_pronoun(analysis, below["nsubj"], at)
        if passive:
            return None
        relation, head = relation_of(analysis, at), head_of(analysis, at)
        if head == at:
            return None
        if relation.startswith("acl") and relation != "acl:relcl":
            return (
                head
                if analysis.upos[at] == "VERB" and analysis.word(at).lower().endswith("ing")
                else None
            )
        if relation not in ("conj", "xcomp", "parataxis", "aux", "cop") and not relation.startswith(
            "advcl"
        ):
            return None
        at = head
    return None


def _past_pronoun(analysis: Analysis, subject: int, verb: int) -> int:
    """For a relative pronoun the noun it stands for."""
    if relation_of(analysis, verb) == "acl:relcl" and analysis.word(subject).lower() in (
        "who",
        "which",
        "that",
    ):
        return head_of(analysis, verb)
    return subject


def clause_words(analysis: Analysis, verb: int, *, beside: bool = False) -> list[int]:
    """The words of a verb's own clause: its subtree without other clauses beside or after it.

    Args:
        analysis: Holds the verb.
        verb: Head of the clause.
        beside: Keep infinitives of purpose and other clauses that no conjunction opens.
    """
    left_out = ["conj", "parataxis", "punct", "cc", "discourse"]
    kept = set(subtree(analysis, verb, without=(*left_out, "advcl")))
    if beside:
        for child, relation in children(analysis, verb):
            if relation.startswith("advcl") and child > verb and not _is_opened(analysis, child):
                kept.update(subtree(analysis, child))
    return sorted(kept)


def _is_opened(analysis: Analysis, verb: int) -> bool:
    """Whether a clause has a conjunction, or a comma before it."""
    return any(
        (relation == "mark" and analysis.word(child).lower() != "to")
        or (relation == "advmod" and analysis.word(child).lower() in ("when", "where"))
        or (relation == "punct" and child < verb)
        for child, relation in children(analysis, verb)
    )


def is_infinitive(analysis: Analysis, verb: int) -> bool:
    """Whether a verb has a "to" before it."""
    return any(
        relation == "mark" and analysis.word(child).lower() == "to"
        for child, relation in children(analysis, verb)
    )


def runs(analysis: Analysis, words: list[int]) -> tuple[Span, ...]:
    """Unbroken stretches of word numbers as spans, marks between two of them bridged."""
    stretches: list[list[int]] = []
    for word in words:
        if stretches and all(
            analysis.upos[w] == "PUNCT" for w in range(stretches[-1][1] + 1, word)
        ):
            stretches[-1][1] = word
        else:
            stretches.append([word, word])
    return tuple(analysis.span(a, b + 1) for a, b in stretches)
