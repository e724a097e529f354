"""Temporal expressions: one row for each phenomenon, resolved by hand."""

from datetime import date

import pytest

from allegata.grounding.times import Anchor, Timex, find_timexes
from allegata.types import Precision, Span

SUNDAY = date(2018, 11, 25)
WEDNESDAY = date(2023, 5, 3)
FRIDAY = date(2014, 10, 24)


def read(text: str, dct: date | None = SUNDAY) -> list[Timex]:
    return find_timexes(text, [Span(0, len(text))], dct)


def shown(text: str, dct: date | None = SUNDAY) -> list[str]:
    """Each expression as `words = first day..last day precision`."""
    return [
        f"{timex.span.words(text)} = {days(timex)}"
        for timex in find_timexes(text, [Span(0, len(text))], dct)
    ]


def days(timex: Timex) -> str:
    interval = timex.interval
    if interval is None:
        return "?"
    ends = "" if interval.start == interval.end else f"..{interval.end or ''}"
    return f"{interval.start or ''}{ends} {interval.precision.value}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # weekdays look back from the publication day, a Sunday
        ("Shells hit the market on Saturday.", "on Saturday = 2018-11-24 day"),
        ("Shells hit the market on Monday.", "on Monday = 2018-11-19 day"),
        ("The minister spoke Friday in the capital.", "Friday = 2018-11-23 day"),
        # the weekday of publication means that day
        ("The group said on Sunday that it withdrew.", "on Sunday = 2018-11-25 day"),
        ("ON SATURDAY THE ARMY ADVANCED", "ON SATURDAY = 2018-11-24 day"),
        ("the army advanced on saturday", "on saturday = 2018-11-24 day"),
        ("Fighting raged late on Saturday.", "late on Saturday = 2018-11-24 day"),
        ("Gunmen struck early Tuesday.", "early Tuesday = 2018-11-20 day"),
        ("A blast was heard on Saturday evening.", "on Saturday evening = 2018-11-24 day"),
        ("A blast was heard late Thursday night.", "late Thursday night = 2018-11-22 day"),
        ("It began on the morning of Wednesday.", "on the morning of Wednesday = 2018-11-21 day"),
        ("In the early hours of Sunday, a depot burned.",
         "In the early hours of Sunday = 2018-11-25 day"),
        ("The raid came before dawn on Friday.", "before dawn on Friday = 2018-11-23 day"),
        ("Shortly after midnight on Friday it fell.",
         "Shortly after midnight on Friday = 2018-11-23 day"),
        ("Saturday's attack wounded nine.", "Saturday = 2018-11-24 day"),
        # apostrophes get lost in copies
        ("The toll of Tuesdays attack rose.", "Tuesdays = 2018-11-20 day"),
        ("Saturdays convoy attack was condemned.", "Saturdays = 2018-11-24 day"),
        # the preposition belongs to the attack
        ("He died in Friday's raid.", "Friday = 2018-11-23 day"),
        ("Last Friday a clinic was hit.", "Last Friday = 2018-11-23 day"),
        ("He was seen last Sunday.", "last Sunday = 2018-11-18 day"),
        ("He was held this past Thursday.", "this past Thursday = 2018-11-22 day"),
        ("On Friday last week, two were held.", "On Friday last week = 2018-11-16 day"),
        ("It was signed on Monday of last week.", "on Monday of last week = 2018-11-12 day"),
        ("Clashes have continued since Thursday.",
         "since Thursday = 2018-11-22..2018-11-25 bounded"),
        ("The road was closed until Friday.", "until Friday = ..2018-11-23 bounded"),
        ("Talks broke down before Thursday.", "before Thursday = ..2018-11-21 bounded"),
        ("Crowds gathered after Friday prayers.", "after Friday = 2018-11-23 day"),
        ("Fighting lasted from Thursday to Saturday.",
         "from Thursday to Saturday = 2018-11-22..2018-11-24 day"),
        ("Between Friday and Saturday 14 were freed.",
         "Between Friday and Saturday = 2018-11-23..2018-11-24 day"),
        ("Planes struck on the night of Friday to Saturday.",
         "on the night of Friday to Saturday = 2018-11-23..2018-11-24 day"),
        ("Shelling lasted Saturday night into Sunday.",
         "Saturday night into Sunday = 2018-11-24..2018-11-25 day"),
        ("Two were hurt overnight on Friday.", "overnight on Friday = 2018-11-23..2018-11-24 day"),
        # clock times and zones belong to the day
        ("At 5 a.m. (0200 GMT) on Monday sirens went off.",
         "At 5 a.m. (0200 GMT) on Monday = 2018-11-19 day"),
        ("It landed on Tuesday at around 10:30 p.m. local time.",
         "on Tuesday at around 10:30 p.m. local time = 2018-11-20 day"),
        ("The plane vanished at 21:45 UTC on Thursday.",
         "at 21:45 UTC on Thursday = 2018-11-22 day"),
        ("The truce began by 10 a.m. on Saturday.", "by 10 a.m. on Saturday = 2018-11-24 day"),
    ],
)  # fmt: skip
def test_weekdays(text: str, expected: str) -> None:
    assert shown(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Envoys will meet on Friday.", "on Friday = 2018-11-30 day"),
        ("Envoys will meet on Sunday.", "on Sunday = 2018-11-25 day"),
        ("A hearing is scheduled for Tuesday.", "for Tuesday = 2018-11-27 day"),
        ("The vote is to be held on Thursday.", "on Thursday = 2018-11-29 day"),
        ("The envoy is due on Monday.", "on Monday = 2018-11-26 day"),
        ("The envoy is due to arrive on Monday.", "on Monday = 2018-11-26 day"),
        # "due to" may give a cause
        ("Schools closed due to clashes on Monday.", "on Monday = 2018-11-19 day"),
        ("He was told that talks would resume on Friday.", "on Friday = 2018-11-30 day"),
        ("On Friday, the council will vote.", "On Friday = 2018-11-30 day"),
        ("Troops will be withdrawn on Monday.", "on Monday = 2018-11-26 day"),
        ("Troops that will stay fired, and the others fled on Monday.",
         "on Monday = 2018-11-19 day"),
        ("He spoke next Tuesday's agenda.", "next Tuesday = 2018-11-27 day"),
        ("Elections follow next Sunday.", "next Sunday = 2018-12-02 day"),
        ("They must leave by Friday.", "by Friday = 2018-11-25..2018-11-30 bounded"),
        ("The curfew is in force until Thursday.", "until Thursday = ..2018-11-29 bounded"),
        ("The dam will open in July.", "in July = 2019-07-01..2019-07-31 month"),
        ("The summit will open on 3 March.", "on 3 March = 2019-03-03 day"),
        ("Observers will leave in two weeks.", "in two weeks = 2018-12-03..2018-12-09 week"),
        ("They will surrender within 48 hours.",
         "within 48 hours = 2018-11-25..2018-11-27 bounded"),
        ("The session opens tomorrow.", "tomorrow = 2018-11-26 day"),
        ("The session opens the day after tomorrow.", "the day after tomorrow = 2018-11-27 day"),
        ("A deal is possible in the coming days.", "in the coming days = 2018-11-25.. bounded"),
        ("Polls open next week.", "next week = 2018-11-26..2018-12-02 week"),
        ("Polls open next month.", "next month = 2018-12-01..2018-12-31 month"),
        ("Polls open next year.", "next year = 2019-01-01..2019-12-31 year"),
        ("The ban ends this Thursday.", "this Thursday = 2018-11-29 day"),
        # a date soon ahead would have been given its year, had it been long ago
        ("It might end on Friday.", "on Friday = 2018-11-30 day"),
        ("The raid on Friday may be the worst.", "on Friday = 2018-11-23 day"),
        ("They should have left on Friday.", "on Friday = 2018-11-23 day"),
        ("On December 23, Mr. Doe fled.", "On December 23 = 2017-12-23 day"),
        ("the vote of Dec. 3", "Dec. 3 = 2018-12-03 day"),
        ("He was killed on Dec. 3.", "on Dec. 3 = 2017-12-03 day"),
    ],
)  # fmt: skip
def test_what_lies_ahead(text: str, expected: str) -> None:
    assert shown(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("THE ARMY TODAY FOUND A DEPOT", "TODAY = 2018-11-25 day"),
        ("ENVOYS WILL MEET ON FRIDAY", "ON FRIDAY = 2018-11-30 day"),
        ("IT BEGAN AT 1030 GMT ON 12 MARCH", "AT 1030 GMT ON 12 MARCH = 2018-03-12 day"),
        ("SINCE THE MARCH ELECTION", "MARCH = 2018-03-01..2018-03-31 month"),
        ("IN MAY THIS MAY CHANGE", "IN MAY = 2018-05-01..2018-05-31 month"),
        ("THE APRIL RAID", "APRIL = 2018-04-01..2018-04-30 month"),
    ],
)
def test_text_in_capitals(text: str, expected: str) -> None:
    assert shown(text) == [expected]


