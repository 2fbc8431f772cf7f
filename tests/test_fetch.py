from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_site import PUBLIC, Page, Site, internet, moved, running_site

from knowledge import fetch as fetching
from knowledge.document import Document
from knowledge.errors import KlyngesvarError
from knowledge.fetch import fetch

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def of_kind(kind: str | None, body: bytes = b"<p>Hei</p>") -> Page:
    return Page(body, headers={"Content-Type": kind} if kind else {})


def refused(address: str, *, allow_private: bool = True) -> list[str]:
    """The lines of the error: bokmål, then English."""
    with pytest.raises(KlyngesvarError) as error:
        fetch(address, allow_private=allow_private)
    lines = str(error.value).split("\n    ")
    assert len(lines) == 2
    return lines


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def test_a_page_comes_with_what_was_said_about_it(site: Site) -> None:
    site.pages["/a"] = moved("/b?c=d")
    site.pages["/b?c=d"] = of_kind("Text/HTML; Charset=ISO-8859-1", "<p>Bø</p>".encode("latin-1"))
    assert fetch(site.address("/a#her"), allow_private=True) == Document(
        data=b"<p>B\xf8</p>",
        name=site.address("/a#her"),
        media_type="text/html",
        charset="iso-8859-1",
        address=site.address("/b?c=d"),
    )
    assert site.paths == ["/robots.txt", "/a", "/b?c=d"]


def test_nothing_is_written(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    site.pages["/a"] = Page()
    fetch(site.address("/a"), allow_private=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "text/markdown; charset=utf-8", "application/pdf", WORD, "application/rss+xml",
     "application/atom+xml", "application/xml", "text/xml", "application/gzip"],
)  # fmt: skip
def test_texts_of_all_kinds_are_fetched(site: Site, kind: str) -> None:
    site.pages["/a"] = of_kind(kind, b"Hei")
    document = fetch(site.address("/a"), allow_private=True)
    assert (document.data, document.media_type) == (b"Hei", kind.partition(";")[0])


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/zip", "text/css"])
def test_what_is_no_text_is_refused(site: Site, kind: str) -> None:
    site.pages["/a"] = of_kind(kind)
    address = site.address("/a")
    assert refused(address) == [
        f"{address} er ingen tekst ({kind}): bruk en nettside, PDF, Word-fil (.docx), ren tekst "
        "eller en nyhetsstrøm",
        f"{address} is no text ({kind}): use a web page, PDF, Word file (.docx), plain text "
        "or a feed",
    ]


@pytest.mark.parametrize("kind", [None, "application/octet-stream"])
def test_where_nothing_is_said_the_first_bytes_decide(site: Site, kind: str | None) -> None:
    site.pages["/pdf"] = of_kind(kind, b"%PDF-1.7 ...")
    site.pages["/page"] = of_kind(kind, b"\n <!doctype html>")
    site.pages["/picture"] = of_kind(kind, b"\x89PNG\r\n")
    assert fetch(site.address("/pdf"), allow_private=True).media_type == kind
    assert fetch(site.address("/page"), allow_private=True).media_type == kind
    assert "er ingen tekst" in refused(site.address("/picture"))[0]


@pytest.mark.parametrize(
    ("status", "nb", "en"),
    [
        (401, "siden krever innlogging: lagre siden", "asks for a login: save the page"),
        (403, "siden slipper ikke inn programmer: lagre siden", "not let programs in: save the"),
        (404, "siden finnes ikke: se etter om", "there is no such page: see whether"),
        (410, "siden er tatt bort for godt: finn en", "removed for good: find another source"),
        (429, "nettstedet har fått for mange spørsmål: vent", "asked too often: wait"),
        (500, "nettstedet har en feil: prøv igjen senere", "has a fault: try again later"),
        (503, "nettstedet har en feil: prøv igjen senere", "has a fault: try again later"),
        (418, "det er ingen side: åpne adressen i nettleseren", "that is no page: open"),
        (204, "det er ingen side: åpne adressen i nettleseren", "that is no page: open"),
    ],
)
def test_a_reply_without_a_page_says_what_to_do(site: Site, status: int, nb: str, en: str) -> None:
    site.pages["/a"] = Page(b"", status)
    address = site.address("/a")
    lines = refused(address)
    assert lines[0].startswith(f"{address} svarer {status}, {nb}")
    assert lines[1].startswith(f"{address} replies {status}, ")
    assert en in lines[1]


def test_what_is_too_large_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_LIMIT", 1 << 20)
    site.pages["/a"] = of_kind("text/html", bytes(1 << 20))
    assert len(fetch(site.address("/a"), allow_private=True).data) == 1 << 20
    site.pages["/a"] = of_kind("text/html", bytes((1 << 20) + 1))
    assert "er større enn 1 MB" in refused(site.address("/a"))[0]


def test_robots_are_asked_before_the_page(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /a")
    site.pages["/a"] = Page()
    assert "vil ikke at programmer henter" in refused(site.address("/a"))[0]
    assert site.paths == ["/robots.txt"]


def test_robots_are_asked_about_where_a_redirect_leads(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /a")
    site.pages["/b"] = moved("/a")
    assert "vil ikke at programmer henter" in refused(site.address("/b"))[0]
    assert site.paths == ["/robots.txt", "/b"]


def test_only_the_open_internet_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ligger på et lukket nett" in refused(site.address("/"), allow_private=False)[0]
    site.pages["/a"] = moved("http://inne.example.no/")
    names = {"example.no": [PUBLIC], "inne.example.no": ["192.168.0.1"]}
    connected = internet(monkeypatch, site, names)
    lines = refused("http://example.no/a", allow_private=False)
    assert "inne.example.no ligger på et lukket nett" in lines[0]
    assert set(connected) == {(PUBLIC, 80)}
