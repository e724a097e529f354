"""The form that each table must have, so that a mistake is named before it reaches a reader."""

from collections.abc import Mapping
from types import MappingProxyType

from allegata.knowledge.checking import Entries, Field, Form, Free, Sections
from allegata.types import Act, EntityType, SegmentKind

__all__ = ["FORMS"]

_TEXT = Field(required=True)
_TEXTS = Field(required=True, many=True)
_EXAMPLES = Field(kind=dict, required=True, many=True)
_ACT = Field(allowed=tuple(act.value for act in Act))
_TYPES = tuple(kind.value for kind in EntityType)


def _one_of(*values: str) -> Field:
    return Field(required=True, allowed=values)


_CUES = Entries(
    {
        "lemma": _TEXT,
        "pos": _one_of("verb", "noun", "adjective", "adverb", "phrase"),
        "kind": _one_of(
            *("speech", "thought", "perception", "attitude", "plan"),
            *("evidence", "relay", "hedge", "withhold"),
        ),
        "act": Field(required=True, allowed=_ACT.allowed),
        "counts": _one_of("always", "proposition", "never"),
        "takes": Free(_ACT),
        "negated": _ACT,
        "light": Field(kind=bool),
        "origin": _TEXT,
        "examples": _EXAMPLES,
    },
    unique=("lemma", "pos"),
)

_DEEDS = Entries(
    {"form": _one_of("deed"), "words": _TEXTS, "origin": _TEXT, "examples": _EXAMPLES},
    unique=("form",),
)

_HEADS = Sections(
    {
        "light": _TEXTS,
        "never": _TEXTS,
        "new": _TEXTS,
        "heads": Entries(
            {
                "idea": _TEXT,
                "sort": _one_of("person", "body", "document", "land"),
                "type": Field(allowed=_TYPES),
                "nouns": _TEXTS,
                "plural": Field(many=True),
                "he": Field(many=True),
                "she": Field(many=True),
                "covers": Field(many=True),
                "apposed": Field(kind=bool),
                "origin": _TEXT,
                "example": Field(kind=dict, required=True),
            },
            unique=("idea",),
        ),
    }
)

_HEDGES = Entries(
    {
        "form": _one_of("adverb", "adjective", "passive", "agent", "agent ending"),
        "words": _TEXTS,
        "origin": _TEXT,
        "examples": _EXAMPLES,
    },
    unique=("form",),
)

_SEGMENTS = Sections(
    {
        "phrases": Entries(
            {
                "kind": _one_of(*(kind.value for kind in SegmentKind)),
                "where": _one_of("whole", "starts", "ends", "holds", "tail", "inline"),
                "longest": Field(kind=int),
                "phrases": _TEXTS,
                "origin": _TEXT,
                "examples": _TEXTS,
            },
        ),
        "crumbs": _TEXTS,
        "agencies": _TEXTS,
        "credit_words": _TEXTS,
    }
)

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "content_signs": Free(_TEXTS),
        "cue_forms": Free(_TEXTS),
        "cues": _CUES,
        "deeds": _DEEDS,
        "heads": _HEADS,
        "hedges": _HEDGES,
        "segments": _SEGMENTS,
    }
)
"""By name of the table. One that is not listed is checked by its reader alone."""
