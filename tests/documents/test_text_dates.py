"""The date that a text gives itself, and dates of the story that are none."""

import time
from datetime import date

import pytest

from allegata.documents.text_dates import find_text_date

STORY = "Militia fighters shelled the harbour on Sunday, officials said."


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        (f" date 2019-03-04 {STORY}", date(2019, 3, 4), "2019-03-04"),
        (f"Monday 4 Mar 2019 {STORY}", date(2019, 3, 4), "Monday 4 Mar 2019"),
        (f"4 Mar 2019 {STORY}", date(2019, 3, 4), "4 Mar 2019"),
        (f"March 4, 2019\n{STORY}", date(2019, 3, 4), "March 4, 2019"),
        (f"Published March 4 2019 {STORY}", date(2019, 3, 4), "March 4 2019"),
        (f"Updated: 14:05 GMT, 4 March 2019\n{STORY}", date(2019, 3, 4), "4 March 2019"),
        (f"Last updated at Mar 042019 {STORY}", date(2019, 3, 4), "Mar 042019"),
        (f"04.03.2019(updated 1457 05.03.2019) {STORY}", date(2019, 3, 4), "04.03.2019"),
        (f"2019-03-04T10:00:00Z {STORY}", date(2019, 3, 4), "2019-03-04"),
        (f"(23/05/2019) {STORY}", date(2019, 5, 23), "23/05/2019"),
        (f"(05/23/2019) {STORY}", date(2019, 5, 23), "05/23/2019"),
        (f"Mon 04 Mar 2019 at 0914 {STORY}", date(2019, 3, 4), "Mon 04 Mar 2019"),
        (f"August 13 2016 2037 UTC+3 {STORY}", date(2016, 8, 13), "August 13 2016"),
        (
            f"Shelling kills four AFP Monday 4 Mar 2019 {STORY}",
            date(2019, 3, 4),
            "Monday 4 Mar 2019",
        ),
        (f"PORT VALE, 4 March 2019 (Wire) - {STORY}", date(2019, 3, 4), "4 March 2019"),
        (f"PORT VALE (WESTLAND), 4 MAR 89 (EFE) -- [TEXT] {STORY}", date(1989, 3, 4), "4 MAR 89"),
        (
            f"Four killed\n\nBy Ann Moss\n\nMarch 4, 2019 10:12 AM EST\n\n{STORY}",
            date(2019, 3, 4),
            "March 4, 2019",
        ),
        # Published wins over updated, wherever it stands.
        (
            f"Updated 5 March 2019\nPublished 4 March 2019\n\n{STORY}",
            date(2019, 3, 4),
            "4 March 2019",
        ),
        (f"Thursday, 29 February 2024\n{STORY}", date(2024, 2, 29), "Thursday, 29 February 2024"),
    ],
)
def test_a_stamp_near_the_top(text: str, day: date, words: str) -> None:
    found = find_text_date(text)
    assert found is not None
    assert (found[0], found[1].words(text)) == (day, words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        STORY,
        f"On 4 March 2019 the war began. {STORY}",
        f"4 March 2019 was the worst day. {STORY}",
        f"The war began on Monday 4 March 2019 in Port Vale. {STORY}",
        f"{STORY} Published 4 March 2019",
        # Day and month could be exchanged.
        f"(03/05/2019) {STORY}",
        f"03-05-2019 {STORY}",
        # No such day.
        f"30 February 2019 {STORY}",
        f"2019-13-40 {STORY}",
        # No year, or no day.
        f"4 March {STORY}",
        f"March 2019 {STORY}",
        # Too deep to be a stamp.
        f"{STORY * 20}\n4 March 2019\n",
        "1. Port Vale: On 4 March 2019 the militia fired rockets. 2. Others fled.",
    ],
)
def test_no_date_of_its_own(text: str) -> None:
    assert find_text_date(text) is None


@pytest.mark.parametrize(
    "unit",
    ["4 March ", "Monday ", "2019 ", "12:30 GMT ", "KABUL, ", "A, ", "1", "\n1", "( ", "updated "],
)
def test_repetition_does_not_slow_it_down(unit: str) -> None:
    text = (unit * 50_000)[:50_000]
    start = time.process_time()
    find_text_date(text)
    assert time.process_time() - start < 2.0
