"""The whole way of a document, and what holds of every reading."""

import time
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import allegata
from allegata.documents import read_text
from allegata.errors import InputError
from allegata.reading import Reader, explain_loss
from allegata.types import Act, EntityType, Polarity, Quotation, Reading
from allegata.workers import Loss, Lost

TABLES = Path(__file__).parent / "claims"
TEXTS = [
    str(entry["text"])
    for name in ("nested.yaml", "phenomena.yaml")
    for entry in yaml.safe_load((TABLES / name).read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def assert_sound(reading: Reading) -> None:
    """What the contract promises of every reading."""
    text, claims = reading.document.text, {claim.id: claim for claim in reading.claims}
    assert reading.claims[0].id == "c0"
    assert [claim.id for claim in reading.claims] == [f"c{n}" for n in range(len(claims))]
    entities = {entity.id for entity in reading.entities}
    for claim in reading.claims[1:]:
        assert claim.parent in claims
        assert claim.content, "a claim without content is none"
        assert all(0 <= span.start < span.end <= len(text) for span in claim.content)
        assert all(a.end <= b.start for a, b in zip(claim.content, claim.content[1:], strict=False))
        assert claim.entity is None or claim.entity in entities
        assert 0 <= claim.confidence <= 1
        if claim.source is not None:
            assert not any(claim.source.overlaps(span) for span in claim.content)
        seen, at = set(), claim
        while at.parent is not None:
            assert at.id not in seen, "a claim inside itself"
            seen.add(at.id)
            at = claims[at.parent]
    for entity in reading.entities:
        assert entity.mentions


@pytest.mark.parametrize("text", TEXTS[::3])
def test_every_reading_is_sound(reader: Reader, text: str) -> None:
    assert_sound(reader.read(read_text(text, published=date(2021, 3, 4))))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(codec=None), max_size=120))
def test_any_text_is_read(text: str) -> None:
    if text.strip() and text.strip("\ufeff\0 \t\n\r\f\v\xa0"):
        assert_sound(_READER.read(read_text(text)))


_READER = Reader()


@pytest.mark.parametrize(
    "text",
    [
        "said " * 3000,
        '"' * 2000,
        "“" * 500 + "he said" + "”" * 500,
        "according to " * 800 + "the army, nothing happened.",
        "A" * 20_000,
        "the army said that " * 400 + "it rained.",
        "\u202eالجيش قال إن\u202c \x00 \x1b[2J said \ud800.",
        "؟" * 300,
    ],
    ids=["said", "marks", "curly", "according", "letters", "chain", "controls", "stops"],
)
def test_hostile_texts_are_read(reader: Reader, text: str) -> None:
    assert_sound(reader.read(read_text(text)))


def test_a_text_that_cites_nobody_is_the_document_s_own_voice(reader: Reader) -> None:
    reading = reader.read(read_text("Shells fell on the market. Three stalls burned."))
    assert [claim.id for claim in reading.claims] == ["c0"]


def test_an_event_stands_in_the_claim_that_carries_it(reader: Reader) -> None:
    text = "Rebels shelled the market, the army said. A bridge was bombed on Monday."
    reading = reader.read(read_text(text, published=date(2021, 3, 4)))
    carriers = {event.trigger.words(text): event.claim for event in reading.events}
    assert carriers == {"shelled": "c1", "bombed": "c0"}


def test_what_is_denied_is_not_told_as_a_deed(reader: Reader) -> None:
    text = "The army denied that it had shelled the market."
    (event,) = reader.read(read_text(text)).events
    assert (event.claim, event.polarity) == ("c1", Polarity.NEGATIVE)


def test_a_capital_that_speaks_is_a_government(reader: Reader) -> None:
    reading = reader.read(read_text("In May, Damascus said the talks had failed."))
    (entity,) = (one for one in reading.entities if one.id == reading.claims[1].entity)
    assert entity.type is EntityType.GOVERNMENT
    assert entity.actor is not None
    assert entity.actor.country == "SY"


