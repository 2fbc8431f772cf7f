"""From an address or a file to a draft, and whether its article is there already."""

import re
from collections.abc import Sequence
from pathlib import Path

from knowledge.articles import Article, scan_articles
from knowledge.copies import near_copies
from knowledge.document import Document
from knowledge.drafts import Draft
from knowledge.errors import KlyngesvarError
from knowledge.extract import extract
from knowledge.fetch import fetch
from knowledge.register import Register
from knowledge.unregistered import unregistered

_ADDRESS = re.compile(r"https?://(?:www\.)?([^/?#]*)([^?#]*?)/*(\?[^#]*)?(?:#.*)?", re.IGNORECASE)


def document_at(place: str, *, allow_private: bool) -> Document:
    """What an address or a file holds."""
    if place.lower().startswith(("http://", "https://")):
        return fetch(place, allow_private=allow_private)
    try:
        return Document(Path(place).read_bytes(), place)
    except OSError as error:
        raise KlyngesvarError(
            f"{place} kan ikke leses ({error.strerror}): rett navnet på filen, eller skriv hele "
            "adressen, slik: https://www.eksempel.no/sak\n"
            f"    {place} cannot be read ({error.strerror}): correct the file's name, or write "
            "the whole address, like this: https://www.example.com/news"
        ) from error


def draft_of(document: Document, library: Sequence[Article], register: Register) -> Draft:
    """The article that a document can become, seen against the articles and the register."""
    read = extract(document)
    text = f"{read.title}\n{read.body}"
    return Draft(
        title=read.title,
        publisher=read.publisher or "",
        language=read.language,
        url=read.url,
        published=read.published,
        evidence=read.evidence,
        body=read.body,
        clusters=tuple(dict.fromkeys(it.name for it in register.names.find(text))),
        unregistered=unregistered(text, register.names),
        copies=tuple(near_copies(read.body, library)),
        dropped=read.dropped,
        share=read.share,
    )


def same_article(draft: Draft, library: Sequence[Article]) -> Article | None:
    """The article that has the draft's address or its very text."""
    body = draft.body.split()
    held = (article for article in library if article.body.split() == body)
    return at_address(draft.url, library) or next(held, None)


def at_address(url: str | None, library: Sequence[Article]) -> Article | None:
    """The article that came from an address, however that was written."""
    wanted = _core(url) if url else None
    return next((it for it in library if wanted and it.url and _core(it.url) == wanted), None)


def library_in(folder: Path) -> Sequence[Article]:
    """The folder's articles that can be read; a folder without any is where a library begins."""
    is_new = folder.is_dir() and not any(folder.glob("*.md"))
    return () if is_new else scan_articles(folder)[0]


def _core(url: str) -> tuple[str, ...]:
    """What two ways to write an address have in common: host, path and query."""
    parts = _ADDRESS.fullmatch(url)
    return (parts[1].lower(), parts[2], parts[3] or "") if parts else (url,)
