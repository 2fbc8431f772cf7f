"""`klyngesvar add` from an address or a file to the folder: imported right, or nothing written."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from fake_site import PUBLIC, Page, Site, internet, moved, running_site
from made_files import make_docx, make_pdf
from shapes import H1, SHAPES, STORY, TEXT, Shape
from shapes import page as html_page

from bot.main import main
from knowledge import feeds, fetch, web, word_file
from knowledge.articles import Article, read_articles

BODY = "\n\n".join(STORY) + "\n"
HTML = html_page(H1 + TEXT, "Havkraftklyngen vokser")
UNDECLARED = HTML.replace("<meta charset='utf-8'>", "")
HTML_TYPE = {"Content-Type": "text/html"}
MB = 1 << 20


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def site(running: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """An empty site, beside an empty folder of content."""
    running.pages.clear()
    monkeypatch.chdir(tmp_path)
    Path("content/articles").mkdir(parents=True)
    return running


def add(*places: str) -> int:
    given = ("--publisher", "Klyngeposten", "--yes", "--allow-private", "--knowledge", "content")
    return main(["add", *places, *given])


def added() -> Article:
    (article,) = read_articles(Path("content/articles"))
    return article


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_page_of_each_shape_becomes_an_article(
    shape: Shape, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.pages[shape.path] = Page(shape.html.encode())
    assert add(address := site.address(shape.path)) == 0
    article = added()
    assert (article.title, article.language) == (shape.title, shape.language)
    assert (article.url, article.published) == (address, shape.published)
    assert article.body == shape.expected_body
    shown = f"dato / published      {shape.published or '–'}"
    assert shown + (f" («{shape.words}» " if shape.words else "\n") in capsys.readouterr().out


@pytest.mark.parametrize("name", ["rapport.pdf", "rapport.docx"])
@pytest.mark.parametrize("is_fetched", [False, True])
def test_pdf_and_word_from_the_disk_and_from_the_web(
    name: str, is_fetched: bool, site: Site
) -> None:
    lines = ("# Havkraftklyngen vokser", *STORY)
    data = make_pdf(lines) if name.endswith(".pdf") else make_docx(*lines)
    Path(name).write_bytes(data)
    site.pages[f"/{name}"] = Page(data, headers={"Content-Type": "application/octet-stream"})
    assert add(site.address(f"/{name}") if is_fetched else name) == 0
    assert added().title == "Havkraftklyngen vokser"
    assert added().body.split() == BODY.split()


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        (UNDECLARED.encode("latin-1", "replace"), HTML_TYPE),
        (UNDECLARED.encode("windows-1252"), {"Content-Type": "text/html; charset=utf-8"}),
        (UNDECLARED.encode(), {"Content-Type": "text/html; charset=iso-8859-1"}),
        (UNDECLARED.encode("utf-16"), HTML_TYPE),
        (gzip.compress(HTML.encode()), {**HTML_TYPE, "Content-Encoding": "gzip"}),
    ],
    ids=["Latin-1, nothing said", "Windows-1252, UTF-8 said", "UTF-8, Latin-1 said", "UTF-16",
         "gzip"],
)  # fmt: skip
def test_letters_are_right_whatever_is_said_of_the_encoding(
    data: bytes, headers: dict[str, str], site: Site
) -> None:
    site.pages["/a"] = Page(data, headers=headers)
    assert add(site.address("/a")) == 0
    # Latin-1 has no long dash.
    assert added().body == (BODY.replace("–", "?") if b"? Vi" in data else BODY)


@pytest.mark.parametrize("kind", ["RSS", "Atom"])
def test_a_feed_brings_its_pages(kind: str, site: Site) -> None:
    address = site.address("/1")
    feed = (
        f"<rss version='2.0'><channel><item><title>Ny</title><link>{address}</link></item>"
        "</channel></rss>"
        if kind == "RSS"
        else "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Ny</title>"
        f"<link href='{address}'/></entry></feed>"
    )
    site.pages["/feed"] = Page(feed.encode(), headers={"Content-Type": "application/xml"})
    site.pages["/1"] = Page(HTML.encode())
    assert add(site.address("/feed")) == 0
    assert (added().url, added().body) == (address, BODY)


def endless(handler: BaseHTTPRequestHandler) -> None:
    while True:
        handler.wfile.write(b"<p>Havkraft</p>" * 1000)


def silent(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"<p>Havkraft</p>")
    handler.wfile.flush()
    handler.rfile.read()


def zipped(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr(name, data)
    return file.getvalue()


def sent(data: bytes, kind: str = "text/html", **headers: str) -> Page:
    return Page(data, headers={"Content-Type": kind, **headers})


BOMB = gzip.compress(bytes(5 * MB))
ENTITIES = b"<!DOCTYPE a [<!ENTITY b 'c'>]><urlset>&b;</urlset>"
# What is not taken, and the beginning of what is said after its address.
REFUSED: dict[str, tuple[Page, str]] = {
    "403": (Page(status=403), " svarer 403, siden slipper ikke inn programmer"),
    "404": (Page(status=404), " svarer 404, siden finnes ikke"),
    "500": (Page(status=500), " svarer 500, nettstedet har en feil"),
    "redirects in a circle": (moved("/a"), " sender videre mer enn 5 ganger"),
    "a picture": (sent(b"x", "image/png"), " er ingen tekst (image/png)"),
    "a body without an end": (Page(write=endless), " er større enn 1 MB"),
    "a server that falls silent": (Page(write=silent), " bruker for lang tid"),
    "a bomb in gzip": (sent(BOMB, **{"Content-Encoding": "gzip"}), " er større enn 1 MB"),
    "a bomb for a sitemap": (
        sent(BOMB, "application/gzip"),
        " er større enn 1 MB når den pakkes ut",
    ),
    "a bomb for a Word file": (
        sent(zipped("word/media", bytes(2 * MB))),
        ": filen er for stor når den pakkes ut",
    ),
    "a sitemap with entities": (sent(ENTITIES, "text/xml"), " har forkortelser i seg (ENTITY)"),
    "half a PDF": (sent(make_pdf(STORY)[:300]), ": filen er skadet eller ufullstendig"),
    "half a Word file": (sent(make_docx(*STORY)[:900]), ": filen er skadet eller ufullstendig"),
    "no text": (sent(b"<html></html>"), ": finner ingen artikkeltekst"),
}


@pytest.mark.parametrize(("page", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_told_in_a_sentence_and_leaves_nothing(
    page: Page,
    said: str,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(fetch, "_LIMIT", MB)
    monkeypatch.setattr(feeds, "_LIMIT", MB)
    monkeypatch.setattr(word_file, "_MOST_BYTES", MB)
    monkeypatch.setattr(web, "_SECONDS", 0.5)
    site.pages["/a"] = page
    assert add(site.address("/a")) == 1
    assert_nothing_written()
    norwegian, english = capsys.readouterr().err.splitlines()
    assert norwegian.startswith(f"{site.address('/a')}{said}")
    assert english.startswith("    ")


@pytest.mark.parametrize("target", ["http://127.0.0.1/", "http://inne.example.no/", "file:///etc"])
def test_a_redirect_out_of_the_open_internet_leaves_nothing(
    target: str, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    connected = internet(
        monkeypatch, site, {"example.no": [PUBLIC], "inne.example.no": ["10.0.0.1"]}
    )
    site.pages["/a"] = moved(target)
    given = ("--publisher", "Klyngeposten", "--yes", "--knowledge", "content")
    assert main(["add", "http://example.no/a", *given]) == 1
    assert_nothing_written()
    said = capsys.readouterr().err.splitlines()[0]
    assert "ligger på et lukket nett" in said or "er ingen nettadresse" in said
    assert {address for address, _ in connected} == {PUBLIC}


def test_what_robots_txt_refuses_leaves_nothing(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /a")
    site.pages["/a"] = Page(HTML.encode())
    assert add(site.address("/a")) == 1
    assert_nothing_written()
    assert "vil ikke at programmer henter" in capsys.readouterr().err


def assert_nothing_written() -> None:
    assert [file for file in Path().rglob("*") if file.is_file()] == []
