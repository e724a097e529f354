"""A report as its page shows it: the text as it is, and the tree of who says what beside it.

Nothing is put into the text: a script draws marks over it from offsets. Scripts count UTF-16 units,
so every offset is given in these.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from allegata.ledger.found import FoundAt, Version, list_versions, where_found
from allegata.ledger.loading import id_of_report, load_copies, number_of_report
from allegata.ledger.schema import (
    account,
    current,
    event,
    incident,
    membership,
    reading,
    run,
)
from allegata.ledger.searching import find_spans, parse_query
from allegata.ledger.verdicts import Verdicts, load_corrected, load_verdicts
from allegata.ledger.versions import Version as Older
from allegata.ledger.versions import earlier_version
from allegata.types import Claim, EventKind, Reading, Span
from allegata.types.event_wording import describe_own_voice, describe_telling
from allegata.types.incident import CopyLink
from allegata.types.outline import (
    READ_KINDS,
    build_branches,
    cut_paragraphs,
    measure_own_voice,
)
from allegata.types.phrase import Words
from allegata.types.telling import gather_tellings
from allegata.types.utf16 import Utf16
from allegata.types.wording import (
    SEGMENT_LABELS,
    describe_claim,
    describe_confidence,
    describe_published,
    name_antecedent,
    quote_signs,
)

__all__ = ["DocumentView", "Node", "view_document"]

_STATES = {"rejected": "rejected by a person", "edited": "edited by a person"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a claim tells of one happening.

    Attributes:
        events: Ids.
        triggers: Where they are named, as `12-45 50-60`.
        words: In words.
        incidents: Ids of the incidents to which they belong.
        state: What a person decided of them, or nothing.
    """

    events: tuple[str, ...]
    triggers: str
    words: tuple[Words, ...]
    incidents: tuple[str, ...]
    state: str


@dataclass(slots=True)
class Node:
    """A claim at its place in the tree.

    Attributes:
        claim: Itself.
        number: As a reader sees it.
        depth: From 1.
        source: The words that name who says so; None where nobody is named.
        means: To whom they refer, or None.
        cue: Words, or None.
        content: What is said.
        content_at, source_at, cue_at: Where, in UTF-16 units.
        facts: When it was said, how it is quoted, how sure the reading is.
        told: Events.
        state: What a person decided of it, or nothing.
        inner: Claims inside it.
    """

    claim: Claim
    number: str
    depth: int
    source: str | None
    means: str | None
    cue: str | None
    content: str
    content_at: str
    source_at: str
    cue_at: str
    facts: str
    told: tuple[Told, ...]
    state: str
    inner: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of the text.

    Attributes:
        kind: Of its segment.
        label: What it is where it is not read, or nothing.
        start: Where it begins, in UTF-16 units.
        text: Exactly the text.
    """

    kind: str
    label: str
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """By what a reading was made."""

    id: str
    version: str
    model: str
    knowledge: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything on the page of a report."""

    report: str
    reading: Reading
    published: str
    pieces: tuple[Piece, ...]
    nodes: tuple[Node, ...]
    n_claims: int
    own_told: tuple[Told, ...]
    own_words: str
    own_share: float | None
    places: tuple[FoundAt, ...]
    versions: tuple[Version, ...]
    changed: tuple[Older, Older] | None
    copies: tuple[CopyLink, ...]
    run: Run
    finds: str
    is_graphic: bool


def view_document(connection: Connection, name: str, words: str = "") -> DocumentView | None:
    """Arrange a report for its page.

    Args:
        connection: That reads a ledger.
        name: Its id, or the beginning of it.
        words: That were searched for: they are marked.

    Returns:
        None where it was not read yet.

    Raises:
        InputError: There is no such report.
    """
    number = number_of_report(connection, name)
    verdicts = load_verdicts(connection)
    read = load_corrected(connection, number, verdicts)
    if read is None:
        return None
    found = id_of_report(connection, number)
    doc = read.document
    units = Utf16(doc.text)
    arranger = _Arranger(found, read, units, verdicts, _incidents(connection, number))
    own = next((claim for claim in read.claims if claim.parent is None), None)
    own_told = arranger.told(own) if own is not None else ()
    tellings = arranger.tellings.get(own.id, ()) if own is not None else ()
    places = tuple(where_found(connection, number))
    versions = tuple(list_versions(connection, number))
    finds = find_spans(doc.text, parse_query(words)) if words else ()
    return DocumentView(
        report=found,
        reading=read,
        published=describe_published(doc.published),
        pieces=tuple(_pieces(read, units)),
        nodes=arranger.tree(),
        n_claims=len(read.claims) - 1,
        own_told=own_told,
        own_words=describe_own_voice(tellings, doc) if tellings else "",
        own_share=measure_own_voice(doc, read.claims),
        places=places,
        versions=versions,
        changed=earlier_version(connection, found, [one.uri for one in places])
        if versions
        else None,
        copies=tuple(load_copies(connection, [found])),
        run=_run(connection, number),
        finds=" ".join(units.span(Span(*span)) for span in finds),
        is_graphic=any(event.kind is EventKind.TORTURE for event in read.events),
    )


