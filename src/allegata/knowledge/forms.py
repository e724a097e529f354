"""The form that each table must have, so that a mistake is named before it reaches a reader."""

from collections.abc import Mapping
from types import MappingProxyType

from allegata.knowledge.checking import Entries, Field, Form, Free, Sections
from allegata.types import Act, CountKind, EntityType, EventKind, PlacePrecision, Role, SegmentKind

__all__ = ["FORMS"]

_TEXT = Field(required=True)
_TEXTS = Field(required=True, many=True)
_EXAMPLES = Field(kind=dict, required=True, many=True)
_ACT = Field(allowed=tuple(act.value for act in Act))
_TYPES = tuple(kind.value for kind in EntityType)
_ROLES = tuple(role.value for role in Role)


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

_PARTICIPANTS = Sections(
    {
        "amounts": _TEXTS,
        "bodily": _TEXTS,
        "nouns": Entries(
            {
                "idea": _TEXT,
                "sort": _one_of("person", "thing"),
                "type": Field(allowed=_TYPES),
                "nouns": _TEXTS,
                "plural": Field(many=True),
                "origin": _TEXT,
                "example": Field(kind=dict, required=True),
            },
            unique=("idea",),
        ),
    }
)

_LINKS = Entries(
    {
        "form": _one_of(
            *("cause forward", "cause backward", "response forward", "response backward"),
            "purpose forward",
        ),
        "words": _TEXTS,
        "origin": _TEXT,
        "examples": _EXAMPLES,
    },
    unique=("form",),
)

_KINDS = Entries(
    {
        "kind": _one_of(*(kind.value for kind in EventKind)),
        "what": _TEXT,
        "label": _TEXT,
        "noun": Field(),
        "plover": Sections({"event": _TEXT, "mode": Field()}, required=False),
        "acled": Sections({"event": _TEXT, "sub_event": Field()}, required=False),
        "cameo": Field(),
        "ucdp": Field(kind=int, many=True),
        "airwars": Field(),
        "counts": Field(allowed=tuple(kind.value for kind in CountKind)),
        "phrase": Free(_TEXT, _ROLES, required=True),
        "several": Free(_TEXT, _ROLES),
        "alone": Free(_TEXT, _ROLES),
        "loses": _TEXT,
        "origin": _TEXT,
        "examples": _EXAMPLES,
    },
    unique=("kind",),
)

_NUMBER_WORDS = Entries(
    {
        "form": _one_of(
            *("number", "scale", "group", "several", "from", "to", "about", "and more", "and so"),
            *("and less", "between", "none", "one", "owner", "holder", "collective", "plural"),
            *("thing", "measure", "age", "plain", "part", "victims", "toll", "change"),
        ),
        "words": _TEXTS,
        "values": Field(kind=int, many=True),
        "origin": _TEXT,
        "examples": _EXAMPLES,
    },
    unique=("form",),
)

_BARE_SOURCES = Entries(
    {
        "form": _one_of(
            "watcher", "outlet", "account", "person", "people", "office", "force", "before",
            "felled", "adverb", "unit", "which", "amount", "many", "inside", "while", "region",
        ),
        "words": _TEXTS,
        "origin": _TEXT,
        "examples": _EXAMPLES,
    },
    unique=("form",),
)  # fmt: skip