def test_order_and_errors_are_kept(reader: Reader) -> None:
    docs = [read_text(f"Bridge {n} was mined, the army said.", uri=str(n)) for n in range(30)]
    fault = InputError("poison.txt", "cannot be read.")
    mixed = [*docs[:10], fault, *docs[10:]]
    found = list(reader.read_many(iter(mixed)))
    assert found[10] is fault
    assert [r.document.uri for r in found if isinstance(r, Reading)] == [str(n) for n in range(30)]


@pytest.mark.slow
def test_two_processes_read_the_same_as_one(reader: Reader) -> None:
    docs = [read_text(text, uri=str(n)) for n, text in enumerate(TEXTS[:40])]
    fault = InputError("poison.txt", "cannot be read.")
    one = [r.to_json() for r in reader.read_many(docs) if isinstance(r, Reading)]
    two = list(reader.read_many([*docs[:7], fault, *docs[7:]], n_processes=2))
    assert isinstance(two[7], InputError)
    assert str(two[7]) == str(fault)
    assert [r.to_json() for r in two if isinstance(r, Reading)] == one


def test_a_string_a_path_and_a_document_are_read_alike(tmp_path: Path) -> None:
    text = "The army denied on Monday that it had shelled the town."
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    day = date(2021, 3, 4)
    readings = [
        allegata.read(text, published=day),
        allegata.read(path, published=day),
        allegata.read(read_text(text, published=day)),
    ]
    for reading in readings:
        (claim,) = reading.claims[1:]
        assert claim.act is Act.DENY
        assert claim.quotation is Quotation.INDIRECT
        assert claim.said is not None
        assert claim.said.start == date(2021, 3, 1)


def test_a_book_is_set_aside_and_the_rest_is_read(reader: Reader) -> None:
    book = read_text("The bridge was mined, the army said. " * 10_000, uri="book.txt")
    report = read_text("The bridge was mined, the army said.", uri="report.txt")
    first, second = reader.read_many([book, report])
    assert isinstance(first, InputError)
    assert "Split it" in str(first)
    assert isinstance(second, Reading)


def test_a_path_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        allegata.read(tmp_path / "absent.txt")


@pytest.mark.parametrize(
    ("why", "words", "told"),
    [
        (Loss.ENDED, "SIGKILL", "ended the process that read it, twice (SIGKILL)"),
        (Loss.LATE, "120 seconds", "took longer than 120 seconds to read"),
        (Loss.RAISED, "KeyError: 'x'", "could not be read (KeyError: 'x')"),
    ],
)
def test_a_document_that_no_process_could_read_is_told(why: Loss, words: str, told: str) -> None:
    error = explain_loss(read_text("A report.", uri="a.txt"), Lost(why, words))
    assert error.where == "a.txt"
    assert told in error.what
    assert error.hint


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The council said so. " * 10_000, "210,000 characters of text; the most that is read"),
        ("The council said " + "(" * 70_000, "pieces of words; the most that is read at once is"),
        (
            "The council said " + "قالت الوزارة إن الجسر مغلق. " * 4_000,
            "pieces of words; the most that is read",
        ),
    ],
)
def test_what_would_take_too_long_is_refused_before_it_does(reader, text, what):
    with pytest.raises(InputError, match=what) as caught:
        reader.read(read_text(text, uri="long.txt"))
    assert caught.value.where == "long.txt"
    assert caught.value.hint.startswith("Split it into its reports or chapters")


def test_the_time_of_a_document_grows_with_its_length_alone(reader):
    """Four times as many claims may take about four times as long, not sixteen times."""
    said = "The council said on Sunday that the rebels had shelled the market in the town. "

    def measure(n_sentences: int) -> float:
        doc = read_text(said * n_sentences)
        started = time.process_time()
        assert len(reader.read(doc).claims) > n_sentences
        return time.process_time() - started

    measure(50)
    assert measure(1600) < 6 * measure(400)
