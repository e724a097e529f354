"""How a story travels: copies, origins, attributions that are dropped."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.documents import read_text
from allegata.incidents.copies import compare_copies, describe_changes
from allegata.incidents.laundering import find_laundering
from allegata.incidents.likeness import likeness
from allegata.incidents.origins import find_origins
from allegata.incidents.shingles import copy_keys, read_body
from allegata.types import Act, EventKind, Modality, Quotation
from allegata.types.incident import CopyKind, OriginReason
from tests.incidents.made import statement

STATE = Act.STATE
STORY = (
    "The ferry to Lower Vesk was stopped at noon by men who said that they belonged to the river"
    " garrison.",
    "Its captain told the harbour office that nobody had been hurt and that the mail had been"
    " taken ashore.",
    "Two passengers were still being questioned in the evening, according to a clerk of the"
    " shipping company.",
    "The garrison has controlled the eastern bank since the flood and asks every boat for a list"
    " of its passengers.",
)
OTHER = (
    "In the hills above Amburo the first snow has closed the road that leads to the observatory"
    " and its two villages.",
    "The council sent a plough and forty sacks of salt, and asked drivers to wait until Thursday"
    " morning.",
    "A teacher said that the school would stay open for the children who live nearby and have no"
    " heating.",
)


def body(name, sentences, published=None, title=""):
    text = f"{title}\n\n" * bool(title) + " ".join(sentences)
    return read_body(name, read_text(text, published=published, title=title or None))


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (STORY, CopyKind.WHOLE),
        (STORY[:3], CopyKind.WHOLE),  # cut at the end
        (STORY[::-1], CopyKind.WHOLE),  # in another order
        ((STORY[0].replace("noon", "midday"), *STORY[1:]), CopyKind.WHOLE),
        ((*OTHER, *STORY, *OTHER), CopyKind.EMBEDDED),
        (OTHER, None),
        (("The ferry was stopped at noon.", "Nobody had been hurt, the captain said."), None),
    ],
)
def test_what_is_a_copy(other, kind):
    one, two = body("a", STORY), body("b", other)
    found = compare_copies(one, two)
    assert (found.kind if found else None) is kind
    assert compare_copies(two, one) == found
    if kind:
        assert set(copy_keys(one)) & set(copy_keys(two))
        assert "word for word" in found.reason


def test_reports_that_follow_one_pattern_are_no_copies():
    pattern = (
        "{} shelled the outskirts of {} {}, and {} people were taken to the hospital of {},"
        " {} said. Its spokesman {} told reporters in {} that {} houses had burnt down."
    )
    one = pattern.format("Rebels", "Torvik", "on Monday", "nine", "Vesk", "the council", "Oduya",
                         "Amburo", "four")  # fmt: skip
    two = pattern.format("Troops", "Kol Dara", "overnight", "60", "Selim", "a monitor", "Harun",
                         "Port Selim", "no")  # fmt: skip
    assert compare_copies(body("a", [one]), body("b", [two])) is None


def test_headlines_make_no_copy_and_hide_none():
    one, two = body("a", STORY, title="Ferry stopped"), body("b", STORY, title="Men take mail")
    assert compare_copies(one, two).kind is CopyKind.WHOLE


def test_the_one_that_was_published_first_is_the_earlier():
    one, two = body("b", STORY, date(2021, 5, 4)), body("a", STORY, date(2021, 5, 5))
    assert compare_copies(one, two).earlier == "b"


def test_what_a_copy_changed_is_told():
    changes = describe_changes("it had put the number at at least 65".split(),
                               "it had put the number at 65".split())  # fmt: skip
    assert [(one.before, one.after) for one in changes] == [("at least", "")]


@given(st.lists(st.sampled_from(STORY + OTHER), min_size=1, max_size=6))
def test_keys_hang_on_the_text_alone(sentences):
    assert copy_keys(body("a", sentences)) == copy_keys(body("z", sentences))


def reasons(statements, name):
    found = find_origins(statements)
    (origin,) = [one for one in found.origins if name in one.statements]
    return origin.holder.name, origin.reasons[origin.statements.index(name)][0]


def test_an_outlet_that_is_cited_leads_on_to_its_source():
    wire = statement("r1", ("!ministry", STATE), by="Wire")
    paper = statement("r2", ("Wire", STATE), by="Paper")
    assert reasons([wire, paper], "r2#e1") == ("ministry", OriginReason.CITED_OUTLET)
    assert find_origins([wire, paper]).n_independent == 1


def test_the_same_quotation_has_one_origin():
    words = "“We heard nine shells before the school bell rang,” a teacher said."
    one = statement("r1", ("?a teacher", STATE), words=words, quotation=Quotation.DIRECT)
    two = statement("r2", ("?a woman", STATE), words=words, quotation=Quotation.DIRECT, by="Echo",
                    published=date(2021, 5, 6))  # fmt: skip
    assert reasons([one, two], "r2#e1") == ("a teacher", OriginReason.SAME_QUOTATION)


def test_unnamed_sources_of_two_reports_are_two():
    one, two = (statement(f"r{n}", ("?a doctor", STATE), by=f"o{n}") for n in (1, 2))
    assert find_origins([one, two]).n_independent == 2


def test_nobody_is_no_origin():
    assert find_origins([statement("r1", ("-", STATE))]).n_independent == 0


LATER = date(2021, 5, 6)


@pytest.mark.parametrize(
    ("statements", "n"),
    [
        ([statement("r1", ("!ministry", STATE), by="Wire"),
          statement("r2", by="Echo", published=LATER)], 1),
        # on the same day nobody can tell who was first
        ([statement("r1", ("!ministry", STATE), by="Wire"), statement("r2", by="Echo")], 0),
        # it names a source elsewhere
        ([statement("r1", ("!ministry", STATE), by="Wire"),
          statement("r2", by="Echo", published=LATER),
          statement("r2", ("!ministry", STATE), by="Echo", published=LATER, event="e2")], 0),
        # the source is the outlet itself
        ([statement("r1", ("Echo", STATE), by="Wire"),
          statement("r2", by="Echo", published=LATER)], 0),
        # the same outlet
        ([statement("r1", ("!ministry", STATE), by="Echo"),
          statement("r2", by="Echo", published=LATER)], 0),
        # other words
        ([statement("r1", ("!ministry", STATE), by="Wire"),
          statement("r2", by="Echo", published=LATER,
                    words="Snow has closed the road above the observatory.")], 0),
        # what was denied cannot be dropped into a fact
        ([statement("r1", ("!rebels", Act.DENY), by="Wire"),
          statement("r2", by="Echo", published=LATER)], 0),
        # it speaks of what may come
        ([statement("r1", ("!ministry", STATE), by="Wire"),
          statement("r2", by="Echo", published=LATER, modality=Modality.FUTURE)], 0),
        # a hedge that was dropped
        ([statement("r1", ("-", STATE), by="Wire"),
          statement("r2", by="Echo", published=LATER)], 1),
        # another kind of event
        ([statement("r1", ("!ministry", STATE), by="Wire", kind=EventKind.PROTEST),
          statement("r2", by="Echo", published=LATER)], 0),
    ],
)  # fmt: skip
def test_dropped_attributions(statements, n):
    found = find_laundering(statements)
    assert len(found) == n
    for one in found:
        assert (one.statement, one.earlier) == ("r2#e1", "r1#e1")
        assert one.words.startswith("Echo says it in its own voice; Wire on 4 May 2021 ")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Rebels shelled the market of Torvik", "The market of Torvik was shelled by rebels", True),
        ("Rebels shelled the market of Torvik", "Students marched to the city hall", False),
        ("He said so", "He said so", False),  # too few words to tell
    ],
)
def test_likeness(one, other, alike):
    assert (likeness(one, other) > 0.5) == alike
    assert likeness(one, other) == likeness(other, one)
