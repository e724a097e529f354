"""When an event happened: which expression dates it, and what bounds it where none does."""

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.encoder import Analysis
from allegata.grounding import date_claims, find_timexes
from allegata.grounding.event_times import date_events
from allegata.sentences import find_sentences
from allegata.types import (
    Act,
    Claim,
    Event,
    EventKind,
    Interval,
    Modality,
    Polarity,
    Precision,
    Quotation,
    Span,
)
from tests.events.marked import MarkedEvents, analyse, read_marked

PUBLISHED = date(2021, 3, 17)
"""A Wednesday."""

OWN = Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "t")

# `{kind:trigger}`; the times of the events in order, as start..end
BOUNDED = "..2021-03-17"
OPEN = "2021-03-17.."
TABLE = [
    # an expression of the clause
    ("Gunmen {attack:attacked} a convoy on Sunday.", ["2021-03-14"]),
    ("On Sunday gunmen {attack:attacked} a convoy.", ["2021-03-14"]),
    ("The town was {shelling:shelled} overnight.", ["2021-03-16..2021-03-17"]),
    ("The {air_strike:strike} happened last week.", ["2021-03-08..2021-03-14"]),
    ("The town was {capture:liberated} in 2016.", ["2016-01-01..2016-12-31"]),
    ("Saturday's {attack:attack} was the fifth.", ["2021-03-13"]),
    ("Dozens have been {killing:killed} since February.", ["2021-02-01..2021-03-17"]),
    ("ON SUNDAY, GUNMEN {killing:KILLED} A MAYOR.", ["2021-03-14"]),
    # verbs that only say that it was done
    ("Forces carried out a {attack:raid} on a village on Tuesday.", ["2021-03-16"]),
    ("The {clash:fighting} began on 3 March.", ["2021-03-03"]),
    # one happening, several words
    ("On Sunday, gunmen {attack:stormed} a school and {abduction:abducted} pupils.",
     ["2021-03-14", "2021-03-14"]),
    ("A bomb {killing:killed} six people and {harm:wounded} thirty on Monday.",
     ["2021-03-15", "2021-03-15"]),
    ("Troops {attack:stormed} a camp on Friday, {killing:killing} ten.",
     ["2021-03-12", "2021-03-12"]),
    ("Saturday's {attack:attack} {killing:killed} nine people.", ["2021-03-13", "2021-03-13"]),
    ("Six soldiers {killing:died} in {clash:clashes} with rebels late on Sunday.",
     ["2021-03-14", "2021-03-14"]),
    ("An {explosion:explosion} that {killing:killed} twelve on Friday was investigated.",
     ["2021-03-12", "2021-03-12"]),
    ("Nine were {killing:killed} on Monday when a bomber {bombing:detonated} a charge.",
     ["2021-03-15", "2021-03-15"]),
    ("The {killing:killing} of a boy on Sunday sparked {protest:protests} on Monday.",
     ["2021-03-14", "2021-03-15"]),
    ("In another incident on Monday, two farmers were {killing:shot}.", ["2021-03-15"]),
    # since something with a date
    ("Since the {election:coup} on February 1, soldiers have {killing:killed} many people.",
     ["2021-02-01", "2021-02-01..2021-03-17"]),
    # several happenings
    ("Rebels {capture:seized} the town and the army {withdrawal:withdrew} on Friday.",
     [BOUNDED, "2021-03-12"]),
    ("The army {capture:seized} the town on Friday after rebels {withdrawal:withdrew}.",
     ["2021-03-12", BOUNDED]),
    ("Residents {protest:protested} on Monday against the {killing:killing} of a teacher.",
     ["2021-03-15", BOUNDED]),
    ("Police {detention:arrested} a man on Monday who had {killing:killed} two people in 2018.",
     ["2021-03-15", "2018-01-01..2018-12-31"]),
    ("A man {abduction:kidnapped} in 2019 was {withdrawal:freed} on Monday.",
     ["2019-01-01..2019-12-31", "2021-03-15"]),
    ("The {clash:fighting} began on 3 March and has {killing:killed} dozens.",
     ["2021-03-03", BOUNDED]),
    ("On March 3, 2021, a court {inquiry:sentenced} two men for a {bombing:bombing} in 2017.",
     ["2021-03-03", "2017-01-01..2017-12-31"]),
    # saying is another matter
    ("On Monday the minister condemned the {attack:attack}.", [BOUNDED]),
    # a preposition before an owner is not its own
    ("Before Friday's {election:vote}, rebels left.", ["2021-03-12"]),
    # an open end is the day of telling
    ("After Friday, rebels {attack:attacked} a station.", ["2021-03-13..2021-03-17"]),
    ("By Sunday, troops had {capture:taken} half the town.", [BOUNDED]),
    ("Sunday's {killing:killing} of a boy sparked {protest:protests}.", ["2021-03-14", BOUNDED]),
    # words that repeat a time
    ("A war has raged since 2019. Since then thousands {displacement:fled}.",
     ["2019-01-01..2021-03-17"]),
    ("Since 2019 war has raged. On Sunday ten fell. Nine were {killing:killed} during that time.",
     ["2019-01-01..2021-03-17"]),
    ("Since then thousands {displacement:fled}.", [BOUNDED]),
    # undated
    ("Gunmen {attack:attacked} a convoy.", [BOUNDED]),
    ("They {displacement:fled} four days after the attack.", [BOUNDED]),
    ("The army did not {attack:attack} the convoy.", [BOUNDED]),
    ("The army {attack/attempted:tried} to take the convoy.", [BOUNDED]),
    # still to come
    ("Troops will {withdrawal/future:withdraw} soon.", [OPEN]),
    ("Troops will {withdrawal/future:withdraw} on Saturday.", ["2021-03-20"]),
    ("Leaders will {talks/future:meet} in April.", ["2021-04-01..2021-04-30"]),
    ("The {talks/future:talks} are scheduled for next week.", ["2021-03-22..2021-03-28"]),
    # decided on a day, to be done later
    ("The council decided on Monday to {deployment/future:send} troops.", [OPEN]),
    # supposed: by tense
    ("The rebels could {attack/hypothetical:attack} the town.", [OPEN]),
    ("The {killing/hypothetical:toll} could rise.", [OPEN]),
    ("They would {killing/hypothetical:kill} the hostages if no money came.", [OPEN]),
    ("The rebels may have {attack/hypothetical:attacked} the town.", [BOUNDED]),
    ("The patients were possibly {harm/hypothetical:exposed} to gas.", [BOUNDED]),
    ("Doctors spoke of a possible {chemical_attack/hypothetical:gas attack}.", [BOUNDED]),
    # habits have no time
    ("Soldiers often {torture/generic:beat} detainees on Fridays.", [None]),
    # what the model says wins
    ("[time:On Friday] the mayor left, and gunmen {attack:attacked} a convoy.", ["2021-03-12"]),
    ("Gunmen {attack:attacked} a convoy [time:during the rains].", [BOUNDED]),
]  # fmt: skip