def test_each_clause_has_its_own_tense() -> None:
    text = "The ministry said on Friday that it will meet envoys on Tuesday."
    assert shown(text) == ["on Friday = 2018-11-23 day", "on Tuesday = 2018-11-27 day"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The town fell on 26 April 2017.", "on 26 April 2017 = 2017-04-26 day"),
        ("The town fell on April 26, 2017, locals say.", "on April 26, 2017 = 2017-04-26 day"),
        ("Published April 26 2017 Six were hurt", "April 26 2017 = 2017-04-26 day"),
        ("AFP 24 Oct 2014 Ten were hurt", "24 Oct 2014 = 2014-10-24 day"),
        ("AFP Friday 24 Oct 2014 Ten were hurt", "Friday 24 Oct 2014 = 2014-10-24 day"),
        ("Wed Apr 05 2017 Reports", "Wed Apr 05 2017 = 2017-04-05 day"),
        ("On Friday, 24 October 2014, it rained.", "On Friday, 24 October 2014 = 2014-10-24 day"),
        ("It ended on Sunday (November 25).", "on Sunday (November 25) = 2018-11-25 day"),
        ("on the 5th of May, 2017", "on the 5th of May, 2017 = 2017-05-05 day"),
        ("On October 9, fighters seized a post.", "On October 9 = 2018-10-09 day"),
        ("On Oct. 9 last year, fighters seized a post.", "On Oct. 9 last year = 2017-10-09 day"),
        ("the August 9, 2020 election", "August 9, 2020 = 2020-08-09 day"),
        ("on 3 Sept 2016", "on 3 Sept 2016 = 2016-09-03 day"),
        ("date 2017-04-26 Text", "2017-04-26 = 2017-04-26 day"),
        ("seen 2018-11-24T21:05:00+03:00", "2018-11-24T21:05:00+03:00 = 2018-11-24 day"),
        ("on 26/04/2017", "on 26/04/2017 = 2017-04-26 day"),
        ("on 04/26/2017", "on 04/26/2017 = 2017-04-26 day"),
        ("on 26.4.2017", "on 26.4.2017 = 2017-04-26 day"),
        ("on 05/05/2017", "on 05/05/2017 = 2017-05-05 day"),
        # 4 May or 5 April
        ("on 04/05/2017", "on 04/05/2017 = ?"),
        ("BEIRUT, 14 MAY 89 (AGENCY)", "14 MAY 89 = 1989-05-14 day"),
        ("since 2 february", "since 2 february = 2018-02-02..2018-11-25 bounded"),
        # leap days
        ("on 29 February", "on 29 February = 2016-02-29 day"),
        ("on February 29, 2016", "on February 29, 2016 = 2016-02-29 day"),
        ("on February 29, 2018", "on February 29, 2018 = ?"),
        ("on 31 April 2018", "on 31 April 2018 = ?"),
        # ranges
        ("from April 3-5", "from April 3-5 = 2018-04-03..2018-04-05 day"),
        ("between 3 and 5 May", "between 3 and 5 May = 2018-05-03..2018-05-05 day"),
        ("from 3 to 5 May 2017", "from 3 to 5 May 2017 = 2017-05-03..2017-05-05 day"),
        ("from 28 April to 3 May 2017", "from 28 April to 3 May 2017 = 2017-04-28..2017-05-03 day"),
        ("December 28-January 3, 2017", "December 28-January 3, 2017 = 2016-12-28..2017-01-03 day"),
        ("on the evening of 3 March 2015", "on the evening of 3 March 2015 = 2015-03-03 day"),
        ("at dawn on 3 March 2015", "at dawn on 3 March 2015 = 2015-03-03 day"),
        ("until 3 March 2015", "until 3 March 2015 = ..2015-03-03 bounded"),
        ("as of December 5, 2017", "as of December 5, 2017 = ..2017-12-05 bounded"),
        ("after 3 March 2015", "after 3 March 2015 = 2015-03-04.. bounded"),
        ("two days before 5 May 2017", "two days before 5 May 2017 = 2017-05-03 day"),
    ],
)  # fmt: skip
def test_dates(text: str, expected: str) -> None:
    assert shown(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In July the group accused the army.", "In July = 2018-07-01..2018-07-31 month"),
        ("In November the group accused the army.", "In November = 2018-11-01..2018-11-30 month"),
        ("The city fell in December.", "in December = 2017-12-01..2017-12-31 month"),
        ("since April", "since April = 2018-04-01..2018-11-25 bounded"),
        ("since March 2011", "since March 2011 = 2011-03-01..2018-11-25 bounded"),
        ("The siege lasted until May.", "until May = ..2018-05-31 bounded"),
        ("before March 2017", "before March 2017 = ..2017-02-28 bounded"),
        ("last December", "last December = 2017-12-01..2017-12-31 month"),
        ("last November", "last November = 2017-11-01..2017-11-30 month"),
        ("this March", "this March = 2018-03-01..2018-03-31 month"),
        ("in May last year", "in May last year = 2017-05-01..2017-05-31 month"),
        ("in January this year", "in January this year = 2018-01-01..2018-01-31 month"),
        ("mid-March", "mid-March = 2018-03-11..2018-03-20 week"),
        ("in early May 2017", "in early May 2017 = 2017-05-01..2017-05-10 week"),
        ("in late February 2016", "in late February 2016 = 2016-02-19..2016-02-29 week"),
        ("from March to June 2017", "from March to June 2017 = 2017-03-01..2017-06-30 month"),
        ("from November to March 2017",
         "from November to March 2017 = 2016-11-01..2017-03-31 month"),
        ("between March and June", "between March and June = 2018-03-01..2018-06-30 month"),
        ("in July and August 2017", "in July and August 2017 = 2017-07-01..2017-08-31 month"),
        ("the August 2008 war", "August 2008 = 2008-08-01..2008-08-31 month"),
        ("the March offensive", "March = 2018-03-01..2018-03-31 month"),
        ("in july 2014", "in july 2014 = 2014-07-01..2014-07-31 month"),
        ("in 2019", "in 2019 = 2019-01-01..2019-12-31 year"),
        ("in early 2017", "in early 2017 = 2017-01-01..2017-04-30 month"),
        ("in mid-2016", "in mid-2016 = 2016-05-01..2016-08-31 month"),
        ("at the end of 2017", "at the end of 2017 = 2017-09-01..2017-12-31 month"),
        ("since the start of 2018", "since the start of 2018 = 2018-01-01..2018-11-25 bounded"),
        ("in the first half of 2017", "in the first half of 2017 = 2017-01-01..2017-06-30 month"),
        ("the third quarter of 2017", "the third quarter of 2017 = 2017-07-01..2017-09-30 month"),
        ("the first week of May", "the first week of May = 2018-05-01..2018-05-07 week"),
        ("the last week of May", "the last week of May = 2018-05-25..2018-05-31 week"),
        ("the first three months of 2017",
         "the first three months of 2017 = 2017-01-01..2017-03-31 month"),
        ("by 2014 the rebels held it", "by 2014 = ..2014-12-31 bounded"),
        ("the 2016 election", "2016 = 2016-01-01..2016-12-31 year"),
        ("its disputed 2016 election", "2016 = 2016-01-01..2016-12-31 year"),
        # the protests may be later, but the words mean the year
        ("protests after the 2016 election", "2016 = 2016-01-01..2016-12-31 year"),
        ("after 2012", "after 2012 = 2013-01-01.. bounded"),
        ("from 2011 to 2016", "from 2011 to 2016 = 2011-01-01..2016-12-31 year"),
        ("the war of 2014-15", "2014-15 = 2014-01-01..2015-12-31 year"),
        ("between 2011 and 2016", "between 2011 and 2016 = 2011-01-01..2016-12-31 year"),
        ("in the 1990s", "in the 1990s = 1990-01-01..1999-12-31 bounded"),
        ("in the 1960's", "in the 1960's = 1960-01-01..1969-12-31 bounded"),
        ("prior to 2017", "prior to 2017 = ..2016-12-31 bounded"),
        ("the accord of 2015, he said", "2015 = 2015-01-01..2015-12-31 year"),
        ("the early 1990s", "the early 1990s = 1990-01-01..1993-04-30 bounded"),
        ("in the 19th century", "in the 19th century = 1801-01-01..1900-12-31 bounded"),
        ("in 1453", "in 1453 = 1453-01-01..1453-12-31 year"),
        ("in the summer of 2016", "in the summer of 2016 = 2016-06-01..2016-08-31 month"),
        ("last winter", "last winter = 2017-12-01..2018-02-28 month"),
        # January or December
        ("in the winter of 2016", "in the winter of 2016 = 2015-12-01..2017-02-28 bounded"),
        ("the winter of 2016-17", "the winter of 2016-17 = 2016-12-01..2017-02-28 month"),
        ("this spring", "this spring = 2018-03-01..2018-05-31 month"),
    ],
)  # fmt: skip
def test_months_years_and_longer(text: str, expected: str) -> None:
    assert shown(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three died today.", "today = 2018-11-25 day"),
        ("Three died yesterday.", "yesterday = 2018-11-24 day"),
        ("Three died yesterday evening.", "yesterday evening = 2018-11-24 day"),
        ("Three died the day before yesterday.", "the day before yesterday = 2018-11-23 day"),
        ("Planes struck overnight.", "overnight = 2018-11-24..2018-11-25 day"),
        ("Planes struck last night.", "last night = 2018-11-24 day"),
        ("Planes struck tonight.", "tonight = 2018-11-25 day"),
        ("Planes struck this morning.", "this morning = 2018-11-25 day"),
        ("Planes struck earlier today.", "earlier today = 2018-11-25 day"),
        ("It closed last week.", "last week = 2018-11-12..2018-11-18 week"),
        ("It closed this week.", "this week = 2018-11-19..2018-11-25 week"),
        ("It closed the week before last.", "the week before last = 2018-11-05..2018-11-11 week"),
        ("It closed last month.", "last month = 2018-10-01..2018-10-31 month"),
        ("It closed late last month.", "late last month = 2018-10-21..2018-10-31 week"),
        ("It closed earlier this month.", "earlier this month = 2018-11-01..2018-11-25 month"),
        ("It closed earlier this year.", "earlier this year = 2018-01-01..2018-11-25 year"),
        ("It closed last year.", "last year = 2017-01-01..2017-12-31 year"),
        ("It closed since last year.", "since last year = 2017-01-01..2018-11-25 bounded"),
        ("at the start of the year", "at the start of the year = 2018-01-01..2018-04-30 month"),
        ("at the end of last year", "at the end of last year = 2017-09-01..2017-12-31 month"),
        ("over the weekend", "over the weekend = 2018-11-24..2018-11-25 day"),
        ("last weekend", "last weekend = 2018-11-17..2018-11-18 day"),
        ("ten days ago", "ten days ago = 2018-11-15 day"),
        ("two weeks ago", "two weeks ago = 2018-11-05..2018-11-11 week"),
        ("a month ago", "a month ago = 2018-10-01..2018-10-31 month"),
        ("three years ago", "three years ago = 2015-01-01..2015-12-31 year"),
        ("nearly a decade ago", "nearly a decade ago = 2008-11-25..2018-11-25 bounded"),
        ("more than two years ago", "more than two years ago = ..2016-11-25 bounded"),
        ("two and a half years ago", "two and a half years ago = 2015-11-25..2016-11-25 bounded"),
        ("a few days ago", "a few days ago = ..2018-11-23 bounded"),
        ("a couple of days ago", "a couple of days ago = 2018-11-23 day"),
        ("decades ago", "decades ago = ..1998-11-25 bounded"),
        ("a decade ago", "a decade ago = 2003-01-01..2013-12-31 bounded"),
        # the day before may still hold it
        ("three hours ago", "three hours ago = 2018-11-24..2018-11-25 day"),
        ("for the past two weeks", "for the past two weeks = 2018-11-11..2018-11-25 week"),
        ("over the past 24 hours", "over the past 24 hours = 2018-11-24..2018-11-25 day"),
        ("in the last three months", "in the last three months = 2018-08-25..2018-11-25 month"),
        # rolling with the article, a calendar week without
        ("in the last week", "in the last week = 2018-11-18..2018-11-25 week"),
        ("in recent weeks", "in recent weeks = ..2018-11-25 bounded"),
        ("in the past few days", "in the past few days = ..2018-11-25 bounded"),
        ("on New Year's Eve", "on New Year's Eve = 2017-12-31 day"),
    ],
)  # fmt: skip
def test_counted_from_publication(text: str, expected: str) -> None:
    (timex,) = read(text)
    assert shown(text) == [expected]
    assert timex.anchor is Anchor.PUBLICATION


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on 4 April 2017. Two days later, planes struck.",
         "Two days later = 2017-04-06 day"),
        ("It fell on 4 April 2017. Envoys had left two days earlier.",
         "two days earlier = 2017-04-02 day"),
        ("It fell on 4 April 2017. The next morning was calm.",
         "The next morning = 2017-04-05 day"),
        ("It fell on 4 April 2017. The day before, shops closed.",
         "The day before = 2017-04-03 day"),
        ("It fell on 4 April 2017. That night, shops burned.", "That night = 2017-04-04 day"),
        ("It fell on 4 April 2017. Later that day, shops burned.",
         "Later that day = 2017-04-04 day"),
        ("It fell on 4 April 2017; shops closed on the same day.",
         "on the same day = 2017-04-04 day"),
        ("It fell on 4 April 2017. Aid came the following week.",
         "the following week = 2017-04-10..2017-04-16 week"),
        ("It fell on 4 April 2017. Aid came the following Monday.",
         "the following Monday = 2017-04-10 day"),
        ("It fell on 4 April 2017. Aid came three weeks later.",
         "three weeks later = 2017-04-24..2017-04-30 week"),
        ("It fell on 4 April 2017. Aid came months later.", "months later = 2017-06-04.. bounded"),
        ("It fell in April 2017. Aid came the previous month.",
         "the previous month = 2017-03-01..2017-03-31 month"),
        ("It fell in April 2017. A year earlier it was quiet.",
         "A year earlier = 2016-01-01..2016-12-31 year"),
        ("It fell in 2016. That August they returned.",
         "That August = 2016-08-01..2016-08-31 month"),
        ("On Saturday it was hit at 9:30 p.m., medics said.", "at 9:30 p.m. = 2018-11-24 day"),
        # a year is too coarse to count days from
        ("It fell in 2017. Two days later, planes struck.", "Two days later = ?"),
        # a clock time belongs to a day of its own sentence only
        ("The day before, shops closed.", "The day before = ?"),
    ],
)  # fmt: skip
def test_counted_from_another_expression(text: str, expected: str) -> None:
    assert shown(text)[-1] == expected
    last = read(text)[-1]
    assert last.anchor is Anchor.EXPRESSION
    assert (last.antecedent is None) == (last.interval is None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They fled four days after the attack.", "four days after"),
        ("They fled a day before the vote began.", "a day before"),
        ("The day after the coup, banks closed.", "The day after"),
    ],
)
def test_counted_from_an_event(text: str, words: str) -> None:
    (timex,) = read(text)
    assert timex.span.words(text) == words
    assert timex.interval is None
    assert timex.anchor is Anchor.EVENT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the solar calendar is exact
        ("on 1 Farvardin 1396", "on 1 Farvardin 1396 = 2017-03-21 day"),
        ("12 Mizan 1394", "12 Mizan 1394 = 2015-10-04 day"),
        # the lunar one follows the sighting of the moon
        ("on 12 Rajab 1438", "on 12 Rajab 1438 = 2017-04-07..2017-04-11 bounded"),
        ("in Muharram 1440 AH", "in Muharram 1440 AH = 2018-09-10..2018-10-13 bounded"),
        ("on 12 Rajab", "on 12 Rajab = ?"),
        ("during Ramadan", "during Ramadan = ?"),
        ("on the third day of Eid", "on the third day of Eid = ?"),
        ("on the first day of Eid al-Fitr", "on the first day of Eid al-Fitr = ?"),
        ("at Christmas", "at Christmas = ?"),
        ("on Easter Sunday", "on Easter Sunday = ?"),
        ("every Friday", "every Friday = ?"),
        ("on Fridays", "on Fridays = ?"),
        ("each day", "each day = ?"),
        ("at 10:15 local time", "at 10:15 local time = ?"),
        ("at dawn", "at dawn = ?"),
    ],
)
def test_recognised_and_seldom_resolved(text: str, expected: str) -> None:
    assert shown(text) == [expected]