_LIGHT_VERBS = Entries(
    {
        "form": _one_of("doing", "course", "undergoing", "bringing about", "setting off"),
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

_NUMBERS = Field(kind=float, required=True, many=True)

_PLACES = Sections(
    {
        "sorts": Entries(
            {
                "sort": _TEXT,
                "precision": _one_of(*(precision.value for precision in PlacePrecision)),
                "words": _TEXTS,
                "named": Field(kind=bool),
                "origin": _TEXT,
                "example": Field(kind=dict, required=True),
            },
            unique=("sort",),
        ),
        "affixes": _TEXTS,
        "disputed": Entries(
            {"land": _TEXT, "provinces": _TEXTS, "note": _TEXT, "origin": _TEXT}, unique=("land",)
        ),
        "countries": Entries(
            {
                "code": _TEXT,
                "id": Field(kind=int, required=True),
                "name": _TEXT,
                "names": Field(many=True),
                "people": Field(many=True),
                "borders": Field(many=True),
                "capital": Field(),
                "at": _NUMBERS,
                "radius_km": Field(kind=float, required=True),
                "origin": _TEXT,
            },
            unique=("code",),
        ),
        "places": Entries(
            {
                "name": _TEXT,
                "names": Field(many=True),
                "id": Field(kind=int),
                "precision": _one_of("exact", "settlement", "district", "province"),
                "country": Field(),
                "claimed_by": Field(many=True),
                "within": Field(),
                "at": _NUMBERS,
                "radius_km": Field(kind=float),
                "origin": _TEXT,
            },
            unique=("name", "country"),
        ),
    }
)

_ACTOR: Mapping[str, Form] = MappingProxyType(
    {
        "id": _TEXT,
        "names": _TEXTS,
        "shared": Field(many=True),
        "country": Field(),
        "countries": Field(many=True),
        "from": Field(kind=int),
        "to": Field(kind=int),
        "part_of": Field(),
        "languages": Free(Field(many=True)),
        "origin": _TEXT,
    }
)
_ACTORS = Entries({**_ACTOR, "kind": _one_of(*_TYPES)}, unique=("id",))
_OUTLETS = Entries(
    {
        **_ACTOR,
        "kind": _one_of("media"),
        "owner": Field(allowed=("state", "public", "private", "party")),
    },
    unique=("id",),
)
_STATES = Entries(
    {
        **_ACTOR,
        "adjectives": Field(many=True),
        "people": Field(many=True),
        "cities": Field(many=True),
        "seats": Field(many=True),
    },
    unique=("id",),
)
_STATE_NAMES = Entries(
    {
        "country": _TEXT,
        **{
            language: Field()
            for language in (
                *(
                    "am",
                    "ar",
                    "bn",
                    "el",
                    "fa",
                    "he",
                    "hi",
                    "hy",
                    "ja",
                    "ka",
                    "ko",
                    "my",
                    "ps",
                    "ru",
                ),
                *("sr", "uk", "ur", "zh"),
            )
        },
    },
    unique=("country",),
)
_PATTERNS = Sections(
    {
        "patterns": Entries(
            {
                "part": _TEXT,
                "called": _TEXT,
                "kind": _one_of(*_TYPES),
                "nouns": _TEXTS,
                "origin": _TEXT,
                "example": Field(kind=dict, required=True),
            },
            unique=("part",),
        ),
        "except": _TEXTS,
        "compounds": _TEXTS,
        "borne": _TEXTS,
        "apposed": _TEXTS,
        "fighters": _TEXTS,
        "led_by": _TEXTS,
        "qualifiers": _TEXTS,
    }
)

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "actors_forces": _ACTORS,
        "actors_groups": _ACTORS,
        "actors_organisations": _ACTORS,
        "actors_outlets": _OUTLETS,
        "actors_patterns": _PATTERNS,
        "actors_state_names": _STATE_NAMES,
        "actors_states": _STATES,
        "bare_sources": _BARE_SOURCES,
        "content_signs": Free(_TEXTS),
        "cue_forms": Free(_TEXTS),
        "cues": _CUES,
        "heads": _HEADS,
        "hedges": _HEDGES,
        "kinds": _KINDS,
        "light_verbs": _LIGHT_VERBS,
        "links": _LINKS,
        "places": _PLACES,
        "numbers": _NUMBER_WORDS,
        "participants": _PARTICIPANTS,
        "segments": _SEGMENTS,
    }
)
"""By name of the table. One that is not listed is checked by its reader alone."""
