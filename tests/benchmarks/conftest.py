"""A portion in PolNeAR's layout, invented."""

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]


@pytest.fixture
def write_portion(tmp_path: Path) -> Write:
    """Writes `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` from keyword arguments."""

    def write(texts: dict[str, str], annotations: dict[str, str]) -> Path:
        for folder, ending, files in (
            ("text", "txt", texts),
            ("attributions", "ann", annotations),
        ):
            (tmp_path / folder).mkdir(exist_ok=True)
            for name, words in files.items():
                (tmp_path / folder / f"{name}.{ending}").write_bytes(words.encode())
        return tmp_path

    return write


@pytest.fixture
def brat() -> Callable[..., str]:
    """Writes standoff lines for attributions given by their words: source, cue, content."""
    return _brat


def _brat(text: str, *attributions: tuple[list[str], list[str], list[str]]) -> str:
    lines, number = [], 0
    for event, parts in enumerate(attributions, start=1):
        arguments = []
        for role, pieces in zip(("Source", "Cue", "Content"), parts, strict=True):
            if not pieces:
                continue
            number += 1
            where = ";".join(f"{text.index(p)} {text.index(p) + len(p)}" for p in pieces)
            lines.append(f"T{number}\t{role} {where}\t{' '.join(pieces)}")
            arguments.append(f"{role}:T{number}")
        lines.append(f"E{event}\tAttribution:T{number} {' '.join(arguments)}")
    return "\n".join(lines) + "\n"
