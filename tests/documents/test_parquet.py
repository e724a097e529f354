import io
import random
from datetime import UTC, date, datetime

import pytest

from allegata.errors import InputError
from allegata.types import Document

TEXT = "The council said {} times that all was quiet."


def table(**columns):
    from arro3.core import Array, DataType, Table
    from arro3.io import write_parquet

    arrays = {
        name: Array(values, DataType.utf8() if isinstance(values[0], str) else DataType.int64())
        for name, values in columns.items()
    }
    packed = io.BytesIO()
    write_parquet(Table.from_pydict(arrays), packed)
    return packed.getvalue()


def test_each_row_is_a_document(read):
    raw = table(
        body=[TEXT.format(i) for i in range(3000)],
        date=["2018-11-25T00:43:00+03:00"] * 3000,
        outlet=["The Example"] * 3000,
        number=list(range(3000)),
    )
    found = read("a.parquet", raw)
    assert len(found) == 3000
    assert found[2999].text == TEXT.format(2999)
    assert found[2999].uri.endswith("a.parquet#3000")
    assert found[0].published.day == date(2018, 11, 25)
    assert found[0].publisher == "The Example"


def test_a_table_without_a_text_column_names_what_it_has(fault):
    error = fault("a.parquet", table(one=["x"], two=[1]))
    assert "its columns are 'one', 'two'" in error.what


def test_a_row_without_text_is_named(read):
    first, second = read("a.parquet", table(text=["", TEXT], n=[1, 2]))
    assert isinstance(first, InputError)
    assert first.where.endswith("#1")
    assert isinstance(second, Document)


@pytest.mark.parametrize("seed", range(6))
def test_damage_is_told_and_never_fells_the_rest(read, seed):
    raw = bytearray(table(text=[TEXT.format(i) for i in range(50)]))
    chance = random.Random(seed)
    if seed % 2:
        del raw[chance.randrange(8, len(raw)) :]
    else:
        for _ in range(40):
            raw[chance.randrange(4, len(raw))] ^= 1 << chance.randrange(8)
    found = read("a.parquet", bytes(raw))
    assert found
    errors = [item for item in found if isinstance(item, InputError)]
    assert errors or len(found) == 50


def test_what_another_writer_wrote_is_read(read):
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    moment = datetime(2018, 11, 24, 21, 43, tzinfo=UTC)
    rows = pyarrow.table(
        {
            "text": pyarrow.array([TEXT], pyarrow.large_string()),
            "published": pyarrow.array([moment], pyarrow.timestamp("ms", tz="+03:00")),
            "authors": pyarrow.array([["A", "B"]]),
        }
    )
    packed = io.BytesIO()
    parquet.write_table(rows, packed, compression="zstd")
    (doc,) = read("a.parquet", packed.getvalue())
    assert doc.text == TEXT
    assert doc.published.day == date(2018, 11, 25)
    assert doc.author == "A, B"
