"""A page or file in, what an article needs out: title, date with its evidence, body.

The words of a body are the document's own; only whole lines are left out.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from knowledge.articles import Language
from knowledge.canonical import canonical
from knowledge.decoding import decode
from knowledge.document import Document
from knowledge.errors import KlyngesvarError
from knowledge.evidence import Evidence, Published, find_published
from knowledge.language import detect_language
from knowledge.material import Line, Material, is_sentence
from knowledge.noise import body_places
from knowledge.page import read_page
from knowledge.pdf_file import read_pdf
from knowledge.plain_file import is_article, read_markdown, read_plain
from knowledge.refusals import no_text, not_a_document, refusal
from knowledge.word_file import read_docx
from knowledge.wordpress import read_post, read_wordpress

__all__ = ["Evidence", "Extract", "extract"]

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|head|body|main|article|section"
    r"|div|header|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|urlset|sitemapindex|svg)\b")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_OLD_WORD = (b"\xd0\xcf\x11\xe0", b"{\\rtf")
# A server that says "text/plain" knows nothing of Markdown, so then the name is asked.
_BY_NAME = {
    "text/html": read_page,
    "application/xhtml+xml": read_page,
    ".html": read_page,
    ".htm": read_page,
    "text/markdown": read_markdown,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
_START = 2000  # characters; what a text is shows within them


@dataclass(frozen=True, slots=True)
class Extract:
    """What a document holds, ready to become a draft."""

    title: str
    publisher: str | None
    language: Language
    url: str | None  # canonical, without tracking parameters and fragment
    published: str | None  # YYYY, YYYY-MM or YYYY-MM-DD, only ever with evidence
    evidence: Evidence | None
    body: str = field(repr=False)  # paragraphs with blank lines between them
    dropped: tuple[str, ...] = field(repr=False)  # the visible lines that are not in the body
    share: float  # how much of the visible text the body is, 0 to 1


def extract(document: Document) -> Extract:
    """The article in a document; raises a KlyngesvarError when there is none to be read."""
    material = _read(document)
    if not any(is_sentence(line.text) for line in material.lines if line.kept):
        raise no_text(document.name)
    url = canonical(material.url, document.address)
    addresses = [address for address in (url, document.address) if address]
    published = find_published(material, addresses, date.today())
    return _extract(material, url, published, document.name)


def _extract(
    material: Material, url: str | None, published: Published | None, name: str
) -> Extract:
    lines = material.lines
    evidence = published.evidence if published else None
    places = body_places(lines, material.title, evidence.words if evidence else None)
    if not places:
        raise no_text(name)
    outside = sorted({*range(len(lines))} - {*places})
    body = _joined([lines[place] for place in places])
    return Extract(
        title=material.title,
        publisher=material.publisher,
        language=detect_language(body, None),
        url=url,
        published=published.value if published else None,
        evidence=evidence,
        body=body,
        dropped=tuple(lines[place].text for place in outside),
        share=sum(len(lines[place].text) for place in places)
        / sum(len(line.text) for line in lines),
    )


def _joined(lines: Sequence[Line]) -> str:
    """The body as it is written to a file."""
    text = lines[0].text
    for before, line in pairwise(lines):
        text += "\n" if before.tight and line.tight else "\n\n"
        text += line.text
    return text + "\n"


def _read(document: Document) -> Material:
    """The document as lines, by what it is: its content, then its media type, then its name."""
    data, name = document.data, document.name
    if b"%PDF-" in data[:1024]:
        return read_pdf(data, name)
    if data.startswith(b"PK\x03\x04"):
        return read_docx(data, name)
    if data.startswith(_OLD_WORD):
        raise _old_word(name)
    text = decode(data, document.charset)
    if is_article(text):
        raise _already_an_article(name)
    return _reader(text, document)(text)


def _reader(text: str, document: Document) -> Callable[[str], Material]:
    """What reads a text of this kind."""
    start = text[:_START]
    if _HTML.match(start):
        return read_page
    if _CONTROL.search(start) or _XML.match(start):
        raise not_a_document(document.name)
    if post := read_post(text):
        return lambda _: read_wordpress(post)
    suffix = PurePosixPath(urlsplit(document.name).path).suffix.lower()
    return _BY_NAME.get(document.media_type or "") or _BY_NAME.get(suffix) or read_plain


def _old_word(name: str) -> KlyngesvarError:
    return refusal(
        name,
        "gammelt Word-format: åpne filen i Word og lagre den som .docx eller PDF",
        "an old Word format: open the file in Word and save it as .docx or PDF",
    )


def _already_an_article(name: str) -> KlyngesvarError:
    return refusal(
        name,
        "filen er alt en artikkel: kopier den til articles/ og kjør «klyngesvar check»",
        'the file is already an article: copy it to articles/ and run "klyngesvar check"',
    )
