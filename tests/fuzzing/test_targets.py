"""What fuzzers are let loose on, tried on what they found before and on a little of their own."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzzing.targets import TARGETS

SEEDS = Path(__file__).parent / "seeds"
KEPT = sorted(path for path in SEEDS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("seed", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_before(seed):
    TARGETS[seed.parent.name](seed.read_bytes())


def test_every_target_has_seeds():
    assert {path.parent.name for path in KEPT} == set(TARGETS)


@pytest.mark.parametrize("name", sorted(TARGETS))
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda s: s.encode("utf-8", "surrogatepass")),
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_comes(name, data):
    TARGETS[name](data)
