# A row of a table stays on one line, so that it can be read as the document it is.
# ruff: noqa: E501
"""Segments: each row is a document in which what is not body stands between ⟦kind| and ⟧."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.documents.segments import find_segments
from allegata.knowledge import load_table
from allegata.types import Segment, SegmentKind, Span

_MARKED = re.compile(r"⟦(\w+)\|(.*?)⟧", re.DOTALL)

LEAD = "Militia fighters shelled the harbour of Port Vale on Sunday, killing four, officials said."
MORE = "Residents said that the shelling went on for hours. The mayor called for calm."


def unmark(marked: str) -> tuple[str, list[tuple[str, str]]]:
    """The document, and what is expected to be no body, in order."""
    return _MARKED.sub(r"\2", marked), [(m[1], m[2]) for m in _MARKED.finditer(marked)]


def found_in(text: str, segments: tuple[Segment, ...]) -> list[tuple[str, str]]:
    return [
        (segment.kind.value, segment.span.words(text))
        for segment in segments
        if segment.kind is not SegmentKind.BODY
    ]


HEADERS = [
    f"⟦header|date 2019-03-04⟧ {LEAD} {MORE}",
    f"⟦header|Published March 4 2019⟧ {LEAD} {MORE}",
    f"⟦header|4 Mar 2019⟧ {LEAD} {MORE}",
    f"⟦header|Monday 4 March 2019⟧ {LEAD}\n\n{MORE}",
    f"⟦header|Date of publication 4 March 2019⟧ {LEAD} {MORE}",
    f"⟦header|Last updated at Mar 042019⟧ {LEAD} {MORE}",
    f"⟦header|Posted on March 4 2019 by Ann Moss⟧ {LEAD} {MORE}",
    f"⟦header|04.03.2019⟧⟦header|(updated 1457 04.03.2019) Get short URL 2440⟧ {LEAD} {MORE}",
    f"⟦header|Mon 04 Mar 2019 at 0914⟧ {LEAD} {MORE}",
    f"⟦headline|Shelling kills four in Port Vale monitor⟧ ⟦header|AFP Monday 4 Mar 2019⟧ {LEAD} {MORE}",
    f"⟦headline|Shelling kills four in Port Vale⟧\n⟦header|By Ann Moss⟧\n⟦header|March 4, 2019 10:12 AM EST⟧\n\n{LEAD}\n\n{MORE}",
    f"⟦headline|Four killed as militia shells harbour⟧\n\n⟦header|By Ann Moss and Bert Field, Reuters⟧\n\n{LEAD}",
    f"⟦header|Updated: 14:05 GMT, 4 March 2019⟧\n\n{LEAD}\n\n{MORE}",
    f"⟦header|PRESS RELEASE⟧\n\n{LEAD}\n\n{MORE}",
]

HEADLINES = [
    f"⟦headline|Four killed in shelling of Port Vale harbour⟧\n\n{LEAD}\n\n{MORE}",
    f"⟦headline|Four killed in shelling of Port Vale harbour: officials⟧\n{LEAD}\n{MORE}",
    f"⟦headline|Who shelled the harbour of Port Vale?⟧\n\n{LEAD}\n\n{MORE}",
    f"⟦headline|FOUR KILLED IN SHELLING OF PORT VALE⟧\n\n{LEAD}\n\n{MORE}",
    f"⟦headline|Shelling of Harbour Kills Four in Port Vale.⟧\n\n{LEAD}\n\n{MORE}",
    # The lead says the headline again, with a stray space before its stop.
    f"⟦header|Monday 4 March 2019⟧ ⟦headline|Militia shelling of Port Vale harbour kills four officials .⟧ {LEAD} {MORE}",
    f"⟦header|04-03-2019⟧ ⟦headline|Militia Shells Harbour of Port Vale Kills Four.⟧ {LEAD} {MORE}",
    # No mark at all between headline and lead.
    f"⟦headline|Four killed in shelling of Port Vale harbour monitor⟧ The death toll rose to four on Monday, officials said. {MORE}",
    f"⟦headline|Four killed as militia shells harbour⟧\n⟦headline|Mayor calls for calm after hours of fire⟧\n\n{LEAD}",
    # A line under the date, then a picture, then the story.
    "⟦header|4 Mar 2019⟧ ⟦headline|The shelling came as talks resumed after a break of four days.⟧ "
    "⟦caption|A boy looks at a damaged house in Port Vale on March 3 2019 (File photo) (Moss World and Agencies)⟧ "
    f"{LEAD}",
]

DATELINES = [
    f"⟦dateline|PORT VALE (Reuters) -⟧ {LEAD}\n\n{MORE}",
    f"⟦dateline|PORT VALE —⟧ {LEAD}\n\n{MORE}",
    f"⟦dateline|PORT VALE, Westland, March 4 (Xinhua) --⟧ {LEAD}\n\n{MORE}",
    f"⟦dateline|Port Vale, Westland –⟧ {LEAD}\n\n{MORE}",
    f"⟦dateline|PORT VALE, 4 MAR 89 (EFE) (NOSC) -- [TEXT]⟧ {LEAD.upper()}\n\n{MORE.upper()}",
    f"⟦dateline|PORT VALE (WESTLAND), 4 MAR 89 (EFE) -- [EXCERPTS]⟧ {LEAD.upper()}\n\n{MORE.upper()}",
    f"⟦dateline|(Port Vale) –⟧ {LEAD}\n\n{MORE}",
    f"⟦headline|Four killed in shelling of harbour⟧\n\n⟦dateline|March 4 (Reuters) -⟧ {LEAD}\n\n{MORE}",
    f"⟦header|Mon 04 Mar 2019⟧ ⟦dateline|Regional NNA -⟧ {LEAD} {MORE}",
    f"⟦dateline|Port Vale, Westland (CNN)⟧{LEAD}{MORE}",
    f"⟦headline|Four killed in shelling of harbour⟧\n⟦dateline|PORT VALE, October 3. /TASS/.⟧ {LEAD}\n{MORE}",
    f"⟦dateline|Port Vale, March 3, IRNA –⟧ {LEAD} {MORE}",
    f"⟦dateline|Port Vale, Mar 3 (PTI)⟧ {LEAD} {MORE}",
    f"⟦headline|Four killed in shelling of harbour⟧\n\n⟦header|By Ann Moss⟧\n\n⟦dateline|PORT VALE⟧\n\n{LEAD}\n\n{MORE}",
]

CAPTIONS = [
    f"{LEAD}\n\n⟦caption|Smoke rises over the harbour of Port Vale, March 3, 2019. (AP Photo/Ann Moss)⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦caption|Smoke rises over the harbour [Ann Moss/Reuters]⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦caption|FILE - Fishermen repair their boats in the harbour.⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦caption|In this photo taken on March 3, 2019, people inspect a damaged house.⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦caption|Image caption The bridge was closed for a week⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦caption|Ann Moss/Getty Images⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦caption|AFP via Getty Images⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦caption|People walk past a damaged house, Port Vale, 3 March 2019, Ann Moss/AFP via Getty Images⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦caption|A damaged house in Port Vale. REUTERS/Ann Moss⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦caption|© AP Photo / Ann Moss⟧ ⟦promo|'Closed for Good': Port Vale Warns Shipping Lines not to Return⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦caption|© REUTERS / Ann Moss⟧\n\n{MORE}",
    # In one line with the story: the sentence that ends with the credit.
    f"{LEAD} ⟦caption|A man runs from the harbour of Port Vale on March 3 2019 (Handout)⟧ {MORE}",
    f"{LEAD} ⟦caption|Smoke rises over the harbour of Port Vale. (Moss World and Agencies)⟧ {MORE}",
    # Glued: a paragraph of two sentences up to the credit.
    f"{LEAD}⟦caption|This still image from video released by the port shows the harbour. It was shelled on Sunday.  (Port Vale via AP)⟧{MORE}",
    f"{LEAD}⟦caption|Mourners carry a coffin in Port Vale, on March 3, 2019.  (AP Photo/Ann Moss)⟧⟦boilerplate|CLICK HERE TO GET THE VALE NEWS APP⟧{MORE}",
]

PROMOS = [
    f"{LEAD}\n\n⟦promo|READ MORE: Border Crossing Reopens After Long Closure — Reports⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦promo|Read more: What we know about the pipeline dispute⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦promo|ALSO READ | Port workers end their strike⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦promo|Related: Port workers end their strike⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦promo|WATCH: Drone footage of the flooded valley⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦promo|Northern Ferry Line Resumes Service to the Outer Islands⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦promo|PORT WORKERS IN NORTHERN HARBOUR END LONG STRIKE⟧\n\n{MORE}",
    f"{LEAD}⟦promo|PORT WORKERS IN NORTHERN HARBOUR END LONG STRIKE⟧{MORE}",
    f"{LEAD}⟦promo|FERRY LINE BANS WORDS INCLUDING ‘STRIKE,’ ‘DELAY’ FROM NOTICES: REPORTS⟧{MORE}",
    f"{LEAD}⟦promo|PORT WORKERS END LONG STRIKE IN U.S. HARBOUR⟧A spokesman said that the port was open. {MORE}",
    f"{LEAD}⟦promo|STRIKE ENDS AFTER TALKS WITH 'FERRY KING' OF THE NORTH⟧⟦caption|Workers cheer in Port Vale. (AP Photo/Ann Moss, File)⟧{MORE}",
    f"{LEAD} ⟦promo|READ MORE: Port workers end their strike.⟧ {MORE}",
    f"{LEAD}\n\n{MORE}\n\n⟦promo|You may also like:⟧",
]

NOTES = [
    f"{LEAD}\n\n{MORE}\n\n⟦note|*Harbour Front (aka HF/Port Front) is an armed group outlawed in Westland and other countries.⟧",
    f"{LEAD} {MORE} ⟦note|*Harbour Front (also known as HF) is banned in Westland.⟧",
    f"{LEAD}\n\n⟦note|Editor’s note: The ferry company has been renamed since.⟧\n\n{MORE}",
    f"{LEAD}\n\n{MORE}\n\n⟦note|This story has been updated with comments from the port authority.⟧",
    f"{LEAD}\n\n{MORE}\n\n⟦note|Correction: An earlier version of this report misspelt the name of the port.⟧",
    f"{LEAD}\n\n{MORE}\n\n⟦note|The views expressed in this article are the author’s own.⟧",
]

BOILERPLATE = [
    f"{LEAD} {MORE} ⟦boilerplate|Source ValeWorld and agencies⟧",
    f"{LEAD} {MORE} ⟦boilerplate|(Source: Port Vale Media Office)⟧",
    f"{LEAD} {MORE} ⟦boilerplate|(With Reuters and AFP)⟧",
    f"{LEAD} {MORE} ⟦boilerplate|--Reuters⟧",
    f"{LEAD} {MORE}⟦boilerplate|-AFP⟧",
    f"{LEAD} {MORE} ⟦boilerplate|Reporting by Ann Moss; Editing by Bert Field⟧",
    f"{LEAD}\n\n{MORE}\n\n⟦boilerplate|(Reporting by Ann Moss; Editing by Bert Field)⟧",
    f"{LEAD}\n\n{MORE}\n\n⟦boilerplate|Ann Moss in Port Vale contributed to this report.⟧",
    f"{LEAD} {MORE} ⟦boilerplate|Ann Moss/Bert⟧",
    f"{LEAD}\n\n⟦boilerplate|Advertisement⟧\n\n{MORE}",
    f"{LEAD}\n\n⟦boilerplate|Subscribe to our newsletter and never miss a story⟧\n\n{MORE}",
    f"⟦boilerplate|Home | News | Politics⟧\n\n⟦headline|Four killed in shelling of harbour⟧\n\n{LEAD}\n\n{MORE}",
    f"{LEAD}\n\n{MORE}\n\n⟦boilerplate|We use cookies to improve your experience. Accept or manage your choices.⟧",
    f"{LEAD}\n\n{MORE}\n\n⟦boilerplate|© 2019 Vale News. All rights reserved.⟧",
    f"{LEAD}⟦boilerplate|CLICK HERE TO GET THE VALE NEWS APP⟧{MORE}",
    f"{LEAD}\n\n⟦boilerplate|https://vale.example.com/news/12345⟧\n\n{MORE}",
    f"{LEAD} {MORE} ⟦header|Last Update: Monday 4 March 2019 KSA 11:13 - GMT 08:13 5⟧",
]

BODIES = [
    LEAD,
    f"{LEAD}\n\n{MORE}",
    # A whole document in capitals is a story.
    f"{LEAD.upper()}\n\n{MORE.upper()}",
    f"{LEAD}\n\n“We ran. They were shooting at us,” he said.\n\n{MORE}",
    f"{LEAD}{MORE}“They took everything,” she said.“We ran.”The army denied it.",
    "On 4 March 2019 militia fighters shelled the harbour. Nobody was hurt.",
    "4 March 2019 was the worst day of the war, residents said. Nobody was hurt.",
    "Militia fighters shelled the harbour (pictured) on Sunday. Nobody (AFP) was hurt, it said.",
    f"{LEAD}\n\nPhotographs of the harbour taken by residents show three damaged boats, he said.\n\n{MORE}",
    f"{LEAD}\n\nA picture taken by a resident shows a damaged boat.\n\n{MORE}",
    f"{LEAD}\n\nSources said that the shelling went on. Search for survivors went on, too.\n\n{MORE}",
    f"{LEAD}\n\n“Read my letter,” he said. “Watch: they will come back.”\n\n{MORE}",
    f"{LEAD} The I.D. of the gunmen, the U.S. Navy said, is known to Gen. Moss. {MORE}",
    f"{LEAD}\n\nUNICEF said that two of the dead were children.\n\n{MORE}",
    f"{LEAD}\n\n* The ferry was hit\n* The bridge was closed\n\n{MORE}",
    f"{LEAD} The NATO and UNDP offices, the WFP said, were hit.",
    f"{LEAD} SANAs correspondent in the town told SANA a reporter was hurt.",
    f"{LEAD}What we know so far{MORE}",
    f"{LEAD} Follow us on our way, they said. The bridge was closed. {MORE}",
    # Wrapped at a fixed width.
    "Militia fighters shelled the harbour of Port Vale on Sunday, killing\n"
    "four people, officials said. Residents said that the shelling went on\n"
    "for hours. The mayor of the town called for calm, and asked Residents\n"
    "Without Borders for help.",
]

TABLES = {
    "header": HEADERS,
    "headline": HEADLINES,
    "dateline": DATELINES,
    "caption": CAPTIONS,
    "promo": PROMOS,
    "note": NOTES,
    "boilerplate": BOILERPLATE,
    "body": BODIES,
}
ROWS = [
    pytest.param(row, id=f"{name}{number}")
    for name, rows in TABLES.items()
    for number, row in enumerate(rows)
]


@pytest.mark.parametrize("marked", ROWS)
def test_only_what_gives_itself_away_is_no_body(marked: str) -> None:
    text, expected = unmark(marked)
    assert found_in(text, find_segments(text)) == expected


@pytest.mark.parametrize("marked", ROWS)
def test_segments_cover_all_but_white_space_once(marked: str) -> None:
    check_cover(unmark(marked)[0])


@given(
    st.lists(
        st.sampled_from(
            [
                "(AP Photo/A B)",
                "READ MORE: X",
                "© A / B",
                "*A is a",
                "4 March 2019",
                "AFP",
                "By A B",
                "\n",
                "\n\n",
                " ",
                ". ",
                ".",
                "”",
                '"',
                "said",
                "The army",
                "THE ARMY SAID",
                "…",
                "\ud800",
            ]
        ),
        max_size=30,
    ).map("".join)
    | st.text(max_size=200)
)
def test_any_text_is_covered(text: str) -> None:
    check_cover(text)


def check_cover(text: str) -> None:
    segments = find_segments(text)
    covered = [0] * len(text)
    for segment in segments:
        words = segment.span.words(text)
        assert words == words.strip()
        for place in range(segment.span.start, segment.span.end):
            covered[place] += 1
    assert all(
        n == (not char.isspace()) or (n == 1 and char.isspace())
        for n, char in zip(covered, text, strict=True)
    )
    assert list(segments) == sorted(segments, key=lambda segment: segment.span)


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\u2028"])
def test_white_space_has_no_segments(text: str) -> None:
    assert find_segments(text) == ()


def test_paragraphs_are_segments_of_their_own() -> None:
    text = f"{LEAD}\n\n{MORE}{LEAD}"
    words = [segment.span.words(text) for segment in find_segments(text)]
    assert words == [LEAD, MORE, LEAD]


def test_hints_win_but_for_body() -> None:
    text = f"{LEAD}\n\nRead more: Strike ends\n\n{MORE}"
    lead = Span(0, len(LEAD))
    rest = Span(len(LEAD) + 2, len(text))
    hints = [Segment(SegmentKind.HEADLINE, lead), Segment(SegmentKind.BODY, rest)]
    kinds = [segment.kind.value for segment in find_segments(text, hints)]
    assert kinds == ["headline", "promo", "body"]


def test_a_hint_over_several_paragraphs_stays_one_segment() -> None:
    text = f"Menu one\n\nMenu two\n\n{LEAD}"
    end = text.index(LEAD)
    found = find_segments(text, [Segment(SegmentKind.BOILERPLATE, Span(0, end))])
    assert [(s.kind.value, s.span.start, s.span.end) for s in found] == [
        ("boilerplate", 0, end - 2),
        ("body", end, len(text)),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Militia shells harbour, four people killed",
        "Militia shells harbour four people killed - World - Vale Online",
        "Militia shells harbour: “four” people killed",
    ],
)
def test_the_title_of_the_metadata_is_found_again(title: str) -> None:
    text = (
        f"Militia shells harbour four people killed Fighters came at night, officials said. {MORE}"
    )
    assert found_in(text, find_segments(text, title=title)) == [
        ("headline", "Militia shells harbour four people killed")
    ]


def test_examples_of_the_table() -> None:
    table = load_table("segments")
    assert isinstance(table, dict)
    entries = table["phrases"]
    assert isinstance(entries, list)
    for entry in entries:
        assert isinstance(entry, dict)
        examples = entry["examples"]
        assert isinstance(examples, list)
        for example in examples:
            assert isinstance(example, str)
            text = f"{LEAD}\n\n{example}\n\n{MORE}"
            if entry["where"] == "tail":
                text = f"{LEAD} {MORE} {example}"
            assert found_in(text, find_segments(text)) == [(entry["kind"], example)], example


ATTACKS = [
    "A",
    "a.A",
    '"',
    "(",
    "(AP)",
    "(AP Photo/X Y) ",
    "READ MORE: ",
    "© A / ",
    "*A is ",
    "KABUL, ",
]
ATTACKS += [
    "AFP ",
    "12:30 GMT ",
    "Source A ",
    ".\n",
    "\n",
    "ABC DEF GHIAbc ",
    "In this A ",
    "By Ab Cd ",
]


@pytest.mark.parametrize("unit", ATTACKS)
def test_repetition_does_not_slow_it_down(unit: str) -> None:
    """50,000 characters take less than 0.2 s on an idle machine; ten times that is a blow-up."""
    text = (unit * 50_000)[:50_000]
    start = time.process_time()
    find_segments(text)
    assert time.process_time() - start < 2.0
