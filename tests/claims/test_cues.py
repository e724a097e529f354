"""Lemmas, patterns and senses of cues, and every example of `knowledge/cues.yaml`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.claims.acts import classify_act, counts_as_claim
from allegata.claims.cues import CueKind, CueLexicon, Phrase, load_cues
from allegata.claims.lemmas import find_lemmas
from allegata.claims.senses import find_sense
from allegata.errors import KnowledgeError
from allegata.knowledge import load_table
from allegata.types import Act

LEXICON = load_cues()
ENTRIES = load_table("cues")
UPOS = {"verb": "VERB", "noun": "NOUN", "adjective": "ADJ", "adverb": "ADV", "phrase": "X"}
CUE_WORDS = "said told not called on to be was warned refused no doubt - of statement".split()
CONTENT_WORDS = (
    "\" ' , . ? ’ that it its we he his who if to will would could may must not never no nothing is"
    " have had did let leave said against for claims false behind the mill fired"
).split()


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        # regular
        ("adds", "add"),
        ("added", "add"),
        ("adding", "add"),
        ("denies", "deny"),
        ("denied", "deny"),
        ("denying", "deny"),
        ("accuses", "accuse"),
        ("accused", "accuse"),
        ("accusing", "accuse"),
        ("urged", "urge"),
        ("urging", "urge"),
        ("hoped", "hope"),
        ("noted", "note"),
        ("visited", "visit"),
        ("argued", "argue"),
        ("agreed", "agree"),
        ("agreeing", "agree"),
        ("planned", "plan"),
        ("admitted", "admit"),
        ("admitting", "admit"),
        ("stressed", "stress"),
        ("stresses", "stress"),
        ("expresses", "express"),
        ("teaches", "teach"),
        ("focuses", "focus"),
        ("goes", "go"),
        ("vetoes", "veto"),
        ("vowed", "vow"),
        ("swayed", "sway"),
        ("believed", "believe"),
        ("announced", "announce"),
        ("alleged", "allege"),
        ("called", "call"),
        ("yelled", "yell"),
        ("pressed", "press"),
        ("whispered", "whisper"),
        ("replied", "reply"),
        ("lying", "lie"),
        ("saying", "say"),
        ("seeing", "see"),
        ("crying", "cry"),
        # irregular
        ("said", "say"),
        ("told", "tell"),
        ("thought", "think"),
        ("wrote", "write"),
        ("written", "write"),
        ("swore", "swear"),
        ("sworn", "swear"),
        ("laid", "lay"),
        ("took", "take"),
        ("taken", "take"),
        ("made", "make"),
        ("gave", "give"),
        ("held", "hold"),
        ("found", "find"),
        ("saw", "see"),
        ("shown", "show"),
        ("withheld", "withhold"),
        ("foresaw", "foresee"),
        ("misled", "mislead"),
        ("was", "be"),
        ("'s", "be"),
        ("has", "have"),
        # spellings
        ("criticised", "criticize"),
        ("criticises", "criticize"),
        ("recognising", "recognize"),
        ("apologised", "apologize"),
        ("signalled", "signal"),
        ("labelled", "label"),
        ("counselled", "counsel"),
        ("favours", "favor"),
        ("rumours", "rumor"),
        ("sceptical", "skeptical"),
        ("lambasted", "lambast"),
        # nouns
        ("claims", "claim"),
        ("allegations", "allegation"),
        ("denials", "denial"),
        ("stories", "story"),
        ("prophecies", "prophecy"),
        ("speeches", "speech"),
        ("guesses", "guess"),
        ("analyses", "analysis"),
        ("hypotheses", "hypothesis"),
        ("news", "news"),
    ],
)
def test_lemma(word, lemma):
    assert lemma in find_lemmas(word, LEXICON.forms)


@pytest.mark.parametrize(
    ("word", "wrong"),
    [("this", "thi"), ("hoped", "hop"), ("noted", "not"), ("us", "u"), ("press", "pres")],
)
def test_the_likelier_lemma_comes_first(word, wrong):
    lemmas = find_lemmas(word, LEXICON.forms)
    assert wrong not in lemmas[:2]


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", max_size=14))
def test_a_word_is_among_its_lemmas(word):
    lemmas = find_lemmas(word, LEXICON.forms)
    assert word in lemmas
    assert len(lemmas) == len(set(lemmas))


@pytest.mark.parametrize(
    ("cue", "content", "pattern"),
    [
        ("laid the blame on", "the contractor", "lay blame"),
        ("laid much of the blame on", "the contractor", "lay blame"),
        ("has repeatedly called for", "calm", "call for"),
        ("called", "for calm", "call for"),
        ("called", "the delay a mistake", "call"),
        ("pointed an angry finger at", "the guards", "point finger"),
        ("took full responsibility for", "the raid", "take responsibility"),
        ("ruled", "out arson", "rule out"),
        ("tight-lipped", "on the raid", "tight lipped"),
        ("is widely believed to", "have left", "be believed"),
        ("believed", "that the cave is empty", "believe"),
        # a verb between belongs to nobody else's pattern
        ("put forward and called", "for calm", "put forward"),
        # what comes after "when" is another saying
        ("said when asked", "that the road was open", "say"),
        # light verbs leave it to what follows
        ("tried to explain", "how the valve failed", "explain"),
        ("began accusing", "the guards", "accuse"),
        ("gave a warning", "that the dam could burst", "give warning"),
        ("quickly denied", "the story", "deny"),
        # a document leaves it to what it does
        ("released a letter accusing", "the guards", "accuse"),
        ("a statement saying", "that the mill was sold", "say"),
        # ... and so does a cue that only states
        ("tweeted, threatening", "to close the port", "threaten"),
    ],
)
def test_pattern(cue, content, pattern):
    sense = find_sense(Phrase.of(cue), Phrase.of(content), LEXICON)
    assert sense is not None
    assert " ".join(sense.entry.pattern) == pattern


@pytest.mark.parametrize(
    ("cue", "negated"),
    [
        ("confirmed", False),
        ("did not confirm", True),
        ("didn't confirm", True),
        ("didn’t confirm", True),
        ("never confirmed", True),
        ("has not yet confirmed", True),
        ("neither confirmed nor denied", True),
        ("cannot confirm", True),
        ("without confirming", True),
        ("no longer believes", True),
        ("is not believed", True),
        ("not only confirmed", False),
        ("not just confirmed", False),
        ("confirmed, but not at once,", False),
    ],
)
def test_negation(cue, negated):
    sense = find_sense(Phrase.of(cue), Phrase.of("the report"), LEXICON)
    assert sense is not None
    assert sense.negated is negated


@pytest.mark.parametrize(
    ("cue", "content", "withheld"),
    [
        ("declined", "to confirm the report", "confirm"),
        ("refused", "to disclose the names", "disclose"),
        ("refused to disclose", "the names", "disclose"),
        ("stopped short of", "accusing the guards", "accuse"),
        ("dodged", "the question of who had the keys", "question"),
        ("refused", "to leave the valley", "leave"),
    ],
)
def test_what_is_withheld(cue, content, withheld):
    sense = find_sense(Phrase.of(cue), Phrase.of(content), LEXICON)
    assert sense is not None
    assert sense.entry.kind is CueKind.WITHHOLD
    found = sense.withheld.pattern[0] if sense.withheld else "leave"
    assert found == withheld


@pytest.mark.parametrize("cue", ["", ":", "zorbed", "of the"])
def test_a_cue_that_is_not_known_has_no_sense(cue):
    assert find_sense(Phrase.of(cue), Phrase.of("the pier"), LEXICON) is None


def test_a_phrase_has_a_part_of_speech_for_each_word_or_none():
    with pytest.raises(ValueError, match="2 words with 1"):
        Phrase(("is", "open"), ("AUX",))


@given(st.text(max_size=40), st.text(max_size=80))
def test_any_words_have_an_act_and_an_answer(cue, content):
    a, b = Phrase.of(cue), Phrase.of(content)
    assert classify_act(a, b, LEXICON) in Act
    assert counts_as_claim(a, b, LEXICON) in (True, False)


@given(
    st.lists(st.sampled_from(CUE_WORDS), max_size=5),
    st.lists(st.sampled_from(CONTENT_WORDS), max_size=9),
    st.sampled_from([None, True, False]),
    st.booleans(),
)
def test_any_order_of_telling_words_has_an_act_and_an_answer(cue, content, own, tagged):
    tags = ("VERB",) * len(content) if tagged else ()
    a, b = Phrase(tuple(cue)), Phrase(tuple(content), tags)
    assert classify_act(a, b, LEXICON, own=own) in Act
    assert counts_as_claim(a, b, LEXICON, own=own) in (True, False)


# ------------------------------------------------------------------------------------ the table


def test_the_lexicon_is_broad_and_has_no_entry_twice():
    keys = [(entry["lemma"], entry["pos"]) for entry in ENTRIES]
    assert len(keys) >= 600
    assert len(keys) == len(set(keys))
    assert {entry.kind for entry in LEXICON.entries} == set(CueKind)


def test_every_entry_has_an_origin_and_an_example_with_its_own_words():
    for entry in ENTRIES:
        assert entry["origin"]
        for example in entry["examples"]:
            assert example["content"] in example["text"]
            for words in _cues(example):
                assert words in example["text"]


def test_every_example_is_read_as_it_says():
    wrong = [
        (entry["lemma"], example["text"], found)
        for entry in ENTRIES
        for example in entry["examples"]
        if (found := _read(entry, example)) != _wanted(entry, example)
    ]
    assert not wrong


def _cues(example):
    cue = example["cue"]
    return [cue] if isinstance(cue, str) else cue


def _read(entry, example):
    words = Phrase.of(" ".join(_cues(example))).words
    lemma = entry["lemma"]
    upos = ()
    if " " not in lemma:
        upos = tuple(
            UPOS[entry["pos"]] if lemma in find_lemmas(word.lower(), LEXICON.forms) else "X"
            for word in words
        )
    cue, content = Phrase(words, upos), Phrase.of(example["content"])
    counts = counts_as_claim(cue, content, LEXICON)
    return counts, classify_act(cue, content, LEXICON).value if counts else None


def _wanted(entry, example):
    counts = example.get("counts", True)
    return counts, example.get("act", entry["act"]) if counts else None


# ----------------------------------------------------------------------------------- bad tables

GOOD = {"lemma": "say", "pos": "verb", "kind": "speech", "act": "state", "counts": "always"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"act": "sing"}, "'say': 'sing' is not a valid Act"),
        ({"kind": "noise"}, "'say': 'noise' is not a valid CueKind"),
        ({"counts": "often"}, "'say': 'often' is not a valid Counts"),
        ({"negated": "sing"}, "'say': 'sing' is not a valid Act"),
        ({"pos": None}, "'say' has no 'pos'"),
        ({"takes": ["for"]}, "say: not a mapping"),
    ],
)
def test_a_bad_entry_is_named(change, message):
    with pytest.raises(KnowledgeError, match=message):
        CueLexicon.build([GOOD | change], {}, {})


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (({}, {}, {}), "cues.yaml: not a list"),
        ((["say"], {}, {}), "an entry is a mapping"),
        (([], [], {}), "cue_forms.yaml: not a mapping"),
        (([], {"said": "say"}, {}), "said: holds a list"),
        (([], {}, []), "content_signs.yaml: not a mapping"),
    ],
)
def test_a_table_of_the_wrong_shape_is_named(tables, message):
    with pytest.raises(KnowledgeError, match=message):
        CueLexicon.build(*tables)
