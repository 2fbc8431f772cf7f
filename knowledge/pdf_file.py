"""PDF in, paragraphs out: broken lines are joined, and what every page repeats is not kept.

When a file was made is no evidence of when its text was published, so no date is read here.
"""

import io
import logging
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from knowledge.errors import KlyngesvarError
from knowledge.material import Line, Material, clean, same
from knowledge.paragraphs import Layout, layout_of
from knowledge.refusals import broken, refusal, too_large

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_PAGES = 300
_FEWEST_LETTERS = 20  # on all pages together; a scan has none, or a stamp
_PAGE_NUMBER = re.compile(r"(?:side|page|s\.)?\s*\d{1,4}(?:\s*(?:av|of|/)\s*\d{1,4})?", re.I)
_EDGE = 2  # lines at the top and at the bottom of a page that may be its header and footer
_GAP = 1.4  # times the usual distance of two lines, in their size
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line on a page: its words, the size of its letters and its height on the page."""

    text: str
    size: float
    height: float


def read_pdf(data: bytes, name: str) -> Material:
    """The text of a PDF; raises a KlyngesvarError when it is locked, scanned or broken."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells all it mends
    try:
        pages, stated_title = _pages(data, name)
    except KlyngesvarError:
        raise
    except Exception as error:  # broken files make pypdf raise nearly anything
        raise _reason(error, name) from error
    if sum(len(re.findall(r"\w", line.text)) for page in pages for line in page) < _FEWEST_LETTERS:
        raise _scanned(name)
    return _material(pages, stated_title)


def _pages(data: bytes, name: str) -> tuple[list[list[_Printed]], str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not _opens(reader):
        raise _locked(name)
    if len(reader.pages) > _MOST_PAGES:
        raise _too_long(name)
    title = reader.metadata.title if reader.metadata else None
    return [list(_printed(page)) for page in reader.pages], clean(str(title or ""))


def _opens(reader: "PdfReader") -> bool:
    """Whether the PDF can be read without a password, as those that only forbid printing can."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except DependencyError:  # AES needs a library that is not installed
        return False


def _printed(page: "PageObject") -> Iterator[_Printed]:
    """The lines of a page."""
    pieces: list[_Printed] = []

    def visit(text: str, outer: Any, inner: Any, _font: Any, size: float) -> None:  # noqa: ANN401
        height = outer[1] * inner[4] + outer[3] * inner[5] + outer[5]
        pieces.append(_Printed(text, abs(size * inner[3] * outer[3]), height))

    page.extract_text(visitor_text=visit)
    line: list[_Printed] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line.append(_Printed(first, piece.size, piece.height))
        for text in others:
            yield from _whole(line)
            line = [_Printed(text, piece.size, piece.height)]
    yield from _whole(line)


def _whole(pieces: Sequence[_Printed]) -> Iterator[_Printed]:
    """The line that pieces make, set as its first words are; nothing when it is empty."""
    text = clean_line("".join(piece.text for piece in pieces))
    if text:
        first = next(piece for piece in pieces if clean_line(piece.text))
        yield _Printed(text, first.size, first.height)


def clean_line(text: str) -> str:
    """A printed line; a soft hyphen at its end is kept, since it says that the word goes on."""
    text = text.translate(_LIGATURES)
    return clean(text) + ("\u00ad" if text.rstrip().endswith("\u00ad") else "")


def _material(pages: list[list[_Printed]], stated_title: str) -> Material:
    repeated = _repeated(pages)
    kept = [line for page in pages for line in page if line not in repeated]
    size = statistics.median_low(line.size for line in kept for _ in line.text)
    layout = layout_of([line.text for line in kept])
    blocks = [(block[0].size, _lines(block, size, layout)) for block in _blocks(kept)]
    edges = [Line(line.text, kept=False) for page in pages for line in page if line in repeated]
    body = [line for _, lines in blocks for line in lines]
    return Material((*body, *edges), _title(blocks, stated_title))


def _repeated(pages: list[list[_Printed]]) -> set[_Printed]:
    """Running headers, footers and page numbers."""
    edges = [{*page[:_EDGE], *page[-_EDGE:]} for page in pages]
    counts = Counter(form for page in edges for form in {_form(line) for line in page})
    most = max(2, (len(pages) + 1) // 2)
    return {
        line
        for page in edges
        for line in page
        if counts[_form(line)] >= most or _PAGE_NUMBER.fullmatch(line.text)
    }


def _form(line: _Printed) -> str:
    """What lines that differ only in the page's number have in common."""
    return re.sub(r"\d+", "#", line.text)


def _blocks(lines: list[_Printed]) -> Iterator[list[_Printed]]:
    """Runs of lines in one size with no gap between them; a new page is no gap."""
    leads = [(one.height - other.height) / (other.size or 1) for one, other in pairwise(lines)]
    usual = statistics.median([lead for lead in leads if lead > 0] or [0])
    block = lines[:1]
    for lead, (line, following) in zip(leads, pairwise(lines), strict=True):
        if lead > _GAP * usual or not _same_size(line.size, following.size):
            yield block
            block = []
        block.append(following)
    yield block


def _same_size(one: float, other: float) -> bool:
    return abs(one - other) <= 0.08 * max(one, other)


def _lines(block: list[_Printed], size: float, layout: Layout) -> list[Line]:
    """A block's paragraphs; what is set larger than the text is one heading."""
    texts = [line.text for line in block]
    if block[0].size > size and not _same_size(block[0].size, size):
        return [Line(clean(layout.joined(texts)), heading=True)]
    return [Line(clean(text)) for text in layout.paragraphs(texts)]


def _title(blocks: list[tuple[float, list[Line]]], stated: str) -> str:
    """The heading in the largest letters, else the metadata's title where the text has it."""
    headings = [(size, lines[0].text) for size, lines in blocks if lines[0].heading]
    texts = [line.text for _, lines in blocks for line in lines]
    if headings:
        return max(headings, key=lambda heading: heading[0])[1]
    return next((text for text in texts if same(text, stated)), texts[0])


def _reason(error: Exception, name: str) -> KlyngesvarError:
    from pypdf.errors import LimitReachedError

    return too_large(name) if isinstance(error, LimitReachedError) else broken(name)


def _locked(name: str) -> KlyngesvarError:
    return refusal(
        name,
        "filen er låst med passord: lagre den uten passord, eller be om en åpen utgave",
        "the file is locked with a password: save it without one, or ask for an open copy",
    )


def _scanned(name: str) -> KlyngesvarError:
    return refusal(
        name,
        "filen har bare bilder av tekst (skannet): kjør tekstgjenkjenning (OCR) på den først",
        "the file holds only pictures of text (a scan): run text recognition (OCR) on it first",
    )


def _too_long(name: str) -> KlyngesvarError:
    return refusal(
        name,
        f"filen har over {_MOST_PAGES} sider: lagre sidene du trenger som en egen PDF",
        f"the file has more than {_MOST_PAGES} pages: save those you need as a PDF of their own",
    )
