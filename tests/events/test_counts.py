"""Counts: which numbers are read, as what, and which words beside a number make it none."""

import re
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.encoder import Analysis
from allegata.events.amounts import read_amount
from allegata.events.counted import read_counted
from allegata.events.counts import find_counts
from allegata.events.phrase import Phrase
from allegata.types import CountKind, EventKind
from tests.events.marked import analyse, read_marked, trigger_of

AMOUNTS = [
    ("65", 65, 65),
    ("1,500", 1500, 1500),
    ("180 000", 180000, 180000),
    ("1.5 million", 1500000, 1500000),
    ("2 m", 2000000, 2000000),
    ("ten", 10, 10),
    ("twenty - one", 21, 21),
    ("thirty five", 35, 35),
    ("one hundred and twenty", 120, 120),
    ("two thousand five hundred", 2500, 2500),
    ("three million two hundred thousand", 3200000, 3200000),
    ("one and a half million", 1500000, 1500000),
    ("a hundred", 100, 100),
    ("zero", 0, 0),
    ("both", 2, 2),
    # groups
    ("a dozen", 12, 12),
    ("two dozen", 24, 24),
    ("half a dozen", 6, 6),
    ("a half - dozen", 6, 6),
    ("half a million", 500000, 500000),
    ("a couple", 2, 2),
    ("a couple of hundred", 200, 200),
    # vague words are a least
    ("several", 3, None),
    ("a few", 3, None),
    ("a handful", 3, None),
    ("dozens", 24, None),
    ("several dozen", 36, None),
    ("scores", 40, None),
    ("hundreds", 200, None),
    ("several hundred", 300, None),
    ("thousands", 2000, None),
    ("tens of thousands", 20000, None),
    ("hundreds of thousands", 200000, None),
    ("millions", 2000000, None),
    ("tens of millions", 20000000, None),
    # bounds before
    ("at least ten", 10, None),
    ("more than a dozen", 12, None),
    ("no fewer than nine", 9, None),
    ("over 1,500", 1500, None),
    ("upwards of 40", 40, None),
    ("at least several hundred", 300, None),
    ("up to 30", None, 30),
    ("as many as 30", None, 30),
    ("fewer than 30", None, 30),
    ("no more than 30", None, 30),
    ("nearly 50", None, 50),
    ("almost two hundred", None, 200),
    # hedged on both sides: stays what it is
    ("about 40", 40, 40),
    ("some 40", 40, 40),
    ("an estimated 40", 40, 40),
    # bounds behind
    ("30 or more", 30, None),
    ("30 - plus", 30, None),
    ("a dozen or so", 12, 12),
    ("30 or fewer", None, 30),
    # ranges
    ("between 40 and 50", 40, 50),
    ("40 - 50", 40, 50),
    ("40 to 50", 40, 50),
    ("two or three", 2, 3),
    ("two to three million", 2000000, 3000000),
    ("some 30 to 40", 30, 40),
    # nobody
    ("no one", 0, 0),
    ("nobody", 0, 0),
    ("not a single", 0, 0),
]

NO_AMOUNTS = [
    "up to several hundred",  # says neither a least nor a most
    "30 percent",
    "30 %",
    "two thirds",
    "half of them",
    "three days",
    "20 km",
    "12 - year - old",
    "two - day visit",
    "1.5",
    "1.500",  # a thousand in one country, a decimal in the next
    "a man",
    "some people",
    "9 / 11",
    "10:30",
    "23rd",
    "9" * 5000,
]

