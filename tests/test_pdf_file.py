import io

import pypdf
import pytest
from made_files import make_pdf
from shapes import STORY

from knowledge import pdf_file
from knowledge.errors import KlyngesvarError
from knowledge.material import Material
from knowledge.pdf_file import read_pdf


def locked(data: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(password, "eier", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def kept(material: Material) -> list[str]:
    return [line.text for line in material.lines if line.kept]


def refusal(data: bytes) -> str:
    with pytest.raises(KlyngesvarError) as caught:
        read_pdf(data, "rapport.pdf")
    return str(caught.value)


def test_paragraphs_go_over_lines_and_pages_and_what_every_page_repeats_is_not_kept() -> None:
    data = make_pdf(
        [
            "Havkraft, årsmelding 2020",
            "# Havkraftklyngen vokser",
            "# På Stord",
            "Klyngen har fått 34 nye medlemmer, og næ-",
            "ringsutviklingen i regionen går bra (svært",
            "bra). Det sier Kari Nes.",
            "",
            "Kontoret ligger fra i år på den gamle kaien i",
            "Side 1 av 2",
        ],
        ["Havkraft, årsmelding 2020", "Leirvik, midt i byen.", "Der er det plass.", "Side 2 av 2"],
    )
    material = read_pdf(data, "rapport.pdf")
    assert material.title == "Havkraftklyngen vokser På Stord"
    assert kept(material) == [
        "Havkraftklyngen vokser På Stord",
        "Klyngen har fått 34 nye medlemmer, og næringsutviklingen i regionen går bra (svært bra). "
        "Det sier Kari Nes.",
        "Kontoret ligger fra i år på den gamle kaien i Leirvik, midt i byen.",
        "Der er det plass.",
    ]
    assert [line.text for line in material.lines if not line.kept] == [
        "Havkraft, årsmelding 2020",
        "Side 1 av 2",
        "Havkraft, årsmelding 2020",
        "Side 2 av 2",
    ]


def test_without_a_large_heading_the_first_line_or_the_stated_title_is_the_title() -> None:
    lines = ["Havkraft AS", "", "Havkraftklyngen vokser", "", STORY[0]]
    assert read_pdf(make_pdf(lines), "a.pdf").title == "Havkraft AS"
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(lines)))
    writer.add_metadata({"/Title": "Havkraftklyngen vokser"})
    file = io.BytesIO()
    writer.write(file)
    assert read_pdf(file.getvalue(), "a.pdf").title == "Havkraftklyngen vokser"


def test_when_the_file_was_made_is_no_date() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(STORY)))
    writer.add_metadata({"/CreationDate": "D:20190203040506"})
    file = io.BytesIO()
    writer.write(file)
    assert read_pdf(file.getvalue(), "a.pdf").stated == ()


def test_a_pdf_that_needs_no_password_to_be_read_is_read() -> None:
    assert kept(read_pdf(locked(make_pdf(STORY), ""), "a.pdf")) == kept(
        read_pdf(make_pdf(STORY), "a.pdf")
    )


def test_a_pdf_that_cannot_be_read_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "låst med passord" in refusal(locked(make_pdf(STORY), "hemmelig"))
    assert "kjør tekstgjenkjenning (OCR)" in refusal(make_pdf([], []))
    assert "skadet eller ufullstendig" in refusal(make_pdf(STORY)[:300])
    assert "skadet eller ufullstendig" in refusal(b"%PDF-1.7 hei")
    monkeypatch.setattr(pdf_file, "_MOST_PAGES", 1)
    assert "over 1 sider" in refusal(make_pdf(STORY, STORY))
    assert "more than 1 pages" in refusal(make_pdf(STORY, STORY))
