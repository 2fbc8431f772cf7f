"""DOCX in, paragraphs out, as Word shows them: with insertions, without deletions.

When a file was made is no evidence of when its text was published, so no date is read here.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import ZipFile

from knowledge.errors import KlyngesvarError
from knowledge.material import Line, Material, clean
from knowledge.refusals import broken, no_text, not_a_document, too_large

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

_MOST_BYTES = 100_000_000  # unpacked; pictures are most of it
_MAIN_PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(data: bytes, name: str) -> Material:
    """The text of a Word file; raises a KlyngesvarError when it is broken or too large."""
    try:
        _check_size(data, name)
        return _read(data, name)
    except KlyngesvarError:
        raise
    except Exception as error:  # a broken part can make python-docx raise nearly anything
        raise broken(name) from error


def _check_size(data: bytes, name: str) -> None:
    """Refuse zip bombs; `zipfile` unpacks no entry further than the size that it declares."""
    with ZipFile(io.BytesIO(data)) as archive:
        if _MAIN_PART not in archive.namelist():
            raise not_a_document(name)
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
            raise too_large(name)


def _read(data: bytes, name: str) -> Material:
    from docx import Document

    document = Document(io.BytesIO(data))
    lines = tuple(_lines(document))
    if not lines:
        raise no_text(name)
    first = next((line for line in lines if line.heading), lines[0])
    return Material(lines, first.text)


def _lines(document: "WordDocument") -> Iterator[Line]:
    """Paragraphs wherever they stand (text boxes and forms too), and a line for each table row."""
    styles = {style.style_id: style.name or "" for style in document.styles}
    for element in document.element.body.iter(f"{_W}p", f"{_W}tr"):
        if _is_within(element, f"{_W}tr", _FALLBACK):
            continue
        is_row = element.tag == f"{_W}tr"
        text = " ".join(map(_text, element.iter(f"{_W}p"))) if is_row else _text(element)
        if text := clean(text):
            style = styles.get(_style_id(element), "")
            yield Line(text, tight=is_row, heading=style.startswith(("Title", "Heading")))


def _is_within(element: "Element", *tags: str) -> bool:
    return any(True for _ in element.iterancestors(*tags))


def _text(paragraph: "Element") -> str:
    """A paragraph's own words, without those of a text box in it or that were moved away."""
    return "".join(
        piece.text or "" if piece.tag == f"{_W}t" else " "
        for piece in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr")
        if next(piece.iterancestors(f"{_W}p")) is paragraph
        and not _is_within(piece, f"{_W}moveFrom", f"{_W}tabs")
    )


def _style_id(paragraph: "Element") -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return str(style.get(f"{_W}val")) if style is not None else ""
