"""The heavy faults in their short form: nothing is lost, and the controls fail as they must."""

import re

import pytest

from benchmarks.faults.__main__ import FAULTS, try_fault
from benchmarks.faults.controls import CONTROLS, is_missed
from benchmarks.program import ROOT

BY_NUMBER = {one.number: one for one in FAULTS}


@pytest.mark.slow
@pytest.mark.parametrize("number", ["F1", "F2", "F5", "F6", "F11"])
def test_nothing_is_lost(number):
    survived, told = try_fault(BY_NUMBER[number], short=True)
    assert survived, told
    if number == "F2":
        assert re.search(r"OFF: \d+ cuts, [1-9]\d* lost", told)
    if number == "F6":
        assert re.search(r"silent losses 0; control.* [1-9]\d* of \d+ unnoticed", told)
    if number == "F11":
        assert "the parser alone: stalled" in told


QUICK = {"S4", "S5", "S8", "S15", "S17", "F10", "F11"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "control", [one for one in CONTROLS if one.threat in QUICK], ids=lambda one: one.what
)
def test_a_control_that_is_taken_out_is_missed(control):
    missed, told = is_missed(control)
    assert missed, told


def test_every_fault_names_tests_that_exist():
    for fault in FAULTS:
        assert re.fullmatch(r"[FS]\d{1,2}", fault.number)
        for path in re.findall(r"tests/[\w/.]+", fault.run):
            assert (ROOT / path).exists(), path
    for control in CONTROLS:
        for path in re.findall(r"tests/[\w/.]+", control.tests):
            assert (ROOT / path).exists(), path