@pytest.mark.parametrize(
    ("text", "dct", "expected"),
    [
        ("the September 11 attacks", SUNDAY, "September 11 = 2001-09-11 day"),
        ("since 9/11", SUNDAY, "9/11 = 2001-09-11 day"),
        ("He was held on September 11.", SUNDAY, "on September 11 = 2018-09-11 day"),
        ("the October 7 attack", date(2024, 3, 1), "October 7 = 2023-10-07 day"),
        # not known yet
        ("the October 7 attack", SUNDAY, "October 7 = 2018-10-07 day"),
    ],
)
def test_days_known_by_an_attack(text: str, dct: date, expected: str) -> None:
    assert shown(text, dct) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital.",
        "Helen May met the press.",
        "May those who fled return.",
        "Protesters march through the town.",
        "He sat in the sun while leaves fall.",
        "The Sun reported it first.",
        "The second man fled in spring water.",
        "Black September ended at last.",
        "Sister April Smith tended them.",
        "Jan left the house.",
        "The Arab Spring inspired them.",
        "The fall of the city shocked them.",
        "Some 2000 people fled.",
        "At least 1,800 people fled 2016 homes.",
        "They shelled 2000 villages.",
        "It was a crowd of 2000.",
        "A 24-hour curfew and a three-day truce hold.",
        "The girl, aged 19, lived with a two-year-old.",
        "Resolution 2042 was adopted.",
        "They were held for three days.",
        "He earned 10.30 dollars a day.",
        "The odds were 3-2 and then 10-12.",
        "The Sunday Times and the Mail on Sunday reported it.",
        "On Bloody Sunday many marched.",
        "He said that day-long talks failed.",
        "USA TODAY reported it.",
        "There is no time to lose and no day of rest.",
        "Call 020-7946-0018 or write to 10.0.0.1.",
        "The last day of the truce was calm.",
        "This fall in prices hurt farmers.",
        "From 12 to 14 shells hit the square.",
        "",
    ],
)
def test_no_time_at_all(text: str) -> None:
    assert find_timexes(text, [Span(0, len(text))] if text else [], SUNDAY) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # without commas a number may belong to the next word
        ("In May 12 people were killed", "In May = 2018-05-01..2018-05-31 month"),
        ("On May 12 people were killed", "On May 12 = 2018-05-12 day"),
        ("The group attacked in 2017 people fled", "in 2017 = 2017-01-01..2017-12-31 year"),
        ("On May 5, 2000 people marched", "On May 5 = 2018-05-05 day"),
        ("On May 5, 2,000 people marched", "On May 5 = 2018-05-05 day"),
        # an adverb, not "after Saturday"
        ("The reply came after on Saturday it said", "on Saturday = 2018-11-24 day"),
    ],
)
def test_numbers_beside_a_month(text: str, expected: str) -> None:
    assert shown(text) == [expected]


