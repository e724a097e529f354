"""Words, their pieces, their shapes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.encoder.layout import lay_out, pack, shape_of
from allegata.encoder.quotations import find_quotations
from allegata.encoder.weights import shipped
from allegata.encoder.wordpiece import UNKNOWN, WordPiece
from allegata.encoder.words import find_words
from allegata.types import Span

WORDS = [
    ("The army's envoy didn't go.", "The|army|'s|envoy|did|n't|go|."),
    ("a U.S.-led raid", "a|U.S.|-|led|raid"),
    ("Gen. Smith left at 10:30 a.m. on Oct. 3", "Gen.|Smith|left|at|10:30|a.m.|on|Oct.|3"),
    ("1,800 people (65 hurt)", "1,800|people|(|65|hurt|)"),
    ("the 1990s… the 3rd", "the|1990s|…|the|3rd"),
    ("“Go,” he said", "“|Go|,|”|he|said"),
    ("they’re", "they|’re"),
    ("wait... no", "wait|...|no"),
    ("قصف حلب", "قصف|حلب"),
]


@pytest.mark.parametrize(("text", "wanted"), WORDS)
def test_words_of_a_text(text: str, wanted: str) -> None:
    words = [text[a:b] for a, b in find_words(text, Span(0, len(text)))]
    assert words == wanted.split("|")


@given(st.text(min_size=1, max_size=80))
def test_words_hold_everything_but_white_space(text: str) -> None:
    words = list(find_words(text, Span(0, len(text))))
    inside = {at for start, end in words for at in range(start, end)}
    assert all(char.isspace() or at in inside for at, char in enumerate(text))
    assert all(a[1] <= b[0] for a, b in pairwise(words))


@pytest.mark.parametrize(
    ("word", "shape"),
    [("army", 1), ("Army", 2), ("ARMY", 3), ("A", 2), ("iPhone", 4), ("1,800", 5), ("—", 0)],
)
def test_shape_of_a_word(word: str, shape: int) -> None:
    assert shape_of(word) == shape


@pytest.fixture(scope="module")
def pieces() -> WordPiece:
    return WordPiece.open(shipped() / "vocabulary.txt")


def test_pieces_equal_those_of_tokenizers(pieces: WordPiece) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    theirs = tokenizers.BertWordPieceTokenizer(str(shipped() / "vocabulary.txt"))
    words = (
        "army Army's U.S. Dzhokhar al-Khalidiye 1,800 naïve Évian ﬁre Ñandú shelled 毒气 Хмеймим"
        " الخالدية — … antidisestablishmentarianism x"
    ).split()
    for word in words:
        wanted = theirs.encode(word, add_special_tokens=False).ids[:12]
        assert list(pieces.pieces(word)) == wanted, word


@given(st.text(min_size=1, max_size=30))
def test_every_word_has_pieces(word: str) -> None:
    found = _PIECES.pieces(word)
    assert 1 <= len(found) <= 12


_PIECES = WordPiece(["[PAD]", *(f"[unused{n}]" for n in range(99)), "[UNK]", "a", "##a", "b"])


def test_a_word_without_known_pieces_is_unknown() -> None:
    assert _PIECES.pieces("zzz") == (UNKNOWN,)


def test_layout_tells_breaks_and_quotations() -> None:
    text = 'One. "Two."\n\nThree.'
    words = list(find_words(text, Span(0, len(text))))
    firsts = [0, 2, 6]
    layouts = lay_out(text, words, firsts, find_quotations(text))
    assert layouts == [4, 0, 3, 1, 1, 1, 4, 0]


def test_windows_hold_whole_sentences() -> None:
    assert list(pack([50, 50, 50, 300, 10], most=126)) == [(0, 2), (2, 3), (3, 4), (4, 5)]
    assert list(pack([])) == []
