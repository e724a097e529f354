from datetime import date

import pytest


def pdf(lines, info="", n_pages=1):
    """A small PDF with a text layer, written by hand."""
    moves = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    stream = f"BT /F1 12 Tf 50 700 Td {moves} ET" if lines else "0 0 m 10 10 l S"
    kids = " ".join(f"{5 + i} 0 R" for i in range(n_pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {n_pages} >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R"
            " /Resources << /Font << /F1 4 0 R >> >> >>"
            for _ in range(n_pages)
        ),
        f"<< {info} >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start, n = len(out), len(objects)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {n + 1}\n0000000000 65535 f \n{rows}"
    out += f"trailer << /Size {n + 1} /Root 1 0 R /Info {n} 0 R >>\nstartxref\n{start}\n%%EOF"
    return out.encode()


LINES = ["The council said that all was quiet.", "Nobody denied that."]


def test_the_text_layer_is_read(one):
    info = "/Title (All quiet) /Author (A. Writer) /CreationDate (D:20181125004300+03'00')"
    doc = one("a.pdf", pdf(LINES, info, n_pages=2))
    assert doc.text == "\n\n".join(["\n".join(LINES)] * 2)
    assert (doc.title, doc.author) == ("All quiet", "A. Writer")
    assert doc.published.day == date(2018, 11, 25)
    assert any("when the file was made" in warning for warning in doc.warnings)


def test_a_day_in_the_text_wins_over_when_the_file_was_made(one):
    info = "/CreationDate (D:20200101)"
    doc = one("a.pdf", pdf(["date 2018-11-25 The council said so."], info))
    assert (doc.published.day, doc.published.origin) == (date(2018, 11, 25), "text")


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (pdf([]), "has no text on its 1 pages"),
        (b"%PDF-1.4\n" + b"\0" * 100, "is damaged"),
        (pdf(LINES)[:200], "is damaged"),
    ],
)
def test_what_has_no_text_is_told(fault, raw, what):
    error = fault("a.pdf", raw)
    assert what in error.what
    assert error.hint