@pytest.mark.parametrize(
    ("text", "dct", "expected"),
    [
        ("The navy announced it Sunday.", WEDNESDAY, "Sunday = 2023-04-30 day"),
        ("In July the group accused it.", FRIDAY, "In July = 2014-07-01..2014-07-31 month"),
        ("It fell last week.", date(2020, 1, 1), "last week = 2019-12-23..2019-12-29 week"),
        ("It fell last month.", date(2020, 1, 1), "last month = 2019-12-01..2019-12-31 month"),
        ("It fell yesterday.", date(2020, 3, 1), "yesterday = 2020-02-29 day"),
        ("It fell on Monday.", date(2020, 1, 1), "on Monday = 2019-12-30 day"),
        ("It fell in December.", date(2020, 1, 1), "in December = 2019-12-01..2019-12-31 month"),
        ("for the past month", date(2020, 3, 31),
         "for the past month = 2020-02-29..2020-03-31 month"),
        ("It opens on 29 February.", date(2019, 1, 5), "on 29 February = 2016-02-29 day"),
        ("It will open on 29 February.", date(2019, 1, 5), "on 29 February = 2020-02-29 day"),
        # the year just over, where the words look back
        ("It fell in the final week of the year.", date(2020, 1, 6),
         "in the final week of the year = 2019-12-25..2019-12-31 week"),
        ("It fell at the end of the year.", date(2020, 1, 6),
         "at the end of the year = 2019-09-01..2019-12-31 month"),
        ("It will fall by the end of the year.", date(2020, 1, 6),
         "by the end of the year = 2020-01-06..2020-12-31 bounded"),
        # the calendar ends
        ("two thousand years ago", date(1, 1, 1), "years ago = ?"),
        ("It fell yesterday.", date.min, "yesterday = ?"),
        ("It will fall tomorrow.", date.max, "tomorrow = ?"),
    ],
)  # fmt: skip
def test_other_days_of_publication(text: str, dct: date, expected: str) -> None:
    assert shown(text, dct) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Saturday", "on Saturday = ?"),
        ("in July", "in July = ?"),
        ("three years ago", "three years ago = ?"),
        ("yesterday", "yesterday = ?"),
        ("in the summer", "in the summer = ?"),
        ("on 3 May 2017", "on 3 May 2017 = 2017-05-03 day"),
        ("since 2011", "since 2011 = 2011-01-01.. bounded"),
        ("a day after 3 May 2017", "a day after 3 May 2017 = 2017-05-04 day"),
        ("from Monday to Friday", "from Monday to Friday = ?"),
    ],
)
def test_without_a_publication_day(text: str, expected: str) -> None:
    assert shown(text, None) == [expected]


