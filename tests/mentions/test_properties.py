"""What holds for every text, whatever its claims."""

from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.encoder import Encoder
from allegata.mentions import find_entities
from allegata.sentences import find_sentences
from allegata.types import Act, Claim, Quotation, Span

WORDS = st.sampled_from(
    "The the a Minister army Ana Bekele Dr said told he She they it We I who , . “ ” ' ( ) - "
    "Lion 's Union of for and Karsu NCR another 34 WHO statement its report by \n\n".split(" ")
)
OWN = Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "p")
encoder: list[Encoder] = []


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, tuple[Claim, ...]]:
    text = " ".join(draw(st.lists(WORDS, min_size=3, max_size=40)))
    claims = [OWN]
    for number in range(1, draw(st.integers(1, 4))):
        source, content = (_span(draw, len(text)) for _ in range(2))
        parent = f"c{draw(st.integers(0, number - 1))}"
        kind = draw(st.sampled_from(Quotation))
        claims.append(
            Claim(
                f"c{number}", parent, source, None, None, (content,), Act.STATE, kind, None, 1, "p"
            )
        )
    return text, tuple(claims)


def _span(draw: st.DrawFn, size: int) -> Span:
    start = draw(st.integers(0, size - 1))
    return Span(start, draw(st.integers(start + 1, min(size, start + 30))))


@settings(max_examples=60, deadline=None)
@given(documents())
def test_entities_stand_in_order_and_hold_their_sources(drawn):
    text, claims = drawn
    if not encoder:
        encoder.append(Encoder.open())
    analysis = encoder[0].read(text, find_sentences(text))
    entities, filled = find_entities(text, analysis, claims, None)
    again = find_entities(text, analysis, claims, None)
    assert again == (entities, filled)
    assert [one.id for one in entities] == [f"n{n}" for n in range(1, len(entities) + 1)]
    starts = [one.mentions[0].start for one in entities]
    assert starts == sorted(starts)
    assert all(one.name and one.mentions[-1].end <= len(text) for one in entities)
    known = {one.id: one for one in entities}
    for before, after in zip(claims, filled, strict=True):
        assert (before.id, before.source, before.content) == (after.id, after.source, after.content)
        if after.entity is not None and after.source is not None:
            assert any(after.source in one for one in known[after.entity].mentions)
