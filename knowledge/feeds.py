"""The entries of a feed (RSS, Atom) or sitemap, to choose from."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from knowledge.document import Document
from knowledge.web import WebError, inflated

_LIMIT = 20 << 20  # bytes, unpacked
_MAPS = 20  # sitemaps of one index
_GZIP = b"\x1f\x8b"
# What may stand before the root is never tried twice (`(?>`, `*+`), or a page could keep us busy.
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+"
    rb"(?:(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)\s*+)*+"
    rb"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)[\s>]",
    re.DOTALL | re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One page that a feed or sitemap lists, with what that says of it."""

    address: str
    title: str | None
    published: date | None  # in a sitemap, and where a feed tells no more, the last change


def is_feed(document: Document) -> bool:
    """Whether this is a feed or a sitemap, by its first element."""
    return _root(_plain(document)) is not None


def entries(document: Document, fetch: Callable[[str], Document]) -> list[Entry]:
    """What a feed or sitemap lists, in its order; an index's sitemaps are fetched, one level deep.

    Raises a WebError for XML that is broken or unsafe, and for an index of over 20 sitemaps.
    """
    found = _listed(document)
    if _root(_plain(document)) != b"sitemapindex":
        return found
    if len(found) > _MAPS:
        raise WebError(
            f"{document.name} viser til {len(found)} nettstedskart: bruk adressen til ett av dem, "
            f"slik som {found[0].address}",
            f"{document.name} points to {len(found)} sitemaps: use the address of one of them, "
            f"such as {found[0].address}",
        )
    return _each_once(entry for part in found for entry in _listed(fetch(part.address)))


def chosen(entries: Iterable[Entry], since: date | None, match: str | None) -> list[Entry]:
    """Those from that day on, with that text in title or address, in any case of letters.

    An undated entry is not chosen where there is a day: nothing shows that it is new enough.
    """
    text = (match or "").casefold()
    return [
        entry
        for entry in entries
        if since is None or (entry.published is not None and entry.published >= since)
        if text in f"{entry.title or ''}\n{entry.address}".casefold()
    ]


def _plain(document: Document) -> bytes:
    """The bytes without the gzip that sitemaps may come in."""
    if not document.data.startswith(_GZIP):
        return document.data
    data = b"".join(inflated([document.data], _LIMIT, document.name))
    if len(data) > _LIMIT:
        raise WebError(
            f"{document.name} er større enn {_LIMIT >> 20} MB når den pakkes ut: bruk en mindre",
            f"{document.name} is larger than {_LIMIT >> 20} MB unpacked: use a smaller one",
        )
    return data


def _root(data: bytes) -> bytes | None:
    match = _ROOT.match(data)
    return match[1].lower() if match else None


def _listed(document: Document) -> list[Entry]:
    data = _plain(document)
    sitemap = _root(data) in (b"urlset", b"sitemapindex")
    found = _sitemap(data, document.name) if sitemap else _feed(data, document.name)
    base = document.address or ""
    placed = (Entry(urljoin(base, at), title, day) for at, title, day in found)
    return _each_once(entry for entry in placed if entry.address.startswith(("http:", "https:")))


def _each_once(entries: Iterable[Entry]) -> list[Entry]:
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.address, entry)
    return list(first.values())


_Found = tuple[str, str | None, date | None]


def _sitemap(data: bytes, name: str) -> Iterator[_Found]:
    try:
        root = fromstring(data)
    except DefusedXmlException as error:
        raise _unsafe(name) from error
    except ParseError as error:
        raise WebError(
            f"{name} er et nettstedskart med feil i ({error}): bruk adressene til sidene selv",
            f"{name} is a sitemap with a fault in it ({error}): use the pages' own addresses",
        ) from error
    for place in root:
        told = {_local(element): (element.text or "").strip() for element in place.iter()}
        if told.get("loc"):
            day = told.get("publication_date") or told.get("lastmod", "")
            yield told["loc"], told.get("title") or None, _day(day)


def _local(element: Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _feed(data: bytes, name: str) -> Iterator[_Found]:
    import feedparser

    # It reads broken XML too, but not with a parser that is proof against entities.
    if b"<!ENTITY" in data:
        raise _unsafe(name)
    # As a stream: it takes bytes for a file's name or an address.
    for entry in feedparser.parse(BytesIO(data)).entries:
        if entry.get("link"):
            day = entry.get("published") or entry.get("updated", "")
            yield entry["link"], _title(entry), _day(day)


def _title(entry: Mapping[str, Any]) -> str | None:
    title: str = entry.get("title", "")
    if "html" in entry.get("title_detail", {}).get("type", ""):
        title = unescape(_TAG.sub("", title))
    return " ".join(title.split()) or None


def _day(text: str) -> date | None:
    """The day as it is written there, in whatever time zone that is."""
    try:
        if match := _DAY.match(text):
            return date.fromisoformat(match[0])
        return parsedate_to_datetime(text).date()
    except ValueError:
        return None


def _unsafe(name: str) -> WebError:
    return WebError(
        f"{name} har forkortelser i seg (ENTITY) og leses ikke, siden de kan vokse uten ende: "
        "bruk adressene til sidene selv",
        f"{name} defines entities, which can grow without end, and is not read: "
        "use the pages' own addresses",
    )
