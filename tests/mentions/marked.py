"""Claims from marked texts: `[S1 the army]` is the source of claim 1, `[C1 ...]` its content.

`[A2 ...]` is who the source of claim 2 refers to. Marks nest, and a claim whose source stands in a
content belongs to the claim of that content.
"""

import re
from dataclasses import dataclass, field

from allegata.types import Act, Claim, Quotation, Span

__all__ = ["Marked", "read_marked"]

OWN = Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "marked")
_MARK = re.compile(r"\[([SCA]\d+(?:[SCA]\d+)*) |\]")
_PART = re.compile(r"[SCA]\d+")


@dataclass
class Marked:
    """A text without its marks, its claims, and the antecedents by number of the claim."""

    text: str = ""
    claims: tuple[Claim, ...] = (OWN,)
    antecedents: dict[str, Span] = field(default_factory=dict)


def read_marked(marked: str) -> Marked:
    text, at = "", 0
    open_: list[tuple[list[str], int, list[str]]] = []
    spans: dict[str, list[Span]] = {}
    parents: dict[str, str] = {}
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        at = found.end()
        if found[1]:
            around = [part for parts, _, _ in open_ for part in parts if part[0] == "C"]
            open_.append((_PART.findall(found[1]), len(text), around))
            continue
        parts, start, around = open_.pop()
        for part in parts:
            spans.setdefault(part, []).append(Span(start, len(text)))
            if part[0] == "S":
                parents[part[1:]] = "c" + around[-1][1:] if around else "c0"
    text += marked[at:]
    numbers = sorted({part[1:] for part in spans if part[0] == "C"}, key=int)
    claims = tuple(_claim(text, number, spans, parents) for number in numbers)
    antecedents = {f"c{part[1:]}": found[0] for part, found in spans.items() if part[0] == "A"}
    return Marked(text, (OWN, *claims), antecedents)


def _claim(text: str, number: str, spans: dict[str, list[Span]], parents: dict[str, str]) -> Claim:
    (source,) = spans.get(f"S{number}", [None])
    content = tuple(spans[f"C{number}"])
    quoted = all(text[span.start] in '"“' for span in content)
    return Claim(
        f"c{number}", parents.get(number, "c0"), source, None, None, content, Act.STATE,
        Quotation.DIRECT if quoted else Quotation.INDIRECT, None, 1.0, "marked",
    )  # fmt: skip