# `{kind:trigger}`, `[role:words]`; the counts as kind, low, high, who
COUNTS = [
    # what the model marks
    ("At least [killed:65 clerks] were {killing:killed}.", ["killed 65 - clerks"]),
    ("[killed:at least 65 clerks] were {killing:killed}.", ["killed 65 - clerks"]),
    ("The raid {harm:wounded} [injured:more than 30] in the port.", ["injured 30 - None"]),
    ("[killed:Dozens more] were {killing:killed}.", ["killed 24 - None"]),
    ("[injured:35 others] were {harm:hurt}.", ["injured 35 35 others"]),
    ("[displaced:Hundreds of thousands of people] {displacement:fled}.",
     ["displaced 200000 - people"]),
    ("They {seizure:took} [items:20 crates with rifles].", ["items 20 20 crates"]),
    ("[killed:Nobody] was {killing:killed}.", ["killed 0 0 None"]),
    ("[killed:Between 40 and 50 miners] were {killing:killed}.", ["killed 40 50 miners"]),
    # between 40 and | 50 miners
    ("Between 40 and [killed:50 miners] were {killing:killed}.", ["killed 40 50 miners"]),
    # one
    ("A bomb {killing:killed} [killed:a policeman] on Monday.", ["killed 1 1 policeman"]),
    ("A bomb {killing:killed} [killed:his wife].", ["killed 1 1 wife"]),
    ("A bomb {killing:killed} [killed:Ana Bekele].", ["killed 1 1 Ana Bekele"]),
    ("A bomb {killing:killed} [killed:one man].", ["killed 1 1 man"]),
    ("[killed:Policeman] {killing:shot} in market", ["killed 1 1 Policeman"]),
    ("Soldiers {killing:shot} [killed:a 12-year-old boy].", ["killed 1 1 12-year-old boy"]),
    # known already, or nobody knows how many
    ("A bomb {killing:killed} [killed:the man].", []),
    ("A bomb {killing:killed} [killed:civilians].", []),
    ("A bomb {killing:killed} [killed:a family].", []),
    ("A bomb {killing:killed} [killed:his children].", []),
    ("A bomb {killing:killed} [killed:them].", []),
    ("A bomb {killing:killed} [killed:a number of clerks].", []),
    ("A bomb {killing:killed} [killed:the three brothers].", ["killed 3 3 brothers"]),
    # lists are taken apart, parts of a whole are counts of their own
    ("Shells {killing:killed} [killed:a man and his two sons].",
     ["killed 1 1 man", "killed 2 2 sons"]),
    ("Shells {killing:killed} [killed:ten children and five women].",
     ["killed 10 10 children", "killed 5 5 women"]),
    # punctuation lost
    ("[killed:10 children 5 women] {killing:killed} in air raid",
     ["killed 10 10 children", "killed 5 5 women"]),
    ("Shells {killing:killed} [killed:126 people including more than 60 children].",
     ["killed 126 126 people", "killed 60 - children"]),
    ("Shells {killing:killed} [killed:12 people, four of them children].",
     ["killed 12 12 people", "killed 4 4 children"]),
    ("Gunmen {abduction:took} [abducted:three nurses, a doctor and their driver].",
     ["abducted 3 3 nurses", "abducted 1 1 doctor", "abducted 1 1 driver"]),
    ("[killed:A group of 12 farmers] was {killing:shot}.", ["killed 12 12 farmers"]),
    ("[killed:A family of five] was {killing:shot}.", ["killed 5 5 None"]),
    # what stands beside a name is an age or a description
    ("A bomb {killing:killed} [killed:Ana Bekele, 23, a teacher].", ["killed 1 1 Ana Bekele"]),
    # no counts: ages, labels, what stands under a preposition
    ("The girls [killed:aged four to 10] were {killing:killed}.", []),
    ("[displaced:residents of two towns] {displacement:fled}.", []),
    ("[displaced:About 40 percent of them] {displacement:fled}.", []),
    # corrections
    ("The {killing:toll} rose from [killed:19] to [killed:23].", ["killed 23 23 None"]),
    ("The {killing:toll} rose [killed:from 19 to 23].", ["killed 23 23 None"]),
    ("The {killing:toll} was revised down to [killed:8] from [killed:12].", ["killed 8 8 None"]),
    # shares, and numbers that are told apart by "or"
    ("[killed:More than one in five people] {killing:died}.", []),
    ("[killed:Hundreds or thousands of people] {killing:died}.", ["killed 200 - people"]),
    # the signs of decimals and thousands, and of what adjoins
    ("[displaced:1.2m people] {displacement:fled}.", ["displaced 1200000 1200000 people"]),
    ("[killed:43 people - including 12 children -] {killing:died}.",
     ["killed 43 43 people", "killed 12 12 children"]),
    ("[killed:200+] {killing:died}.", ["killed 200 - None"]),
    ("[killed:One civilian and two soldiers, one of them an officer,] {killing:died}.",
     ["killed 1 1 civilian", "killed 2 2 soldiers", "killed 1 1 officer"]),
    # told twice
    ("A bomb {killing:killed} [killed:six clerks], and [killed:six clerks] fled.",
     ["killed 6 6 clerks"]),
    # two kinds
    ("A {bombing:bomb} killed [killed:six clerks] and wounded [injured:more than 30].",
     ["killed 6 6 clerks", "injured 30 - None"]),
    # arguments, where the model marks no count
    ("A bomb {killing:killed} [target:six clerks].", ["killed 6 6 clerks"]),
    ("A bomb {killing:killed} [target:a clerk].", ["killed 1 1 clerk"]),
    ("Police {detention:arrested} [target:two clerks].", ["detained 2 2 clerks"]),
    ("[target:3,000 people] {displacement:left} the town.", ["displaced 3000 3000 people"]),
    ("[target:11 buses] {displacement:left} the town.", []),
    ("[target:A convoy of 11 buses] {displacement:left} the town.", []),
    ("[target:He] {displacement:left} the town.", []),
    ("Rebels {arms_transfer:moved} [instrument:20 crates of rifles].", ["items 20 20 crates"]),
    ("The navy {seizure:took} [target:a foreign vessel].", []),
    ("The navy {seizure:took} [target:two vessels].", ["items 2 2 vessels"]),
    ("A bomb {killing:killed} [killed:six clerks], [target:six clerks and a guard].",
     ["killed 6 6 clerks"]),
    ("Jets {air_strike:dropped} [instrument:a total of three bombs] on the camp.",
     ["items 3 3 bombs"]),
    ("Jets {air_strike:hit} the camp with [instrument:a bomb].", []),
    ("Rebels {shelling:shelled} [target:two towns].", []),
    # a number before the trigger
    ("There were no {harm:casualties}.", ["injured 0 0 None"]),
    ("At least three {killing:deaths} were confirmed.", ["killed 3 - None"]),
    ("The blast left hundreds {killing:dead}.", ["killed 200 - None"]),
    ("Two {displacement:evacuations} followed.", []),
    ("Two {attack:attacks} followed.", []),
    # a number behind a toll
    ("Officials raised the {killing:death toll} to 23 on Friday.", ["killed 23 23 None"]),
    ("The {killing:toll} rose from 19 to 23 within a day.", ["killed 23 23 None"]),
    ("The blast on March 12 {killing:killed} civilians.", []),
    ("The {killing:toll} of the blast on March 12 rose to 23.", ["killed 23 23 None"]),
    # capitals
    ("A BOMB {killing:KILLED} [killed:AT LEAST SIX CLERKS].", ["killed 6 - CLERKS"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "low", "high"), AMOUNTS)
def test_amounts(words: str, low: int | None, high: int | None) -> None:
    split = words.split()
    amount = read_amount(split, 0)
    assert amount is not None
    assert (amount.low, amount.high, amount.end) == (low, high, len(split))


@pytest.mark.parametrize("words", NO_AMOUNTS, ids=lambda words: words[:30])
def test_what_is_no_amount(words: str) -> None:
    assert read_amount(words.split(), 0) is None


def _brief(count) -> str:
    high = "-" if count.high is None else count.high
    low = "-" if count.low is None else count.low
    return f"{count.kind.value} {low} {high} {count.of}"


@pytest.mark.parametrize(("marked", "expected"), COUNTS)
def test_counts(marked: str, expected: list[str]) -> None:
    read = read_marked(marked)
    analysis = analyse(read.text)
    counts = find_counts(analysis, trigger_of(analysis, read))
    assert [_brief(count) for count in counts] == expected
    for count in counts:
        words = count.evidence.words(read.text)
        assert count.of is None or count.of in words
        assert re.search(r"[\w+]$", words)


def _examples(root) -> list[dict]:
    entries = yaml.safe_load((root / "knowledge" / "numbers.yaml").read_text(encoding="utf-8"))
    return [example for entry in entries for example in entry["examples"]]


def test_every_example_of_the_table(root) -> None:
    for example in _examples(root):
        text = example["text"]
        analysis = analyse(text)
        start = text.index(example.get("part", text))
        first = next(n for n, (_, end) in enumerate(analysis.words) if end > start)
        end = len(analysis.words) - text.endswith(".")
        found = read_counted(Phrase.of(analysis, first, end, people=True))
        expected = [] if "none" in example else [tuple(example[k] for k in ("low", "high", "of"))]
        assert [(one.low, one.high, one.of) for one in found] == expected, text


WORDS = st.sampled_from(
    "at least more than a the two 12 1,500 no one dozens hundreds of thousand and or to from"
    " between , ( ) - people men man his wife Ana Bekele among killed rose toll aged percent"
    " dozen half several up to % . of them some 23 million k 9/11 2019 Friday".split()
)
ROLES = st.sampled_from([*(kind.value for kind in CountKind), "target", "instrument", "time"])


@st.composite
def marked_events(draw: st.DrawFn) -> str:
    words = draw(st.lists(WORDS, min_size=2, max_size=25))
    kind = draw(st.sampled_from(EventKind)).value
    at = draw(st.integers(0, len(words) - 1))
    pieces = [f"{{{kind}:{word}}}" if n == at else word for n, word in enumerate(words)]
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(words) - 1))
        end = draw(st.integers(start, len(words) - 1))
        pieces[start] = f"[{draw(ROLES)}:{pieces[start]}"
        pieces[end] += "]"
    return " ".join(pieces)