# with a claim: `<c1 content>`, `<s1 source>`, `<q1 cue>`
SAID = [
    ("<s1 The army> <q1 said> on Monday <c1 that gunmen {attack:attacked} a convoy>.",
     Act.STATE, Quotation.INDIRECT, ["..2021-03-15"]),
    ("<s1 The army> <q1 said> on Monday <c1 that gunmen {attack:attacked} a convoy on Sunday>.",
     Act.STATE, Quotation.INDIRECT, ["2021-03-14"]),
    ("<c1 Gunmen {attack:attacked} a convoy on Sunday>, <s1 the army> <q1 said> Monday.",
     Act.STATE, Quotation.INDIRECT, ["2021-03-14"]),
    # the reporter's words count from the publication
    ("<c1 Two vessels were {seizure:taken} last week>, <s1 the navy> <q1 announced> Sunday.",
     Act.STATE, Quotation.INDIRECT, ["2021-03-08..2021-03-14"]),
    # those of a quotation from the day it was said
    ("<c1 “They {attack:attacked} us yesterday,”> <s1 he> <q1 said> on Monday.",
     Act.STATE, Quotation.DIRECT, ["2021-03-14"]),
    # what was said on Monday did not happen on Tuesday
    ("<s1 He> <q1 said> on Monday <c1 that they {attack:attacked} on Tuesday>.",
     Act.STATE, Quotation.INDIRECT, ["2021-03-09"]),
    ("<s1 He> <q1 demanded> on Monday <c1 that troops {withdrawal/future:leave}>.",
     Act.DEMAND, Quotation.INDIRECT, ["2021-03-15.."]),
    ("<s1 They> <q1 threatened> <c1 to {killing/hypothetical:kill} the hostages>.",
     Act.THREATEN, Quotation.INDIRECT, [OPEN]),
    ("<s1 They> <q1 offered> <c1 a choice between {killing/hypothetical:death} and the money>.",
     Act.THREATEN, Quotation.INDIRECT, [OPEN]),
    # the model gives the day of saying to the event: it bounds the event
    ("<s1 The army> <q1 said> [time:on Monday] <c1 that gunmen {attack:attacked} a convoy>.",
     Act.STATE, Quotation.INDIRECT, ["..2021-03-15"]),
    # what is said keeps its dates, whatever the tree says
    ("<c1 Police {detention:arrested} 14 people during a {protest:protest} on Saturday>, "
     "<s1 a spokesman> <q1 said>.",
     Act.STATE, Quotation.INDIRECT, ["2021-03-13", "2021-03-13"]),
    # a hedge: the time stands outside what it hedges
    ("<c1 Several people> were <q1 allegedly> <c1 {killing:killed}> on Monday.",
     Act.STATE, Quotation.INDIRECT, ["2021-03-15"]),
]  # fmt: skip

