"""Invented passages with their annotations, for kinds of events that the corpora show too rarely.

`training/annotations/*.txt` holds head lines (`# NAME`), numbered sentences, and a line an event in
the form of `training/ANNOTATING.md`. The texts are written for this purpose; nothing in them
happened.
"""

from __future__ import annotations

import re
from pathlib import Path

from training.annotating import Fault, resolve_passage
from training.corpora import Passage
from training.events import ANNOTATIONS, Sentences, build_passage

_EVENT = re.compile(r"\d+ [a-z_]+ \|")


def read_written(folder: Path = ANNOTATIONS) -> list[Passage]:
    """All invented passages, with `events`.

    Raises:
        ValueError: The words of an annotation do not stand in its sentence.
    """
    passages = []
    for path in sorted(folder.glob("*.txt")):
        for block in re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, *lines = block.splitlines()
            sentences: Sentences = []
            rows = []
            for number, line in enumerate(lines, start=1):
                if _EVENT.match(line):
                    rows.append((number, line.strip()))
                elif line.strip():
                    sentences.append(line.strip().split(" ")[1:])
            for entry in resolve_passage(name.strip(), rows, sentences):
                if isinstance(entry, Fault):
                    raise ValueError(entry.told(path))  # noqa: TRY004
                passages.append(build_passage(entry, sentences))
    return passages