class _Arranger:
    def __init__(
        self,
        report_id: str,
        read: Reading,
        units: Utf16,
        verdicts: Verdicts,
        incidents: Mapping[str, str],
    ) -> None:
        self.read, self.units, self.verdicts, self.incidents = read, units, verdicts, incidents
        self.report = report_id
        self.text = read.document.text
        self.tellings = gather_tellings(read.events, read.links, self.text)

    def told(self, claim: Claim) -> tuple[Told, ...]:
        doc, entities = self.read.document, self.read.entities
        found = []
        for telling in self.tellings.get(claim.id, ()):
            ids = tuple(one.id for one in telling.events)
            places = dict.fromkeys(self.incidents[one] for one in ids if one in self.incidents)
            states = [self._state(f"{self.report}#{one}") for one in ids]
            found.append(
                Told(
                    ids,
                    " ".join(self.units.span(one.trigger) for one in telling.events),
                    tuple(describe_telling(telling, claim, doc, entities)),
                    tuple(places),
                    next(filter(None, states), ""),
                )
            )
        return tuple(found)

    def tree(self) -> tuple[Node, ...]:
        roots: list[Node] = []
        above: list[Node] = []
        for branch in build_branches(self.read.claims):
            depth = len(branch.more)
            node = self._node(branch.claim, branch.number, depth)
            del above[depth - 1 :]
            (above[-1].inner if above else roots).append(node)
            above.append(node)
        return tuple(roots)

    def _node(self, claim: Claim, number: str, depth: int) -> Node:
        text, units = self.text, self.units
        facts = [describe_claim(claim, text), describe_confidence(claim.confidence)]
        return Node(
            claim=claim,
            number=number,
            depth=depth,
            source=claim.source.words(text) if claim.source else None,
            means=name_antecedent(claim, text, self.read.entities),
            cue=quote_signs(claim.cue.words(text)) if claim.cue else None,
            content=" […] ".join(span.words(text) for span in claim.content),
            content_at=" ".join(units.span(span) for span in claim.content),
            source_at=units.span(claim.source),
            cue_at=units.span(claim.cue),
            facts=" · ".join(filter(None, facts)),
            told=self.told(claim),
            state=self._state(f"{self.report}#{claim.id}"),
        )

    def _state(self, name: str) -> str:
        if name in self.verdicts.rejected or name in self.verdicts.claims:
            return _STATES["rejected"]
        return _STATES["edited"] if name in self.verdicts.edits else ""


def _pieces(read: Reading, units: Utf16) -> Iterable[Piece]:
    text = read.document.text
    for paragraph in cut_paragraphs(read.document, read.claims):
        start, end = paragraph.pieces[0].start, paragraph.pieces[-1].end
        label = "" if paragraph.kind in READ_KINDS else SEGMENT_LABELS[paragraph.kind]
        yield Piece(paragraph.kind.value, label, units.of(start), _displayable(text[start:end]))


def _displayable(words: str) -> str:
    """A stretch of text as long as it is, without what no page can hold."""
    return "".join(
        "\ufffd" if letter in "\0\r" or "\ud800" <= letter <= "\udfff" else letter
        for letter in words
    )


def _incidents(connection: Connection, number: int) -> dict[str, str]:
    """Ids of incidents by the events of a report."""
    rows = connection.execute(
        select(event.c.id, incident.c.id.label("incident"))
        .join(current, current.c.reading == event.c.reading)
        .join(account, (account.c.reading == event.c.reading) & (account.c.id == event.c.account))
        .join(membership, membership.c.account == account.c.number)
        .join(incident, incident.c.number == membership.c.incident)
        .where(current.c.report == number, membership.c.until.is_(None))
    )
    return {row.id: row.incident for row in rows}


def _run(connection: Connection, number: int) -> Run:
    row = connection.execute(
        select(run)
        .join(reading, reading.c.run == run.c.number)
        .join(current, current.c.reading == reading.c.number)
        .where(current.c.report == number)
    ).one()
    return Run(row.id, row.version, row.model, row.knowledge)
