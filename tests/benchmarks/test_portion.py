import pytest

from allegata.errors import InputError
from benchmarks.quality.portion import ROLES, digest_portion, read_portion

TEXT = "The union said that two boats sank.\n"


def words(document, annotation=0):
    return [
        tuple([span.words(document.text) for span in one.role(role)] for role in ROLES)
        for one in document.annotations[annotation]
    ]


def test_an_attribution_has_its_three_parts(write_portion, brat):
    ann = brat(TEXT, (["The union"], ["said"], ["that two boats sank"]))
    (document,) = read_portion(write_portion({"a": TEXT}, {"a_77aa": ann}))
    assert document.name == "a"
    assert words(document) == [(["The union"], ["said"], ["that two boats sank"])]


@pytest.mark.parametrize(
    "ann",
    [
        # An attribution that stands before its marks.
        "E1\tAttribution:T4 Cue:T2 Content:T3 Source:T1\nT1\tSource 0 9\tThe union\n"
        "T2\tCue 10 14\tsaid\nT3\tContent 15 34\tthat two boats sank\n",
        # A second content belongs to the content.
        "T1\tSource 0 9\tx\nT2\tCue 10 14\tx\nT3\tContent 15 19\tx\nT5\tContent 20 34\tx\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3 Content2:T5\n",
        # The words of a mark run over a line, and notes and unused marks stand between.
        "T1\tSource 0 9\tThe\nunion\nT2\tCue 10 14\tsaid\n#1\tAnnotatorNotes T2\tno idea\n"
        "T9\tDiscard 0 3\tThe\nT3\tContent 15 34\tx\n"
        "E1\tAttribution:T2 Cue:T2 Source:T1 Content:T3\n",
        # An attribution of nothing is none.
        "T1\tSource 0 9\tx\nT2\tCue 10 14\tx\nT3\tContent 15 34\tx\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\nE2\tAttribution-no-source:T7\n",
    ],
)
def test_standoff_files_as_people_leave_them(write_portion, ann):
    (document,) = read_portion(write_portion({"a": TEXT}, {"a_77aa": ann}))
    assert words(document) == [(["The union"], ["said"], ["that two boats sank"])]


def test_offsets_count_code_points_of_the_file_as_it_stands(write_portion, brat):
    text = "\ufeffBold \U0001f600 news.\r\nThe union said no.\r\n"
    ann = brat(text, (["The union"], ["said"], ["no"]))
    (document,) = read_portion(write_portion({"a": text}, {"a_77aa": ann}))
    assert document.text == text
    assert words(document) == [(["The union"], ["said"], ["no"])]


def test_several_people_annotate_one_text_and_nobody_another(write_portion, brat):
    one = brat(TEXT, (["The union"], ["said"], ["that two boats sank"]))
    other = brat(TEXT, (["union"], ["said"], ["two boats sank"]))
    portion = write_portion({"a_b": TEXT, "c": TEXT}, {"a_b_77aa": one, "a_b_88bb": other})
    first, second = read_portion(portion)
    assert words(first, 1) == [(["union"], ["said"], ["two boats sank"])]
    assert (second.name, second.annotations) == ("c", ())


@pytest.mark.parametrize(
    ("texts", "annotations", "message"),
    [
        ({}, {}, "no text"),
        ({"a": TEXT}, {"b_77aa": ""}, "no text/b.txt"),
        ({"a": TEXT}, {"a_77aa": "T1\tCue 10 99\tsaid\n"}, "a_77aa.ann:1: a span outside"),
    ],
)
def test_a_broken_portion_says_where(write_portion, texts, annotations, message):
    with pytest.raises(InputError, match=message):
        read_portion(write_portion(texts, annotations))


def test_the_digest_sees_texts_names_and_annotations(write_portion):
    digests = {
        digest_portion(write_portion({"a": TEXT}, {"a_77aa": ""})),
        digest_portion(write_portion({"a": TEXT + " "}, {"a_77aa": ""})),
        digest_portion(write_portion({"a": TEXT + " "}, {"a_77aa": "\n"})),
        digest_portion(write_portion({"b": TEXT}, {})),
    }
    assert len(digests) == 4
