"""WordPiece of our own: the pieces of a word in the vocabulary of an uncased BERT.

Equal to the `tokenizers` package word by word (a test compares them), without its dependencies.
Curly quotation marks and apostrophes are read as straight ones before they are looked up: which
way a mark turns is told to the model apart from the pieces.
"""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

__all__ = ["CLS", "PAD", "SEP", "UNKNOWN", "WordPiece"]

PAD, UNKNOWN, CLS, SEP = 0, 100, 101, 102
_LONGEST_WORD = 100
_MOST_PIECES = 12
_STRAIGHT = str.maketrans({**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛`", "'")})


class WordPiece:
    """Greedy longest-match pieces, remembered for each word seen.

    Args:
        vocabulary: Pieces in the order of their numbers.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
        self._seen: dict[str, tuple[int, ...]] = {}

    @classmethod
    def open(cls, path: Path) -> "WordPiece":
        """Read a vocabulary file, one piece a line."""
        return cls(path.read_text(encoding="utf-8").split("\n"))

    def pieces(self, word: str) -> tuple[int, ...]:
        """Numbers of a word's pieces: at least one, at most twelve."""
        found = self._seen.get(word)
        if found is None:
            found = self._cut(word)[:_MOST_PIECES] or (UNKNOWN,)
            if len(self._seen) < 500_000:
                self._seen[word] = found
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        pieces: list[int] = []
        for part in _split_marks(_fold(word.translate(_STRAIGHT))):
            pieces.extend(self._match(part))
        return tuple(pieces)

    def _match(self, part: str) -> list[int]:
        if len(part) > _LONGEST_WORD:
            return [UNKNOWN]
        pieces: list[int] = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                number = self._numbers.get(
                    part[start:end] if start == 0 else "##" + part[start:end]
                )
                if number is not None:
                    break
            else:
                return [UNKNOWN]
            pieces.append(number)
            start = end
        return pieces


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(
        char
        for char in decomposed
        if unicodedata.category(char) not in ("Mn", "Cc", "Cf", "Cs", "Co") and char != "\ufffd"
    )


def _split_marks(word: str) -> list[str]:
    parts: list[str] = []
    joined = False
    for char in word:
        if char.isspace():
            joined = False
        elif _stands_alone(char):
            parts.append(char)
            joined = False
        elif joined:
            parts[-1] += char
        else:
            parts.append(char)
            joined = True
    return parts


def _stands_alone(char: str) -> bool:
    code = ord(char)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    if 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF:
        return True
    return unicodedata.category(char).startswith("P")
