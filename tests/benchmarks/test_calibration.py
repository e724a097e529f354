import pytest

from benchmarks.quality.calibration import Judged, calibration_error


@pytest.mark.parametrize(
    ("judged", "error"),
    [
        ([], None),
        ([Judged(1.0, 1)], 0.0),
        ([Judged(1.0, 0)], 1.0),
        ([Judged(0.75, 0.75)], 0.0),  # three of four annotators bear it out
        ([Judged(0.8, 1)] * 80 + [Judged(0.8, 0)] * 20, 0.0),
        ([Judged(0.8, 1)] * 50 + [Judged(0.8, 0)] * 50, 0.3),
        ([Judged(0.0, 0)] * 50 + [Judged(1.0, 1)] * 50, 0.0),
        ([Judged(0.0, 1)] * 50 + [Judged(1.0, 0)] * 50, 1.0),
    ],
)
def test_calibration_error(judged, error):
    assert calibration_error(judged) == (None if error is None else pytest.approx(error))
