import pytest

from allegata.documents import languages, read_text
from allegata.documents.languages import identify_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ministry said so on Sunday.", "en"),
        ("The town was quiet, the council said, and nobody was hurt in the night.", "en"),
        ("Le ministère a déclaré dimanche que le pont était fermé à la circulation.", "fr"),
        ("قالت الوزارة يوم الأحد إن الجسر مغلق وإن أحدا لم يصب بأذى.", "ar"),
        ("Das Ministerium sagte am Sonntag, dass die Brücke gesperrt wurde.", "de"),
        ("", None),
        ("12 345 -- 678", None),
        ("OK", None),
    ],
)
def test_the_language_of_a_text(text, code):
    assert identify_language(text) == code


def test_plain_english_needs_no_model(monkeypatch):
    monkeypatch.setattr(languages, "_identifier", lambda: pytest.fail("the model was loaded"))
    text = "The governor told reporters that the road to the town had been closed since Monday."
    assert identify_language(text) == "en"


def test_a_declared_language_that_the_text_belies_is_told():
    text = "The governor told reporters that the road to the town had been closed since Monday."
    doc = read_text(text, language="fr-FR")
    assert doc.language == "en"
    assert "The language is declared as fr but reads as en." in doc.warnings


def test_a_declared_language_serves_where_the_text_is_too_short():
    assert read_text("Quiet.", language="en-GB").language == "en"
    assert any("language could not be told" in w for w in read_text("Quiet.").warnings)