UNPUBLISHED = [
    ("Gunmen {attack:attacked} a convoy.", [None]),
    ("Gunmen {attack:attacked} a convoy on Sunday.", [".."]),
    ("Gunmen {attack:attacked} a convoy on 3 May 2020.", ["2020-05-03"]),
    ("Troops will {withdrawal/future:withdraw}.", [None]),
    ("<s1 The army> <q1 said> on 4 May 2020 <c1 gunmen {attack:attacked} on Sunday>.",
     ["2020-05-03"]),
    ("<s1 The army> <q1 said> on 4 May 2020 <c1 gunmen {attack:attacked}>.", ["..2020-05-04"]),
]  # fmt: skip


def _event(number: int, kind: str, modality: str, trigger: Span, claim: str) -> Event:
    return Event(
        f"e{number}", claim, EventKind(kind), trigger, Polarity.POSITIVE, Modality(modality), (),
        None, None, (), f"p{number}", 1.0, "t",
    )  # fmt: skip


def _claims(read: MarkedEvents, act: Act, quotation: Quotation) -> list[Claim]:
    claims = [OWN]
    for name, content in read.pieces.items():
        if name[0] == "c":
            source, cue = (read.pieces.get(f"{kind}{name[1:]}", [None])[0] for kind in "sq")
            claims.append(
                Claim(name, "c0", source, None, cue, tuple(content), act, quotation, None, 1, "t")
            )
    return claims


def _dated(
    marked: str,
    published: date | None = PUBLISHED,
    act: Act = Act.STATE,
    quotation: Quotation = Quotation.INDIRECT,
) -> tuple[str, tuple[Event, ...]]:
    read = read_marked(marked)
    sentences = find_sentences(read.text)
    timexes = find_timexes(read.text, sentences, published)
    claims = date_claims(_claims(read, act, quotation), timexes, sentences)
    events = []
    for number, (kind, modality, trigger) in enumerate(read.triggers, 1):
        inside = [claim.id for claim in claims if any(trigger in one for one in claim.content)]
        event = _event(number, kind, modality, trigger, (inside or ["c0"])[-1])
        told = [span for role, span in read.parts.get(number, ()) if role == "time"]
        events.append(replace(event, dated_by=told[0] if told else None))
    return read.text, date_events(events, claims, timexes, published, analyse(read.text))


def _brief(interval: Interval | None) -> str | None:
    if interval is None:
        return None
    start, end = (day.isoformat() if day else "" for day in (interval.start, interval.end))
    return start if start and start == end else f"{start}..{end}"


@pytest.mark.parametrize(("marked", "expected"), TABLE)
def test_times(marked: str, expected: list[str | None]) -> None:
    _, events = _dated(marked)
    assert [_brief(event.time) for event in events] == expected


@pytest.mark.parametrize(("marked", "act", "quotation", "expected"), SAID)
def test_times_of_what_somebody_said(
    marked: str, act: Act, quotation: Quotation, expected: list[str]
) -> None:
    _, events = _dated(marked, act=act, quotation=quotation)
    assert [_brief(event.time) for event in events] == expected


@pytest.mark.parametrize(("marked", "expected"), UNPUBLISHED)
def test_times_without_a_publication_date(marked: str, expected: list[str | None]) -> None:
    _, events = _dated(marked, None)
    assert [_brief(event.time) for event in events] == expected


def test_the_words_are_kept() -> None:
    text, (event,) = _dated("Gunmen {attack:attacked} a convoy late on Sunday.")
    assert event.time is not None
    assert event.time.precision is Precision.DAY
    assert event.time.evidence == event.dated_by
    assert event.dated_by is not None
    assert event.dated_by.words(text) == "late on Sunday"


