"""A portion of PolNeAR as it lies on disk: `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann`.

Text is decoded and nothing else: offsets count code points of the file as it stands, carriage
returns and a byte order mark included.
"""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from allegata.errors import InputError
from allegata.types import Span
from benchmarks.quality.spans import tidy_spans

__all__ = ["ROLES", "Annotated", "Attribution", "digest_portion", "read_portion"]

ROLES = ("source", "cue", "content")

_MARK = re.compile(r"(T\d+)\t\S+ ([\d ;]+)(?:\t|$)")
_EVENT = re.compile(r"E\d+\t(\S.*)")
_ARGUMENT = re.compile(r"([A-Za-z-]+)\d*:(T\d+)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what by which words, as scored: every tuple comes from `tidy_spans`.

    Attributes:
        source: Empty where nobody is named.
        cue: Several spans where other words stand between ("called it … a").
        content: Several spans where the attribution interrupts it or a paragraph ends.
        confidence: Of the program; 1.0 for an annotator.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float = 1.0

    def role(self, name: str) -> tuple[Span, ...]:
        """The spans of one of `ROLES`."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[name]

    @property
    def is_whole(self) -> bool:
        """Whether it has a cue and a content. A program may also read loose spans."""
        return bool(self.cue and self.content)

    def words_of_cue(self, text: str) -> str:
        """The cue in small letters, spans and white space joined by one blank."""
        return " ".join(" ".join(span.words(text) for span in self.cue).lower().split())


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document and what each of its annotators marked.

    Attributes:
        name: Its file name without `.txt`.
        text: Decoded, otherwise untouched.
        annotations: One tuple of attributions an annotator; empty where nobody annotated it.
    """

    name: str
    text: str
    annotations: tuple[tuple[Attribution, ...], ...]


def read_portion(portion: Path) -> list[Annotated]:
    """Read a portion, sorted by name.

    Raises:
        InputError: There is no `text/`, an annotation has no text, or a file is not readable.
    """
    texts = {path.stem: _decode(path) for path in sorted((portion / "text").glob("*.txt"))}
    if not texts:
        raise InputError(str(portion), "no text/*.txt.", "Give a directory in PolNeAR's layout.")
    annotations: dict[str, list[tuple[Attribution, ...]]] = defaultdict(list)
    for path in sorted((portion / "attributions").glob("*.ann")):
        name = path.stem if path.stem in texts else path.stem.rpartition("_")[0]
        if name not in texts:
            raise InputError(str(path), f"no text/{name}.txt that it could annotate.")
        annotations[name].append(_read_brat(path, texts[name]))
    return [Annotated(name, text, tuple(annotations[name])) for name, text in texts.items()]


def digest_portion(portion: Path) -> str:
    """`sha256:` and the hash of all texts and annotations with their names."""
    return digest_files(
        portion,
        sorted(portion.glob("text/*.txt"), key=str)
        + sorted(portion.glob("attributions/*.ann"), key=str),
    )


def digest_files(root: Path, paths: list[Path]) -> str:
    """`sha256:` and the hash of files with their names below a root, in the order given."""
    total = hashlib.sha256()
    for path in paths:
        one = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()} {one}\n".encode())
    return "sha256:" + total.hexdigest()


def _decode(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}:{error.start}", "not UTF-8.") from error


def _read_brat(path: Path, text: str) -> tuple[Attribution, ...]:
    """Attributions of one standoff file; marks that no attribution uses are left out."""
    lines = _decode(path).split("\n")
    marks: dict[str, list[Span]] = {}
    for number, line in enumerate(lines, start=1):
        if mark := _MARK.match(line):
            marks[mark[1]] = [_span(path, number, piece, text) for piece in mark[2].split(";")]
    # Only now: an attribution may stand before its marks.
    events = (event[1] for line in lines if (event := _EVENT.match(line)))
    attributions = (_attribution(text, _ARGUMENT.findall(event), marks) for event in events)
    return tuple(one for one in attributions if one.source or one.cue or one.content)


def _attribution(
    text: str, arguments: list[tuple[str, str]], marks: dict[str, list[Span]]
) -> Attribution:
    roles: dict[str, list[Span]] = {role: [] for role in ROLES}
    for role, reference in arguments:
        roles.get(role.lower(), []).extend(marks.get(reference, []))
    source, cue, content = (tidy_spans(text, roles[role]) for role in ROLES)
    return Attribution(source, cue, content)


def _span(path: Path, line: int, piece: str, text: str) -> Span:
    start, end = map(int, piece.split())
    if not 0 <= start < end <= len(text):
        raise InputError(f"{path}:{line}", f"a span outside of the text: {piece}.")
    return Span(start, end)
