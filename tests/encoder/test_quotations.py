"""Which stretches stand in quotation marks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.encoder import find_quotations

TABLE = [
    ('He said: "Stop." Then he left.', ['"Stop."']),
    ("He said: “Stop.” Then “go”.", ["“Stop.”", "“go”"]),
    ("«Arrêtez», dit-il.", ["«Arrêtez»"]),
    ("„Halt!“, rief er.", ["„Halt!“"]),
    ("'We saw them,' she said.", ["'We saw them,'"]),
    ("‘We saw them,’ she said.", ["‘We saw them,’"]),
    # apostrophes and possessives open nothing
    ("The army's guns and the rebels' trucks.", []),
    ("It didn't stop in the '90s.", []),
    # a quotation within a quotation is part of the outer one
    ("\"They said 'go' and we went,\" he said.", ["\"They said 'go' and we went,\""]),
    ("“They said ‘go’ and we went,” he said.", ["“They said ‘go’ and we went,”"]),
    # several paragraphs: each is opened, only the last is closed
    ("“First.\n\n“Second.”", ["“First.", "“Second.”"]),
    # one that is never closed does not swallow the next paragraph
    ('He said: "Stop.\n\nThe guns fell silent.', ['"Stop.']),
    # web text glued together
    ("the money.”“They brought my mother.”", ["“They brought my mother.”"]),
    ("", []),
    ('"', ['"']),
]


@pytest.mark.parametrize(("text", "wanted"), TABLE)
def test_quotations_of_a_text(text: str, wanted: list[str]) -> None:
    assert [span.words(text) for span in find_quotations(text)] == wanted


@given(st.text(alphabet="ab \n\"'“”‘’«»„.", max_size=60))
def test_quotations_never_overlap(text: str) -> None:
    spans = find_quotations(text)
    assert all(span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
