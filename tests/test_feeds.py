import gzip
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from knowledge import feeds
from knowledge.document import Document
from knowledge.errors import KlyngesvarError
from knowledge.feeds import Entry, chosen, entries, is_feed

RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<!-- laget for hånd -->
<rss version="2.0"><channel><title>Klyngeposten</title><link>https://example.no/</link>
<item><title>Ny leder i &lt;i&gt;Klynge&lt;/i&gt; A &amp;amp; B</title><link>/ny-leder</link>
  <pubDate>Tue, 14 May 2024 00:30:00 +0200</pubDate></item>
<item><title>Gammelt nytt</title><link>https://example.no/gammelt</link>
  <pubDate>ukjent</pubDate></item>
<item><title>Samme igjen</title><link>https://example.no/gammelt</link></item>
<item><title>Uten lenke</title></item>
<item><title>Farlig</title><link>file:///etc/passwd</link></item>
</channel></rss>
"""
ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>Klyngeposten</title>
<entry><title>Bø får klynge</title><link href="https://example.no/bo"/>
  <updated>2024-06-01T10:00:00Z</updated><published>2024-05-02T00:10:00+02:00</published></entry>
<entry><title type="html">Seks &amp;lt; sju</title><link href="https://example.no/seks"/>
  <updated>2023-06-01T10:00:00Z</updated></entry>
</feed>
"""
SITEMAP = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://example.no/a </loc><lastmod>2024-05-14T08:00:00+02:00</lastmod></url>
<url><loc>https://example.no/b</loc><lastmod>2024-06-01</lastmod><news:news>
  <news:publication_date>2024-05-30</news:publication_date><news:title>Ny klynge</news:title>
</news:news></url>
<url><loc>https://example.no/c</loc></url>
<url><lastmod>2024-06-01</lastmod></url>
</urlset>
"""
INDEX = """\
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{}</sitemapindex>
"""
BOMB = """\
<?xml version="1.0"?>
<!DOCTYPE bomb [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
"""
PAGES = [
    Entry("https://example.no/a", None, date(2024, 5, 14)),
    Entry("https://example.no/b", "Ny klynge", date(2024, 5, 30)),
    Entry("https://example.no/c", None, None),
]


def document(text: str | bytes, name: str = "https://example.no/feed") -> Document:
    data = text.encode() if isinstance(text, str) else text
    return Document(data, name, "application/xml", address=name)


def read(text: str | bytes, others: Mapping[str, str | bytes] | None = None) -> list[Entry]:
    return entries(document(text), lambda address: document((others or {})[address], address))


def index(*addresses: str) -> str:
    return INDEX.format("".join(f"<sitemap><loc>{at}</loc></sitemap>" for at in addresses))


def told(text: str | bytes) -> str:
    with pytest.raises(KlyngesvarError) as error:
        read(text)
    return str(error.value)


def test_rss() -> None:
    assert read(RSS) == [
        Entry("https://example.no/ny-leder", "Ny leder i Klynge A & B", date(2024, 5, 14)),
        Entry("https://example.no/gammelt", "Gammelt nytt", None),
    ]


def test_atom() -> None:
    assert read(ATOM) == [
        Entry("https://example.no/bo", "Bø får klynge", date(2024, 5, 2)),
        Entry("https://example.no/seks", "Seks < sju", date(2023, 6, 1)),
    ]


def test_a_feed_in_another_encoding_and_with_a_fault() -> None:
    text = ATOM.replace("<feed", '<?xml version="1.0" encoding="iso-8859-1"?><feed')
    assert read(text.replace("</feed>", "<p>").encode("latin-1"))[0].title == "Bø får klynge"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_sitemap(pack: type[bytes]) -> None:
    assert read(pack(SITEMAP.encode())) == PAGES


def test_the_sitemaps_of_an_index_are_fetched_one_level_deep() -> None:
    first, second = "https://example.no/1.xml.gz", "https://example.no/2.xml"
    others: dict[str, str | bytes] = {
        first: gzip.compress(SITEMAP.encode()),
        second: index("https://example.no/dypere.xml"),
    }
    assert read(index(first, second), others) == [
        *PAGES,
        Entry("https://example.no/dypere.xml", None, None),
    ]


def test_a_huge_index_is_not_fetched() -> None:
    text = told(index(*(f"https://example.no/{number}.xml" for number in range(21))))
    assert "viser til 21 nettstedskart: bruk adressen til ett av dem" in text
    assert "such as https://example.no/0.xml" in text


@pytest.mark.parametrize("text", [SITEMAP, index("https://example.no/a"), RSS, ATOM])
def test_entity_bombs_are_refused(text: str) -> None:
    bomb = BOMB + text.removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n').replace(
        '<?xml version="1.0" encoding="utf-8"?>\n', ""
    )
    assert is_feed(document(bomb))
    assert "har forkortelser i seg (ENTITY)" in told(bomb)


def test_a_bomb_in_gzip_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_LIMIT", 1 << 20)
    assert "større enn 1 MB når den pakkes ut" in told(gzip.compress(bytes(5 << 20)))


def test_a_broken_sitemap_is_told() -> None:
    text = told(SITEMAP.replace("</urlset>", ""))
    assert text.startswith("https://example.no/feed er et nettstedskart med feil i (no element")


def test_a_feed_is_not_taken_for_a_file_name(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(ATOM, encoding="utf-8")
    assert read(str(tmp_path / "feed.xml")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RSS, True),
        (ATOM, True),
        ("\ufeff" + SITEMAP, True),
        (index(), True),
        ('<rdf:RDF xmlns="http://purl.org/rss/1.0/">', True),
        ("<!doctype html><html><body><rss></body></html>", False),
        ("<html></html>", False),
        ("<feedback>", False),
        ("%PDF-1.7", False),
        ("", False),
    ],
)
def test_what_is_a_feed(text: str, expected: bool) -> None:
    assert is_feed(document(text)) is expected
    assert is_feed(document(gzip.compress(text.encode()))) is expected


def test_telling_a_feed_costs_no_time() -> None:
    started = time.monotonic()
    assert not is_feed(document("<!-- a -->" * 20_000 + "<!--" * 20_000))
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("since", "match", "expected"),
    [
        (None, None, [0, 1, 2]),
        (date(2024, 5, 14), None, [0, 1]),
        (date(2024, 5, 15), None, [1]),
        (None, "KLYNGE", [1]),
        (None, "example.no/C", [2]),
        (date(2024, 5, 30), "klynge", [1]),
        (date(2024, 5, 31), "klynge", []),
    ],
)
def test_choosing(since: date | None, match: str | None, expected: list[int]) -> None:
    assert chosen(PAGES, since, match) == [PAGES[number] for number in expected]
