import json

import pytest
from made_files import make_docx, make_pdf
from shapes import H1, SHAPES, STORY, TEXT, Shape, page

from knowledge.document import Document
from knowledge.errors import KlyngesvarError
from knowledge.extract import Evidence, Extract, extract

TITLE = "Havkraftklyngen vokser"
HTML = page(H1 + TEXT, TITLE)


def read(data: bytes | str, name: str = "fil", **said: str) -> Extract:
    return extract(Document(data.encode() if isinstance(data, str) else data, name, **said))


def refusal(data: bytes | str, name: str = "fil", **said: str) -> str:
    with pytest.raises(KlyngesvarError) as caught:
        read(data, name, **said)
    return str(caught.value)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_page_of_each_shape(shape: Shape) -> None:
    found = read(shape.html, shape.address, address=shape.address)
    evidence = found.evidence
    assert (found.title, found.language, found.url) == (shape.title, shape.language, shape.address)
    assert (found.published, evidence and evidence.words) == (shape.published, shape.words)
    assert (evidence and evidence.where) == shape.where
    assert found.body == shape.expected_body


def test_every_visible_line_is_either_in_the_body_or_dropped() -> None:
    found = read(page(f"{H1}{TEXT}<p>Del Del Del</p>", TITLE))
    assert found.dropped == (
        "Hjem",
        "Om oss",
        TITLE,
        "Del Del Del",
        "Havkraftklyngen, Kaigaten 1, Leirvik. Alle rettigheter er våre.",
    )
    body, rest = sum(map(len, STORY)), sum(map(len, found.dropped))
    assert found.share == pytest.approx(body / (body + rest))


def test_a_page_of_links_is_no_article() -> None:
    links = "".join(f"<li><a href='/{number}'>Side {number}</a></li>" for number in range(30))
    assert "finner ingen artikkeltekst" in refusal(page(f"<ul>{links}</ul>", "Kart"))


@pytest.mark.parametrize("html", ["", "<html><body><script>let a = 1</script></body></html>"])
def test_a_page_without_text_is_refused_in_both_languages(html: str) -> None:
    message = refusal(html, "https://www.example.no/a")
    assert message.startswith("https://www.example.no/a: finner ingen artikkeltekst: kopier")
    assert "\n    found no article text: copy" in message


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_a_page_whose_encoding_nobody_declares(encoding: str) -> None:
    data = HTML.replace("<meta charset='utf-8'>", "").encode(encoding)
    assert read(data).body == "\n\n".join(STORY) + "\n"


def test_what_a_file_is_shows_in_its_content_first() -> None:
    assert read(HTML, "a.txt", media_type="text/plain").title == TITLE
    assert read(make_pdf([f"# {TITLE}", *STORY]), "a.html", media_type="text/html").title == TITLE
    assert read(make_docx(f"# {TITLE}", *STORY), "a.pdf").title == TITLE


def test_the_media_type_tells_more_than_the_name_but_plain_text_may_be_markdown() -> None:
    text = f"# {TITLE}\n\n**Til medlemmene:** {STORY[0]}\n"
    body = f"Til medlemmene: {STORY[0]}\n"
    assert read(text, "a.txt", media_type="text/markdown").body == body
    assert read(text, "https://example.no/a.md?x=1", media_type="text/plain").title == TITLE
    assert read(text, "a.txt").title == f"# {TITLE}"


def test_a_post_of_wordpress() -> None:
    post = {
        "date": "2019-05-06T10:00:00",
        "modified": "2022-01-01T00:00:00",
        "link": "https://www.example.no/en/om/",
        "title": {"rendered": "Havkraft &#8211; om"},
        "content": {"rendered": f"[vc_row][vc_column]{TEXT}[/vc_column][/vc_row]"},
    }
    address = "https://www.example.no/wp-json/wp/v2/pages/625"
    found = read(json.dumps(post), address, address=address)
    assert (found.title, found.url) == ("Havkraft – om", "https://www.example.no/en/om/")
    assert found.published == "2019-05-06"
    assert found.evidence == Evidence("date: 2019-05-06T10:00:00", "metadata")
    assert found.body == "\n\n".join(STORY) + "\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "ikke et dokument som kan leses"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "ikke et dokument som kan leses"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "gammelt Word-format"),
        (b"{\\rtf1\\ansi Hei}", "gammelt Word-format"),
        (b'{"a": 1}', "finner ingen artikkeltekst"),
        (b"--- \ntitle: a\npublisher: b\nlanguage: nb\n---\nHei.", "filen er alt en artikkel"),
    ],
)
def test_what_is_not_read(data: bytes, words: str) -> None:
    message = refusal(data)
    assert message.startswith("fil: ")
    assert words in message.split("\n")[0]


def test_words_are_composed_and_without_what_nobody_sees() -> None:
    story = f"{STORY[0]} A\u030a v\u00e6re n\u00e6rings\u00adklynge er\u00a0g\u200bøy."
    body = read(page(f"{H1}<p>{story}</p>{TEXT}", TITLE)).body
    assert "Å være næringsklynge er gøy." in body
