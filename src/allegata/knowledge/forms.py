"""The form that each table must have, so that a mistake is named before it reaches a reader."""

from collections.abc import Mapping
from types import MappingProxyType

from allegata.knowledge.checking import Entries, Field, Form, Sections
from allegata.types import SegmentKind

__all__ = ["FORMS"]

_TEXT = Field(required=True)
_TEXTS = Field(required=True, many=True)

_SEGMENTS = Sections(
    {
        "phrases": Entries(
            {
                "kind": Field(required=True, allowed=tuple(kind.value for kind in SegmentKind)),
                "where": Field(
                    required=True, allowed=("whole", "starts", "ends", "holds", "tail", "inline")
                ),
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

FORMS: Mapping[str, Form] = MappingProxyType({"segments": _SEGMENTS})
"""By name of the table. One that is not listed is checked by its reader alone."""
