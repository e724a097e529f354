"""Which words of a sentence tell of one happening, so that a date of one dates the others.

"Stormed a camp on Friday, sparking a firefight and killing a man" is one happening; so is "an
attack that killed twelve on Friday". What a clause only speaks of ("protested against the raid on
Friday") is another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from allegata.encoder import Analysis, Sentence
from allegata.knowledge import load_words
from allegata.types import EventKind

__all__ = ["Bond", "Happenings"]

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_MEANS = frozenset({"in", "by", "during", "with", "amid", "through"})
_MEANWHILE = frozenset({"when", "as", "while"})
_RELATIVE = frozenset({"that", "which", "who"})
_RESULTS = frozenset({EventKind.KILLING, EventKind.HARM, EventKind.DESTRUCTION})


@dataclass(frozen=True, slots=True)
class Bond:
    """A word that tells of the same happening.

    Attributes:
        word: Its number in the analysis.
        leading: Whether only a time that stands before this word dates both, as in "On Friday
            rebels seized the town and the army withdrew".
        done: Whether only what has happened is dated across it: not the leaving in "decided on
            Friday to leave".
    """

    word: int
    leading: bool = False
    done: bool = False


class Happenings:
    """The bonds between the words of one sentence.

    Args:
        analysis: Supplies the words and their parts of speech.
        sentence: The sentence, with its tree.
        kinds: The kinds of its events, by the head word of their triggers.
        cues: The words that are cues: what is said is no part of the saying.
    """

    def __init__(
        self,
        analysis: Analysis,
        sentence: Sentence,
        kinds: Mapping[int, EventKind],
        cues: frozenset[int],
    ) -> None:
        self._analysis = analysis
        self._sentence = sentence
        self._tree = sentence.tree
        self.kinds = kinds
        self._cues = cues
        self._bonds: dict[int, list[Bond]] | None = None

    @cached_property
    def _children(self) -> Mapping[int, Sequence[int]]:
        first = self._sentence.first
        children: dict[int, list[int]] = {}
        for word, head in enumerate(self._tree.heads, first):
            if head != word:
                children.setdefault(head, []).append(word)
        return children

    def bonds(self, word: int) -> Sequence[Bond]:
        """Words bound to a word directly."""
        if self._bonds is None:
            self._bonds = {}
            for bound in range(self._sentence.first, self._sentence.end):
                self._bind(self._bonds, bound)
        return self._bonds.get(word, [])

    def head(self, word: int) -> int:
        """The word that a word depends on; the root is its own."""
        return self._tree.heads[word - self._sentence.first]

    def relation(self, word: int) -> str:
        """How a word depends on its head."""
        return self._tree.relations[word - self._sentence.first]

    def head_of(self, first: int, end: int) -> int:
        """The word of a run that the others depend on."""
        outside = [n for n in range(first, end) if not first <= self.head(n) < end]
        roots = [n for n in range(first, end) if self.head(n) == n]
        return (roots or outside or [first])[-1]

    def opening(self, word: int) -> str:
        """The preposition or conjunction that opens a phrase or clause, in small letters, or ""."""
        openers = self.dependents(word, "case", "mark", "advmod")
        return next((self._lower(one) for one in openers if one < word), "")

    def subject_event(self, verb: int, before: int) -> int:
        """The event that is a verb's subject, where an expression stands between the two."""
        subjects = self.dependents(verb, *_SUBJECTS) if before < verb else ()
        return next((one for one in subjects if one in self.kinds and one < before), verb)

    def is_brought_about(self, word: int) -> bool:
        """Whether a verb only says that a noun came of something else: "sparking a firefight"."""
        verb = self._lower(self.head(word))
        return self.relation(word) == "obj" and verb in _light_verbs(
            "bringing about", "setting off"
        )

    def last_conjunct(self, word: int, before: int) -> int:
        """The last verb joined to a verb that stands before some word; else the verb itself."""
        joined = [
            child
            for child in self.dependents(word, "conj")
            if word < child < before and self._both_verbs(child, word)
        ]
        return max(joined, default=word)

    def _lower(self, word: int) -> str:
        return self._analysis.word(word).lower()

    def dependents(self, word: int, *relations: str) -> Iterator[int]:
        """Dependents of a word in some relation."""
        for child in self._children.get(word, ()):
            if self.relation(child) in relations:
                yield child

    def _bind(self, bonds: dict[int, list[Bond]], word: int) -> None:
        head = self.head(word)
        if head == word or head in self._cues or word in self._cues:
            return
        if self.relation(word) == "conj":
            self._bind_conjunct(bonds, word, head)
        elif self._is_bound(word, head, self.relation(word)):
            infinitive = self.relation(word) in ("xcomp", "ccomp")
            bonds.setdefault(word, []).append(Bond(head, done=infinitive))
            bonds.setdefault(head, []).append(Bond(word, done=infinitive))

    def _bind_conjunct(self, bonds: dict[int, list[Bond]], word: int, head: int) -> None:
        if not (self._both_verbs(word, head) or (word in self.kinds and head in self.kinds)):
            return
        if self._is_perfect(word) and not self._is_perfect(head):
            return  # "began on Friday and has killed dozens"
        results = {self.kinds.get(word), self.kinds.get(head)} <= _RESULTS
        other = any(self.dependents(word, *_SUBJECTS)) and not results
        bonds.setdefault(word, []).append(Bond(head, leading=other))
        if not other:
            bonds.setdefault(head, []).append(Bond(word))

    def _is_perfect(self, word: int) -> bool:
        helpers = {self._lower(helper) for helper in self.dependents(word, "aux")}
        return not helpers.isdisjoint({"has", "have"})

    def _both_verbs(self, word: int, head: int) -> bool:
        return self._analysis.upos[word] == self._analysis.upos[head] == "VERB"

    def _is_bound(self, word: int, head: int, relation: str) -> bool:
        """Whether a dependent tells of the same happening as its head."""
        nominal = self._analysis.upos[word] in _NOMINAL
        verbal = self._analysis.upos[head] == "VERB"
        if relation == "advcl":
            participle = self._lower(word).endswith("ing")
            marked = any(self.dependents(word, "mark"))
            return self.opening(word) in _MEANWHILE or (participle and not marked)
        if relation in ("xcomp", "ccomp"):
            marks = {self._lower(mark) for mark in self.dependents(word, "mark")}
            return verbal and (relation == "xcomp" or "to" in marks)
        if relation in ("acl", "acl:relcl"):
            return head in self.kinds and self._modifies(word)
        if relation == "amod":  # a tree that takes "the attack killed ten" for one noun phrase
            return {word, head} <= self.kinds.keys() and self._analysis.upos[word] == "VERB"
        if not (nominal and verbal and word in self.kinds):
            return False
        if relation in ("nsubj", "obl:agent"):
            return self._lower(head) not in _light_verbs("setting off")
        if relation in ("obj", "nsubj:pass"):
            return head not in self.kinds and self._lower(head) in _light_verbs()
        cases = {self._lower(case) for case in self.dependents(word, "case")}
        light = self._lower(head) in _light_verbs() and "after" not in cases
        return relation == "obl" and (light or not cases.isdisjoint(_MEANS))

    def _modifies(self, word: int) -> bool:
        """Whether a clause at a noun says what that did: "an attack that killed twelve"."""
        if self._lower(word).endswith("ing"):
            return True
        subjects = {self._lower(subject) for subject in self.dependents(word, "nsubj")}
        return not subjects.isdisjoint(_RELATIVE)


@cache
def _light_verbs(*forms: str) -> frozenset[str]:
    """Verbs of some forms, of all where none is named."""
    table = load_words("light_verbs")
    return frozenset(word for form in forms or table for word in table[form])
