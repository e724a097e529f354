"""Annotations as people write them, into what training reads, and passages to annotate.

`python -m training.annotating --corpora DIR passages NAME... > FILE` prints passages with numbered
sentences; `python -m training.annotating --corpora DIR resolve NAME FILE...` turns annotated files
into `training/annotations/NAME.jsonl`, which holds names and numbers only. `training/ANNOTATING.md`
says how to annotate.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from training.event_marks import KINDS, MODALITIES, ROLES
from training.events import ANNOTATIONS, Sentences, digest, numbered_passages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("what", choices=("passages", "resolve"))
    parser.add_argument("name")
    parser.add_argument("more", nargs="*")
    args = parser.parse_args()
    texts = numbered_passages(args.corpora)
    if args.what == "passages":
        for name in (args.name, *args.more):
            print(f"# {name}")
            for number, words in enumerate(texts[name], start=1):
                print(number, " ".join(word.replace(" ", "_") for word in words))
            print()
        return
    faults = 0
    out = ANNOTATIONS / f"{args.name}.jsonl"
    with out.open("w", encoding="utf-8") as lines:
        for path in map(Path, args.more):
            for entry in resolve(path, texts):
                if isinstance(entry, Fault):
                    faults += 1
                    print(entry.told(path), file=sys.stderr)
                else:
                    lines.write(json.dumps(entry, separators=(",", ":")) + "\n")
    print(f"{out}: {faults} faults", file=sys.stderr)


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that could not be understood; the rest of the file is read all the same."""

    line: int
    words: str
    what: str

    def told(self, path: Path) -> str:
        return f"{path}:{self.line}: {self.what}: {self.words}"


def resolve(path: Path, texts: dict[str, Sentences]) -> Iterator[dict[str, object] | Fault]:
    """Read one annotated file.

    Args:
        path: Head lines `# NAME`, and a line an event.
        texts: The passages by name.

    Yields:
        An entry for each passage, and the faults of its lines before it.
    """
    head, rows = "", []
    lines = [*enumerate(path.read_text(encoding="utf-8").splitlines(), start=1), (0, "# ")]
    for number, line in lines:
        line = line.strip()
        if line.startswith("# ") or line == "#":
            if head in texts:
                yield from resolve_passage(head, rows, texts[head])
            elif head:
                yield Fault(number, head, "no such passage")
            head, rows = line[2:].strip(), []
        elif line and not line.startswith("```"):
            rows.append((number, line))


def resolve_passage(
    name: str, rows: Sequence[tuple[int, str]], sentences: Sentences
) -> Iterator[dict[str, object] | Fault]:
    """The entry of one passage, after the faults of its lines."""
    starts = [0, *accumulate(len(words) for words in sentences)]
    episodes: dict[str, int] = {}
    events = []
    for number, line in rows:
        try:
            events.append(_event(line, sentences, starts, episodes))
        except (ValueError, IndexError) as error:
            yield Fault(number, line, str(error))
    yield {
        "passage": name,
        "words": digest(sentences),
        "events": sorted(events, key=lambda e: e[1]),
    }


def _event(
    line: str, sentences: Sentences, starts: Sequence[int], episodes: dict[str, int]
) -> tuple[object, ...]:
    fields = [field.strip() for field in line.split("|")]
    place, kind = fields[0].split()
    if kind not in KINDS:
        raise ValueError(f"no kind {kind!r}")
    at = int(place) - 1
    trigger = find_words(sentences[at], fields[1], None)
    negative, modality, episode = False, "actual", f"line {line}"
    roles: list[tuple[str, int, int]] = []
    for field in fields[2:]:
        key, _, words = field.partition("=")
        if field == "neg":
            negative = True
        elif key == "mod" and words in MODALITIES:
            modality = words
        elif key == "ep":
            episode = words
        elif key in ROLES:
            where = at
            if words.startswith("@") and ":" in words:
                there, _, words = words[1:].partition(":")
                where = int(there) - 1
            first, end = find_words(sentences[where], words, trigger[0] if where == at else None)
            roles.append((key, first + starts[where], end + starts[where]))
        else:
            raise ValueError(f"no field {field!r}")
    number = episodes.setdefault(episode, len(episodes))
    first, end = trigger[0] + starts[at], trigger[1] + starts[at]
    return (kind, first, end, int(negative), modality, number, roles)


def find_words(words: Sequence[str], phrase: str, near: int | None) -> tuple[int, int]:
    """Where a phrase stands in a sentence: the `@n`th time, else the nearest, else the first.

    Raises:
        ValueError: It does not.
    """
    nth = None
    if "@" in phrase and phrase.rsplit("@", 1)[1].isdigit():
        phrase, _, number = phrase.rpartition("@")
        nth = int(number)
    wanted = phrase.lower().split()
    lowered = [word.lower().replace(" ", "_") for word in words]
    hits = [i for i in range(len(words)) if wanted and lowered[i : i + len(wanted)] == wanted]
    if not hits or (nth and nth > len(hits)):
        raise ValueError(f"no words {phrase!r}")
    if nth:
        at = hits[nth - 1]
    else:
        at = hits[0] if near is None else min(hits, key=lambda hit: abs(hit - near))
    return at, at + len(wanted)


if __name__ == "__main__":
    main()
