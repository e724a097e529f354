"""Names that are the same although they are written differently, and aliases that texts state."""

import pytest

from allegata.mentions.aliases import find_aliases, group_names, join_name
from allegata.mentions.names import fold, is_acronym_of, is_part_of, is_same_word


@pytest.mark.parametrize(
    ("one", "other"),
    [("Al-Tayeb", "al-Tayeb"), ("Estével", "Estevel"), ("Turkey's", "Turkey"), ("U.S.", "US"),
     ("Deir-ez-Zor", "Deirezzor")],
)  # fmt: skip
def test_folding(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("turkeys", "turkey", True),
        ("turkish", "turkey", True),
        ("russian", "russia", True),
        ("velmari", "velmar", True),
        ("australia", "austria", False),
        ("health", "defence", False),
        ("us", "un", False),
    ],
)
def test_words_of_names(one, other, same):
    assert is_same_word(one, other) is same
    assert is_same_word(other, one) is same


def test_parts_of_names_keep_their_order():
    assert is_part_of(("ibarra",), ("fausto", "ibarra", "lume"))
    assert is_part_of(("fausto", "lume"), ("fausto", "ibarra", "lume"))
    assert not is_part_of(("lume", "fausto"), ("fausto", "ibarra", "lume"))
    assert not is_part_of((), ("fausto",))


@pytest.mark.parametrize(
    ("letters", "name", "right"),
    [
        ("NCR", "National Council for Reconciliation", True),
        ("SOHR", "Syrian Observatory for Human Rights", True),
        ("U.F.P.", "Union of Free Ports", True),
        ("OFX", "Organisation for Free Rivers", False),
        ("sarin", "Some Agent Resin In Nature", False),
    ],
)
def test_acronyms(letters, name, right):
    assert is_acronym_of(letters, name.split()) is right


@pytest.mark.parametrize(
    ("text", "names", "evidence"),
    [
        (
            "*Daesh (aka Islamic State/IS/ISIS) is outlawed.",
            ("Daesh", "Islamic State", "IS", "ISIS"),
            "Daesh (aka Islamic State/IS/ISIS)",
        ),
        (
            "In May the National Council for Reconciliation (NCR) met.",
            ("National Council for Reconciliation", "NCR"),
            "National Council for Reconciliation (NCR)",
        ),
        (
            "The Black Banner, also known as the Marsh Front, met.",
            ("The Black Banner", "Marsh Front"),
            "The Black Banner, also known as the Marsh Front",
        ),
    ],
)
def test_stated_aliases(text, names, evidence):
    (alias,) = find_aliases(text)
    assert alias.names == names
    assert alias.evidence.words(text) == evidence


@pytest.mark.parametrize(
    "text",
    ["a chemical substance (sarin) was found", "Dr Lin Sorbo (51) said so", "It rained (again).",
     "He met Ana Bekele (left) in May", ""],
)  # fmt: skip
def test_other_brackets_state_nothing(text):
    assert find_aliases(text) == []


def test_names_of_one_group_are_the_same():
    text = "Daesh (aka Islamic State/IS). Islamic State (or the Caliphate)"
    groups = group_names(find_aliases(text))
    names = ("Daesh", "the Islamic State", "IS", "Caliphate")
    assert len({groups[join_name(name)] for name in names}) == 1
