"""In a pipeline of spaCy: the same claims as the reader gives, on spans of the `Doc`."""

from datetime import date

import pytest
import spacy

import allegata

TEXT = (
    "KIRKUK - The rebels denied on Tuesday that they had shelled the market of Kirkuk, the radio"
    " said. 😀 \"We did not fire,\" a spokesman for the rebels said."
)  # fmt: skip


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("allegata", config={"published": "2021-05-05"})
    return pipeline


def test_the_claims_are_those_of_the_reader(nlp):
    doc = nlp(TEXT)
    reading = allegata.read(TEXT, published=date(2021, 5, 5))
    assert doc._.reading.claims == reading.claims
    assert doc._.claims == reading.claims[1:]
    assert doc._.reading.events == reading.events


def test_spans_of_the_doc_hold_the_very_words(nlp):
    doc = nlp(TEXT)
    reading = doc._.reading
    sources = {span.id_: span for span in doc.spans["allegata.sources"]}
    for claim in doc._.claims:
        if claim.source:
            assert claim.source.words(TEXT) in sources[claim.id].text
            assert sources[claim.id].label_ == claim.act.value
    events = {span.id_: span for span in doc.spans["allegata.events"]}
    assert set(events) == {event.id for event in reading.events}
    for event in reading.events:
        assert event.trigger.words(TEXT) in events[event.id].text
    assert {span.id_ for span in doc.spans["allegata.contents"]} == {
        claim.id for claim in doc._.claims
    }


def test_the_day_of_a_text_wins(nlp):
    doc = nlp.make_doc(TEXT)
    doc.user_data["published"] = date(2020, 1, 8)
    (pipe,) = [component for name, component in nlp.pipeline if name == "allegata"]
    said = [one.said for one in pipe(doc)._.claims if one.said]
    assert {one.start.year for one in said if one.start} == {2020}


def test_many_texts_and_empty_ones(nlp):
    docs = list(nlp.pipe(["", " ", TEXT]))
    assert [len(doc._.claims) for doc in docs[:2]] == [0, 0]
    assert docs[2]._.claims
