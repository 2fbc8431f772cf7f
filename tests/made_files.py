"""PDF and Word files made for tests."""

import io
import re
from collections.abc import Sequence

from docx import Document

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_TOP, _SIZE, _HEADING = 780, 11, 18  # points


def make_pdf(*pages: Sequence[str]) -> bytes:
    """A PDF with these lines on its pages; "# " sets a line large, an empty one leaves a gap."""
    numbers = [4 + 2 * place for place in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _FONT,
    ]
    for number, lines in zip(numbers, pages, strict=True):
        content = _content(lines)
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (number + 1),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    return _file(objects)


def _content(lines: Sequence[str]) -> bytes:
    text, height = "BT\n", _TOP
    for line in lines:
        size = _HEADING if line.startswith("# ") else _SIZE
        height -= size + 3
        words = re.sub(r"([\\()])", r"\\\1", line.removeprefix("# "))
        text += f"/F1 {size} Tf 1 0 0 1 72 {height} Tm ({words}) Tj\n"
    return (text + "ET").encode("windows-1252")


def _file(objects: Sequence[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(data))
    )


def make_docx(*paragraphs: str, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word file; "# " begins a heading, and a table of the rows comes last."""
    document = Document()
    for text in paragraphs:
        if text.startswith("# "):
            document.add_heading(text.removeprefix("# "), level=1)
        else:
            document.add_paragraph(text)
    for row in rows:
        cells = document.add_table(1, len(row)).rows[0].cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
