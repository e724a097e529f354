from datetime import date

import pytest

from allegata.documents.moments import parse_published


@pytest.mark.parametrize(
    ("words", "day", "moment"),
    [
        ("2018-11-25", "2018-11-25", None),
        ("20181125", "2018-11-25", None),
        # In UTC this is still the 24th; the place of publication counts.
        ("2018-11-25T00:43:00+03:00", "2018-11-25", "2018-11-25T00:43:00+03:00"),
        ("2018-11-25T00:43:00+0300", "2018-11-25", "2018-11-25T00:43:00+03:00"),
        ("2018-11-25 00:43:00 +03:00", "2018-11-25", "2018-11-25T00:43:00+03:00"),
        ("2018-11-25T23:43:00.123456-05:00", "2018-11-25", "2018-11-25T23:43:00-05:00"),
        ("2018-11-25T00:43:00.0000000Z", "2018-11-25", "2018-11-25T00:43:00+00:00"),
        ("2018-11-25T00:43:00Z", "2018-11-25", "2018-11-25T00:43:00+00:00"),
        ("2018-11-25 09:43 UTC", "2018-11-25", "2018-11-25T09:43:00+00:00"),
        ("2018-11-25 9:43", "2018-11-25", "2018-11-25T09:43:00"),
        ("2018-1-5T00:43", "2018-01-05", "2018-01-05T00:43:00"),
        ("Sun, 25 Nov 2018 00:43:00 +0300", "2018-11-25", "2018-11-25T00:43:00+03:00"),
        ("25 Nov 2018 00:43:00 GMT", "2018-11-25", "2018-11-25T00:43:00+00:00"),
        ("D:20181125004300+03'00'", "2018-11-25", "2018-11-25T00:43:00+03:00"),
        ("D:20181125004300Z", "2018-11-25", "2018-11-25T00:43:00+00:00"),
        ("D:20181125", "2018-11-25", None),
        ("2018-11-25T25:99:00Z", "2018-11-25", None),  # the clock is wrong, the day is not
        ("2016-02-29", "2016-02-29", None),
    ],
)
def test_a_time_is_read_and_its_day_stays(words, day, moment):
    published = parse_published(words)
    assert published is not None
    assert published.day == date.fromisoformat(day)
    assert (published.moment.isoformat() if published.moment else None) == moment


@pytest.mark.parametrize(
    "words", ["", "yesterday", "2018", "2018-13-01", "2018-02-30", "0001-01-01", "9" * 400, "\0"]
)
def test_what_is_not_understood_is_none(words):
    assert parse_published(words) is None
