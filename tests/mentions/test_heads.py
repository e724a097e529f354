"""The table of nouns: every example of it, and what makes nouns alike."""

import pytest
import yaml

from allegata.encoder.words import find_words
from allegata.mentions.heads import Gender, Sort, load_given_names, load_heads, make_plural
from allegata.mentions.names import fold
from allegata.types import EntityType, Span


def words_of(text):
    return [text[a:b] for a, b in find_words(text, Span(0, len(text)))]


def test_every_example_of_the_table_is_found(root):
    table = yaml.safe_load((root / "knowledge" / "heads.yaml").read_text(encoding="utf-8"))
    for entry in table["heads"]:
        # what follows the head with "of" is no part of the words up to it
        words = words_of(entry["example"]["words"].partition(" of ")[0])
        if entry.get("apposed") and words[-1] not in str(entry["nouns"]):
            continue
        head = load_heads().find(words)
        assert head is not None, entry["idea"]
        assert entry["idea"] in head.ideas
        assert head.plural == (entry["example"]["number"] == "plural"), entry["idea"]


def test_every_example_of_the_given_names_is_found(root):
    table = yaml.safe_load((root / "knowledge" / "given_names.yaml").read_text(encoding="utf-8"))
    for entry in table:
        first = fold(entry["example"].split()[0])
        assert load_given_names()[first] is Gender(entry["gender"])
    he, she = (set(entry["names"]) for entry in table)
    assert not he & she


@pytest.mark.parametrize(
    ("words", "idea", "kind"),
    [
        ("Turkeys health ministry", "ministry", EntityType.GOVERNMENT),
        ("the Burian armed forces", "army", EntityType.GOVERNMENT),
        ("a foreign news agency", "news agency", EntityType.MEDIA),
        ("the intelligence agency", "intelligence service", EntityType.GOVERNMENT),
        ("a former interior minister", "minister", EntityType.PERSON),
        ("several interior ministers", "minister", EntityType.GOVERNMENT),
        ("the governor's office", "office", EntityType.GOVERNMENT),
    ],
)
def test_the_longest_noun_counts(words, idea, kind):
    head = load_heads().find(words_of(words))
    assert idea in head.ideas
    assert head.type is kind


def test_a_noun_of_no_entry_is_unknown():
    assert load_heads().find(["the", "teapot"]) is None
    assert load_heads().find([]) is None


def test_documents_have_no_type():
    head = load_heads().find(["the", "statement"])
    assert (head.sort, head.type) == (Sort.DOCUMENT, None)


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("army", "armies"), ("gunman", "gunmen"), ("boss", "bosses"), ("boy", "boys"),
     ("watch", "watches"), ("news agency", "news agencies")],
)  # fmt: skip
def test_regular_plurals(noun, plural):
    assert make_plural(noun) == plural
