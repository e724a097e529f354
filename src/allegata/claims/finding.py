"""From an analysis to claims: what the model marked, what hedges and relays add, nested."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from allegata.claims.bare_phrases import BareWords, open_bare_words
from allegata.claims.bare_sources import draft_bare_sources
from allegata.claims.confidence import Calibration
from allegata.claims.contents import (
    Quotes,
    continue_quotations,
    keep_within_reach,
    quotation_of,
    trimmed,
)
from allegata.claims.cues import CueLexicon, load_cues
from allegata.claims.drafts import Draft
from allegata.claims.headlines import draft_headlines
from allegata.claims.hedges import Hedges, draft_hedged, open_hedges, part_hedge
from allegata.claims.judging import act_of, is_claim
from allegata.claims.marked import draft_marked
from allegata.claims.mending import mend, widen_cue
from allegata.claims.nesting import read_inwards
from allegata.claims.relays import draft_relayed, is_citing
from allegata.claims.splitting import split_cue
from allegata.claims.syntactic import draft_by_syntax
from allegata.encoder import Analysis, Encoder, find_quotations
from allegata.types import Act, Claim, Quotation, Span, SpanMap

__all__ = ["ClaimFinder"]

_LEAST_DEED = 0.5
"""Probability from which on a word is taken for an event."""


@dataclass(frozen=True)
class ClaimFinder:
    """Finds claims, with everything that it needs opened once.

    Attributes:
        encoder: Reads contents once more for what they hold.
        lexicon: What is known of cues.
        hedges: What is known of hedges.
        bare: Who speaks without a cue.
        calibration: Turns probabilities of spans into a confidence.
    """

    encoder: Encoder
    lexicon: CueLexicon
    hedges: Hedges
    bare: BareWords
    calibration: Calibration

    @classmethod
    def open(cls, encoder: Encoder) -> "ClaimFinder":
        """Open the tables that come with allegata."""
        calibration = Calibration.of(encoder.weights.calibration)
        return cls(encoder, load_cues(), open_hedges(), open_bare_words(), calibration)

    @property
    def name(self) -> str:
        """What made a claim: this step and the weights it used."""
        return f"claims@{self.encoder.weights.digest}"

    def find(self, text: str, analysis: Analysis) -> tuple[Claim, ...]:
        """Find the claims of a document.

        Args:
            text: Its text.
            analysis: What the model sees in its headline, dateline and body.

        Returns:
            `c0`, the document's own voice, then the others in order of the text. `entity` and
            `said` are left open: other steps know them.
        """
        quotes = Quotes(tuple(find_quotations(text)))
        deeds = find_deeds(analysis)
        outer = self._level(analysis, _reachable(draft_marked(analysis), quotes), deeds)
        outer.extend(draft_headlines(analysis, outer))
        outer.extend(draft_bare_sources(analysis, outer, self.bare))
        continue_quotations(analysis, outer, quotes)
        holders = _holders(outer)
        for draft in sorted(outer, key=lambda draft: -len(draft.reach)):
            if draft.parent is None:
                _put_inside(draft, holders)
        drafts = list(outer)
        for inner_analysis, inner in read_inwards(self.encoder, self.lexicon, text, outer):
            drafts.extend(_new(self._level(inner_analysis, inner, deeds), drafts))
        drafts.extend(self._by_syntax(analysis, drafts, deeds))
        drafts.extend(self._hedged(analysis, drafts))
        return self._build(text, drafts, quotes)

    def _level(
        self, analysis: Analysis, drafts: Sequence[Draft], deeds: Collection[int]
    ) -> list[Draft]:
        kept = [
            piece
            for draft in (mend(draft, self.lexicon) for draft in drafts)
            if draft is not None and not is_citing(analysis, draft)
            for piece in split_cue(draft, self.lexicon)
            if is_claim(piece, self.lexicon, deeds)
        ]
        return [*kept, *draft_relayed(analysis, kept)]

    def _by_syntax(
        self, analysis: Analysis, drafts: Sequence[Draft], deeds: Collection[int]
    ) -> list[Draft]:
        found: list[Draft] = []
        taken: set[int] = set()
        for draft in draft_by_syntax(analysis, self.lexicon, drafts):
            widen_cue(draft, self.lexicon)
            cue = range(draft.cue_span.start, draft.cue_span.end)
            if is_claim(draft, self.lexicon, deeds) and taken.isdisjoint(cue):
                found.append(draft)
                taken.update(cue)
        holders = _holders([*drafts, *found])
        for draft in sorted(found, key=lambda draft: -len(draft.reach)):
            _put_inside(draft, holders)
        return [draft for draft in found if draft.content]

    def _hedged(self, analysis: Analysis, drafts: Sequence[Draft]) -> list[Draft]:
        found = []
        holders = _holders(drafts)
        cues = SpanMap((draft.cue_span, draft) for draft in drafts)
        for hedge in draft_hedged(analysis, self.hedges):
            around = cues.overlapping(hedge.cue_span)
            held = next(
                (draft for draft in around if hedge.cue_span.overlaps(draft.cue_span)), None
            )
            if held is not None:
                found.extend(part_hedge(hedge, held))
                continue
            _put_inside(hedge, holders)
            if hedge.content:
                found.append(hedge)
        return found

    def _build(self, text: str, drafts: Sequence[Draft], quotes: Quotes) -> tuple[Claim, ...]:
        for draft in drafts:
            pieces = (trimmed(text, piece) for piece in draft.content)
            draft.content = tuple(piece for piece in pieces if piece is not None)
        ordered = sorted((d for d in drafts if d.content), key=lambda d: (_start(d), d.depth))
        numbers = {id(draft): f"c{number}" for number, draft in enumerate(ordered, start=1)}
        own = Claim(
            "c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, self.name
        )
        return (
            own,
            *(
                Claim(
                    id=numbers[id(draft)],
                    parent=_parent(draft, numbers),
                    source=draft.source,
                    entity=None,
                    cue=None if draft.is_bare else draft.cue_span,
                    content=draft.content,
                    act=act_of(draft, self.lexicon),
                    quotation=quotation_of(draft.analysis, draft.content, quotes),
                    said=None,
                    confidence=self.calibration.confidence(draft.probabilities),
                    made_by=self.name,
                )
                for draft in ordered
            ),
        )


def find_deeds(analysis: Analysis) -> frozenset[int]:
    """Where the words start that the model reads as events: what they do is not said."""
    return frozenset(
        trigger.span.start for trigger in analysis.triggers if trigger.probability >= _LEAST_DEED
    )


def _new(inner: Sequence[Draft], drafts: Sequence[Draft]) -> list[Draft]:
    """Inner claims whose cues no claim has yet."""
    cues = SpanMap((draft.cue_span, draft) for draft in drafts)
    return [draft for draft in inner if not cues.touches(draft.cue_span)]


def _holders(drafts: Sequence[Draft]) -> SpanMap[Draft]:
    """Contents with their claims. They may become smaller afterwards, never larger."""
    return SpanMap((piece, draft) for draft in drafts for piece in draft.content)


def _put_inside(draft: Draft, holders: SpanMap[Draft]) -> None:
    """Make the innermost claim whose content holds a draft's cue its parent."""
    cue = draft.cue_span
    holder = max(
        (
            other
            for other in holders.overlapping(cue)
            if other is not draft and other.holds(cue) and not draft.holds(other.cue_span)
        ),
        key=lambda other: (other.depth, -len(other.reach)),
        default=None,
    )
    if holder is not None:
        draft.content = _inside(draft.content, holder.content)
        draft.parent, draft.depth = holder, holder.depth + 1


def _reachable(drafts: Sequence[Draft], quotes: Quotes) -> list[Draft]:
    for draft in drafts:
        draft.content = keep_within_reach(draft, quotes)
    return [draft for draft in drafts if draft.content]


def _start(draft: Draft) -> int:
    starts = [draft.content[0].start, draft.cue_span.start]
    return min([*starts, draft.source.start] if draft.source else starts)


def _parent(draft: Draft, numbers: dict[int, str]) -> str:
    parent = draft.parent
    while parent is not None and id(parent) not in numbers:
        parent = parent.parent
    return "c0" if parent is None else numbers[id(parent)]


def _inside(pieces: Sequence[Span], holders: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(
        Span(max(piece.start, holder.start), min(piece.end, holder.end))
        for piece in pieces
        for holder in holders
        if piece.overlaps(holder)
    )