def test_only_the_given_stretches_are_searched() -> None:
    text = "On Friday it rained. On Saturday it snowed. On Sunday it stopped."
    second = text.index("On Saturday")
    spans = [Span(second, text.index(" On Sunday"))]
    assert [timex.span.words(text) for timex in find_timexes(text, spans, SUNDAY)] == [
        "On Saturday"
    ]


def test_an_antecedent_may_stand_in_an_earlier_stretch() -> None:
    text = "It fell on 4 April 2017. Two days later, planes struck."
    cut = text.index("Two")
    later = find_timexes(text, [Span(0, cut), Span(cut, len(text))], None)[-1]
    assert later.interval is not None
    assert later.interval.start == date(2017, 4, 6)
    assert later.antecedent is not None
    assert later.antecedent.words(text) == "on 4 April 2017"


def test_the_evidence_is_the_expression() -> None:
    (timex,) = read("Militants fired late on Saturday at the quarter.")
    assert timex.interval is not None
    assert timex.interval.evidence == timex.span


def test_a_paragraph_ends_an_expression() -> None:
    assert shown("They met in May\n\n5 people came") == ["in May = 2018-05-01..2018-05-31 month"]
    assert shown("They met on\nSaturday") == ["on\nSaturday = 2018-11-24 day"]


def test_absolute_expressions_say_so() -> None:
    for text in ("on 26 April 2017", "in 2019", "the 1990s", "in the winter of 2016", "2017-04-26"):
        assert [timex.anchor for timex in read(text)] == [Anchor.ABSOLUTE]


def test_precisions_are_those_of_the_contract() -> None:
    text = "On Friday, last week, in May; in 2016, since 2011."
    found = [timex.interval.precision for timex in read(text) if timex.interval]
    assert found == list(Precision)
