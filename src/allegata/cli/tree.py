"""The tree of who says what: every claim under the one whose content holds it."""

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text

from allegata.cli.styles import CUE, DIM, LABEL, SOURCE, STRONG, WARN, choose_tint
from allegata.cli.told import draw_closing, draw_tellings
from allegata.cli.wrapping import wrap
from allegata.types import Claim, Reading
from allegata.types.event_wording import describe_own_voice
from allegata.types.outline import Branch, build_branches, measure_own_voice
from allegata.types.telling import Telling, gather_tellings
from allegata.types.visible import make_line_visible
from allegata.types.wording import (
    ARROW,
    DOCUMENT_ITSELF,
    choose_arrow,
    describe_claim,
    describe_confidence,
    name_antecedent,
    quote_signs,
    shorten,
)

__all__ = ["draw_tree"]

_MOST_LINES = 2
_LEAST_WIDTH = 24

_Tellings = Mapping[str, Sequence[Telling]]


def draw_tree(reading: Reading, width: int) -> Iterator[Text]:
    """Draw who says what, from the document itself inwards.

    Args:
        reading: Its claims are all drawn, each with the events that it carries; long contents are
            shortened in the middle.
        width: Cells that a line may take.

    Yields:
        Lines, none wider than `width`.
    """
    branches = build_branches(reading.claims)
    tellings = gather_tellings(reading.events, reading.links, reading.document.text)
    yield from wrap(_describe_voice(reading), width)
    yield from _tell_own(reading, tellings, "│  " if branches else "   ", width)
    for place, branch in enumerate(branches):
        if len(branch.more) == 1:
            yield Text.assemble(("│", DIM))
        follower = branches[place + 1] if place + 1 < len(branches) else None
        has_inner = follower is not None and len(follower.more) > len(branch.more)
        yield from _draw_branch(reading, branch, tellings, has_inner, width)
    yield from draw_closing(reading, width)


def _tell_own(reading: Reading, tellings: _Tellings, rail: str, width: int) -> Iterator[Text]:
    """What the document tells in its own voice."""
    lead = Text.assemble((rail, DIM))
    own = next((claim for claim in reading.claims if claim.parent is None), None)
    if own is None or own.id not in tellings:
        return
    room = max(1, width - len(rail))
    for line in wrap(Text(describe_own_voice(tellings[own.id], reading.document), LABEL), room):
        yield lead + line
    for line in draw_tellings(own, tellings, reading, room):
        yield lead + line


def _describe_voice(reading: Reading) -> Text:
    name = make_line_visible(reading.document.publisher or "") or DOCUMENT_ITSELF
    line = Text.assemble((name[:1].upper() + name[1:], STRONG))
    share = measure_own_voice(reading.document, reading.claims)
    if share is not None:
        line.append(f", in its own voice for {share:.0%} of the text", DIM)
    return line


def _draw_branch(
    reading: Reading, branch: Branch, tellings: _Tellings, has_inner: bool, width: int
) -> Iterator[Text]:
    rails = branch.more[-max(1, (width - _LEAST_WIDTH) // 3) :]
    outer = "".join("│  " if more else "   " for more in rails[:-1])
    first = outer + ("├─ " if rails[-1] else "└─ ")
    next_ = outer + ("│  " if rails[-1] else "   ") + ("│" if has_inner else " ")
    next_ += " " * len(branch.number)
    room = max(1, width - cell_len(next_))
    lead = Text.assemble((first, DIM), (branch.number, choose_tint(len(branch.more))), " ")
    for line in (
        *wrap(_describe_saying(reading, branch, room), room),
        *_note(reading, branch, room),
        *draw_tellings(branch.claim, tellings, reading, room),
    ):
        yield lead + line
        lead = Text.assemble((next_, DIM))


def _describe_saying(reading: Reading, branch: Branch, room: int) -> Text:
    claim, text = branch.claim, reading.document.text
    line = _name_source(claim, reading)
    line.append(f" {ARROW} ", DIM)
    line.append_text(_name_cue(claim, text))
    line.append(f" {choose_arrow(claim.act)} ", DIM)
    content = " […] ".join(span.words(text) for span in claim.content)
    left = max(room // 2, _MOST_LINES * room - line.cell_len % room)
    line.append(shorten(make_line_visible(content), left), choose_tint(len(branch.more)))
    return line


def _name_source(claim: Claim, reading: Reading) -> Text:
    if claim.source is None:
        return Text.assemble(("source not named", DIM + SOURCE))
    words = make_line_visible(claim.source.words(reading.document.text))
    line = Text.assemble((words, SOURCE))
    antecedent = name_antecedent(claim, reading.document.text, reading.entities)
    if antecedent is not None:
        line.append(f" = {shorten(make_line_visible(antecedent), 60)}", DIM)
    return line


def _name_cue(claim: Claim, text: str) -> Text:
    cue = make_line_visible(quote_signs(claim.cue.words(text))) if claim.cue else "no cue"
    return Text.assemble((cue, CUE if claim.cue else DIM), (f" ({claim.act.value})", DIM))


def _note(reading: Reading, branch: Branch, room: int) -> list[Text]:
    words = make_line_visible(describe_claim(branch.claim, reading.document.text))
    note = Text.assemble((words, DIM))
    warning = describe_confidence(branch.claim.confidence)
    if warning:
        note.append(" · ", DIM).append(warning, WARN)
    return wrap(note, room)
