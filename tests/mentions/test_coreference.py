"""Who a source refers to, on invented texts: with claims from the table, syntax from the model.

Nothing is written from the entries of `split: held`: they are only counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from allegata.encoder import Encoder
from allegata.mentions import find_entities
from allegata.sentences import find_sentences
from allegata.types import Act, Claim, Entity, Quotation, Span
from benchmarks.quality.anchors import find_after, find_near

TABLE = Path(__file__).parents[1] / "claims" / "coreference.yaml"
OWN = Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "table")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.open()


def entries(split: str) -> list[dict]:
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return [entry for entry in table if entry["split"] == split]


def build_claims(text: str, rows: Sequence[Mapping]) -> tuple[list[Claim], dict[str, Span]]:
    """The claims of an entry, with nobody's entity, and the antecedents by id of their claim."""
    claims, antecedents, previous = [OWN], {}, 0
    for number, row in enumerate(rows, start=1):
        id_ = row.get("id", f"c{number}")
        content = tuple(find_after(text, words, previous) for words in row["content"])
        previous = content[0].start
        source = find_near(text, row["source"], content[0]) if row["source"] else None
        cue = find_near(text, row["cue"], source or content[0]) if row.get("cue") else None
        claims.append(
            Claim(
                id_, row.get("parent", "c0"), source, None, cue, content,
                Act(row.get("act", "state")), Quotation(row.get("quotation", "indirect")),
                None, 1.0, "table",
            )
        )  # fmt: skip
        if row.get("refers_to"):
            antecedents[id_] = find_after(text, row["refers_to"], 0)
    return claims, antecedents


def judge(encoder: Encoder, text: str, rows: Sequence[Mapping]) -> Iterator[tuple[str, bool]]:
    """For each source whether its entity is right: the antecedent, or a new one of its own."""
    claims, antecedents = build_claims(text, rows)
    analysis = encoder.read(text, find_sentences(text))
    entities, filled = find_entities(text, analysis, claims, None)
    known = {entity.id: entity for entity in entities}
    seen: set[str | None] = set()
    for claim in filled[1:]:
        if claim.source is None:
            continue
        entity = known.get(claim.entity or "")
        antecedent = antecedents.get(claim.id)
        if antecedent is not None:
            yield claim.id, entity is not None and holds(entity, antecedent)
        elif claim.source.words(text) not in seen:
            yield claim.id, entity is not None and claim.entity not in seen
        seen |= {claim.entity, claim.source.words(text)}


def holds(entity: Entity, antecedent: Span) -> bool:
    """Whether the antecedent, or what it begins with, is one of the mentions."""
    return any(
        antecedent in mention or (mention in antecedent and antecedent.start == mention.start)
        for mention in entity.mentions
    )


def accuracy(encoder: Encoder, split: str) -> float:
    judged = [
        right
        for entry in entries(split)
        for _, right in judge(encoder, entry["text"], entry["claims"])
    ]
    return sum(judged) / len(judged)


@pytest.mark.parametrize("entry", entries("rules"), ids=lambda entry: entry["phenomenon"])
def test_sources_refer_to_who_speaks(encoder, entry):
    wrong = [id_ for id_, right in judge(encoder, entry["text"], entry["claims"]) if not right]
    assert wrong == []


def test_most_sources_nobody_looked_at_are_right(encoder):
    # 0.81 when this was written; one source more or less is 0.04
    assert accuracy(encoder, "held") >= 0.75
