"""A page or file from the web, fetched once and safely; nothing is written."""

from email.message import Message

from knowledge.document import Document
from knowledge.robots import Robots
from knowledge.web import Reply, Session, WebError, parse

_LIMIT = 20 << 20  # bytes, unpacked
_READABLE = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/markdown",
        "text/x-markdown",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
        "application/gzip",
        "application/x-gzip",
    }
)
_UNSAID = frozenset({None, "application/octet-stream", "binary/octet-stream"})
_BEGINNINGS = (b"<", b"\xef\xbb\xbf<", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b")  # of such files
_ADVICE = {
    401: (
        "siden krever innlogging: lagre siden i nettleseren, og bruk filen",
        "the page asks for a login: save the page in the browser, and use the file",
    ),
    403: (
        "siden slipper ikke inn programmer: lagre siden i nettleseren, og bruk filen",
        "the page does not let programs in: save the page in the browser, and use the file",
    ),
    404: (
        "siden finnes ikke: se etter om adressen er skrevet riktig, eller søk på nettstedet",
        "there is no such page: see whether the address is spelt right, or search the site",
    ),
    410: (
        "siden er tatt bort for godt: finn en annen kilde",
        "the page has been removed for good: find another source",
    ),
    429: (
        "nettstedet har fått for mange spørsmål: vent noen minutter, og prøv igjen",
        "the site has been asked too often: wait some minutes, and try again",
    ),
}
_THEIR_FAULT = (
    "nettstedet har en feil: prøv igjen senere",
    "the site has a fault: try again later",
)
_UNCLEAR = (
    "det er ingen side: åpne adressen i nettleseren, og se hva den sier",
    "that is no page: open the address in the browser, and see what it says",
)


def fetch(address: str, *, allow_private: bool = False) -> Document:
    """What lies at an address, at most 20 MB within a minute; a WebError says what is in the way.

    Only http(s), only the open internet unless `allow_private`, and only what robots.txt leaves.
    """
    with (
        Session(allow_private=allow_private) as session,
        session.get(parse(address), Robots(session).check) as reply,
    ):
        if reply.status != 200:
            raise _refusal(reply)
        return _document(address, reply)


def _refusal(reply: Reply) -> WebError:
    """What a reply without a page means, and what to do."""
    fault = _THEIR_FAULT if reply.status >= 500 else _UNCLEAR
    nb, en = _ADVICE.get(reply.status, fault)
    return WebError(
        f"{reply.url} svarer {reply.status}, {nb}", f"{reply.url} replies {reply.status}, {en}"
    )


def _document(address: str, reply: Reply) -> Document:
    kind = _kind(reply)
    media_type = kind.get_content_type() if "content-type" in kind else None
    if media_type not in _READABLE | _UNSAID:
        raise _unreadable(reply, media_type)
    data = reply.read(_LIMIT)
    if media_type in _UNSAID and not data.lstrip().startswith(_BEGINNINGS):
        raise _unreadable(reply, media_type)
    return Document(data, address, media_type, kind.get_content_charset(), str(reply.url))


def _kind(reply: Reply) -> Message:
    """The header in the standard library's hands."""
    kind = Message()
    if "content-type" in reply.headers:
        kind["content-type"] = reply.headers["content-type"]
    return kind


def _unreadable(reply: Reply, media_type: str | None) -> WebError:
    said = media_type or "-"
    return WebError(
        f"{reply.url} er ingen tekst ({said}): bruk en nettside, PDF, Word-fil (.docx), ren tekst "
        "eller en nyhetsstrøm",
        f"{reply.url} is no text ({said}): use a web page, PDF, Word file (.docx), plain text "
        "or a feed",
    )
