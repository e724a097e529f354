"""Sentences: each row is a text whose sentences are divided by ¦."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.sentences import find_sentences
from allegata.types import Span

ABBREVIATIONS = [
    "The U.S. forces met Gen. Moss on Sunday.¦ No. 5 Battery was hit.",
    "It was hit at 5 a.m.¦ Police came at 6 p.m. Saturday.¦ They left at 7 p.m. EST.",
    "He lived in the U.S.¦ He came back in Jan. 2019.¦ In the U.S. Senate he was known.",
    "J. B. Moss, of Vale Corp., said so.¦ Vale Corp. shares fell.¦ He left Vale Corp.¦ They rose.",
    "Lt. Col. Ann Moss and Mr. Field spoke.¦ Dr. Moss did not.",
    "He paid 3.5 million.¦ It was 2.¦ Nobody knew.",
    "The group, i.e. the militia, left.¦ Tanks, guns, etc. were found.¦ Others were not.",
    "See Art. 5 and para. 3 of the text.¦ It is clear.",
    "The answer was no.¦ He left.",
    "He met Malcolm X.¦ The talks failed.",
    "St. Anne and Mt. Vale were hit.¦ So was Ft. Moss.",
    "1. Port Vale was hit.¦ 2. The bridge was closed.",
    "Visit www.vale.example.com today.¦ Write to a.moss@vale.example.¦ It is free.",
]

QUOTATIONS = [
    'The council said: "It was hit!¦\n\n" Nobody answered.',
    '"It is over.¦ We won," he said.¦ "They ran."¦ The army left.',
    "“It is over.¦ We won.”¦ The army left.¦ “They ran.”",
    "“Who did it?” he asked.¦ “Nobody!” she said.¦ ‘We ran.’¦ They did.",
    "He said: “We ran.¦ They shot.”¦ (He was hurt.)¦ She was not.",
    # Glued: which side does the straight quotation mark belong to?
    'He said: "They ran."¦The army left.',
    'The army left.¦"They ran," he said.',
    "They took money.”¦“They came back.”¦Markets were closed.",
]

GLUED = [
    "Officials said so.¦The raid was over.¦It took 2,000 men.¦The army left.",
    "It has ties.¦PORT WORKERS END STRIKE",
    "There were 20.¦The army left.¦Was it 20?¦Nobody knew.",
    "The tanker was seized.¦ (U.S. Navy via AP)¦Approximately 12 men came.",
    "The army left on Sunday.¦“They ran,” he said.",
    "They moved to the valley.¦U.S. Navy ships followed.",
    "Nothing like St.Anne or 3.5 or e.g.this ends it.",
]

CARELESS = [
    "Tests point to possible exposure .¦ Initial results came on Sunday .¦ The army denied it",
    "He left...¦ Nobody knew.¦ He waited... and left.¦ They ran… and hid.",
    "He left. . .¦ Nobody knew.",
    "Why?!¦ Nobody knew!!¦ They left.",
    "THE REBELS ATTACKED GEN. MOSS IN PORT VALE.¦ THE U.S. EMBASSY SAID SO.",
    "Fighters left.¦ al-Vale was hit.¦ el-Moss was not.",
    "the army left on sunday.¦ nobody was hurt.¦ they came back.",
    "He was born in Dulwich. [17]¦ He lived there.",
    "He said so.“¦ The army denied it.",
]

LINES = [
    "Four killed in Port Vale¦\n\nThe army said so.",
    "Four killed in Port Vale¦\nThe army said so.¦\nNobody else did.",
    "The army said that the\nMilitia had left.",
    "The militia left,\nMoss said.",
    "Demands:¦\n- A truce¦\n- An exchange",
    "One line¦\u2028Another¦\x0cA page",
]

SCRIPTS = [
    "هل هذا صحيح؟¦ نعم.¦ ثم ذهب الى البيت.",
    "यह है।¦ वह गया।",
    "我来了。¦他走了。",
]

ROWS = [*ABBREVIATIONS, *QUOTATIONS, *GLUED, *CARELESS, *LINES, *SCRIPTS]


@pytest.mark.parametrize("marked", ROWS)
def test_sentences(marked: str) -> None:
    text = marked.replace("¦", "")
    expected = [part.strip() for part in marked.split("¦")]
    assert [span.words(text) for span in find_sentences(text)] == expected


def test_wrapped_text() -> None:
    text = (
        "MILITIA FIGHTERS SHELLED THE HARBOUR OF PORT VALE ON SUNDAY, KILLING\n"
        "ANN MOSS AND THREE OTHERS. RESIDENTS SAID THAT IT WENT ON FOR HOURS.\n"
        "THE MAYOR CALLED FOR CALM. HE ALSO ASKED THE COMMANDERS OF THE NORTH\n"
        "BRIGADE FOR HELP.\n\n   NOBODY ELSE SPOKE TO THE\nVALE RADIO."
    )
    words = [" ".join(span.words(text).split()) for span in find_sentences(text)]
    assert words == [
        "MILITIA FIGHTERS SHELLED THE HARBOUR OF PORT VALE ON SUNDAY, KILLING ANN MOSS AND THREE"
        " OTHERS.",
        "RESIDENTS SAID THAT IT WENT ON FOR HOURS.",
        "THE MAYOR CALLED FOR CALM.",
        "HE ALSO ASKED THE COMMANDERS OF THE NORTH BRIGADE FOR HELP.",
        "NOBODY ELSE SPOKE TO THE VALE RADIO.",
    ]


def test_no_sentence_crosses_the_border_of_a_span() -> None:
    text = "One two three. Four five six"
    spans = [Span(0, 7), Span(8, len(text))]
    words = [span.words(text) for span in find_sentences(text, spans)]
    assert words == ["One two", "three.", "Four five six"]


@given(
    st.text(alphabet=st.sampled_from("aAbB.?!… \n\"“”'’()1U,;-।؟。"), max_size=120)
    | st.text(max_size=80)
)
def test_sentences_cover_all_but_white_space(text: str) -> None:
    spans = find_sentences(text)
    assert all(span.words(text) == span.words(text).strip() for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    words = "".join(span.words(text) for span in spans)
    assert "".join(words.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "unit",
    [".", ". ", "! . ", "A. ", "U.S. ", "a.A", '"', ".\n", "\n", ". . ", "[1]", "aa bb\n", "\n \n"],
)
def test_repetition_does_not_slow_it_down(unit: str) -> None:
    text = (unit * 50_000)[:50_000]
    start = time.process_time()
    find_sentences(text)
    assert time.process_time() - start < 2.0
