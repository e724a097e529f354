"""Exchanging the names of two states exchanges the linked ids, and nothing else."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allegata.grounding.actors import country_of, link_actors
from allegata.knowledge import load_table
from allegata.knowledge.actors import ActorTable
from allegata.types import Entity, EntityType, Span

ACTORS = ActorTable.open()
PATTERNS = load_table("actors_patterns")["patterns"]


BORNE = frozenset(load_table("actors_patterns")["borne"])


def _is_clear(state: dict) -> bool:
    """Whether each of its words is its own, and no name of people: "Jordan" is never swapped."""
    words = [state["names"][0], *state.get("adjectives", [])[:1], *state.get("people", [])[:1]]
    cities = state.get("cities", [])[:1]
    clear = all(len(ACTORS.find(word)) == 1 for word in [*words, *cities])
    parts = [part for word in words if " " in word for part in word.split()]
    clear = clear and not any(ACTORS.find(part) for part in parts)  # "French Polynesia"
    return clear and len(words) == 3 and bool(cities) and not BORNE & {*words, *cities}


STATES = [state for state in load_table("actors_states") if "country" in state and _is_clear(state)]
TEMPLATES = (
    "{name}", "{name}'s {noun}", "the {adjective} {noun}", "the {noun} of {name}", "{city}",
    "{people}", "the {noun}", "{adjective}-backed fighters", "{other}'s {noun}",
)  # fmt: skip
TYPES = st.sampled_from([*EntityType, None])


@st.composite
def documents(draw: st.DrawFn) -> list[tuple[str, int, str, EntityType | None, bool]]:
    return [
        (
            draw(st.sampled_from(TEMPLATES)),
            draw(st.integers(0, 1)),
            draw(st.sampled_from(draw(st.sampled_from(PATTERNS))["nouns"])),
            draw(TYPES),
            draw(st.booleans()),
        )
        for _ in range(draw(st.integers(1, 6)))
    ]


def _phrase(template: str, state: dict, other: dict, noun: str) -> str:
    return template.format(
        name=state["names"][0], adjective=state["adjectives"][0], people=state["people"][0],
        city=state["cities"][0], noun=noun, other=other["names"][0],
    )  # fmt: skip


def _link(drawn: list, states: tuple[dict, dict]) -> list[Entity]:
    text, entities, speaking = "", [], set()
    for number, (template, side, noun, kind, speaks) in enumerate(drawn, start=1):
        words = _phrase(template, states[side], states[1 - side], noun)
        span = Span(len(text), len(text) + len(words))
        entities.append(Entity(f"n{number}", words.removeprefix("the "), kind, (span,)))
        speaking |= {f"n{number}"} if speaks else set()
        text += words + " said so. "
    return list(link_actors(entities, actors=ACTORS, text=text, speaking=speaking))


def _swap_id(actor_id: str, one: str, other: str) -> str:
    state, slash, part = actor_id.partition("/")
    return {one: other, other: one}.get(state, state) + slash + part


@settings(max_examples=150, deadline=None)
@given(documents(), st.sampled_from(STATES), st.sampled_from(STATES))
def test_exchanged_states_exchange_ids_and_nothing_else(drawn, one, other):
    assume(one["id"] != other["id"])
    first, second = _link(drawn, (one, other)), _link(drawn, (other, one))
    for left, right in zip(first, second, strict=True):
        assert left.type is right.type
        assert (left.actor is None) is (right.actor is None)
        if left.actor is not None and right.actor is not None:
            assert right.actor.id == _swap_id(left.actor.id, one["id"], other["id"])
            blank = {"id": "", "name": "", "country": None, "words": ""}
            assert replace(left.actor, **blank) == replace(right.actor, **blank)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(TEMPLATES),
    st.sampled_from(PATTERNS),
    st.sampled_from(STATES),
    st.sampled_from(STATES),
)
def test_exchanged_states_exchange_countries(template, pattern, one, other):
    noun = pattern["nouns"][0]
    swap = {one["country"]: other["country"], other["country"]: one["country"], None: None}
    left = country_of(_phrase(template, one, other, noun), actors=ACTORS)
    right = country_of(_phrase(template, other, one, noun), actors=ACTORS)
    assert swap[left] == right
