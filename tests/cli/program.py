"""The program with a reader that finds nothing and takes its time: a second for `slow` text.

Tests start it as a process of its own, for signals, pipes and terminals.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from allegata.errors import InputError, WeightsError
from allegata.types import Act, Claim, Quotation, Reading

VOICE = Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "test@0")


@dataclass(frozen=True)
class UsersKnowledge:
    """As `allegata.reading.UsersKnowledge`."""

    gazetteers: tuple[Path, ...] = ()
    actors: tuple[Path, ...] = ()


class Reader:
    """As `allegata.reading.Reader`, without a model. Warns of each file of the user."""

    def __init__(self, weights=None, *, knowledge=None):
        paths = [*knowledge.gazetteers, *knowledge.actors]
        self.warnings = tuple(f"opened {path.name}" for path in paths)

    def read_many(self, documents, *, n_processes=1):
        """Yield a reading for each document."""
        for document in documents:
            if isinstance(document, InputError):
                yield document
                continue
            if "altered" in document.text:
                raise WeightsError("model.onnx: altered. Install allegata again.")
            if "fault" in document.text:
                raise RuntimeError(document.text)
            time.sleep(1 if "slow" in document.text else 0)
            yield Reading(document, (VOICE,))


if __name__ == "__main__":
    fake = ModuleType("allegata.reading")
    fake.Reader, fake.UsersKnowledge = Reader, UsersKnowledge
    sys.modules["allegata.reading"] = fake
    from allegata.cli import main

    main()
