"""All chains of a document, found quickly by the words they may be called by."""

from collections.abc import Iterable, Iterator, Mapping

from allegata.mentions.chains import Chain
from allegata.mentions.matching import find_group
from allegata.mentions.mention import Description, Mention
from allegata.mentions.names import initials

__all__ = ["Registry"]

_STEM = 3
_MOST = 60


class Registry:
    """Chains in order of first mention, with an index over their words.

    Args:
        groups: Folded names that the text says to be the same, by the number of their group.
    """

    def __init__(self, groups: Mapping[str, int]) -> None:
        self.groups = groups
        self.chains: list[Chain] = []
        self.recent: list[tuple[Mention, Chain]] = []
        self._index: dict[str, list[Chain]] = {}

    def add(self, mention: Mention, chain: Chain | None) -> Chain:
        """Put a mention into a chain, or into one of its own."""
        if chain is None:
            chain = Chain()
            self.chains.append(chain)
        chain.add(mention)
        self.recent.append((mention, chain))
        for key in {*self._name_keys(mention), *_noun_keys(mention.descriptions)}:
            found = self._index.setdefault(key, [])
            if not found or found[-1] is not chain:
                found.append(chain)
        return chain

    def named_like(self, mention: Mention) -> list[Chain]:
        """Chains that share a word of the name, its initials, or a stated alias."""
        return self._among({*self._name_keys(mention), "initials " + "".join(mention.name)})

    def called_like(self, mention: Mention) -> list[Chain]:
        """Chains that were called by the same noun, or by one that means the same."""
        names = ("name " + one.word[:_STEM] for one in mention.descriptions)
        return self._among({*_noun_keys(mention.descriptions), *names})

    def before(self, mention: Mention, n_sentences: int) -> Iterator[tuple[Mention, Chain]]:
        """What was mentioned in the last sentences, the latest first."""
        for other, chain in reversed(self.recent):
            if mention.sentence - other.sentence > n_sentences:
                return
            yield other, chain

    def chains_before(self, mention: Mention, n_sentences: int) -> list[Chain]:
        """The chains that were mentioned in the last sentences."""
        return list(dict.fromkeys(chain for _, chain in self.before(mention, n_sentences)))

    def _among(self, keys: Iterable[str]) -> list[Chain]:
        found = {chain: None for key in sorted(keys) for chain in self._index.get(key, ())[-_MOST:]}
        return list(found)

    def _name_keys(self, mention: Mention) -> Iterator[str]:
        for word in mention.name:
            yield "name " + word[:_STEM]
        if len(mention.name) > 1:
            for letters in initials(mention.name):
                yield "initials " + letters
        group = find_group(mention.name, self.groups)
        if group is not None:
            yield f"group {group}"


def _noun_keys(descriptions: Iterable[Description]) -> Iterator[str]:
    for one in descriptions:
        yield "noun " + one.word
        for idea in one.head.ideas if one.head else ():
            yield "idea " + idea