def test_words_that_cannot_be_resolved_are_kept() -> None:
    text, (event,) = _dated("Gunmen {attack:attacked} a convoy on Sunday.", None)
    assert event.time is not None
    assert event.time.evidence is not None
    assert event.time.evidence.words(text) == "on Sunday"


def test_a_bound_has_no_words() -> None:
    _, (event,) = _dated("Gunmen {attack:attacked} a convoy.")
    assert event.time == Interval(None, PUBLISHED, Precision.BOUNDED)


def test_every_light_verb_lets_its_object_be_dated(root) -> None:
    entries = yaml.safe_load((root / "knowledge" / "light_verbs.yaml").read_text(encoding="utf-8"))
    for entry in entries:
        for example in entry["examples"]:
            trigger = example["trigger"]
            marked = example["text"].replace(trigger, f"{{attack:{trigger}}}")
            _, (event,) = _dated(marked)
            assert _brief(event.time) == "2021-03-15", marked


WORDS = st.sampled_from(
    "on Sunday since then 2019 March 3 last week yesterday gunmen attacked and killed killing , . ("
    " that who will said the army raid in of during that time Friday 's could have to after before"
    " tomorrow 12 May was".split()
)


@st.composite
def drawn_events(draw: st.DrawFn) -> tuple[str, list[Claim], list[Event]]:
    text = " ".join(draw(st.lists(WORDS, min_size=3, max_size=40)))
    claims = [OWN]
    for number in range(1, draw(st.integers(1, 3))):
        source, cue, content = (_span(draw, len(text)) for _ in range(3))
        act, kind = draw(st.sampled_from(Act)), draw(st.sampled_from(Quotation))
        parent = f"c{draw(st.integers(0, number - 1))}"
        claims.append(
            Claim(f"c{number}", parent, source, None, cue, (content,), act, kind, None, 1.0, "t")
        )
    events = []
    for number in range(1, draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(EventKind)).value
        modality = draw(st.sampled_from(Modality)).value
        claim = draw(st.sampled_from(claims)).id
        event = _event(number, kind, modality, _span(draw, len(text)), claim)
        told = draw(st.one_of(st.none(), st.just(_span(draw, len(text)))))
        events.append(replace(event, dated_by=told, episode=f"p{draw(st.integers(1, 2))}"))
    return text, claims, events


def _span(draw: st.DrawFn, size: int) -> Span:
    start = draw(st.integers(0, size - 1))
    return Span(start, draw(st.integers(start + 1, min(size, start + 20))))


@given(drawn=drawn_events(), published=st.one_of(st.none(), st.dates()))
@settings(max_examples=60, deadline=None)
def test_no_time_is_invented(drawn, published: date | None) -> None:
    text, claims, events = drawn
    sentences = find_sentences(text)
    timexes = find_timexes(text, sentences, published)
    claims = date_claims(claims, timexes, sentences)
    dated = date_events(events, claims, timexes, published, analyse(text))
    assert [event.id for event in dated] == [event.id for event in events]
    for event in dated:
        if event.modality is Modality.GENERIC:
            assert event.time is None
        if event.time is None:
            continue
        assert event.time.evidence is None or event.time.evidence.words(text).strip()
        if event.time.evidence is None:
            assert event.time.precision is Precision.BOUNDED
            days = {published} | {d for c in claims if c.said for d in (c.said.start, c.said.end)}
            assert {event.time.start, event.time.end} <= days | {None}


@given(weeks=st.integers(-500, 500))
@settings(max_examples=20, deadline=None)
def test_events_move_with_whole_weeks(weeks: int) -> None:
    shift = timedelta(7 * weeks)
    marked = "On Sunday gunmen {attack:stormed} a school. Troops will {withdrawal/future:leave}."
    _, here = _dated(marked)
    _, there = _dated(marked, PUBLISHED + shift)
    for one, other in zip(here, there, strict=True):
        assert one.time is not None
        assert other.time is not None
        for day, moved in ((one.time.start, other.time.start), (one.time.end, other.time.end)):
            assert (day and day + shift) == moved


def test_many_events_take_little_time() -> None:
    text = "Gunmen attacked a convoy on Sunday. " * 300
    sentences = find_sentences(text)
    analysis: Analysis = analyse(text)
    timexes = find_timexes(text, sentences, PUBLISHED)
    events = [
        _event(n, "attack", "actual", Span(36 * n + 7, 36 * n + 15), "c0") for n in range(300)
    ]
    started = time.process_time()
    dated = date_events(events, [OWN], timexes, PUBLISHED, analysis)
    assert time.process_time() - started < 2.0
    assert {_brief(event.time) for event in dated} == {"2021-03-14"}
