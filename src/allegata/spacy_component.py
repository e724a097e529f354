"""A component for spaCy: who says what, on the `Doc` of any pipeline.

    nlp = spacy.blank("en")
    nlp.add_pipe("allegata")
    doc = nlp("The army denied that it had shelled the town, the radio said.")
    [claim.act.value for claim in doc._.claims]

The text of the `Doc` is read as a report of its own, without help from the pipeline: its sentences
and tags may be others. spaCy's spans begin and end with its tokens; a span of ours that does not is
widened to the tokens that hold it. The exact words stand in `doc._.reading`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from allegata.errors import InputError
from allegata.types import Claim, Reading, Span

try:
    from spacy.language import Language
    from spacy.tokens import Doc, SpanGroup
except ImportError as error:
    raise InputError("spacy", "is not installed.", "pip install 'allegata[spacy]'") from error

__all__ = ["Allegata", "make_component"]

GROUPS = ("contents", "sources", "cues", "events")
"""Names of the groups in `doc.spans`, each led by the name of the component: `allegata.sources`."""


@Language.factory("allegata", default_config={"published": None})
def make_component(nlp: Any, name: str, published: str | None) -> "Allegata":  # noqa: ANN401, ARG001
    """Make the component, as `nlp.add_pipe("allegata")` asks for it.

    Args:
        nlp: The pipeline.
        name: Of the component in it.
        published: The day on which all texts were published, `2018-11-25`; None where a text's own
            day counts. `doc.user_data["published"]` wins over it.
    """
    return Allegata(name, date.fromisoformat(published) if published else None)


class Allegata:
    """Reads the text of a `Doc` and sets who says what.

    Sets `doc._.reading` (None where there is no text), `doc._.claims` (without the document's own
    voice), and in `doc.spans` the groups `NAME.contents`, `NAME.sources`, `NAME.cues` and
    `NAME.events`, whose spans carry the id of their claim or event, and the act or kind as their
    label.

    Args:
        name: Of the component.
        published: The day that texts count from, or None.
    """

    def __init__(self, name: str, published: date | None = None) -> None:
        from allegata.reading import Reader

        self.name, self._published = name, published
        self._reader = Reader()
        for attribute in ("reading", "claims"):
            if not Doc.has_extension(attribute):
                Doc.set_extension(attribute, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Read one text."""
        from allegata.documents import read_text

        if not doc.text.strip():
            doc._.reading, doc._.claims = None, ()
            return doc
        published = doc.user_data.get("published", self._published)
        reading = self._reader.read(read_text(doc.text, published=published))
        claims = reading.claims[1:]
        doc._.reading, doc._.claims = reading, claims
        for group, spans in _groups(reading, claims).items():
            found = SpanGroup(doc, name=f"{self.name}.{group}")
            for span, label, mark in spans:
                one = doc.char_span(
                    span.start, span.end, label=label, span_id=mark, alignment_mode="expand"
                )
                if one is not None:
                    found.append(one)
            doc.spans[f"{self.name}.{group}"] = found
        return doc


Marked = tuple[Span, str, str]


def _groups(reading: Reading, claims: Iterable[Claim]) -> Mapping[str, Iterator[Marked]]:
    """Spans with label and id, by group."""
    told = list(claims)
    return {
        "contents": ((span, one.act.value, one.id) for one in told for span in one.content),
        "sources": ((one.source, one.act.value, one.id) for one in told if one.source),
        "cues": ((one.cue, one.act.value, one.id) for one in told if one.cue),
        "events": ((one.trigger, one.kind.value, one.id) for one in reading.events),
    }
