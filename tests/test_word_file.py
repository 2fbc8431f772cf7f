import io
import zipfile

import pytest

from knowledge import word_file
from knowledge.errors import KlyngesvarError
from knowledge.material import Material
from knowledge.word_file import read_docx
from tests.made_files import make_docx
from tests.shapes import STORY

MAIN = "word/document.xml"


def changed(data: bytes, old: str, new: str) -> bytes:
    """The file with another text in its main part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(file, "w") as copy:
        for entry in archive.infolist():
            content = archive.read(entry)
            if entry.filename == MAIN:
                assert old in content.decode()
                content = content.decode().replace(old, new, 1).encode()
            copy.writestr(entry, content)
    return file.getvalue()


def zipped(**entries: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def kept(material: Material) -> list[str]:
    return [line.text for line in material.lines]


def refusal(data: bytes) -> str:
    with pytest.raises(KlyngesvarError) as caught:
        read_docx(data, "notat.docx")
    return str(caught.value)


def test_paragraphs_headings_and_rows() -> None:
    rows = (("År", "Antall"), ("2014", "12"))
    material = read_docx(make_docx("Innledning", "# Klyngen vokser", *STORY, rows=rows), "a.docx")
    assert material.title == "Klyngen vokser"
    assert kept(material) == ["Innledning", "Klyngen vokser", *STORY, "År Antall", "2014 12"]
    assert [line.text for line in material.lines if line.heading] == ["Klyngen vokser"]
    assert [line.text for line in material.lines if line.tight] == ["År Antall", "2014 12"]


def test_without_a_heading_the_first_line_is_the_title() -> None:
    assert read_docx(make_docx("Klyngen vokser", *STORY), "a.docx").title == "Klyngen vokser"


def test_words_are_read_as_word_shows_them() -> None:
    data = make_docx("Vi har X kontorer.")
    inserted = "<w:ins><w:r><w:t>fire</w:t></w:r></w:ins>"
    deleted = "<w:del><w:r><w:delText>tre</w:delText></w:r></w:del>"
    moved = "<w:moveFrom><w:r><w:t>to</w:t></w:r></w:moveFrom>"
    runs = f"</w:t></w:r>{inserted}{deleted}{moved}<w:r><w:t xml:space='preserve'>"
    assert kept(read_docx(changed(data, "X", runs), "a.docx")) == ["Vi har fire kontorer."]


def test_text_in_forms_is_read() -> None:
    data = changed(make_docx("Hei på deg."), "<w:p>", "<w:sdt><w:sdtContent><w:p>")
    data = changed(data, "</w:p>", "</w:p></w:sdtContent></w:sdt>")
    assert kept(read_docx(data, "a.docx")) == ["Hei på deg."]


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = zipped(word__document_xml="<a/>", word__media="\0" * (word_file._MOST_BYTES + 1))
    assert len(bomb) < 200_000
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    assert "for stor når den pakkes ut" in refusal(bomb)


def test_a_size_that_is_declared_too_small_is_found_out() -> None:
    data = bytearray(zipped(word__document_xml="x" * 100_000))
    size = (100_000).to_bytes(4, "little")
    assert data.count(size) == 2
    assert "skadet" in refusal(bytes(data).replace(size, (10).to_bytes(4, "little")))


def test_entities_that_multiply_are_not_followed() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE w [<!ENTITY l0 "lol">{lol}]>'
    data = changed(make_docx("Hei på deg, X."), "<w:document ", f"{doctype}<w:document ")
    data = changed(data, "X", "&l9;")
    assert "skadet" in refusal(data)


def test_files_that_are_no_word_file_or_broken_are_refused() -> None:
    assert "ikke et dokument" in refusal(zipped(xl__workbook_xml="<a/>"))
    assert "skadet" in refusal(make_docx(*STORY)[:500])
    assert "skadet" in refusal(zipped(word__document_xml="<a/>"))
    assert "finner ingen artikkeltekst" in refusal(make_docx())