@given(marked=marked_events())
@settings(max_examples=60, deadline=None)
def test_counts_are_whole_and_told_once(marked: str) -> None:
    read = read_marked(marked)
    analysis = analyse(read.text)
    counts = find_counts(analysis, trigger_of(analysis, read))
    assert list(counts) == sorted(counts, key=lambda one: (one.evidence, one.kind.value))
    assert len({(c.kind, c.low, c.high, c.of, c.evidence) for c in counts}) == len(counts)
    for count in counts:
        assert count.low is not None or count.high is not None
        assert count.low is None or count.high is None or 0 <= count.low <= count.high
        assert 0 <= count.evidence.start < count.evidence.end <= len(read.text)
        assert count.of is None or count.of in count.evidence.words(read.text)


@given(number=st.integers(0, 10**9))
def test_a_number_is_itself_in_every_spelling(number: int) -> None:
    for word in (str(number), f"{number:,}"):
        amount = read_amount([word, "people"], 0)
        assert amount is not None
        assert (amount.low, amount.high) == (number, number)
        least = read_amount(["at", "least", word], 0)
        assert least is not None
        assert (least.low, least.high) == (number, None)


@pytest.mark.parametrize("word", ["more", "million", "a", "two", "of", "at", "hundred", "1,000"])
def test_no_sentence_takes_long(word: str) -> None:
    words = tuple([word] * 20_000)
    started = time.process_time()
    for at in range(0, len(words), 10):
        read_amount(words, at)
    assert time.process_time() - started < 1.0


def test_the_words_around_a_part_are_looked_at_only_so_far() -> None:
    text = " ".join(["people"] * 4000)
    analysis = analyse(text)
    assert isinstance(analysis, Analysis)
    phrase = Phrase.of(analysis, 2000, 2001, people=True)
    assert len(phrase.lower) < 200
